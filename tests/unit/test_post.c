#include "base/clock.h"
#include "tests/unit/writing.h"

static void
a_reply_is_numbered_and_moves_its_thread_up(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    struct community c;

    t.f->now += 60;
    assert_int_equal(reply_by(&t, t.josef, id, "Yes"), 2);
    assert_int_equal(OUT(&t).community, t.garden);
    assert_int_equal(thread_of(&t, id).last_number, 2);
    assert_int_equal(thread_of(&t, id).last_at, t.f->now);
    assert_int_equal(thread_of(&t, id).last_seq, post_of(&t, id, 2).seq);
    c = look(&t, 0);
    assert_int_equal(c.last_seq, post_of(&t, id, 2).seq);
    assert_int_equal(c.last_at, t.f->now);
}

static void
a_reply_knows_what_it_answers(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    MUST(&t, REPLY, .member = t.josef, .thread = id, .number = 1,
         .text = STR("To the first"));
    assert_int_equal(post_of(&t, id, 2).answers, 1);
    MUST(&t, REPLY, .member = t.josef, .thread = id, .number = 99,
         .text = STR("To nothing"));
    assert_int_equal(post_of(&t, id, 3).answers, 0);
    assert_int_equal(
        CHANGE(t.f, REPLY, .member = t.josef, .thread = 9999, .text = STR("x")),
        E_NOT_FOUND);
}

static void
the_same_text_within_a_day_is_one_post(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    assert_int_equal(reply_by(&t, t.josef, id, "Yes"), 2);
    t.f->now += DAY - 1;
    assert_int_equal(reply_by(&t, t.josef, id, " Yes \n"), 2);
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(OUT(&t).thread, id);
    assert_int_equal(reply_by(&t, t.amina, id, "Yes"), 3);
    assert_int_equal(reply_by(&t, t.josef, id, "No"), 4);
    t.f->now += 2;
    assert_int_equal(reply_by(&t, t.josef, id, "Yes"), 5);
    assert_false(OUT(&t).is_repeat);
    assert_int_equal(thread_by(&t, t.amina, "A", "a") != id, true);
    assert_int_equal(thread_by(&t, t.amina, "A", "a"), OUT(&t).thread);
    assert_true(OUT(&t).is_repeat);
}

static void
old_reminders_of_posts_go_a_few_at_a_time(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    for (int i = 0; i < 9; i++) {
        char text[] = {(char)('a' + i), '\0'};

        t.f->now++; /* what came in the same second goes together */
        (void)reply_by(&t, t.josef, id, text);
    }
    t.f->now += 2 * DAY;
    (void)reply_by(&t, t.josef, id, "later");
    assert_int_equal(db_number(t.f->db, "SELECT count(*) FROM once", -1), 7);
}

static void
what_is_too_long_becomes_a_draft(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a"), draft;
    size_t n = POST_MAX + 1;
    char *p = arena_alloc(&t.f->mem, n);

    memset(p, 'x', n);
    for (int i = 0; i < 2; i++) {
        MUST(&t, REPLY, .member = t.josef, .thread = id,
             .text = (struct str){p, n});
        assert_int_equal(OUT(&t).why, E_TOO_LONG);
        assert_int_equal(OUT(&t).number, 0);
        draft = OUT(&t).draft;
        assert_str(text_of(&t, draft), ((struct str){p, n}));
    }
    assert_int_equal(drafts_of(&t, t.josef), 1);
    MUST(&t, DRAFT_GO, .member = t.josef, .draft = draft);
    assert_int_equal(OUT(&t).why, E_TOO_LONG);
    assert_int_equal(OUT(&t).draft, draft);
    MUST(&t, REPLY, .member = t.josef, .thread = id,
         .text = (struct str){p, n - 1});
    assert_int_equal(OUT(&t).why, OK);
}

static void
who_has_not_joined_keeps_their_text(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    MUST(&t, SET_OPENNESS, .member = t.amina, .community = t.garden,
         .value = JOIN_TO_WRITE);
    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Yes"));
    assert_int_equal(OUT(&t).why, E_NOT_JOINED);
    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("No"));
    assert_str(text_of(&t, OUT(&t).draft), STR("Yes\n\nNo"));
    MUST(&t, COME, .member = t.josef, .community = t.garden);
    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Yes"));
    assert_int_equal(OUT(&t).why, OK);
    assert_int_equal(OUT(&t).number, 2);
}

