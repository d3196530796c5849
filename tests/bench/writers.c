/*
 * How many posts a second the writing thread stores, with one writer and with
 * 64, on the way that the server's posts take, synchronous=FULL; and what a
 * reader notices of it.
 *
 *     writers DIR [SECONDS]       adds posts to the town in DIR
 *
 * Prints NAME=VALUE lines.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "forum/change.h"
#include "forum/index.h"
#include "forum/post.h"
#include "forum/site.h"
#include "forum/thread.h"
#include "tests/bench/meter.h"

#define POSTERS 64
#define NS INT64_C(1000000000)
#define MEMORY (4 << 20)
#define SLICE 40

struct desk;

/* Somebody who posts again as soon as the last post is stored. */
struct poster {
    struct change_job cj; /* first: a job is found by its poster */
    struct desk *desk;
    int64_t member, thread, since;
    char text[320];
};

struct desk {
    struct writer *writer;
    struct mailbox *home;
    struct poster poster[POSTERS];
    int64_t until;
    int out; /* jobs that are not home */
    int64_t posted;
    struct times times;
};

struct reader {
    const char *path;
    int64_t threads;
    atomic_bool stop;
    struct times times;
};

static void
give_up(const char *what, enum err e)
{
    fprintf(stderr, "writers: %s: %s\n", what, err_name(e));
    exit(1);
}

/* --- those who post --------------------------------------------------------
 */

static void come_home(struct job *job);

static void
poster_post(struct poster *p)
{
    struct change c = {.kind = CHANGE_REPLY,
                       .member = p->member,
                       .thread = p->thread,
                       .is_whole = true,
                       .at = clock_now()};
    enum err e;

    p->since = meter_now();
    memset(p->text, 'w', sizeof p->text - 1);
    p->text[snprintf(p->text, sizeof p->text, "%lld by %lld",
                     (long long)p->since, (long long)p->member)] = ' ';
    c.text = (struct str){p->text, sizeof p->text - 1};
    change_job_init(&p->cj, &c);
    p->cj.job.home = p->desk->home;
    p->cj.job.done = come_home;
    if ((e = writer_post(p->desk->writer, &p->cj.job)))
        give_up("the queue", e);
    p->desk->out++;
}

static void
come_home(struct job *job)
{
    struct poster *p = (struct poster *)job;
    struct desk *d = p->desk;

    if (job->err || p->cj.out.why || p->cj.out.is_repeat)
        give_up("a post", job->err ? job->err : p->cj.out.why);
    d->out--;
    d->posted++;
    times_add(&d->times, meter_now() - p->since);
    if (meter_now() < d->until)
        poster_post(p);
}

/* Posts a second, of so many who post at once. */
static double
post_for(struct desk *d, int posters, int seconds)
{
    int64_t began = meter_now();
    struct mail *next;

    d->until = began + seconds * NS;
    d->posted = 0;
    d->times.n = 0;
    for (int i = 0; i < posters; i++)
        poster_post(&d->poster[i]);
    while (d->out > 0)
        for (struct mail *m = mailbox_wait(d->home, POSTERS); m; m = next) {
            next = m->next;
            m->deliver(m);
        }
    return (double)d->posted * (double)NS / (double)(meter_now() - began);
}

/* --- who reads meanwhile ---------------------------------------------------
 */

/* A page of a thread, as a visit reads it: one moment, one slice. */
static enum err
read_page(struct db *db, int64_t id)
{
    struct arena mem;
    struct thread thread;
    struct post post;
    struct rows r;
    int n = 0;
    enum err e;

    arena_init(&mem, MEMORY);
    if ((e = db_begin_read(db)))
        return e;
    e = thread_get(db, id, 0, &mem, &thread);
    if (!e) {
        r = post_slice(db, id, 1);
        while (n < SLICE && post_next(&r, &post))
            n++;
        e = rows_end(&r);
    }
    db_end_read(db);
    arena_release(&mem);
    return e == E_NOT_FOUND ? OK : e;
}

