#include "net/loop.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "net/conn.h"

struct reload {
    struct mail mail; /* first: mail is found by its address */
    struct loop *loop;
    struct snapshot *now;
};

static void
timer_start(struct event *timer, int64_t ms)
{
    struct timeval tv = {ms / 1000, ms % 1000 * 1000};

    if (event_add(timer, &tv) != 0)
        log_event(LOG_ERROR, "timer-failed", LOG_INT("ms", ms));
}

/* From a posting thread. The counter can not overflow by ones, so the write
 * can not fail for good. */
static void
wake(void *arg)
{
    const struct loop *l = arg;

    (void)!eventfd_write(l->wake_fd, 1);
}

static void
deliver_all(struct loop *l)
{
    struct mail *next;

    for (struct mail *m = mailbox_take(l->home); m != NULL; m = next) {
        next = m->next; /* delivery may free m */
        m->deliver(m);
    }
}

static void
on_wake(evutil_socket_t fd, short what, void *arg)
{
    eventfd_t count;

    (void)what;
    (void)!eventfd_read(fd, &count); /* empty: another look does no harm */
    deliver_all(arg);
}

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
    struct loop *l = arg;

    (void)fd, (void)what;
    if (l->is_stopping)
        return;
    l->service->tick(l->state);
    timer_start(&l->tick, l->config->times.tick);
}

/* The time for visits under way is over. Those that wait for a job can not be
 * freed; they get as long again, and stay behind where that is not enough. */
static void
on_stop_timer(evutil_socket_t fd, short what, void *arg)
{
    struct loop *l = arg;
    struct conn *newer;

    (void)fd, (void)what;
    if (l->is_cutting) {
        log_event(LOG_WARN, "stop-leaves-jobs", LOG_INT("visits", l->conns));
        event_base_loopbreak(l->base);
        return;
    }
    l->is_cutting = true;
    timer_start(&l->stop_timer, l->config->times.stop);
    for (struct conn *c = l->oldest; c != NULL; c = newer) {
        newer = c->newer;
        conn_cut(c);
    }
}

static void
on_stop(struct mail *m)
{
    struct loop *l = (struct loop *)((char *)m - offsetof(struct loop, stop));

    l->is_stopping = true;
    for (int i = 0; i < l->listeners; i++)
        listener_end(&l->listener[i]);
    timer_start(&l->stop_timer, l->config->times.stop);
    if (l->conns == 0)
        event_base_loopbreak(l->base);
}

static void
on_reload(struct mail *m)
{
    struct reload *r = (struct reload *)m;

    snapshot_free(r->loop->now);
    r->loop->now = r->now;
    r->now = NULL;
    reload_free(r);
}

struct reload *
reload_new(struct loop *l, struct snapshot *s)
{
    struct reload *r = calloc(1, sizeof *r);

    if (r == NULL)
        return NULL;
    r->mail.deliver = on_reload;
    r->loop = l;
    r->now = snapshot_keep(s);
    return r;
}

void
reload_free(struct reload *r)
{
    if (r == NULL)
        return;
    snapshot_free(r->now);
    free(r);
}

void
reload_post(struct reload *r)
{
    if (!mailbox_post(r->loop->home, &r->mail))
        reload_free(r);
}

static struct event_base *
base_new(void)
{
    struct event_config *how = event_config_new();
    struct event_base *base = NULL;

    /* One thread alone touches a base; others come by mail. */
    if (how != NULL && event_config_set_flag(how, EVENT_BASE_FLAG_NOLOCK) == 0)
        base = event_base_new_with_config(how);
    if (how != NULL)
        event_config_free(how);
    return base;
}

static enum err
loop_fill(struct loop *l)
{
    l->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (l->wake_fd < 0)
        return E_IO;
    l->base = base_new();
    l->home = mailbox_new(0, wake, l);
    if (l->base == NULL || l->home == NULL)
        return E_NOMEM;
    event_assign(&l->wake, l->base, l->wake_fd, EV_READ | EV_PERSIST, on_wake,
                 l);
    evtimer_assign(&l->stop_timer, l->base, on_stop_timer, l);
    evtimer_assign(&l->tick, l->base, on_tick, l);
    if (event_add(&l->wake, NULL) != 0)
        return E_IO;
    if (l->service->tick)
        timer_start(&l->tick, 0);
    l->state = l->service->begin(l->service->site, l->home);
    return l->state == NULL ? E_IO : OK;
}

enum err
loop_new(const struct net_config *config, const struct service *service,
         struct limit *limit, struct snapshot *now, int share,
         struct loop **out)
{
    struct loop *l = calloc(1, sizeof *l);
    enum err e;

    *out = NULL;
    if (l == NULL)
        return E_NOMEM;
    l->config = config;
    l->service = service;
    l->limit = limit;
    l->now = snapshot_keep(now);
    l->wake_fd = -1;
    l->conns_max = config->connections / share;
    if (l->conns_max < 1)
        l->conns_max = 1;
    if ((e = loop_fill(l))) {
        loop_free(l);
        return e;
    }
    *out = l;
    return OK;
}

enum err
loop_listen(struct loop *l, int fd)
{
    return listener_begin(&l->listener[l->listeners++], l, fd);
}

static void
loop_run(void *arg)
{
    struct loop *l = arg;

    if (event_base_dispatch(l->base) < 0)
        log_event(LOG_ERROR, "loop-failed", LOG_INT("visits", l->conns));
    /* Whoever still waits for a job will need the service to end. */
    if (l->conns > 0)
        return;
    l->service->end(l->state);
    l->state = NULL;
}

enum err
loop_start(struct loop *l)
{
    l->thread = thread_start("loop", loop_run, l);
    return l->thread == NULL ? E_IO : OK;
}

void
loop_stop(struct loop *l)
{
    l->stop.deliver = on_stop;
    (void)mailbox_post(l->home, &l->stop); /* neither full nor closed */
}

void
loop_join(struct loop *l)
{
    if (l->thread != NULL)
        thread_join(l->thread);
    l->thread = NULL;
}

void
loop_free(struct loop *l)
{
    if (l == NULL)
        return;
    if (l->home != NULL)
        deliver_all(l); /* jobs that came home late */
    while (l->oldest != NULL)
        conn_free(l->oldest);
    for (int i = 0; i < l->listeners; i++)
        listener_release(&l->listener[i]);
    if (l->state != NULL)
        l->service->end(l->state);
    if (l->base != NULL)
        event_base_free(l->base);
    if (l->wake_fd >= 0)
        close(l->wake_fd);
    mailbox_free(l->home);
    snapshot_free(l->now);
    free(l);
}

bool
loop_make_room(struct loop *l)
{
    struct conn *c = l->oldest;

    if (l->conns < l->conns_max)
        return true;
    while (c != NULL && !conn_is_idle(c))
        c = c->newer;
    if (c == NULL)
        return false;
    conn_cut(c);
    return true;
}

void
loop_enter(struct loop *l, struct conn *c)
{
    c->older = l->newest;
    if (l->newest != NULL)
        l->newest->newer = c;
    else
        l->oldest = c;
    l->newest = c;
    l->conns++;
}

void
loop_leave(struct loop *l, struct conn *c)
{
    if (c->older != NULL)
        c->older->newer = c->newer;
    else
        l->oldest = c->newer;
    if (c->newer != NULL)
        c->newer->older = c->older;
    else
        l->newest = c->older;
    l->conns--;
    if (l->is_stopping && l->conns == 0)
        event_base_loopbreak(l->base);
}
