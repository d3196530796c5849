#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/writer.h"
#include "tests/unit/scratch.h"

enum { ADD, LIST, FILL, STATEMENTS };

static const char *const texts[] = {
    [ADD] = "INSERT INTO thing (id) VALUES (?1)",
    [LIST] = "SELECT id FROM thing ORDER BY id",
    [FILL] = "INSERT INTO page (bytes) VALUES (zeroblob(?1))",
};
static const char *const names[] = {"add", "list", "fill"};
static const struct statements statements = {texts, names, STATEMENTS};

/* One writer, and a box for what comes home; the test's thread is the loop. */
struct bench {
    char *path;
    struct db *read;
    struct mailbox *home;
    struct writer *writer;
};

/* A job as a change makes it: itself, and what it needs. */
struct adding {
    struct job job;
    int64_t id;
    bool also_fail;
    int done; /* how often it came home */
};

static enum err
adding_apply(struct db *db, struct job *job)
{
    struct adding *a = (struct adding *)job;
    struct rows r = rows_start(db, ADD);

    rows_bind_int(&r, 1, a->id);
    if (rows_run(&r))
        return E_TAKEN;
    return a->also_fail ? E_FORBIDDEN : OK;
}

static void
adding_done(struct job *job)
{
    ((struct adding *)job)->done++;
}

static struct bench
bench_open(void **state, size_t queue)
{
    struct bench b = {.path = scratch_path(state, "test.db")};
    struct db *db;

    log_set_level(LOG_ERROR + 1);
    assert_int_equal(db_open(b.path, DB_WRITE, &statements, &db), OK);
    assert_int_equal(db_run(db, "CREATE TABLE thing (id INTEGER PRIMARY KEY);"
                                "CREATE TABLE page (bytes BLOB)"),
                     OK);
    assert_int_equal(db_open(b.path, DB_READ, &statements, &b.read), OK);
    b.home = mailbox_new(0, NULL, NULL);
    assert_non_null(b.home);
    assert_int_equal(writer_start(db, queue, NULL, &b.writer), OK);
    return b;
}

/* Delivers until so many have come home. */
static void
bench_deliver(struct bench *b, int wanted)
{
    struct mail *next;

    while (wanted > 0)
        for (struct mail *m = mailbox_wait(b->home, 1000); m; m = next) {
            next = m->next;
            m->deliver(m);
            wanted--;
        }
}

static void
bench_close(struct bench *b)
{
    writer_stop(b->writer);
    mailbox_free(b->home);
    db_close(b->read);
    free(b->path);
}

static struct adding
adding(struct bench *b, int64_t id)
{
    return (struct adding){
        .id = id,
        .job = {.home = b->home, .apply = adding_apply, .done = adding_done}};
}

static int64_t
stored(struct bench *b)
{
    return db_number(b->read, "SELECT count(*) FROM thing", -1);
}

static void
what_is_answered_is_stored(void **state)
{
    struct bench b = bench_open(state, 10);
    struct adding a = adding(&b, 7);

    assert_int_equal(writer_post(b.writer, &a.job), OK);
    bench_deliver(&b, 1);
    assert_int_equal(a.done, 1);
    assert_int_equal(a.job.err, OK);
    assert_int_equal(stored(&b), 1);
    bench_close(&b);
}

static void
a_refused_job_rolls_back_alone(void **state)
{
    struct bench b = bench_open(state, 100);
    struct adding a[5];

    for (int i = 0; i < 5; i++)
        a[i] = adding(&b, i == 3 ? 1 : i);
    a[2].also_fail = true; /* after it has written */
    for (int i = 0; i < 5; i++)
        assert_int_equal(writer_post(b.writer, &a[i].job), OK);
    bench_deliver(&b, 5);
    assert_int_equal(a[0].job.err, OK);
    assert_int_equal(a[1].job.err, OK);
    assert_int_equal(a[2].job.err, E_FORBIDDEN);
    assert_int_equal(a[3].job.err, E_TAKEN);
    assert_int_equal(a[4].job.err, OK);
    assert_int_equal(stored(&b), 3);
    bench_close(&b);
}

