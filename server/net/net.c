#include "net/net.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "net/loop.h"

#define LOOPS_MAX 64

struct net {
    struct net_config config; /* its pointers are not used after the start */
    struct service service;
    struct limit *limit;
    int port[NET_LISTEN_MAX];
    struct loop *loop[LOOPS_MAX];
    int loops;
};

struct net_config
net_config_default(void)
{
    return (struct net_config){
        .connections = 4096,
        .exchange_bytes = 4 << 20,
        .drain_bytes = 1 << 20,
        .times = {.handshake = 10000,
                  .line = 10000,
                  .body = 10000,
                  .body_most = 60000,
                  .send = 60000,
                  .send_most = 300000,
                  .goodbye = 3000,
                  .stop = 5000,
                  .pause = 1000,
                  .tick = 10000},
        .limits = {{[LIMIT_HANDSHAKE] = {.burst = 300, .per_minute = 300},
                    [LIMIT_REQUEST] = {.burst = 120, .per_minute = 120}},
                   .most = {[LIMIT_CONNECTION] = 64, [LIMIT_UPLOAD] = 8},
                   .crowd = 5},
    };
}

static enum err
say(char why[static NET_WHY], enum err e, const char *words)
{
    snprintf(why, NET_WHY, "%s (%s)", words, err_name(e));
    return e;
}

/* "[::]" beside another address is a wish, not a demand: machines without
 * IPv6 are common, and the other address is what their visitors use. */
static bool
is_spare(const struct net_config *config, int i)
{
    return config->listens > 1 &&
           str_has_prefix(config->listen[i], STR("[::]:")) &&
           access("/proc/net/if_inet6", F_OK) != 0;
}

/* The i-th address, once for each loop. */
static enum err
listen_all(struct net *net, int i, int sockets[LOOPS_MAX],
           char why[static NET_WHY])
{
    struct str text = net->config.listen[i];
    enum err e = OK;
    int n;

    if (is_spare(&net->config, i)) {
        log_event(LOG_WARN, "no-ipv6", LOG_STR("skipped", text));
        return OK;
    }
    for (n = 0; n < net->config.loops && !e; n++)
        e = listen_open(text, n == 0, &net->port[i], &sockets[n], why);
    while (e && n-- > 0)
        if (sockets[n] >= 0) {
            close(sockets[n]);
            sockets[n] = -1;
        }
    return e;
}

static enum err
loops_make(struct net *net, struct snapshot *now, char why[static NET_WHY])
{
    enum err e;

    for (; net->loops < net->config.loops; net->loops++)
        if ((e = loop_new(&net->config, &net->service, net->limit, now,
                          net->config.loops, &net->loop[net->loops])))
            return say(why, e, "the site could not begin a loop");
    return OK;
}

static enum err
loops_start(struct net *net, char why[static NET_WHY])
{
    enum err e;

    for (int i = 0; i < net->loops; i++)
        if ((e = loop_start(net->loop[i])))
            return say(why, e, "no thread could be started");
    return OK;
}

static enum err
open_all(struct net *net, int sockets[][LOOPS_MAX], char why[static NET_WHY])
{
    enum err e = OK;

    for (int i = 0; i < net->config.listens && !e; i++)
        e = listen_all(net, i, sockets[i], why);
    return e;
}

/* Every loop takes its sockets. */
static enum err
listen_begin(struct net *net, int sockets[][LOOPS_MAX])
{
    enum err e = OK;

    for (int i = 0; i < net->config.listens; i++)
        for (int n = 0; n < net->loops && !e; n++)
            if (sockets[i][n] >= 0) {
                e = loop_listen(net->loop[n], sockets[i][n]);
                sockets[i][n] = -1;
            }
    return e;
}

static enum err
start(struct net *net, int sockets[][LOOPS_MAX], char why[static NET_WHY])
{
    const struct net_config *config = &net->config;
    struct snapshot *now;
    enum err e;

    if ((e = open_all(net, sockets, why)))
        return e;
    if ((e = limit_new(&config->limits, &net->limit)))
        return say(why, e, "no memory for the limits");
    if ((e = snapshot_new(&config->names, net->port, config->listens,
                          config->tls, &now)))
        return say(why, e, "no memory for the names");
    e = loops_make(net, now, why);
    snapshot_free(now);
    if (e)
        return e;
    if ((e = listen_begin(net, sockets)))
        return say(why, e, "no memory to listen");
    return loops_start(net, why);
}

enum err
net_start(const struct net_config *config, const struct service *service,
          struct net **out, char why[static NET_WHY])
{
    int sockets[NET_LISTEN_MAX][LOOPS_MAX];
    struct net *net = calloc(1, sizeof *net);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    enum err e;

    *out = NULL;
    if (net == NULL)
        return say(why, E_NOMEM, "no memory");
    if (config->listens < 1 || config->listens > NET_LISTEN_MAX) {
        free(net);
        snprintf(why, NET_WHY, "listen: 1 to %d addresses", NET_LISTEN_MAX);
        return E_IO;
    }
    for (int i = 0; i < NET_LISTEN_MAX * LOOPS_MAX; i++)
        sockets[i / LOOPS_MAX][i % LOOPS_MAX] = -1;
    net->config = *config;
    net->service = *service;
    if (net->config.loops < 1)
        net->config.loops = processors < 1 ? 1 : (int)processors;
    if (net->config.loops > LOOPS_MAX)
        net->config.loops = LOOPS_MAX;
    e = start(net, sockets, why);
    for (int i = 0; i < NET_LISTEN_MAX * LOOPS_MAX; i++)
        if (sockets[i / LOOPS_MAX][i % LOOPS_MAX] >= 0)
            close(sockets[i / LOOPS_MAX][i % LOOPS_MAX]);
    if (e) {
        net_stop(net);
        net_free(net);
        return e;
    }
    *out = net;
    return OK;
}

int
net_port(const struct net *net, int i)
{
    return net->port[i];
}

enum err
net_reload(struct net *net, const struct names *names, struct context *tls)
{
    struct reload *mail[LOOPS_MAX] = {NULL};
    struct snapshot *now;
    enum err e = snapshot_new(names, net->port, net->config.listens, tls, &now);

    if (e)
        return e;
    for (int i = 0; i < net->loops && !e; i++) {
        mail[i] = reload_new(net->loop[i], now);
        e = mail[i] == NULL ? E_NOMEM : OK;
    }
    for (int i = 0; i < net->loops; i++)
        if (e)
            reload_free(mail[i]);
        else
            reload_post(mail[i]);
    snapshot_free(now);
    return e;
}

void
net_stop(struct net *net)
{
    for (int i = 0; i < net->loops; i++)
        if (net->loop[i]->thread != NULL)
            loop_stop(net->loop[i]);
    for (int i = 0; i < net->loops; i++)
        loop_join(net->loop[i]);
}

void
net_free(struct net *net)
{
    if (net == NULL)
        return;
    for (int i = 0; i < net->loops; i++)
        loop_free(net->loop[i]);
    limit_free(net->limit);
    free(net);
}