static void
a_reply_to_a_withdrawn_thread_is_kept(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    MUST(&t, REMOVE, .member = t.amina, .thread = id, .number = 1);
    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Yes"));
    assert_int_equal(OUT(&t).why, E_GONE);
    assert_str(text_of(&t, OUT(&t).draft), STR("Yes"));
}

static void
a_post_is_taken_back_within_fifteen_minutes(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a"), draft;

    (void)reply_by(&t, t.josef, id, "One\n\nTwo");
    t.f->now += TAKE_BACK_SECONDS;
    assert_int_equal(
        CHANGE(t.f, TAKE_BACK, .member = t.amina, .thread = id, .number = 2),
        E_FORBIDDEN);
    MUST(&t, TAKE_BACK, .member = t.josef, .thread = id, .number = 2);
    draft = OUT(&t).draft;
    assert_str(text_of(&t, draft), STR("One\n\nTwo"));
    assert_int_equal(post_of(&t, id, 2).status, POST_TAKEN_BACK);
    assert_str(post_of(&t, id, 2).text, STR(""));
    t.f->now += HOUR;
    MUST(&t, TAKE_BACK, .member = t.josef, .thread = id, .number = 2);
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(OUT(&t).draft, draft);
    assert_int_equal(
        CHANGE(t.f, TAKE_BACK, .member = t.amina, .thread = id, .number = 1),
        E_TOO_LATE);
}

static void
what_was_taken_back_can_be_published_again(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a"), draft;

    (void)reply_by(&t, t.josef, id, "Yes");
    MUST(&t, TAKE_BACK, .member = t.josef, .thread = id, .number = 2);
    draft = OUT(&t).draft;
    assert_int_equal(reply_by(&t, t.josef, id, "Yes"), 2);
    assert_true(OUT(&t).is_repeat);
    MUST(&t, DRAFT_GO, .member = t.josef, .draft = draft);
    assert_false(OUT(&t).is_repeat);
    assert_int_equal(OUT(&t).number, 3);
}

static void
a_removed_thread_comes_back_as_a_draft_with_its_title(void **state)
{
    struct town t = town(state);
    int64_t id, draft;

    MUST(&t, THREAD, .member = t.josef, .community = t.garden,
         .value = KIND_QUESTION, .title = STR("Why?"), .text = STR("Text"));
    id = OUT(&t).thread;
    MUST(&t, EDIT, .member = t.josef, .thread = id, .number = 1,
         .text = STR("Text, better"));
    t.f->now += 40 * DAY;
    MUST(&t, REMOVE, .member = t.josef, .thread = id, .number = 1);
    draft = OUT(&t).draft;
    assert_str(draft_of(&t, draft, t.josef).title, STR("Why?"));
    assert_int_equal(draft_of(&t, draft, t.josef).kind, KIND_QUESTION);
    assert_str(text_of(&t, draft), STR("Text, better"));
    assert_int_equal(post_of(&t, id, 1).status, POST_REMOVED);
    assert_false(post_of(&t, id, 1).has_versions);
    MUST(&t, REMOVE, .member = t.josef, .thread = id, .number = 1);
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(CHANGE(t.f, EDIT, .member = t.amina, .thread = id,
                            .number = 1, .text = STR("Hm")),
                     E_FORBIDDEN);
}

static void
an_author_who_left_can_still_remove(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    (void)reply_by(&t, t.josef, id, "Mine");
    (void)reply_by(&t, t.amina, id, "Hers");
    close_it(&t);
    assert_int_equal(
        CHANGE(t.f, REMOVE, .member = t.josef, .thread = id, .number = 3),
        E_NOT_FOUND);
    MUST(&t, REMOVE, .member = t.josef, .thread = id, .number = 2);
    assert_int_equal(post_of(&t, id, 2).status, POST_REMOVED);
}

static void
an_edit_keeps_the_earlier_text(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "one"), made = t.f->now;
    struct version v;
    struct rows r;

    t.f->now += 60;
    MUST(&t, EDIT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("two +"));
    t.f->now += 60;
    MUST(&t, EDIT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("three"));
    MUST(&t, EDIT, .member = t.amina, .thread = id, .number = 1,
         .text = STR(" three"));
    assert_true(OUT(&t).is_repeat);
    assert_str(post_of(&t, id, 1).text, STR("three"));
    assert_int_equal(post_of(&t, id, 1).edited_at, t.f->now);
    r = version_list(t.f->db, id, 1);
    assert_true(version_next(&r, &v));
    assert_str(v.text, STR("two +"));
    assert_int_equal(v.at, made + 60);
    assert_true(version_next(&r, &v));
    assert_str(v.text, STR("one"));
    assert_int_equal(v.at, made);
    assert_int_equal(v.number, 1);
    assert_false(version_next(&r, &v));
    assert_int_equal(rows_end(&r), OK);
}

