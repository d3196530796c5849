#include "tests/unit/writing.h"

static void
parts_are_added_replaced_moved_and_dropped(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t d = reply_draft(&t, id, "One"), revision;

    revision = draft_of(&t, d, t.josef).revision;
    MUST(&t, DRAFT_ADD, .member = t.josef, .draft = d, .text = STR("* a"));
    MUST(&t, DRAFT_ADD, .member = t.josef, .draft = d, .text = STR("* b"));
    assert_str(text_of(&t, d), STR("One\n\n* a\n* b"));
    MUST(&t, DRAFT_REPLACE, .member = t.josef, .draft = d, .number = 1,
         .text = STR("Two\n\nThree"));
    assert_str(text_of(&t, d), STR("Two\n\nThree\n\n* a\n* b"));
    MUST(&t, DRAFT_UP, .member = t.josef, .draft = d, .number = 2);
    assert_str(text_of(&t, d), STR("Three\n\nTwo\n\n* a\n* b"));
    MUST(&t, DRAFT_UP, .member = t.josef, .draft = d, .number = 4);
    assert_str(text_of(&t, d), STR("Three\n\nTwo\n\n* b\n* a"));
    MUST(&t, DRAFT_DROP, .member = t.josef, .draft = d, .number = 3);
    assert_str(text_of(&t, d), STR("Three\n\nTwo\n\n* a"));
    assert_int_equal(draft_of(&t, d, t.josef).revision, revision + 6);
    MUST(&t, DRAFT_DROP, .member = t.josef, .draft = d, .number = 1);
    assert_str(text_of(&t, d), STR("Two\n\n* a"));
}

static void
what_can_not_be_done_to_parts_changes_nothing(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t d = reply_draft(&t, id, "One\n\nTwo");

    MUST(&t, DRAFT_UP, .member = t.josef, .draft = d, .number = 1);
    assert_true(OUT(&t).is_repeat);
    MUST(&t, DRAFT_UP, .member = t.josef, .draft = d, .number = 3);
    MUST(&t, DRAFT_DROP, .member = t.josef, .draft = d, .number = 3);
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(
        CHANGE(t.f, DRAFT_ADD, .member = t.josef, .draft = d, .text = STR(" ")),
        E_EMPTY);
    assert_str(text_of(&t, d), STR("One\n\nTwo"));
    MUST(&t, DRAFT_REPLACE, .member = t.josef, .draft = d, .number = 9,
         .text = STR("Three"));
    assert_str(text_of(&t, d), STR("One\n\nTwo\n\nThree"));
}

static void
a_full_draft_leaves_more_to_another(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t d = reply_draft(&t, id, "One");
    struct str big = {.n = POST_MAX};
    char *p = arena_alloc(&t.f->mem, big.n);

    memset(p, 'x', big.n);
    big.p = p;
    for (int i = 0; i < 3; i++)
        MUST(&t, DRAFT_ADD, .member = t.josef, .draft = d, .text = big);
    assert_int_equal(OUT(&t).why, OK);
    MUST(&t, DRAFT_ADD, .member = t.josef, .draft = d, .text = big);
    assert_int_equal(OUT(&t).why, E_TOO_LONG);
    assert_int_not_equal(OUT(&t).draft, d);
    assert_str(text_of(&t, OUT(&t).draft), big);
}

static void
all_of_a_draft_is_set_from_what_was_fetched(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t d = reply_draft(&t, id, "One");
    int64_t revision = draft_of(&t, d, t.josef).revision;
    struct str text = STR("a\nb\n\n```\nc\n\nd\n```\n* e +");

    MUST(&t, DRAFT_SET, .member = t.josef, .draft = d, .text = text,
         .based_on = revision);
    assert_str(text_of(&t, d), text);
    MUST(&t, DRAFT_SET, .member = t.josef, .draft = d, .text = text,
         .based_on = revision);
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(CHANGE(t.f, DRAFT_SET, .member = t.josef, .draft = d,
                            .text = STR("other"), .based_on = revision),
                     E_CONFLICT);
    MUST(&t, DRAFT_GO, .member = t.josef, .draft = d);
    assert_str(post_of(&t, id, 2).text, text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WRITING_TEST(parts_are_added_replaced_moved_and_dropped),
        WRITING_TEST(what_can_not_be_done_to_parts_changes_nothing),
        WRITING_TEST(a_full_draft_leaves_more_to_another),
        WRITING_TEST(all_of_a_draft_is_set_from_what_was_fetched),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
