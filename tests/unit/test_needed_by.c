/* Until when a question needs an answer, and what its draft remembers. */
#include "tests/unit/question_scene.h"

#include "forum/day.h"

static void
whoever_asked_is_asked_once_the_day_has_passed(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);
    int64_t today = f->now - f->now % DAY;

    assert_int_equal(CHANGE(f, NEEDED_BY, .member = s.josef, .thread = s.thread,
                            .text = STR("3")),
                     E_FORBIDDEN);
    assert_int_equal(CHANGE(f, NEEDED_BY, .member = s.amina, .thread = s.thread,
                            .text = STR("3")),
                     OK);
    assert_int_equal(thread_of(f, &s).needed_by, today + 3 * DAY);
    assert_int_equal(CHANGE(f, NEEDED_BY, .member = s.amina, .thread = s.thread,
                            .text = STR("5")),
                     OK);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 1);
    f->now = today + 6 * DAY - 1;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM inbox WHERE kind = 8"), 0);
    f->now += 1;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(count(f, "SELECT member FROM inbox WHERE kind = 8"),
                     s.amina);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 0);
}

static void
nobody_is_asked_about_what_was_answered(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);

    assert_int_equal(CHANGE(f, NEEDED_BY, .member = s.amina, .thread = s.thread,
                            .text = STR("3")),
                     OK);
    assert_int_equal(mark(f, &s, s.amina, 2, MARK_ANSWERED), OK);
    f->now += 5 * DAY;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM inbox WHERE kind = 8"), 0);
    assert_int_equal(CHANGE(f, NEEDED_BY, .member = s.amina, .thread = s.thread,
                            .text = STR(".")),
                     OK);
    assert_int_equal(thread_of(f, &s).needed_by, 0);
}

static void
a_question_whose_day_has_passed_stays_a_draft(void **state)
{
    struct fixture *f = *state;
    struct scene s = scene_begin(f);
    int64_t draft;

    assert_int_equal(CHANGE(f, DRAFT_OPEN, .member = s.amina, .aim = AIM_THREAD,
                            .community = s.place, .value = KIND_QUESTION,
                            .title = STR("Roof")),
                     OK);
    draft = f->cj.out.draft;
    assert_int_equal(CHANGE(f, DRAFT_NEEDED_BY, .member = s.amina,
                            .draft = draft, .text = STR("1")),
                     OK);
    assert_int_equal(CHANGE(f, DRAFT_TRIED, .member = s.amina, .draft = draft,
                            .text = STR("Tar.")),
                     OK);
    f->now += 3 * DAY;
    assert_int_equal(CHANGE(f, DRAFT_GO, .member = s.amina, .draft = draft),
                     OK);
    assert_int_equal(f->cj.out.why, E_PAST);
    assert_int_equal(CHANGE(f, DRAFT_NEEDED_BY, .member = s.amina,
                            .draft = draft, .text = STR("1")),
                     OK);
    assert_int_equal(CHANGE(f, DRAFT_GO, .member = s.amina, .draft = draft),
                     OK);
    assert_int_equal(f->cj.out.why, OK);
    s.thread = f->cj.out.thread;
    assert_true(str_eq(thread_of(f, &s).tried, STR("Tar.")));
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 1);
    assert_int_equal(CHANGE(f, DRAFT_GO, .member = s.amina, .draft = draft),
                     OK);
    assert_true(f->cj.out.is_repeat);
    assert_int_equal(f->cj.out.thread, s.thread);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 1);
}

static void
a_day_is_read_as_people_write_it(void **state)
{
    static const struct {
        const char *typed;
        enum err e;
        int64_t days; /* from today */
    } cases[] = {
        {"2026-02-05", OK, 3},
        {" 2026-02-02 ", OK, 0},
        {"2026-02-01", E_PAST, 0},
        {"1999-12-31", E_PAST, 0},
        {"10", OK, 10},
        {"0", OK, 0},
        {"5000", E_UNUSABLE, 0},
        {"2099-01-01", E_UNUSABLE, 0},
        {"2026-02-30", E_UNUSABLE, 0},
        {"2027-02-29", E_UNUSABLE, 0},
        {"2028-02-29", OK, 757},
        {"31.12.2026", E_UNUSABLE, 0},
        {"tomorrow", E_UNUSABLE, 0},
        {"-1", E_UNUSABLE, 0},
        {"", E_EMPTY, 0},
        {"2026-13-01", E_UNUSABLE, 0},
        {"2026-00-01", E_UNUSABLE, 0},
        {"9999-12-31", E_UNUSABLE, 0},
    };
    int64_t now = FIXTURE_NOW, today = now - now % DAY, day = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        enum err e = day_read(str_of(cases[i].typed), now, &day);

        if (e != cases[i].e)
            fail_msg("%s: %s", cases[i].typed, err_name(e));
        if (!e && day != today + cases[i].days * DAY)
            fail_msg("%s: day %lld", cases[i].typed,
                     (long long)((day - today) / DAY));
    }
    assert_int_equal(day_read(STR("."), now, &day), OK);
    assert_int_equal(day, 0);
}

static void
every_day_is_read_as_it_is_written(void **state)
{
    struct fixture *f = *state;

    for (int64_t day = 0; day < 36525 * 2; day += 1) {
        struct arena mem;
        int64_t at = -1;

        arena_init(&mem, 1024);
        if (!clock_day(clock_date(&mem, day * DAY), &at) || at != day * DAY)
            fail_msg("day %lld", (long long)day);
        arena_release(&mem);
    }
    assert_int_equal(f->mem.bad, OK);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(whoever_asked_is_asked_once_the_day_has_passed),
        TEST(nobody_is_asked_about_what_was_answered),
        TEST(a_question_whose_day_has_passed_stays_a_draft),
        TEST(a_day_is_read_as_people_write_it),
        TEST(every_day_is_read_as_it_is_written),
    };

    return cmocka_run_group_tests_name("needed by", tests, NULL, NULL);
}
