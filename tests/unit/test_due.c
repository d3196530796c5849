/* The due clock: what was planned is done when its time has come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/log.h"
#include "forum/due.h"
#include "sql.h"
#include "tests/unit/forum_fixture.h"
#include "tests/unit/site_help.h"

static int64_t
count(struct fixture *f, const char *sql)
{
    return db_number(f->db, sql, -1);
}

static void
plan(struct fixture *f, enum due_kind kind, int64_t at, int64_t thread)
{
    const struct due d = {.kind = kind, .at = at, .thread = thread};

    assert_int_equal(due_add(f->db, &d), OK);
}

static void
nothing_is_done_before_its_time(void **state)
{
    struct fixture *f = *state;

    plan(f, DUE_KINDS, f->now + 1, 1);
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 1);
    f->now++;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 0);
}

static void
one_tick_does_only_so_much_and_says_that_more_may_come(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < 70; i++)
        plan(f, DUE_KINDS, f->now - i, 1);
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_true(f->cj.out.goes_on);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 6);
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_false(f->cj.out.goes_on);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 0);
}

static void
what_fails_is_put_off_and_keeps_nothing_else_waiting(void **state)
{
    struct fixture *f = *state;

    log_set_level(LOG_ERROR + 1);
    /* A member whom nobody is: the notice breaks a rule of the table. */
    assert_int_equal(
        db_run(f->db, "PRAGMA foreign_keys = OFF;"
                      "INSERT INTO thread (id,community,author,kind,state,"
                      "title,made_at,last_number,last_seq,last_at) "
                      "VALUES (7,1,99,1,1,'t',1,2,1,1);"
                      "INSERT INTO member (id,name,about,joined_at,tries,"
                      "tries_at) VALUES (99,'n','',1,0,0);"
                      "INSERT INTO post (id,seq,community,author,text,at,"
                      "status,mark) VALUES ((7<<20)|2,1,1,1,'x',1,0,1);"
                      "CREATE TRIGGER no BEFORE INSERT ON inbox BEGIN "
                      "SELECT raise(ABORT, 'no'); END"),
        OK);
    assert_int_equal(due_add(f->db, &(struct due){.kind = DUE_WHAT_CAME,
                                                  .at = f->now - 2,
                                                  .thread = 7,
                                                  .number = 2}),
                     OK);
    plan(f, DUE_KINDS, f->now - 1, 1);
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 1);
    assert_int_equal(count(f, "SELECT at FROM due"), f->now + HOUR);
    assert_int_equal(db_run(f->db, "DROP TRIGGER no"), OK);
    f->now += HOUR;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM due"), 0);
    assert_int_equal(count(f, "SELECT member FROM inbox"), 99);
}

static void
one_loop_does_what_is_due(void **state)
{
    struct site_box *b = *state;
    struct db *db;
    int64_t left = 1;

    assert_int_equal(db_open(b->database, DB_WRITE, &sql_statements, &db), OK);
    assert_int_equal(due_add(db, &(struct due){.kind = DUE_KINDS, .at = 1}),
                     OK);
    b->service.tick(b->loop);
    while (left > 0) {
        struct mail *m = mailbox_wait(b->home, 1);

        m->deliver(m);
        left = db_number(db, "SELECT count(*) FROM due", -1);
    }
    assert_int_equal(left, 0);
    db_close(db);
}

static void
ticking_now_does_all_that_is_due_and_waits(void **state)
{
    struct site_box *b = *state;
    struct db *db;

    assert_int_equal(db_open(b->database, DB_WRITE, &sql_statements, &db), OK);
    for (int i = 0; i < 200; i++)
        assert_int_equal(due_add(db, &(struct due){.kind = DUE_KINDS, .at = 1}),
                         OK);
    assert_int_equal(site_tick_now(b->site), OK);
    assert_int_equal(db_number(db, "SELECT count(*) FROM due", -1), 0);
    db_close(db);
}

int
main(void)
{
#define IN_FORUM(test)                                                         \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
#define IN_SITE(test)                                                          \
    cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
    const struct CMUnitTest tests[] = {
        IN_FORUM(nothing_is_done_before_its_time),
        IN_FORUM(one_tick_does_only_so_much_and_says_that_more_may_come),
        IN_FORUM(what_fails_is_put_off_and_keeps_nothing_else_waiting),
        IN_SITE(one_loop_does_what_is_due),
        IN_SITE(ticking_now_does_all_that_is_due_and_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
