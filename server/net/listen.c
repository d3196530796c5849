#include "net/listen.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "net/conn.h"
#include "net/loop.h"
#include "net/network.h"

#define BACKLOG 1024
#define ACCEPTS_AT_ONCE 64

static enum err
say(char why[static NET_WHY], struct str text, const char *words)
{
    snprintf(why, NET_WHY, "listen %.*s: %s", (int)text.n, text.p, words);
    return E_IO;
}

/* sin_port and sin6_port stand at the same place. */
static in_port_t *
address_port(struct address *a)
{
    if (a->to.ss_family == AF_INET6)
        return &((struct sockaddr_in6 *)&a->to)->sin6_port;
    return &((struct sockaddr_in *)&a->to)->sin_port;
}

static int
socket_bind(const struct address *a, bool is_shared)
{
    int one = 1, saved;
    int fd =
        socket(a->to.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        (!is_shared ||
         setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) == 0) &&
        (a->to.ss_family != AF_INET6 ||
         setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one) == 0) &&
        /* Those who are accepted inherit it. */
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) == 0 &&
        bind(fd, (const struct sockaddr *)&a->to, a->size) == 0)
        return fd;
    saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

/* A second server of the same user could share the port with us unseen, and
 * visitors would meet one or the other. A socket that does not share finds
 * out. */
static bool
is_free(const struct address *a)
{
    int fd = socket_bind(a, false);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

enum err
listen_open(struct str text, bool is_first, int *port, int *fd,
            char why[static NET_WHY])
{
    struct address a = {.size = 0};

    *fd = -1;
    if (!address_parse(text, &a))
        return say(why, text,
                   "must be ADDR:PORT, as in 0.0.0.0:1965 or [::]:1965");
    if (*port > 0)
        *address_port(&a) = htons((uint16_t)*port);
    if (is_first && *address_port(&a) != 0 && !is_free(&a))
        return say(why, text, strerror(errno));
    *fd = socket_bind(&a, true);
    if (*fd < 0 || listen(*fd, BACKLOG) != 0 ||
        getsockname(*fd, (struct sockaddr *)&a.to, &a.size) != 0) {
        say(why, text, strerror(errno));
        if (*fd >= 0)
            close(*fd);
        *fd = -1;
        return E_IO;
    }
    *port = ntohs(*address_port(&a));
    return OK;
}

/* Out of descriptors or memory: the socket stays ready, so without a pause
 * the loop would spin instead of letting visits end. */
static void
pause_accepting(struct listener *l)
{
    int64_t ms = l->loop->config->times.pause;
    struct timeval tv = {ms / 1000, ms % 1000 * 1000};

    log_event(LOG_WARN, "accept-pauses", LOG_Z("reason", strerror(errno)));
    if (event_add(&l->again, &tv) == 0)
        event_del(&l->ready);
}

static bool
is_balancer(const struct net_config *config, const struct sockaddr *from)
{
    for (int i = 0; i < config->balancers; i++)
        if (network_has(&config->balancer[i], from))
            return true;
    return false;
}

/* False: nobody more, for now. */
static bool
accept_one(struct listener *l)
{
    struct address from = {.size = sizeof from.to};
    struct loop *loop = l->loop;
    struct limit_who who = {.family = 0}; /* of a balancer: not known yet */
    bool is_for_others;
    int fd = accept4(l->fd, (struct sockaddr *)&from.to, &from.size,
                     SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd < 0) {
        if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO)
            return true;
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            pause_accepting(l);
        return false;
    }
    is_for_others = is_balancer(loop->config, (struct sockaddr *)&from.to);
    if (!is_for_others)
        who = limit_who((struct sockaddr *)&from.to,
                        loop->config->limits_loopback);
    /* Over a limit an answer in words would cost a handshake. */
    if (!conn_may_come(loop, who)) {
        close(fd);
    } else if (!loop_make_room(loop) ||
               !conn_new(loop, fd, who, is_for_others)) {
        limit_let(loop->limit, LIMIT_CONNECTION, limit_crowd(who));
        close(fd);
    }
    return true;
}

static void
on_ready(evutil_socket_t fd, short what, void *arg)
{
    (void)fd, (void)what;
    for (int i = 0; i < ACCEPTS_AT_ONCE && accept_one(arg); i++)
        continue;
}

static void
on_again(evutil_socket_t fd, short what, void *arg)
{
    struct listener *l = arg;

    (void)fd, (void)what;
    if (event_add(&l->ready, NULL) != 0)
        pause_accepting(l);
}

enum err
listener_begin(struct listener *l, struct loop *loop, int fd)
{
    l->loop = loop;
    l->fd = fd;
    event_assign(&l->ready, loop->base, fd, EV_READ | EV_PERSIST, on_ready, l);
    evtimer_assign(&l->again, loop->base, on_again, l);
    return event_add(&l->ready, NULL) == 0 ? OK : E_IO;
}

void
listener_end(struct listener *l)
{
    while (l->fd >= 0 && accept_one(l))
        continue;
    listener_release(l);
}

void
listener_release(struct listener *l)
{
    if (l->fd < 0)
        return;
    event_del(&l->ready);
    event_del(&l->again);
    close(l->fd);
    l->fd = -1;
}
