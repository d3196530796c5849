/* The steps of a visit, in the order in which they are taken. */
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/log.h"
#include "certs/peer.h"
#include "net/conn.h"
#include "net/proxy.h"

#define RECORD 16384        /* the most that one TLS record holds */
#define GATHER (3 * RECORD) /* what is gathered before it is sent */

/* Nothing more can be said; an alert may still have to leave. */
static enum need
hang_up(struct conn *c)
{
    return conn_enter(c, GOODBYE);
}

/* What is gathered leaves before we wait: the visitor may be waiting too. */
static enum need
wait_to_read(struct conn *c)
{
    switch (tls_flush(&c->tls)) {
    case TLS_DONE:
        return NEED_READ;
    case TLS_FULL:
        return NEED_WRITE;
    case TLS_MORE:
    case TLS_END:
    case TLS_BROKEN:
        break;
    }
    return NEED_END;
}

/* The service words the refusal. Memory that ran out would spoil that too, so
 * then only the visitor is left of the request. */
static enum need
refuse(struct conn *c, enum err e)
{
    struct peer peer = c->x.rq.peer;

    if (c->x.mem.bad) {
        c->x.rq = (struct request){.peer = peer};
        arena_release(&c->x.mem);
        arena_init(&c->x.mem, c->loop->config->exchange_bytes);
    }
    c->x.bad = e;
    return conn_enter(c, SERVE);
}

static enum need
refuse_for(struct conn *c, int seconds)
{
    c->x.rate_seconds = seconds;
    return refuse(c, E_RATE);
}

/* Whom the limits count: the visitor that was told of, or the other side. */
static struct limit_who
address_of(const struct conn *c, const struct proxy *p)
{
    struct sockaddr_storage a = p->from;
    socklen_t n = sizeof a;

    if (p->says == PROXY_OWN &&
        getpeername(c->fd, (struct sockaddr *)&a, &n) != 0)
        a.ss_family = AF_UNSPEC; /* it has left */
    return limit_who((const struct sockaddr *)&a,
                     c->loop->config->limits_loopback);
}

/* What accepting did for everybody else. Nobody is told why it ends: before
 * TLS there is no way to say it. */
static enum need
proxy_done(struct conn *c, const struct proxy *p)
{
    struct limit_who from;

    if (p->says == PROXY_BAD) {
        log_event(LOG_WARN, "proxy-refused", LOG_Z("reason", p->why));
        return NEED_END;
    }
    from = address_of(c, p);
    if (!conn_may_come(c->loop, from))
        return NEED_END;
    c->from = from;
    c->got = 0;
    return conn_enter(c, HANDSHAKE);
}

