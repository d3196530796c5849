#include "base/clock.h"
#include "tests/unit/writing.h"

static void
text_with_a_plus_goes_on_until_one_without(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a"), draft;

    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("One +"));
    assert_true(OUT(&t).goes_on);
    assert_int_equal(OUT(&t).number, 0);
    draft = OUT(&t).draft;
    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("One+ "));
    assert_int_equal(OUT(&t).draft, draft);
    assert_str(text_of(&t, draft), STR("One"));
    MUST(&t, DRAFT_SAY, .member = t.josef, .draft = draft, .text = STR("Two+"));
    assert_true(OUT(&t).goes_on);
    MUST(&t, DRAFT_SAY, .member = t.josef, .draft = draft,
         .text = STR("I like C++"));
    assert_false(OUT(&t).goes_on);
    assert_int_equal(OUT(&t).number, 2);
    assert_int_equal(OUT(&t).draft, 0);
    assert_str(post_of(&t, id, 2).text, STR("One\n\nTwo\n\nI like C+"));
    assert_int_equal(drafts_of(&t, t.josef), 0);
}

static void
text_that_came_whole_is_taken_literally(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    MUST(&t, REPLY, .member = t.josef, .thread = id, .is_whole = true,
         .text = STR("a\nb\n\n* c\n* d\n\n\nC++"));
    assert_str(post_of(&t, id, 2).text, STR("a\nb\n\n* c\n* d\n\n\nC++"));
}

static void
a_second_publish_leads_to_the_post(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t draft = reply_draft(&t, id, "Yes");

    for (int i = 0; i < 2; i++) {
        MUST(&t, DRAFT_GO, .member = t.josef, .draft = draft);
        assert_int_equal(OUT(&t).is_repeat, i);
        assert_int_equal(OUT(&t).thread, id);
        assert_int_equal(OUT(&t).number, 2);
    }
    MUST(&t, DRAFT_SAY, .member = t.josef, .draft = draft, .text = STR("Yes"));
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(OUT(&t).number, 2);
    assert_int_equal(draft_of(&t, draft, t.josef).went_to, POST_ID(id, 2));
    assert_str(text_of(&t, draft), STR(""));
    t.f->now += 2 * DAY;
    (void)reply_draft(&t, id, "Later");
    MUST(&t, DRAFT_GO, .member = t.josef, .draft = OUT(&t).draft);
    assert_int_equal(CHANGE(t.f, DRAFT_GO, .member = t.josef, .draft = draft),
                     E_NOT_FOUND);
}

static void
words_for_a_published_draft_wait_in_a_new_one(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t draft = reply_draft(&t, id, "Yes");

    MUST(&t, DRAFT_GO, .member = t.josef, .draft = draft);
    MUST(&t, DRAFT_ADD, .member = t.josef, .draft = draft, .text = STR("And"));
    assert_int_equal(OUT(&t).why, E_GONE);
    assert_int_not_equal(OUT(&t).draft, draft);
    assert_str(text_of(&t, OUT(&t).draft), STR("And"));
}

static void
a_draft_is_its_authors_alone(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t draft = reply_draft(&t, id, "Yes");
    struct draft d;

    for (int kind = CHANGE_DRAFT_ADD; kind <= CHANGE_DRAFT_GO; kind++)
        assert_int_equal(
            fixture_apply(t.f, (struct change){.kind = (enum change_kind)kind,
                                               .member = t.amina,
                                               .draft = draft,
                                               .community = t.garden,
                                               .number = 1,
                                               .text = STR("Ha")}),
            E_NOT_FOUND);
    assert_int_equal(draft_get(t.f->db, draft, t.amina, STR(""), &t.f->mem, &d),
                     E_NOT_FOUND);
    assert_str(text_of(&t, draft), STR("Yes"));
}

static void
one_place_has_one_open_draft(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t draft = reply_draft(&t, id, "");

    assert_int_equal(reply_draft(&t, id, ""), draft);
    MUST(&t, DRAFT_OPEN, .member = t.josef, .aim = AIM_REPLY, .thread = id,
         .number = 1);
    assert_int_not_equal(OUT(&t).draft, draft);
    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_REPLY, .thread = id);
    assert_int_not_equal(OUT(&t).draft, draft);
    MUST(&t, DRAFT_OPEN, .member = t.josef, .aim = AIM_THREAD,
         .community = t.garden, .title = STR("X"));
    draft = OUT(&t).draft;
    MUST(&t, DRAFT_OPEN, .member = t.josef, .aim = AIM_THREAD,
         .community = t.garden, .title = STR("X"));
    assert_int_equal(OUT(&t).draft, draft);
    MUST(&t, DRAFT_OPEN, .member = t.josef, .aim = AIM_THREAD,
         .community = t.garden, .title = STR("Y"));
    assert_int_not_equal(OUT(&t).draft, draft);
}

