/* Questions: marks and states, and who may say so. */
#include "tests/unit/question_scene.h"

#include "forum/rules.h"

static void
the_state_follows_from_the_marks(void **state)
{
    static const struct {
        int64_t number;
        enum post_mark mark;
        enum thread_state state;
    } steps[] = {
        {2, MARK_PARTLY, STATE_PARTLY},     {3, MARK_ANSWERED, STATE_ANSWERED},
        {2, MARK_ANSWERED, STATE_ANSWERED}, {3, MARK_NONE, STATE_ANSWERED},
        {2, MARK_PARTLY, STATE_PARTLY},     {2, MARK_NONE, STATE_OPEN},
    };
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        assert_int_equal(mark(f, &s, s.amina, steps[i].number, steps[i].mark),
                         OK);
        assert_int_equal(thread_of(f, &s).state, steps[i].state);
    }
}

static void
only_the_asker_marks_while_they_are_there(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    assert_int_equal(mark(f, &s, s.josef, 3, MARK_ANSWERED), E_FORBIDDEN);
    assert_int_equal(mark(f, &s, s.dora, 3, MARK_ANSWERED), E_FORBIDDEN);
    assert_int_equal(mark(f, &s, s.amina, 1, MARK_ANSWERED), E_FORBIDDEN);
    assert_int_equal(mark(f, &s, s.amina, 9, MARK_ANSWERED), E_NOT_FOUND);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_NOT_NEEDED), E_UNUSABLE);
    assert_int_equal(thread_of(f, &s).state, STATE_OPEN);
}

static void
two_participants_who_agree_mark_for_one_who_is_away(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    f->now += AUTHOR_AWAY - 1;
    assert_int_equal(mark(f, &s, s.josef, 3, MARK_ANSWERED), E_FORBIDDEN);
    f->now += 1;
    assert_int_equal(mark(f, &s, s.dora, 3, MARK_ANSWERED), E_FORBIDDEN);
    assert_int_equal(mark(f, &s, s.josef, 3, MARK_ANSWERED), OK);
    assert_int_equal(mark(f, &s, s.josef, 3, MARK_ANSWERED), OK);
    assert_int_equal(mark(f, &s, s.chipo, 3, MARK_PARTLY), OK);
    assert_int_equal(thread_of(f, &s).state, STATE_OPEN);
    assert_int_equal(mark(f, &s, s.chipo, 3, MARK_ANSWERED), OK);
    assert_int_equal(thread_of(f, &s).state, STATE_ANSWERED);
    assert_int_equal(count(f, "SELECT count(*) FROM mark_wish"), 0);
}

static void
what_was_said_before_the_asker_came_back_counts_no_more(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);
    enum post_mark said;
    struct thread t;

    f->now += AUTHOR_AWAY;
    assert_int_equal(mark(f, &s, s.josef, 3, MARK_ANSWERED), OK);
    t = thread_of(f, &s);
    assert_int_equal(question_wished(f->db, &t, 3, s.josef, &said), OK);
    assert_int_equal(said, MARK_ANSWERED);
    f->now += DAY;
    assert_int_equal(CHANGE(f, REPLY, .member = s.amina, .thread = s.thread,
                            .text = STR("I am back.")),
                     OK);
    f->now += AUTHOR_AWAY;
    assert_int_equal(mark(f, &s, s.chipo, 3, MARK_ANSWERED), OK);
    t = thread_of(f, &s);
    assert_int_equal(t.state, STATE_OPEN);
    assert_int_equal(question_wished(f->db, &t, 3, s.josef, &said), OK);
    assert_int_equal(said, MARK_NONE);
    assert_int_equal(mark(f, &s, s.josef, 3, MARK_ANSWERED), OK);
    assert_int_equal(thread_of(f, &s).state, STATE_ANSWERED);
}

static void
whoever_left_is_no_participant_any_more(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    f->now += AUTHOR_AWAY;
    assert_int_equal(mark(f, &s, s.josef, 3, MARK_ANSWERED), OK);
    assert_int_equal(CHANGE(f, LEAVE, .member = s.josef, .community = s.place),
                     OK);
    assert_int_equal(mark(f, &s, s.chipo, 3, MARK_ANSWERED), OK);
    assert_int_equal(thread_of(f, &s).state, STATE_OPEN);
}

static void
a_post_withdrawn_meanwhile_is_not_marked(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), OK);
    assert_int_equal(
        CHANGE(f, REMOVE, .member = s.josef, .thread = s.thread, .number = 2),
        OK);
    assert_int_equal(thread_of(f, &s).state, STATE_OPEN);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), OK);
    assert_int_equal(f->cj.out.why, E_GONE);
    assert_int_equal(thread_of(f, &s).state, STATE_OPEN);
}

static void
a_mark_tells_its_author_once_and_plans_one_question(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    assert_int_equal(mark(f, &s, s.amina, 2, MARK_PARTLY), OK);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), OK);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM inbox WHERE kind = 2"), 1);
    assert_int_equal(count(f, "SELECT member FROM inbox WHERE kind = 2"),
                     s.josef);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 1);
    assert_int_equal(count(f, "SELECT at FROM due"), f->now + WHAT_CAME_AFTER);
    assert_int_equal(mark(f, &s, s.amina, 3, MARK_ANSWERED), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 1);
}

