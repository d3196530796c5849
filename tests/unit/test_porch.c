/* The porch: what fades, and what it must not push out. */
#include <stdio.h>

#include "forum/porch.h"
#include "forum/post.h"
#include "forum/site.h"
#include "forum/thread.h"
#include "tests/unit/garden.h"

#define DAYS(n) ((int64_t)(n)*86400)

static int64_t
talk(const struct town *t, int64_t who, const char *text)
{
    assert_int_equal(CHANGE(t->f, THREAD, .member = who, .community = t->garden,
                            .value = KIND_CHAT, .title = STR("Porch"),
                            .text = str_of(text)),
                     OK);
    return POST_ID(t->f->cj.out.thread, t->f->cj.out.number);
}

static void
note(const struct town *t)
{
    assert_int_equal(CHANGE(t->f, THREAD, .member = t->amina,
                            .community = t->garden, .title = STR("A note"),
                            .text = STR("Something")),
                     OK);
}

static void
tick(const struct town *t)
{
    do
        assert_int_equal(CHANGE(t->f, TICK, .member = 0), OK);
    while (t->f->cj.out.goes_on);
}

static int64_t
count(const struct town *t, const char *sql)
{
    return db_number(t->f->db, sql, -1);
}

static void
say_wrong(void *arg, struct str sentence)
{
    (void)arg;
    fail_msg("%.*s", (int)sentence.n, sentence.p);
}

static void
a_community_has_one_porch(void **state)
{
    struct town t = town(state);
    int64_t first = talk(&t, t.amina, "Tea is ready");

    assert_int_equal(talk(&t, t.josef, "Coming"), first + 1);
    assert_int_equal(talk(&t, t.amina, "Tea is ready"), first);
    assert_true(t.f->cj.out.is_repeat);
    assert_int_equal(count(&t, "SELECT count(*) FROM thread"), 1);
}

static void
talk_is_in_no_list_and_moves_nothing(void **state)
{
    struct town t = town(state);
    struct rows r;
    struct thread found;
    struct post p;

    note(&t);
    t.f->now += 60;
    talk(&t, t.josef, "Coming");
    r = thread_list(t.f->db, t.garden, INT64_MAX, 9);
    assert_true(thread_next(&r, &found));
    assert_true(str_eq(found.title, STR("A note")));
    assert_false(thread_next(&r, &found));
    assert_int_equal(rows_end(&r), OK);
    r = thread_recent(t.f->db, t.amina, INT64_MAX, 9);
    assert_true(thread_next(&r, &found) && !thread_next(&r, &found));
    assert_int_equal(rows_end(&r), OK);
    r = thread_mine(t.f->db, t.amina, INT64_MAX, 9);
    assert_true(thread_next(&r, &found) && !thread_next(&r, &found));
    assert_int_equal(rows_end(&r), OK);
    r = post_since(t.f->db, t.garden, 0);
    assert_true(post_next(&r, &p) && !post_next(&r, &p));
    assert_int_equal(rows_end(&r), OK);
    assert_int_equal(look(&t, 0).last_seq, 1);
    assert_int_equal(look(&t, 0).last_at, t.f->now - 60);
}

static void
talk_keeps_a_community_from_resting(void **state)
{
    struct town t = town(state);

    note(&t);
    t.f->now += DAYS(40);
    talk(&t, t.josef, "Still here");
    assert_int_equal(look(&t, 0).last_at, t.f->now);
}

static void
lines_fade_after_thirty_days_however_many(void **state)
{
    struct town t = town(state);

    for (int i = 0; i < 1100; i++) {
        char text[16];

        snprintf(text, sizeof(text), "line %d", i);
        talk(&t, i % 2 ? t.amina : t.josef, text);
    }
    t.f->now += DAYS(29);
    tick(&t);
    talk(&t, t.amina, "later");
    assert_int_equal(count(&t, "SELECT count(*) FROM post"), 1101);
    t.f->now += DAYS(1) + 3600;
    for (int i = 0; i < 3; i++)
        tick(&t);
    assert_int_equal(count(&t, "SELECT count(*) FROM post"), 1);
    assert_int_equal(forum_check(t.f->db, say_wrong, NULL), 0);
}

static void
all_that_hung_on_a_line_goes_with_it(void **state)
{
    struct town t = town(state);
    int64_t line = talk(&t, t.amina, "Tea"), thread = POST_THREAD(line);

    assert_int_equal(CHANGE(t.f, EDIT, .member = t.amina, .thread = thread,
                            .number = 1, .text = STR("Tea is ready")),
                     OK);
    assert_int_equal(
        db_run(t.f->db,
               "INSERT INTO thanks (post, member, helper, text, at, may_show,"
               " is_shown) SELECT id, 2, 1, '', 0, 0, 0 FROM post;"
               "INSERT INTO inbox (member, kind, post, at)"
               " SELECT 2, 0, id, 0 FROM post"),
        OK);
    assert_int_equal(count(&t, "SELECT count(*) FROM version"), 1);
    t.f->now += DAYS(30) + 3600;
    tick(&t);
    assert_int_equal(count(&t, "SELECT count(*) FROM post"), 0);
    assert_int_equal(count(&t, "SELECT count(*) FROM version"), 0);
    assert_int_equal(count(&t, "SELECT count(*) FROM thanks"), 0);
    assert_int_equal(count(&t, "SELECT count(*) FROM inbox"), 0);
    assert_int_equal(count(&t, "SELECT count(*) FROM due"), 0);
}

static void
numbers_go_on_when_the_newest_line_has_faded(void **state)
{
    struct town t = town(state);
    int64_t line;

    note(&t);
    line = talk(&t, t.amina, "Tea is ready");
    t.f->now += DAYS(31);
    tick(&t);
    note(&t);
    assert_int_equal(count(&t, "SELECT max(seq) FROM post"), 3);
    assert_int_equal(talk(&t, t.amina, "Tea again"), line + 1);
    assert_int_equal(forum_check(t.f->db, say_wrong, NULL), 0);
}

static void
a_full_porch_is_followed_by_another(void **state)
{
    struct town t = town(state);
    int64_t line = talk(&t, t.amina, "Tea is ready");

    assert_int_equal(db_run(t.f->db, "UPDATE thread SET last_number = 1048575"),
                     OK);
    assert_int_not_equal(POST_THREAD(talk(&t, t.amina, "Tea again")),
                         POST_THREAD(line));
}

static void
the_first_line_can_go_and_the_porch_stays(void **state)
{
    struct town t = town(state);
    int64_t line = talk(&t, t.amina, "Tea is ready");

    assert_int_equal(CHANGE(t.f, TAKE_BACK, .member = t.amina,
                            .thread = POST_THREAD(line), .number = 1),
                     OK);
    assert_int_equal(talk(&t, t.josef, "Coming"), line + 1);
    assert_int_equal(t.f->cj.out.why, OK);
    assert_int_equal(forum_check(t.f->db, say_wrong, NULL), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        GARDEN_TEST(a_community_has_one_porch),
        GARDEN_TEST(talk_is_in_no_list_and_moves_nothing),
        GARDEN_TEST(talk_keeps_a_community_from_resting),
        GARDEN_TEST(lines_fade_after_thirty_days_however_many),
        GARDEN_TEST(all_that_hung_on_a_line_goes_with_it),
        GARDEN_TEST(numbers_go_on_when_the_newest_line_has_faded),
        GARDEN_TEST(a_full_porch_is_followed_by_another),
        GARDEN_TEST(the_first_line_can_go_and_the_porch_stays),
    };

    return cmocka_run_group_tests_name("porch", tests, NULL, NULL);
}