static void
read_on(void *arg)
{
    struct reader *r = arg;
    uint64_t dice = 1;
    struct db *db;
    enum err e = forum_open_reader(r->path, &db);

    if (e)
        give_up("a reader", e);
    while (!atomic_load(&r->stop)) {
        int64_t began = meter_now();

        dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407;
        e = read_page(db, 1 + (int64_t)((dice >> 33) % (uint64_t)r->threads));
        if (e)
            give_up("reading", e);
        times_add(&r->times, meter_now() - began);
    }
    db_close(db);
}

/* Reads for so long, while d posts; d NULL: while nothing happens. */
static double
read_for(const char *name, struct reader *r, struct desk *d, int seconds)
{
    struct timespec wait = {.tv_sec = seconds};
    struct thread_handle *thread;
    double posts = 0;

    atomic_store(&r->stop, false);
    r->times.n = 0;
    if ((thread = thread_start("reader", read_on, r)) == NULL)
        give_up("a thread", E_NOMEM);
    if (d != NULL)
        posts = post_for(d, POSTERS, seconds);
    else
        clock_nanosleep(CLOCK_MONOTONIC, 0, &wait, NULL);
    atomic_store(&r->stop, true);
    thread_join(thread);
    printf("read_%s_p50_us=%.2f\nread_%s_p99_us=%.2f\n", name,
           (double)times_mille(&r->times, 500) / 1000, name,
           (double)times_mille(&r->times, 990) / 1000);
    return posts;
}

/* --- start -----------------------------------------------------------------
 */

static void
measure(struct desk *d, struct reader *r, int seconds)
{
    double posts;

    (void)post_for(d, POSTERS, 1); /* warm */
    printf("posts_1=%.1f\n", post_for(d, 1, seconds));
    printf("commit_1_p50_us=%.1f\ncommit_1_p99_us=%.1f\n",
           (double)times_mille(&d->times, 500) / 1000,
           (double)times_mille(&d->times, 990) / 1000);
    printf("posts_64=%.1f\n", post_for(d, POSTERS, seconds));
    printf("commit_64_p50_us=%.1f\ncommit_64_p99_us=%.1f\n",
           (double)times_mille(&d->times, 500) / 1000,
           (double)times_mille(&d->times, 990) / 1000);
    (void)read_for("idle", r, NULL, seconds);
    posts = read_for("busy", r, d, seconds);
    printf("posts_64_read=%.1f\n", posts);
}

int
main(int argc, char **argv)
{
    struct desk *d;
    struct reader r = {.threads = 0};
    int seconds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 3, version = 0;
    struct db *db = NULL;
    int64_t members;
    char path[4096];
    enum err e;

    if (argc < 2 || seconds < 1 || (d = calloc(1, sizeof *d)) == NULL)
        return 2;
    snprintf(path, sizeof path, "%s/understory.db", argv[1]);
    if ((e = forum_open(path, &db, &version)))
        give_up(path, e);
    members = db_number(db, "SELECT max(id) FROM member", 0);
    r.path = path;
    r.threads = db_number(db, "SELECT max(id) FROM thread", 0);
    d->home = mailbox_new(0, NULL, NULL);
    if (members < 1 || r.threads < 1 || d->home == NULL ||
        (e = writer_start(db, 1024, index_work, &d->writer)))
        give_up("start", e ? e : E_NOT_FOUND);
    for (int i = 0; i < POSTERS; i++)
        d->poster[i] = (struct poster){.desk = d,
                                       .member = 1 + i % members,
                                       .thread = 1 + i * 7 % r.threads};
    measure(d, &r, seconds);
    writer_stop(d->writer);
    mailbox_free(d->home);
    times_release(&d->times);
    times_release(&r.times);
    free(d);
    return 0;
}
