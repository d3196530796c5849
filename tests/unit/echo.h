/*
 * A tiny site that answers over real loopback TLS, for the tests of net/ and
 * certs/; its visitors are in guest.h. Everything is static inline, since each
 * test is a program of one file.
 */
#ifndef TESTS_UNIT_ECHO_H
#define TESTS_UNIT_ECHO_H

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/net.h"

#define ECHO_BIG (9000 * 1000) /* more than the sockets hold between them */
#define ECHO_BLOCK 1000
#define ECHO_UPLOAD_MAX 100000
#define ECHO_HOSTS 2

struct echo {
    struct net *net;
    struct net_config config;
    struct str listen[2];
    struct identity identity[ECHO_HOSTS];
    struct context *tls;
    struct mailbox *work; /* of the worker behind /later and /held */
    struct thread_handle *worker;
    int gate[2];  /* /held waits for a byte in it */
    int taken[2]; /* and tells with one that it waits */
};

struct echo_loop {
    struct echo *echo;
    struct mailbox *home;
};

struct echo_job {
    struct mail mail;
    struct exchange *x;
    struct echo_loop *loop;
    bool is_held;
};

static const struct str echo_host[ECHO_HOSTS] = {{"one.example", 11},
                                                 {"two.example", 11}};

static inline void *
echo_begin(void *site, struct mailbox *home)
{
    struct echo_loop *l = calloc(1, sizeof *l);

    if (l != NULL)
        *l = (struct echo_loop){site, home};
    return l;
}

static inline void
echo_end(void *state)
{
    free(state);
}

static inline enum err
echo_admit(void *state, struct exchange *x)
{
    (void)state;
    return x->rq.titan.size > ECHO_UPLOAD_MAX ? E_UPLOAD_SIZE : OK;
}

static inline void
echo_job_home(struct mail *m)
{
    struct echo_job *job = (struct echo_job *)m;

    response_type(&job->x->rs, LIT("text/plain"));
    buf_add(&job->x->rs.body, STR("later"));
    job->x->finished(job->x);
}

/* Stands in for the writer: each job comes home, held ones when told. */
static inline void
echo_work(void *arg)
{
    struct echo *echo = arg;
    struct mail *m;
    char c;

    while ((m = mailbox_wait(echo->work, 1)) != NULL) {
        struct echo_job *job = (struct echo_job *)m;

        if (job->is_held && (write(echo->taken[1], "x", 1) != 1 ||
                             read(echo->gate[0], &c, 1) != 1))
            abort();
        mailbox_post(job->loop->home, m);
    }
}

static inline void
echo_later(struct echo_loop *l, struct exchange *x, bool is_held)
{
    struct echo_job *job = arena_alloc(&x->mem, sizeof *job);

    *job = (struct echo_job){
        .mail = {.deliver = echo_job_home},
        .x = x,
        .loop = l,
        .is_held = is_held,
    };
    mailbox_post(l->echo->work, &job->mail);
}

static inline void
echo_say(struct exchange *x)
{
    struct buf *body = &x->rs.body;
    struct str path = x->rq.url.path;

    if (x->rq.is_upload)
        buf_add(body, x->rq.body);
    else if (str_eq(path, STR("/big")))
        for (int i = 0; i < ECHO_BIG / ECHO_BLOCK; i++)
            buf_fmt(body, "%0*d", ECHO_BLOCK, i);
    else if (str_eq(path, STR("/who")) && x->rq.peer.is_there)
        for (int i = 0; i < 32; i++)
            buf_fmt(body, "%02x", x->rq.peer.key[i]);
    else if (!str_eq(path, STR("/empty")))
        buf_add(body, path);
    response_type(&x->rs, LIT("text/plain"));
}

static inline void
echo_serve(void *state, struct exchange *x)
{
    struct str path = x->rq.url.path;

    if (x->bad == E_RATE) {
        struct str n = arena_fmt(&x->mem, "%d", x->rate_seconds);

        response_say(&x->rs, 44, n);
    } else if (x->bad) {
        response_say(&x->rs, err_status(x->bad), str_of(err_name(x->bad)));
    } else if (str_eq(path, STR("/later")) || str_eq(path, STR("/held"))) {
        echo_later(state, x, path.p[1] == 'h');
        return;
    } else {
        echo_say(x);
    }
    x->finished(x);
}

static inline void
echo_fail(const char *words)
{
    fprintf(stderr, "echo: %s\n", words);
    abort();
}

/* Short deadlines, so that no test waits long for one. */
static inline struct echo *
echo_new(void)
{
    struct echo *echo = calloc(1, sizeof *echo);
    struct net_config *c = &echo->config;

    echo->listen[0] = str_of("127.0.0.1:0");
    echo->listen[1] = str_of("[::1]:0");
    for (int i = 0; i < ECHO_HOSTS; i++) {
        struct issue want = {.name = echo_host[i],
                             .host = &echo_host[i],
                             .hosts = 1,
                             .not_before = clock_now() - DAY,
                             .not_after = clock_now() + DAY};

        if (issue_make(&want, &echo->identity[i]))
            echo_fail("no certificate");
    }
    *c = net_config_default();
    c->listen = echo->listen;
    c->listens = 1;
    c->loops = 2;
    c->names = (struct names){.host = echo_host, .hosts = ECHO_HOSTS};
    c->times.handshake = c->times.line = c->times.body = 200;
    c->times.goodbye = 500;
    return echo;
}

static inline void
echo_start(struct echo *echo)
{
    const struct service service = {.site = echo,
                                    .begin = echo_begin,
                                    .admit = echo_admit,
                                    .serve = echo_serve,
                                    .end = echo_end};
    const struct context_row rows[ECHO_HOSTS] = {
        {echo_host[0], &echo->identity[0]}, {echo_host[1], &echo->identity[1]}};
    char why[NET_WHY] = "";
    sigset_t pipes;

    /* For the visitors of the test alone: a mask is a thread's own. */
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipes, NULL);
    if (pipe(echo->gate) || pipe(echo->taken) ||
        context_new(&echo->identity[0], rows, ECHO_HOSTS, &echo->tls))
        echo_fail("no context");
    echo->work = mailbox_new(0, NULL, NULL);
    echo->worker = thread_start("worker", echo_work, echo);
    echo->config.tls = echo->tls;
    if (net_start(&echo->config, &service, &echo->net, why))
        echo_fail(why);
}

/* Until a visit to /held has begun to wait. */
static inline void
echo_await(struct echo *echo)
{
    char c;

    if (read(echo->taken[0], &c, 1) != 1)
        echo_fail("taken");
}

static inline void
echo_release(struct echo *echo)
{
    if (write(echo->gate[1], "x", 1) != 1)
        echo_fail("gate");
}

/* In the order that main has to keep. */
static inline void
echo_stop(struct echo *echo)
{
    if (echo->net != NULL) {
        net_stop(echo->net);
        mailbox_close(echo->work);
        thread_join(echo->worker);
        net_free(echo->net);
        mailbox_free(echo->work);
        close(echo->gate[0]);
        close(echo->gate[1]);
        close(echo->taken[0]);
        close(echo->taken[1]);
    }
    context_free(echo->tls);
    for (int i = 0; i < ECHO_HOSTS; i++)
        identity_release(&echo->identity[i]);
    free(echo);
}

/* For cmocka: a site with the defaults. */
static inline int
echo_setup(void **state)
{
    struct echo *echo = echo_new();

    echo_start(echo);
    *state = echo;
    return 0;
}

static inline int
echo_teardown(void **state)
{
    echo_stop(*state);
    return 0;
}

#endif