static void
a_thread_to_be_gets_title_kind_and_place(void **state)
{
    struct town t = town(state);
    int64_t d;

    MUST(&t, DRAFT_OPEN, .member = t.josef, .aim = AIM_THREAD);
    d = OUT(&t).draft;
    MUST(&t, DRAFT_GO, .member = t.josef, .draft = d);
    assert_int_equal(OUT(&t).why, E_UNUSABLE);
    MUST(&t, DRAFT_WHERE, .member = t.josef, .draft = d, .community = t.garden);
    MUST(&t, DRAFT_SAY, .member = t.josef, .draft = d, .text = STR("Text"));
    assert_int_equal(OUT(&t).why, E_EMPTY);
    assert_str(text_of(&t, d), STR("Text"));
    MUST(&t, DRAFT_TITLE, .member = t.josef, .draft = d, .text = STR("Why?"));
    MUST(&t, DRAFT_KIND, .member = t.josef, .draft = d, .value = KIND_QUESTION);
    MUST(&t, DRAFT_SAY, .member = t.josef, .draft = d, .text = STR("."));
    assert_int_equal(OUT(&t).why, OK);
    assert_str(post_of(&t, OUT(&t).thread, 1).text, STR("Text"));
    assert_str(thread_of(&t, OUT(&t).thread).title, STR("Why?"));
    assert_int_equal(thread_of(&t, OUT(&t).thread).state, STATE_OPEN);
}

static void
title_kind_and_place_are_only_for_threads(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t d = reply_draft(&t, id, "One");

    assert_int_equal(CHANGE(t.f, DRAFT_TITLE, .member = t.josef, .draft = d,
                            .text = STR("T")),
                     E_UNUSABLE);
    assert_int_equal(CHANGE(t.f, DRAFT_KIND, .member = t.josef, .draft = d,
                            .value = KIND_CHAT),
                     E_UNUSABLE);
    assert_int_equal(CHANGE(t.f, DRAFT_WHERE, .member = t.josef, .draft = d,
                            .community = t.garden),
                     E_UNUSABLE);
}

static void
a_draft_can_not_be_put_where_its_author_sees_nothing(void **state)
{
    struct town t = town(state);
    int64_t d;

    close_it(&t);
    MUST(&t, DRAFT_OPEN, .member = t.josef, .aim = AIM_THREAD,
         .title = STR("T"));
    d = OUT(&t).draft;
    assert_int_equal(CHANGE(t.f, DRAFT_WHERE, .member = t.josef, .draft = d,
                            .community = t.garden),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(t.f, DRAFT_OPEN, .member = t.josef,
                            .aim = AIM_THREAD, .community = t.garden),
                     E_NOT_FOUND);
}

static void
who_lost_the_place_keeps_the_draft(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t d = reply_draft(&t, id, "One");

    close_it(&t);
    MUST(&t, DRAFT_SAY, .member = t.josef, .draft = d, .text = STR("Two"));
    assert_int_equal(OUT(&t).why, E_NOT_FOUND);
    assert_int_equal(OUT(&t).draft, d);
    assert_str(text_of(&t, d), STR("One\n\nTwo"));
}

static void
an_edit_is_a_draft_that_holds_the_present_text(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a\nb\n\nc"), d;

    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_EDIT, .thread = id,
         .number = 1);
    d = OUT(&t).draft;
    assert_str(text_of(&t, d), STR("a\nb\n\nc"));
    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_EDIT, .thread = id,
         .number = 1);
    assert_int_equal(OUT(&t).draft, d);
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = d);
    assert_false(post_of(&t, id, 1).has_versions);
    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_EDIT, .thread = id,
         .number = 1);
    d = OUT(&t).draft;
    MUST(&t, DRAFT_REPLACE, .member = t.amina, .draft = d, .number = 2,
         .text = STR("B"));
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = d);
    assert_str(post_of(&t, id, 1).text, STR("a\nB\n\nc"));
    assert_true(post_of(&t, id, 1).has_versions);
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = d);
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(OUT(&t).number, 1);
    assert_int_equal(CHANGE(t.f, DRAFT_OPEN, .member = t.josef, .aim = AIM_EDIT,
                            .thread = id, .number = 1),
                     E_FORBIDDEN);
}