static void
whoever_answers_themselves_is_told_nothing(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    assert_int_equal(CHANGE(f, REPLY, .member = s.amina, .thread = s.thread,
                            .text = STR("Found it.")),
                     OK);
    assert_int_equal(mark(f, &s, s.amina, 4, MARK_ANSWERED), OK);
    assert_int_equal(thread_of(f, &s).state, STATE_ANSWERED);
    assert_int_equal(count(f, "SELECT count(*) FROM inbox WHERE kind = 2"), 0);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 0);
}

static void
a_note_is_neither_marked_nor_reopened(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    assert_int_equal(CHANGE(f, THREAD, .member = s.amina, .community = s.place,
                            .value = KIND_NOTE, .title = STR("Note"),
                            .text = STR("Just so.")),
                     OK);
    s.thread = f->cj.out.thread;
    assert_int_equal(CHANGE(f, REPLY, .member = s.josef, .thread = s.thread,
                            .text = STR("Yes.")),
                     OK);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), E_FORBIDDEN);
    assert_int_equal(
        CHANGE(f, NOT_NEEDED, .member = s.amina, .thread = s.thread),
        E_FORBIDDEN);
    assert_int_equal(CHANGE(f, REOPEN, .member = s.josef, .thread = s.thread,
                            .text = STR("Why?")),
                     E_FORBIDDEN);
}

static void
reopening_twice_is_once_and_a_repeat_does_not_reopen(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);
    struct str why = STR("It broke again.");

    assert_int_equal(
        CHANGE(f, NOT_NEEDED, .member = s.amina, .thread = s.thread), OK);
    assert_int_equal(thread_of(f, &s).state, STATE_NOT_NEEDED);
    assert_int_equal(
        CHANGE(f, REOPEN, .member = s.dora, .thread = s.thread, .text = why),
        OK);
    assert_int_equal(thread_of(f, &s).state, STATE_OPEN);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), OK);
    assert_int_equal(
        CHANGE(f, REOPEN, .member = s.dora, .thread = s.thread, .text = why),
        OK);
    assert_true(f->cj.out.is_repeat);
    assert_int_equal(thread_of(f, &s).state, STATE_ANSWERED);
    assert_int_equal(thread_of(f, &s).last_number, 4);
}

static void
taking_a_mark_back_does_not_open_what_nobody_needs(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    assert_int_equal(mark(f, &s, s.amina, 2, MARK_PARTLY), OK);
    assert_int_equal(
        CHANGE(f, NOT_NEEDED, .member = s.amina, .thread = s.thread), OK);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_NONE), OK);
    assert_int_equal(thread_of(f, &s).state, STATE_NOT_NEEDED);
}

static void
a_question_that_is_taken_away_waits_no_more(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);
    struct rows r;
    struct thread t;

    assert_int_equal(
        CHANGE(f, REMOVE, .member = s.amina, .thread = s.thread, .number = 1),
        OK);
    assert_int_equal(thread_of(f, &s).state, STATE_NOT_NEEDED);
    r = thread_open_list(f->db, s.amina, 0, 10);
    assert_false(thread_next(&r, &t));
    assert_int_equal(rows_end(&r), OK);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), E_FORBIDDEN);
}

static void
the_list_of_what_is_open_goes_on_where_it_ended(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);
    int64_t last = 0, seen = 0;
    struct thread t;

    for (int i = 0; i < 5; i++)
        assert_int_equal(CHANGE(f, THREAD, .member = s.amina,
                                .community = s.place, .value = KIND_QUESTION,
                                .title = i % 2 ? STR("Odd") : STR("Even"),
                                .text = arena_fmt(&f->mem, "%d", i)),
                         OK);
    for (int page = 0; page < 4; page++) {
        struct rows r = thread_open_in(f->db, s.place, last, 2);

        while (thread_next(&r, &t)) {
            assert_true(t.id > last);
            last = t.id;
            seen++;
        }
        assert_int_equal(rows_end(&r), OK);
    }
    assert_int_equal(seen, 6);
}

static void
a_closed_question_is_open_for_its_participants_alone(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);
    static const int wanted[] = {1, 0, 0};
    int64_t viewers[] = {s.josef, s.dora, 0};

    assert_int_equal(CHANGE(f, SET_OPENNESS, .member = s.amina,
                            .community = s.place, .value = CLOSED),
                     OK);
    for (int i = 0; i < 3; i++) {
        struct rows r = thread_open_list(f->db, viewers[i], 0, 10);
        struct thread t;
        int n = 0;

        while (thread_next(&r, &t))
            n++;
        assert_int_equal(rows_end(&r), OK);
        assert_int_equal(n, wanted[i]);
    }
    assert_int_equal(mark(f, &s, s.dora, 2, MARK_ANSWERED), E_NOT_FOUND);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_state_follows_from_the_marks),
        TEST(only_the_asker_marks_while_they_are_there),
        TEST(two_participants_who_agree_mark_for_one_who_is_away),
        TEST(what_was_said_before_the_asker_came_back_counts_no_more),
        TEST(whoever_left_is_no_participant_any_more),
        TEST(a_post_withdrawn_meanwhile_is_not_marked),
        TEST(a_mark_tells_its_author_once_and_plans_one_question),
        TEST(whoever_answers_themselves_is_told_nothing),
        TEST(a_note_is_neither_marked_nor_reopened),
        TEST(reopening_twice_is_once_and_a_repeat_does_not_reopen),
        TEST(taking_a_mark_back_does_not_open_what_nobody_needs),
        TEST(a_question_that_is_taken_away_waits_no_more),
        TEST(the_list_of_what_is_open_goes_on_where_it_ended),
        TEST(a_closed_question_is_open_for_its_participants_alone),
    };

    return cmocka_run_group_tests_name("question", tests, NULL, NULL);
}
