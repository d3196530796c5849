#include "net/conn.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

#define HEAD_MAX 2048

/* Long uploads and answers may take longer, by a second for each kB. */
static int64_t
time_for(int64_t least, int64_t most, size_t bytes)
{
    int64_t ms = least + (int64_t)bytes;

    return ms < most ? ms : most;
}

/* Milliseconds for a step; 0: it ends by itself. */
static int64_t
step_time(const struct conn *c, enum step at)
{
    const struct net_times *t = &c->loop->config->times;

    switch (at) {
    case PROXY:
    case HANDSHAKE:
        return t->handshake;
    case LINE:
        return t->line;
    case BODY:
        return time_for(t->body, t->body_most, c->x.rq.titan.size);
    case SEND:
        return time_for(t->send, t->send_most, c->x.rs.body.n);
    case GOODBYE:
        return t->goodbye;
    case SERVE: /* a job always comes home */
    case STEPS:
        break;
    }
    return 0;
}

static void
upload_leave(struct conn *c)
{
    if (c->is_counted)
        limit_let(c->loop->limit, LIMIT_UPLOAD, c->who);
    if (c->is_counted)
        limit_let(c->loop->limit, LIMIT_UPLOAD, limit_crowd(c->from));
    c->is_counted = false;
}

enum need
conn_enter(struct conn *c, enum step at)
{
    int64_t ms = step_time(c, at);
    struct timeval tv = {ms / 1000, ms % 1000 * 1000};

    if (at != BODY)
        upload_leave(c);
    c->at = at;
    c->is_late = false;
    if (ms == 0)
        event_del(&c->timer);
    else if (event_add(&c->timer, &tv) != 0)
        c->is_cut = true; /* without a deadline it might stay for ever */
    return NEED_NOTHING;
}

static void on_ready(evutil_socket_t fd, short what, void *arg);

static void
conn_wait(struct conn *c, enum need need)
{
    short what = need == NEED_WRITE ? EV_WRITE : EV_READ;

    if (need == c->waits)
        return;
    event_del(&c->ready);
    c->waits = need;
    if (need == NEED_JOB)
        return;
    event_assign(&c->ready, c->loop->base, c->fd, what | EV_PERSIST, on_ready,
                 c);
    (void)event_add(&c->ready, NULL); /* where it fails the deadline comes */
}

/* The only place that frees a visit while its loop runs. */
static void
conn_drive(struct conn *c)
{
    enum need need;

    do
        need = c->is_cut ? NEED_END : conn_steps[c->at](c);
    while (need == NEED_NOTHING);

    if (need == NEED_END)
        conn_free(c);
    else
        conn_wait(c, need);
}

static void
on_ready(evutil_socket_t fd, short what, void *arg)
{
    struct conn *c = arg;

    (void)fd;
    if (what & EV_READ)
        tls_ready(&c->tls);
    conn_drive(c);
}

static void
on_late(evutil_socket_t fd, short what, void *arg)
{
    struct conn *c = arg;

    (void)fd, (void)what;
    c->is_late = true;
    conn_drive(c);
}

/* On the spot the step that called the service goes on; later, by mail. */
void
conn_finished(struct exchange *x)
{
    struct conn *c = (struct conn *)x;

    c->is_answered = true;
    if (!c->is_serving)
        conn_drive(c);
}

bool
conn_may_come(struct loop *l, struct limit_who from)
{
    struct limit_who crowd = limit_crowd(from);

    return limit_take(l->limit, LIMIT_HANDSHAKE, crowd, clock_ticks()) == 0 &&
           limit_keep(l->limit, LIMIT_CONNECTION, crowd) == 0;
}

bool
conn_new(struct loop *l, int fd, struct limit_who from, bool is_balancer)
{
    struct conn *c = calloc(1, sizeof *c);

    if (c == NULL)
        return false;
    if (tls_init(&c->tls, l->now->tls, fd)) {
        free(c);
        return false;
    }
    c->loop = l;
    c->fd = fd;
    c->from = from;
    c->now = snapshot_keep(l->now);
    c->drain = l->config->drain_bytes;
    c->x.finished = conn_finished;
    arena_init(&c->x.mem, l->config->exchange_bytes);
    response_init(&c->x.rs);
    buf_init(&c->head, HEAD_MAX);
    evtimer_assign(&c->timer, l->base, on_late, c);
    event_assign(&c->ready, l->base, fd, EV_READ, on_ready, c);
    loop_enter(l, c);
    conn_enter(c, is_balancer ? PROXY : HANDSHAKE);
    if (c->is_cut)
        conn_drive(c);
    else
        conn_wait(c, NEED_READ);
    return true;
}

void
conn_cut(struct conn *c)
{
    c->is_cut = true;
    if (c->at != SERVE)
        conn_drive(c);
}

bool
conn_is_idle(const struct conn *c)
{
    return c->at == PROXY || c->at == HANDSHAKE || c->at == LINE ||
           c->at == GOODBYE;
}

void
conn_lighten(struct conn *c)
{
    tls_release(&c->tls);
    response_release(&c->x.rs);
    arena_release(&c->x.mem);
    buf_release(&c->head);
}

void
conn_free(struct conn *c)
{
    event_del(&c->ready);
    event_del(&c->timer);
    conn_lighten(c);
    snapshot_free(c->now);
    close(c->fd);
    upload_leave(c);
    limit_let(c->loop->limit, LIMIT_CONNECTION, c->who);
    limit_let(c->loop->limit, LIMIT_CONNECTION, limit_crowd(c->from));
    loop_leave(c->loop, c);
    free(c);
}