static void
an_edit_of_a_removed_post_keeps_its_draft(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a"), d;

    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_EDIT, .thread = id,
         .number = 1);
    d = OUT(&t).draft;
    MUST(&t, REMOVE, .member = t.amina, .thread = id, .number = 1);
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = d);
    assert_int_equal(OUT(&t).why, E_GONE);
    assert_int_equal(OUT(&t).draft, d);
    assert_int_equal(CHANGE(t.f, DRAFT_OPEN, .member = t.amina, .aim = AIM_EDIT,
                            .thread = id, .number = 1),
                     E_GONE);
}

static void
stewards_write_rules_and_elsewhere_in_the_open(void **state)
{
    struct town t = town(state);
    int before = acts(&t, 0, t.garden);
    int64_t d;

    assert_int_equal(CHANGE(t.f, DRAFT_OPEN, .member = t.josef,
                            .aim = AIM_RULES, .community = t.garden),
                     E_FORBIDDEN);
    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_RULES,
         .community = t.garden);
    d = OUT(&t).draft;
    MUST(&t, DRAFT_SAY, .member = t.amina, .draft = d,
         .text = STR("* Be kind\n* Be clear"));
    assert_int_equal(OUT(&t).community, t.garden);
    assert_string_equal(OUT(&t).slug, "the-garden");
    assert_str(look(&t, 0).rules, STR("* Be kind\n* Be clear"));
    assert_int_equal(acts(&t, 0, t.garden), before + 1);
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = d);
    assert_true(OUT(&t).is_repeat);
    assert_string_equal(OUT(&t).slug, "the-garden");
    assert_int_equal(draft_of(&t, d, t.amina).went_to, -1);
    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_RULES,
         .community = t.garden);
    assert_str(text_of(&t, OUT(&t).draft), STR("* Be kind\n* Be clear"));
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = OUT(&t).draft);
    assert_int_equal(acts(&t, 0, t.garden), before + 1);
    MUST(&t, DRAFT_OPEN, .member = t.amina, .aim = AIM_ELSEWHERE,
         .community = t.garden, .text = STR("By the well"));
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = OUT(&t).draft);
    assert_str(look(&t, 0).elsewhere, STR("By the well"));
}

static void
a_deleted_draft_is_gone_and_its_number_too(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t d = reply_draft(&t, id, "One");

    assert_int_equal(CHANGE(t.f, DRAFT_DELETE, .member = t.amina, .draft = d),
                     E_NOT_FOUND);
    MUST(&t, DRAFT_DELETE, .member = t.josef, .draft = d);
    assert_int_equal(drafts_of(&t, t.josef), 0);
    MUST(&t, DRAFT_DELETE, .member = t.josef, .draft = d);
    assert_true(OUT(&t).is_repeat);
    assert_true(reply_draft(&t, id, "Two") > d);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WRITING_TEST(text_with_a_plus_goes_on_until_one_without),
        WRITING_TEST(text_that_came_whole_is_taken_literally),
        WRITING_TEST(a_second_publish_leads_to_the_post),
        WRITING_TEST(words_for_a_published_draft_wait_in_a_new_one),
        WRITING_TEST(a_draft_is_its_authors_alone),
        WRITING_TEST(one_place_has_one_open_draft),
        WRITING_TEST(a_thread_to_be_gets_title_kind_and_place),
        WRITING_TEST(title_kind_and_place_are_only_for_threads),
        WRITING_TEST(a_draft_can_not_be_put_where_its_author_sees_nothing),
        WRITING_TEST(who_lost_the_place_keeps_the_draft),
        WRITING_TEST(an_edit_is_a_draft_that_holds_the_present_text),
        WRITING_TEST(an_edit_of_a_removed_post_keeps_its_draft),
        WRITING_TEST(stewards_write_rules_and_elsewhere_in_the_open),
        WRITING_TEST(a_deleted_draft_is_gone_and_its_number_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
