/* A question to one person first, and its way to the whole community. */
#include "tests/unit/writing.h"

#include "base/clock.h"
#include "forum/pair.h"

static int64_t
number(const struct town *t, const char *sql)
{
    return db_number(t->f->db, sql, -1);
}

/* Amina asks Josef; her draft, not yet published. */
static int64_t
draft_to_josef(struct town *t, const char *title)
{
    int64_t draft;

    MUST(t, COME, .member = t->josef, .community = t->garden);
    MUST(t, DRAFT_OPEN, .member = t->amina, .community = t->garden,
         .aim = AIM_THREAD, .value = KIND_QUESTION, .title = str_of(title));
    draft = OUT(t).draft;
    MUST(t, DRAFT_ASK, .member = t->amina, .draft = draft,
         .text = STR("Josef"));
    return draft;
}

static int64_t
asked_of_josef(struct town *t, const char *title)
{
    int64_t draft = draft_to_josef(t, title);

    MUST(t, DRAFT_GO, .member = t->amina, .draft = draft);
    return OUT(t).thread;
}

static void
two_questions_to_one_person_share_a_room(void **state)
{
    struct town t = town(state);

    (void)asked_of_josef(&t, "Grease?");
    (void)asked_of_josef(&t, "Oil?");
    assert_int_equal(number(&t, "SELECT count(*) FROM community "
                                "WHERE room = 2"),
                     1);
    assert_int_equal(number(&t, "SELECT count(*) FROM thread "
                                "WHERE wider <> 0"),
                     2);
    assert_int_equal(number(&t, "SELECT count(*) FROM follow f JOIN community "
                                "c ON c.id = f.thing AND f.kind = 0 "
                                "WHERE c.room = 2"),
                     0);
}

static void
it_is_widened_once_and_all_of_it_arrives_anew(void **state)
{
    struct town t = town(state);
    int64_t id = asked_of_josef(&t, "Grease?"), newest;

    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Lithium."));
    newest = number(&t, "SELECT max(seq) FROM post");
    MUST(&t, WIDEN, .member = t.amina, .thread = id);
    assert_false(OUT(&t).is_repeat);
    assert_int_equal(number(&t, "SELECT min(seq) FROM post"), newest + 1);
    MUST(&t, WIDEN, .member = t.amina, .thread = id);
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(number(&t, "SELECT min(seq) FROM post"), newest + 1);
    assert_int_equal(number(&t, "SELECT last_seq - max(p.seq) FROM thread, "
                                "post p"),
                     0);
    assert_int_equal(number(&t, "SELECT count(*) FROM thread t JOIN post p ON "
                                "p.id >> 20 = t.id AND p.community = "
                                "t.community JOIN community c ON "
                                "c.id = t.community AND c.room = 0"),
                     2);
}

static void
an_answer_that_comes_again_after_widening_is_one_answer(void **state)
{
    struct town t = town(state);
    int64_t id = asked_of_josef(&t, "Grease?");

    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Lithium."));
    MUST(&t, WIDEN, .member = t.amina, .thread = id);
    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Lithium."));
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(number(&t, "SELECT count(*) FROM post"), 2);
}

static void
only_the_asker_widens_it(void **state)
{
    struct town t = town(state);
    int64_t id = asked_of_josef(&t, "Grease?");

    assert_int_equal(CHANGE(t.f, WIDEN, .member = t.josef, .thread = id),
                     E_FORBIDDEN);
    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Lithium."));
    assert_int_equal(number(&t, "SELECT count(*) FROM thread "
                                "WHERE wider <> 0"),
                     1);
}

static void
whoever_was_asked_may_leave_and_the_asker_still_widens(void **state)
{
    struct town t = town(state);
    int64_t id = asked_of_josef(&t, "Grease?");

    MUST(&t, LEAVE, .member = t.josef, .community = t.garden);
    MUST(&t, WIDEN, .member = t.amina, .thread = id);
    assert_int_equal(number(&t, "SELECT wider FROM thread"), 0);
}

static void
whoever_left_before_it_was_published_is_not_asked(void **state)
{
    struct town t = town(state);
    int64_t draft = draft_to_josef(&t, "Grease?");

    MUST(&t, LEAVE, .member = t.josef, .community = t.garden);
    MUST(&t, DRAFT_GO, .member = t.amina, .draft = draft);
    assert_int_equal(OUT(&t).why, E_WRONG);
    assert_int_equal(number(&t, "SELECT count(*) FROM post"), 0);
    assert_int_equal(number(&t, "SELECT asked > 0 FROM draft"), 1);
}

static void
three_days_without_an_answer_are_told_to_the_asker_alone(void **state)
{
    struct town t = town(state);

    (void)asked_of_josef(&t, "Grease?");
    t.f->now += UNANSWERED_AFTER - 1;
    MUST(&t, TICK, .member = 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM inbox WHERE kind = 6"),
                     0);
    t.f->now++;
    MUST(&t, TICK, .member = 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM inbox WHERE kind = 6"),
                     1);
    assert_int_equal(number(&t, "SELECT member FROM inbox WHERE kind = 6"),
                     t.amina);
}

static void
an_answer_leaves_nothing_to_tell_after_three_days(void **state)
{
    struct town t = town(state);
    int64_t id = asked_of_josef(&t, "Grease?");

    MUST(&t, REPLY, .member = t.josef, .thread = id, .text = STR("Lithium."));
    t.f->now += UNANSWERED_AFTER;
    MUST(&t, TICK, .member = 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM inbox WHERE kind = 6"),
                     0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WRITING_TEST(two_questions_to_one_person_share_a_room),
        WRITING_TEST(it_is_widened_once_and_all_of_it_arrives_anew),
        WRITING_TEST(an_answer_that_comes_again_after_widening_is_one_answer),
        WRITING_TEST(only_the_asker_widens_it),
        WRITING_TEST(whoever_was_asked_may_leave_and_the_asker_still_widens),
        WRITING_TEST(whoever_left_before_it_was_published_is_not_asked),
        WRITING_TEST(three_days_without_an_answer_are_told_to_the_asker_alone),
        WRITING_TEST(an_answer_leaves_nothing_to_tell_after_three_days),
    };

    return cmocka_run_group_tests_name("pair", tests, NULL, NULL);
}