/* No byte behind the header is taken: they are for TLS. */
static enum need
step_proxy(struct conn *c)
{
    static_assert(sizeof c->line >= PROXY_MOST, "a header fits");
    struct proxy p = proxy_read((struct str){c->line, c->got});
    ssize_t n;

    if (c->is_late)
        return NEED_END;
    while (p.says == PROXY_MORE) {
        n = recv(c->fd, c->line + c->got, p.size - c->got, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return NEED_READ;
        if (n <= 0)
            return NEED_END;
        c->got += (size_t)n;
        p = proxy_read((struct str){c->line, c->got});
    }
    return proxy_done(c, &p);
}

/* Now we know who it is. */
static enum need
handshake_done(struct conn *c)
{
    struct limit *l = c->loop->limit;
    struct limit_who who = limit_visitor(c->from, &c->x.rq.peer);
    int seconds = limit_keep(l, LIMIT_CONNECTION, who);

    if (seconds > 0)
        return refuse_for(c, seconds);
    c->who = who;
    seconds = limit_take(l, LIMIT_HANDSHAKE, who, clock_ticks());
    return seconds > 0 ? refuse_for(c, seconds) : conn_enter(c, LINE);
}

static enum need
step_handshake(struct conn *c)
{
    if (c->is_late)
        return NEED_END;
    switch (tls_accept(&c->tls)) {
    case TLS_DONE:
        /* No memory to see who it is: a member must not become a guest. */
        if (peer_of_ssl(c->tls.ssl, &c->x.rq.peer))
            return hang_up(c);
        return handshake_done(c);
    case TLS_MORE:
        return wait_to_read(c);
    case TLS_FULL:
    case TLS_END:
    case TLS_BROKEN:
        break;
    }
    return hang_up(c);
}

/* The site has allowed the upload, so its memory may be taken. Some of it may
 * have come with the line. */
static enum need
body_begin(struct conn *c, size_t used)
{
    size_t size = c->x.rq.titan.size, early = c->got - used;

    c->body = arena_alloc(&c->x.mem, size > 0 ? size : 1);
    if (c->body == NULL)
        return refuse(c, c->x.mem.bad == E_TOO_LONG ? E_UPLOAD_SIZE : E_NOMEM);
    c->got = early < size ? early : size;
    memcpy(c->body, c->line + used, c->got);
    return conn_enter(c, BODY);
}

static int
request_take(struct conn *c)
{
    struct limit *l = c->loop->limit;
    int64_t ticks = clock_ticks();
    int seconds = limit_take(l, LIMIT_REQUEST, c->who, ticks);

    if (seconds > 0)
        return seconds;
    return limit_take(l, LIMIT_REQUEST, limit_crowd(c->from), ticks);
}

/* It counts until it was received, or ends before. */
static int
upload_keep(struct conn *c)
{
    struct limit *l = c->loop->limit;
    int seconds = limit_keep(l, LIMIT_UPLOAD, c->who);

    if (seconds > 0)
        return seconds;
    seconds = limit_keep(l, LIMIT_UPLOAD, limit_crowd(c->from));
    if (seconds > 0)
        limit_let(l, LIMIT_UPLOAD, c->who);
    c->is_counted = seconds == 0;
    return seconds;
}

/* What the line asks for, and whether it may be asked at all. */
static enum need
line_done(struct conn *c, size_t n)
{
    struct loop *l = c->loop;
    struct exchange *x = &c->x;
    struct peer peer = x->rq.peer;
    int seconds;
    enum err e;

    if ((seconds = request_take(c)) > 0)
        return refuse_for(c, seconds);
    e = request_parse((struct str){c->line, n}, tls_name(&c->tls),
                      &c->now->names, &x->mem, &x->rq);
    if (e)
        x->rq = (struct request){.is_upload = false};
    x->rq.peer = peer;
    if (e)
        return refuse(c, e);
    if (!x->rq.is_upload)
        return conn_enter(c, SERVE);
    if ((e = l->service->admit(l->state, x)))
        return refuse(c, e);
    if ((seconds = upload_keep(c)) > 0)
        return refuse_for(c, seconds);
    return body_begin(c, n + 2);
}

static enum need
step_line(struct conn *c)
{
    size_t n;

    for (;;) {
        const char *end = memmem(c->line, c->got, "\r\n", 2);

        if (end != NULL)
            return line_done(c, (size_t)(end - c->line));
        if (c->got == sizeof c->line)
            return refuse(c, E_URL_TOO_LONG);
        if (c->is_late)
            return refuse(c, E_TIMEOUT);
        switch (
            tls_read(&c->tls, c->line + c->got, sizeof c->line - c->got, &n)) {
        case TLS_DONE:
            c->got += n;
            break;
        case TLS_MORE:
            return wait_to_read(c);
        case TLS_END:
            /* Who asked for nothing gets nothing. */
            if (c->got > 0)
                return refuse(c, E_TIMEOUT);
            tls_bye(&c->tls);
            return hang_up(c);
        case TLS_FULL:
        case TLS_BROKEN:
            return hang_up(c);
        }
    }
}

static enum need
step_body(struct conn *c)
{
    size_t size = c->x.rq.titan.size, n;

    while (c->got < size) {
        if (c->is_late)
            return refuse(c, E_TIMEOUT);
        switch (tls_read(&c->tls, c->body + c->got, size - c->got, &n)) {
        case TLS_DONE:
            c->got += n;
            break;
        case TLS_MORE:
            return wait_to_read(c);
        case TLS_END:
            return refuse(c, E_TIMEOUT);
        case TLS_FULL:
        case TLS_BROKEN:
            return hang_up(c);
        }
    }
    c->x.rq.body = (struct str){c->body, size};
    return conn_enter(c, SERVE);
}

/* A drive comes here twice where the answer takes a job. */
static enum need
step_serve(struct conn *c)
{
    struct loop *l = c->loop;

    if (!c->is_answered) {
        c->is_serving = true;
        l->service->serve(l->state, &c->x);
        c->is_serving = false;
    }
    if (!c->is_answered)
        return NEED_JOB;
    response_finish(&c->x.rs, &c->head);
    if (c->head.bad)
        return hang_up(c); /* no memory even for a header */
    return conn_enter(c, SEND);
}

/* Some clients take the first record for the whole header, and some want more
 * than a header in it: so it holds the header and what else fits. */
static enum tls_says
gather_head(struct conn *c)
{
    SCRATCH char record[RECORD];
    struct str head = buf_str(&c->head), body = buf_str(&c->x.rs.body);
    size_t rest = sizeof record - head.n;

    c->sent = body.n < rest ? body.n : rest;
    memcpy(record, head.p, head.n);
    if (c->sent > 0)
        memcpy(record + head.n, body.p, c->sent);
    buf_reset(&c->head);
    return tls_write(&c->tls, (struct str){record, head.n + c->sent});
}

static enum tls_says
gather(struct conn *c)
{
    struct str rest = str_skip(buf_str(&c->x.rs.body), c->sent);
    enum tls_says says;

    if (c->head.n > 0)
        return gather_head(c);
    rest.n = rest.n < GATHER ? rest.n : GATHER;
    says = tls_write(&c->tls, rest);
    c->sent += rest.n;
    return says;
}

static enum need
step_send(struct conn *c)
{
    /* Cut off without close_notify: the client can tell that it is not all. */
    if (c->is_late)
        return NEED_END;
    for (;;) {
        if (!c->is_queued) {
            if (gather(c) != TLS_DONE)
                return hang_up(c);
            c->is_queued = true;
            c->is_said = c->sent == c->x.rs.body.n;
            if (c->is_said)
                tls_bye(&c->tls);
        }
        switch (tls_flush(&c->tls)) {
        case TLS_DONE:
            break;
        case TLS_FULL:
            return NEED_WRITE;
        case TLS_MORE:
        case TLS_END:
        case TLS_BROKEN:
            return NEED_END;
        }
        c->is_queued = false;
        if (c->is_said)
            return conn_enter(c, GOODBYE);
    }
}

/* Closing with unread bytes makes the system answer with RST, which can
 * destroy our last words on their way. So what still comes is dropped for a
 * while. */
static enum need
step_goodbye(struct conn *c)
{
    enum tls_says says;

    if (c->is_late)
        return NEED_END;
    if (!c->is_shut) {
        says = tls_flush(&c->tls);
        if (says == TLS_FULL)
            return NEED_WRITE;
        if (says != TLS_DONE || shutdown(c->fd, SHUT_WR) != 0)
            return NEED_END;
        c->is_shut = true;
        conn_lighten(c);
    }
    return tls_drain(&c->tls, &c->drain) == TLS_MORE ? NEED_READ : NEED_END;
}

enum need (*const conn_steps[STEPS])(struct conn *) = {
    [PROXY] = step_proxy,     [HANDSHAKE] = step_handshake, [LINE] = step_line,
    [BODY] = step_body,       [SERVE] = step_serve,         [SEND] = step_send,
    [GOODBYE] = step_goodbye,
};
