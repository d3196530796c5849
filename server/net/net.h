/*
 * The network side of the server: N loops that each listen, speak TLS, read
 * one request per connection, hand it to the service and send what comes back.
 * net knows nothing of pages; main hands it a service (wire/exchange.h).
 */
#ifndef NET_NET_H
#define NET_NET_H

#include "certs/context.h"
#include "net/limit.h"
#include "net/network.h"
#include "wire/exchange.h"

#define NET_WHY 256
#define NET_LISTEN_MAX 8
#define NET_BALANCERS_MAX 16
#define NET_PORTS_MAX 32

/* How long a visit may stay in each step, in milliseconds. */
struct net_times {
    int64_t handshake, line;
    int64_t body, body_most; /* of an upload: body + 1 s per kB, at most most */
    int64_t send, send_most; /* of an answer: the same */
    int64_t goodbye;         /* what still arrives is read for so long */
    int64_t stop;            /* visits under way when we stop */
    int64_t pause;           /* no accepting, after descriptors ran out */
    int64_t tick;            /* between two ticks of the service */
};

/* Everything is copied by net_start, except tls, which it keeps an owner of. */
struct net_config {
    const struct str *listen; /* "ADDR:PORT", "[::]:1965"; port 0: any */
    int listens;
    int loops;             /* threads; 0: one per processor */
    int connections;       /* at once, over all loops */
    size_t exchange_bytes; /* memory of one request, upload included */
    size_t drain_bytes;    /* what is read and dropped in a goodbye, at most */
    bool limits_loopback;  /* false: 127.0.0.0/8 and ::1 have no limits */
    /* Who comes from these says first for whom (net/proxy.h), or is cut. */
    struct network balancer[NET_BALANCERS_MAX];
    int balancers;
    struct net_times times;
    struct limit_rules limits;
    struct names names; /* the ports we listen on are added to its ports */
    struct context *tls;
};

struct net;

/* Sensible values for all but listen, names and tls. */
struct net_config net_config_default(void);

/* Opens every socket, begins the service for each loop and starts them. On
 * failure nothing is left open, and why says in one line what stands where. */
enum err net_start(const struct net_config *, const struct service *,
                   struct net **out, char why[static NET_WHY]);
/* The port that the i-th address of listen got. */
int net_port(const struct net *, int i);

/* New names and certificates for the visits that begin from now on; those
 * under way keep the old ones. All loops get them or none. */
enum err net_reload(struct net *, const struct names *, struct context *tls);

/* Accepts nobody any more, lets the visits under way end (times.stop at most;
 * one that waits for a job waits for it), and joins the loops. Their memory
 * stays, since a writer may still be posting to them. */
void net_stop(struct net *);
/* After net_stop, once everybody who posts to the loops was joined. NULL is
 * fine. */
void net_free(struct net *);

#endif
