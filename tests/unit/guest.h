/* A visitor to the tiny site of echo.h: one connection, one request. */
#ifndef TESTS_UNIT_GUEST_H
#define TESTS_UNIT_GUEST_H

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "certs/peer.h"
#include "tests/unit/echo.h"

struct guest {
    int fd, port;
    SSL_CTX *ctx;
    SSL *ssl;
    char *got; /* NUL-ended */
    size_t n;
    bool is_ended; /* the other side sent close_notify */
    bool is_reset;
};

struct wish {
    const struct identity *identity;
    int version;      /* 0: any */
    const char *name; /* NULL: echo_host[0]; "": none */
    SSL_SESSION *session;
};

static inline int
guest_socket(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval patience = {20, 0};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        echo_fail("connect");
    return fd;
}

static inline struct guest
guest_plain(const struct echo *echo)
{
    struct guest g = {.port = net_port(echo->net, 0)};

    g.fd = guest_socket(g.port);
    return g;
}

static inline struct guest
guest_open(const struct echo *echo, struct wish wish)
{
    struct guest g = guest_plain(echo);
    char name[64];

    g.ctx = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(g.ctx, 0);
    if (wish.version)
        SSL_CTX_set_min_proto_version(g.ctx, wish.version);
    if (wish.version)
        SSL_CTX_set_max_proto_version(g.ctx, wish.version);
    if (wish.identity != NULL) {
        SSL_CTX_use_certificate(g.ctx, wish.identity->cert);
        SSL_CTX_use_PrivateKey(g.ctx, wish.identity->key);
    }
    g.ssl = SSL_new(g.ctx);
    if (wish.name == NULL)
        wish.name = echo_host[0].p;
    snprintf(name, sizeof name, "%s", wish.name);
    if (name[0] != '\0')
        SSL_set_tlsext_host_name(g.ssl, name);
    if (wish.session != NULL)
        SSL_set_session(g.ssl, wish.session);
    SSL_set_fd(g.ssl, g.fd);
    return g;
}

static inline bool
guest_shake(struct guest *g)
{
    return SSL_connect(g->ssl) == 1;
}

static inline void
guest_send(struct guest *g, const char *p, size_t n)
{
    size_t done = 0;

    if (n > 0 && SSL_write_ex(g->ssl, p, n, &done) != 1)
        g->is_reset = errno == ECONNRESET || errno == EPIPE;
}

/* The line with the port of the site where it says %d. */
static inline void
guest_ask(struct guest *g, const char *line)
{
    char text[2048];
    const char *hole = strstr(line, "%d");
    int n;

    if (hole == NULL)
        n = snprintf(text, sizeof text, "%s", line);
    else
        n = snprintf(text, sizeof text, "%.*s%d%s", (int)(hole - line), line,
                     g->port, hole + 2);
    guest_send(g, text, (size_t)n);
}

static inline void
guest_read(struct guest *g)
{
    size_t room = 4096, n;

    g->got = malloc(room + 1);
    while (SSL_read_ex(g->ssl, g->got + g->n, room - g->n, &n) == 1) {
        g->n += n;
        if (g->n == room)
            g->got = realloc(g->got, (room *= 2) + 1);
    }
    g->got[g->n] = '\0';
    g->is_reset = errno == ECONNRESET;
}

/* Until the site closes, and whether it did so in both ways. */
static inline void
guest_finish(struct guest *g)
{
    char c;
    ssize_t n;

    errno = 0;
    guest_read(g);
    g->is_ended = SSL_get_shutdown(g->ssl) & SSL_RECEIVED_SHUTDOWN;
    SSL_shutdown(g->ssl);
    shutdown(g->fd, SHUT_WR);
    n = recv(g->fd, &c, 1, 0);
    g->is_reset = g->is_reset || (n < 0 && errno == ECONNRESET);
}

static inline void
guest_close(struct guest *g)
{
    free(g->got);
    SSL_free(g->ssl);
    SSL_CTX_free(g->ctx);
    if (g->fd >= 0)
        close(g->fd);
    memset(g, 0, sizeof *g);
    g->fd = -1;
}

/* With a reset instead of an end. */
static inline void
guest_vanish(struct guest *g)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    setsockopt(g->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    guest_close(g);
}

/* A whole visit. */
static inline struct guest
guest_visit(const struct echo *echo, struct wish wish, const char *line)
{
    struct guest g = guest_open(echo, wish);

    if (!guest_shake(&g))
        echo_fail("no handshake");
    guest_ask(&g, line);
    guest_finish(&g);
    return g;
}

/* In a test: the handshake has to succeed. */
static inline struct guest
guest_in(const struct echo *echo, struct wish wish)
{
    struct guest g = guest_open(echo, wish);

    if (!guest_shake(&g))
        echo_fail("no handshake");
    return g;
}

/* In a test of cmocka: this answer, a goodbye, and no reset. Closes. */
#define guest_assert(visit, answer)                                            \
    do {                                                                       \
        struct guest guest_ = (visit);                                         \
        assert_string_equal(guest_.got, answer);                               \
        assert_true(guest_.is_ended);                                          \
        assert_false(guest_.is_reset);                                         \
        guest_close(&guest_);                                                  \
    } while (false)

#endif