static void
many_jobs_all_come_home_once(void **state)
{
    enum { MANY = 1000 };
    struct bench b = bench_open(state, MANY);
    struct adding *a = calloc(MANY, sizeof(*a));

    assert_non_null(a);
    for (int i = 0; i < MANY; i++) {
        a[i] = adding(&b, i);
        assert_int_equal(writer_post(b.writer, &a[i].job), OK);
    }
    bench_deliver(&b, MANY);
    for (int i = 0; i < MANY; i++)
        assert_true(a[i].done == 1 && a[i].job.err == OK);
    assert_int_equal(stored(&b), MANY);
    bench_close(&b);
    free(a);
}

/* Holds the writing thread until it is told to go on. */
struct holding {
    struct job job;
    struct mailbox *began, *gate;
    struct mail news, key;
};

static enum err
holding_apply(struct db *db, struct job *job)
{
    struct holding *h = (struct holding *)job;

    (void)db;
    (void)mailbox_post(h->began, &h->news);
    (void)mailbox_wait(h->gate, 1);
    return OK;
}

static void
holding_done(struct job *job)
{
    (void)job;
}

/* Returns when the writing thread is held, and its queue is empty. */
static void
hold(struct bench *b, struct holding *h)
{
    *h = (struct holding){
        .began = mailbox_new(0, NULL, NULL),
        .gate = mailbox_new(0, NULL, NULL),
        .job = {.home = b->home, .apply = holding_apply, .done = holding_done}};
    assert_int_equal(writer_post(b->writer, &h->job), OK);
    (void)mailbox_wait(h->began, 1);
}

static void
let_go(struct holding *h)
{
    assert_true(mailbox_post(h->gate, &h->key));
}

static void
hold_release(struct holding *h)
{
    mailbox_free(h->began);
    mailbox_free(h->gate);
}

static void
past_the_queue_a_job_stays_with_its_owner(void **state)
{
    struct bench b = bench_open(state, 1);
    struct holding h;
    struct adding a[2];

    hold(&b, &h);
    for (int i = 0; i < 2; i++)
        a[i] = adding(&b, i);
    assert_int_equal(writer_post(b.writer, &a[0].job), OK);
    assert_int_equal(writer_post(b.writer, &a[1].job), E_BUSY);
    let_go(&h);
    bench_deliver(&b, 2);
    assert_int_equal(a[0].done, 1);
    assert_int_equal(a[1].done, 0);
    hold_release(&h);
    bench_close(&b);
}

static void
stopping_finishes_what_waits(void **state)
{
    enum { MANY = 200 };
    struct bench b = bench_open(state, MANY);
    struct adding *a = calloc(MANY, sizeof(*a));

    assert_non_null(a);
    for (int i = 0; i < MANY; i++) {
        a[i] = adding(&b, i);
        assert_int_equal(writer_post(b.writer, &a[i].job), OK);
    }
    writer_stop(b.writer);
    b.writer = NULL;
    bench_deliver(&b, MANY);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(a[i].job.err, OK);
    assert_int_equal(stored(&b), MANY);
    bench_close(&b);
    free(a);
}

static enum err
prepare_seven(struct job *job)
{
    ((struct adding *)job)->id += 7;
    return OK;
}

static enum err
prepare_nothing(struct job *job)
{
    (void)job;
    return E_WRONG;
}

static void
slow_work_comes_before_the_change(void **state)
{
    struct bench b = bench_open(state, 10);
    struct adding good = adding(&b, 1), bad = adding(&b, 2);

    good.job.prepare = prepare_seven;
    bad.job.prepare = prepare_nothing;
    assert_int_equal(writer_post(b.writer, &good.job), OK);
    assert_int_equal(writer_post(b.writer, &bad.job), OK);
    bench_deliver(&b, 2);
    assert_int_equal(good.job.err, OK);
    assert_int_equal(bad.job.err, E_WRONG);
    assert_int_equal(db_number(b.read, "SELECT id FROM thing", -1), 8);
    assert_int_equal(stored(&b), 1);
    bench_close(&b);
}

