/* Members report posts; stewards look after them. */
#include "tests/unit/writing.h"

#include "forum/report.h"

static int64_t
number(const struct town *t, const char *sql)
{
    return db_number(t->f->db, sql, -1);
}

static void
a_member_reports_a_post_once(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    bool is_mine;

    MUST(&t, REPORT, .member = t.josef, .thread = id, .number = 1,
         .text = STR("First"));
    MUST(&t, REPORT, .member = t.josef, .thread = id, .number = 1,
         .text = STR("Second"));
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(number(&t, "SELECT count(*) FROM report"), 1);
    assert_int_equal(report_is_mine(t.f->db, POST_ID(id, 1), t.josef, &is_mine),
                     OK);
    assert_true(is_mine);
    assert_int_equal(report_is_mine(t.f->db, POST_ID(id, 1), t.amina, &is_mine),
                     OK);
    assert_false(is_mine);
}

static void
nobody_reports_their_own_post_or_what_they_can_not_read(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");

    assert_int_equal(CHANGE(t.f, REPORT, .member = t.amina, .thread = id,
                            .number = 1, .text = STR("Why")),
                     E_FORBIDDEN);
    close_it(&t);
    assert_int_equal(CHANGE(t.f, REPORT, .member = t.josef, .thread = id,
                            .number = 1, .text = STR("Why")),
                     E_NOT_FOUND);
}

static void
only_a_steward_looks_after_posts(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "A", "a");
    static const enum change_kind kinds[] = {
        CHANGE_CARE_NOTE, CHANGE_CARE_REMOVE, CHANGE_CARE_LEAVE};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        assert_int_equal(fixture_apply(t.f, (struct change){.kind = kinds[i],
                                                            .member = t.josef,
                                                            .thread = id,
                                                            .number = 1,
                                                            .text = STR("x")}),
                         E_FORBIDDEN);
}

static void
a_removal_is_told_once_and_ends_the_reports(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.josef, "A", "a");

    MUST(&t, REPORT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("Why"));
    for (int i = 0; i < 2; i++)
        MUST(&t, CARE_REMOVE, .member = t.amina, .thread = id, .number = 1,
             .text = STR("Because"));
    assert_true(OUT(&t).is_repeat);
    assert_int_equal(OUT(&t).draft, 0);
    assert_int_equal(post_of(&t, id, 1).status, POST_REMOVED_BY_STEWARD);
    assert_int_equal(number(&t, "SELECT count(*) FROM report"), 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM act WHERE kind = 8"), 1);
    assert_int_equal(number(&t, "SELECT count(*) FROM act WHERE kind = 8 "
                                "AND about IS NOT NULL"),
                     0);
    assert_int_equal(number(&t, "SELECT count(*) FROM inbox"), 1);
}

static void
what_its_author_removes_is_not_waiting_any_more(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.josef, "A", "a");

    MUST(&t, REPORT, .member = t.amina, .thread = id, .number = 1,
         .text = STR("Why"));
    MUST(&t, REMOVE, .member = t.josef, .thread = id, .number = 1);
    assert_int_equal(number(&t, "SELECT count(*) FROM report"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        GARDEN_TEST(a_member_reports_a_post_once),
        GARDEN_TEST(nobody_reports_their_own_post_or_what_they_can_not_read),
        GARDEN_TEST(only_a_steward_looks_after_posts),
        GARDEN_TEST(a_removal_is_told_once_and_ends_the_reports),
        GARDEN_TEST(what_its_author_removes_is_not_waiting_any_more),
    };

    return cmocka_run_group_tests_name("care", tests, NULL, NULL);
}