static void
an_earlier_text_can_be_dropped_once(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "one");

    MUST(&t, EDIT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("two"));
    assert_true(post_of(&t, id, 1).has_versions);
    assert_int_equal(CHANGE(t.f, VERSION_DROP, .member = t.josef, .thread = id,
                            .number = 1, .value = 1),
                     E_FORBIDDEN);
    MUST(&t, VERSION_DROP, .member = t.amina, .thread = id, .number = 1,
         .value = 1);
    assert_false(post_of(&t, id, 1).has_versions);
    MUST(&t, VERSION_DROP, .member = t.amina, .thread = id, .number = 1,
         .value = 1);
    assert_true(OUT(&t).is_repeat);
}

static void
an_edit_of_an_older_text_is_a_conflict(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "one"), made = t.f->now;

    t.f->now += 60;
    MUST(&t, EDIT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("two"), .based_on = made);
    assert_int_equal(CHANGE(t.f, EDIT, .member = t.amina, .thread = id,
                            .number = 1, .text = STR("three"),
                            .based_on = made),
                     E_CONFLICT);
    MUST(&t, EDIT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("two"), .based_on = made);
    assert_true(OUT(&t).is_repeat);
    MUST(&t, EDIT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("three"), .based_on = made + 60);
}

static void
slices_stay_within_their_thread(void **state)
{
    struct town t = town(state);
    int64_t a = thread_by(&t, t.amina, "A", "a");
    int64_t b = thread_by(&t, t.amina, "B", "b"), expected = 2;
    struct post p;
    struct rows r;

    for (int i = 0; i < 3; i++) {
        char text[] = {(char)('0' + i), '\0'};

        (void)reply_by(&t, t.josef, a, text);
        (void)reply_by(&t, t.josef, b, text);
    }
    r = post_slice(t.f->db, a, 2);
    for (; post_next(&r, &p); expected++) {
        assert_int_equal(p.thread, a);
        assert_int_equal(p.number, expected);
        assert_str(p.author_name, STR("Josef"));
    }
    assert_int_equal(rows_end(&r), OK);
    assert_int_equal(expected, 5);
    r = post_slice_back(t.f->db, b, 3);
    for (expected = 3; post_next(&r, &p); expected--) {
        assert_int_equal(p.thread, b);
        assert_int_equal(p.number, expected);
    }
    assert_int_equal(rows_end(&r), OK);
    assert_int_equal(expected, 0);
    r = post_slice(t.f->db, INT64_MAX, INT64_MAX);
    assert_false(post_next(&r, &p));
    assert_int_equal(rows_end(&r), OK);
    assert_int_equal(post_get(t.f->db, a, INT64_C(1) << 20, &t.f->mem, &p),
                     E_NOT_FOUND);
}

static void
since_tells_all_that_arrived_after(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    int64_t seq = post_of(&t, id, 1).seq;
    struct post p;
    struct rows r;

    (void)reply_by(&t, t.josef, id, "Yes");
    r = post_since(t.f->db, t.garden, seq);
    assert_true(post_next(&r, &p));
    assert_str(p.text, STR("Yes"));
    assert_str(p.thread_title, STR("A"));
    assert_false(post_next(&r, &p));
    assert_int_equal(rows_end(&r), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WRITING_TEST(a_reply_is_numbered_and_moves_its_thread_up),
        WRITING_TEST(a_reply_knows_what_it_answers),
        WRITING_TEST(the_same_text_within_a_day_is_one_post),
        WRITING_TEST(old_reminders_of_posts_go_a_few_at_a_time),
        WRITING_TEST(what_is_too_long_becomes_a_draft),
        WRITING_TEST(who_has_not_joined_keeps_their_text),
        WRITING_TEST(a_reply_to_a_withdrawn_thread_is_kept),
        WRITING_TEST(a_post_is_taken_back_within_fifteen_minutes),
        WRITING_TEST(what_was_taken_back_can_be_published_again),
        WRITING_TEST(a_removed_thread_comes_back_as_a_draft_with_its_title),
        WRITING_TEST(an_author_who_left_can_still_remove),
        WRITING_TEST(an_edit_keeps_the_earlier_text),
        WRITING_TEST(an_earlier_text_can_be_dropped_once),
        WRITING_TEST(an_edit_of_an_older_text_is_a_conflict),
        WRITING_TEST(slices_stay_within_their_thread),
        WRITING_TEST(since_tells_all_that_arrived_after),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