static enum err
leaves_rows_open(struct db *db, struct job *job)
{
    struct rows r = rows_start(db, LIST);

    (void)rows_next(&r);
    (void)job;
    return OK;
}

static void
rows_left_open_fail_that_job_alone(void **state)
{
    struct bench b = bench_open(state, 10);
    struct adding a[3];

    for (int i = 0; i < 3; i++)
        a[i] = adding(&b, i);
    a[1].job.apply = leaves_rows_open;
    for (int i = 0; i < 3; i++)
        assert_int_equal(writer_post(b.writer, &a[i].job), OK);
    bench_deliver(&b, 3);
    assert_int_equal(a[0].job.err, OK);
    assert_int_equal(a[1].job.err, E_BUG);
    assert_int_equal(a[2].job.err, OK);
    bench_close(&b);
}

static enum err
ends_the_transaction(struct db *db, struct job *job)
{
    (void)job;
    (void)db_run(db, "ROLLBACK"); /* as SQLite does on a full disk */
    return E_FULL;
}

static void
a_lost_transaction_fails_the_whole_batch(void **state)
{
    struct bench b = bench_open(state, 100);
    struct holding h;
    struct adding a[4];

    hold(&b, &h);
    for (int i = 0; i < 4; i++)
        a[i] = adding(&b, i);
    a[2].job.apply = ends_the_transaction;
    for (int i = 0; i < 3; i++)
        assert_int_equal(writer_post(b.writer, &a[i].job), OK);
    let_go(&h);
    bench_deliver(&b, 4);
    assert_int_equal(a[2].job.err, E_FULL);
    for (int i = 0; i < 2; i++)
        assert_int_equal(a[i].job.err, E_FULL);
    assert_int_equal(stored(&b), 0);
    /* And the next one is served as if nothing had been. */
    assert_int_equal(writer_post(b.writer, &a[3].job), OK);
    bench_deliver(&b, 1);
    assert_int_equal(a[3].job.err, OK);
    assert_int_equal(stored(&b), 1);
    hold_release(&h);
    bench_close(&b);
}

static enum err
fill_apply(struct db *db, struct job *job)
{
    struct rows r = rows_start(db, FILL);

    (void)job;
    rows_bind_int(&r, 1, 100000);
    return rows_run(&r);
}

static void
the_wal_stays_below_its_bound(void **state)
{
    struct bench b = bench_open(state, 100);
    char *wal = scratch_path(state, "test.db-wal");
    long size;
    FILE *f;

    for (int i = 0; i < 400; i++) { /* 40 MB in all */
        struct adding a = adding(&b, i);

        a.job.apply = fill_apply;
        assert_int_equal(writer_post(b.writer, &a.job), OK);
        bench_deliver(&b, 1);
        assert_int_equal(a.job.err, OK);
    }
    f = fopen(wal, "rb");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    fclose(f);
    assert_true(size < 17 * 1024 * 1024);
    free(wal);
    bench_close(&b);
}

#define IN_SCRATCH(f)                                                          \
    cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(what_is_answered_is_stored),
        IN_SCRATCH(a_refused_job_rolls_back_alone),
        IN_SCRATCH(many_jobs_all_come_home_once),
        IN_SCRATCH(past_the_queue_a_job_stays_with_its_owner),
        IN_SCRATCH(stopping_finishes_what_waits),
        IN_SCRATCH(slow_work_comes_before_the_change),
        IN_SCRATCH(rows_left_open_fail_that_job_alone),
        IN_SCRATCH(a_lost_transaction_fails_the_whole_batch),
        IN_SCRATCH(the_wal_stays_below_its_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
