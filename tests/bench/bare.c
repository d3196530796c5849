/*
 * The reference: what TLS, TCP and the kernel cost by themselves. One thread,
 * epoll and OpenSSL; it looks for CR LF and answers a page that never changes.
 * It speaks TLS by the very context that the server uses, shows the server's
 * certificate, and spares every system call that can be spared: one receive and
 * one send per flight, one epoll_ctl per visit.
 *
 *     bare DIR [SIZE]      DIR holds server.key and server.crt (or gets them)
 *
 * Prints its port and nothing else; ends with its standard input.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>

#include "certs/context.h"

#define LINE_MAX_BYTES 1026
#define GATHER_MAX (1 << 18)
#define EVENTS 64

enum at { GREETING, LINE, LEAVING };

struct bare {
    struct context *context;
    BIO_METHOD *wire;
    int epoll, listener;
    char *answer;
    size_t answer_n;
    /* What the visit at hand wants to send: it leaves before the next one's
     * turn, so one place is enough for all. */
    char *out;
    size_t out_n;
};

struct guest {
    struct bare *bare;
    SSL *ssl;
    int fd;
    enum at at;
    bool is_dry; /* a short read said that the socket is empty */
    size_t got;
    char line[LINE_MAX_BYTES];
};

static void
give_up(const char *what)
{
    fprintf(stderr, "bare: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* --- a BIO that sends once per flight --------------------------------------
 */

static int
wire_write(BIO *bio, const char *p, int n)
{
    struct bare *b = ((struct guest *)BIO_get_data(bio))->bare;

    if (b->out_n + (size_t)n > GATHER_MAX)
        return -1;
    memcpy(b->out + b->out_n, p, (size_t)n);
    b->out_n += (size_t)n;
    return n;
}

static int
wire_read(BIO *bio, char *p, int n)
{
    struct guest *g = BIO_get_data(bio);
    ssize_t k = -1;

    BIO_clear_retry_flags(bio);
    if (!g->is_dry) {
        k = recv(g->fd, p, (size_t)n, 0);
        g->is_dry = k < n;
        if (k >= 0 || (errno != EAGAIN && errno != EINTR))
            return (int)k;
    }
    BIO_set_retry_read(bio);
    return -1;
}

static long
wire_ctrl(BIO *bio, int command, long n, void *p)
{
    (void)bio, (void)n, (void)p;
    return command == BIO_CTRL_FLUSH;
}

static bool
flush(struct guest *g)
{
    struct bare *b = g->bare;
    size_t n = b->out_n;

    b->out_n = 0;
    return n == 0 || send(g->fd, b->out, n, MSG_NOSIGNAL) == (ssize_t)n;
}

/* --- visits ----------------------------------------------------------------
 */

static void
guest_free(struct guest *g)
{
    SSL_free(g->ssl);
    close(g->fd);
    free(g);
}

static void
guest_new(struct bare *b, int fd)
{
    struct guest *g = calloc(1, sizeof *g);
    struct epoll_event e = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET};
    BIO *bio = BIO_new(b->wire);

    if (g == NULL || bio == NULL || !(g->ssl = context_connect(b->context)))
        give_up("memory");
    g->bare = b;
    g->fd = fd;
    e.data.ptr = g;
    BIO_set_data(bio, g);
    BIO_set_init(bio, 1);
    SSL_set_bio(g->ssl, bio, bio);
    SSL_set_read_ahead(g->ssl, 1);
    SSL_set_accept_state(g->ssl);
    if (epoll_ctl(b->epoll, EPOLL_CTL_ADD, fd, &e) != 0)
        give_up("epoll");
}

/* True: the whole line is there. */
static bool
line_is_whole(struct guest *g, bool *is_over)
{
    size_t n;

    while (g->got < sizeof g->line &&
           SSL_read_ex(g->ssl, g->line + g->got, sizeof g->line - g->got, &n) ==
               1) {
        g->got += n;
        if (memmem(g->line, g->got, "\r\n", 2) != NULL)
            return true;
    }
    *is_over = g->got == sizeof g->line ||
               SSL_get_error(g->ssl, 0) != SSL_ERROR_WANT_READ;
    return false;
}

static bool
answer(struct guest *g)
{
    size_t n;

    if (SSL_write_ex(g->ssl, g->bare->answer, g->bare->answer_n, &n) != 1)
        return false;
    SSL_shutdown(g->ssl);
    if (!flush(g) || shutdown(g->fd, SHUT_WR) != 0)
        return false;
    SSL_free(g->ssl);
    g->ssl = NULL;
    g->at = LEAVING;
    return true;
}

/* False: the visit is over. */
static bool
drive(struct guest *g)
{
    char rest[1024];
    bool is_over = false;
    int result;
    ssize_t n;

    if (g->at == GREETING) {
        if ((result = SSL_accept(g->ssl)) == 1)
            g->at = LINE;
        else if (SSL_get_error(g->ssl, result) != SSL_ERROR_WANT_READ)
            is_over = true;
    }
    if (g->at == LINE && line_is_whole(g, &is_over))
        return answer(g);
    if (g->at != LEAVING)
        return flush(g) && !is_over;
    while ((n = recv(g->fd, rest, sizeof rest, 0)) > 0)
        continue;
    return n < 0 && errno == EAGAIN;
}

static void
accept_all(struct bare *b)
{
    int fd;

    while ((fd = accept4(b->listener, NULL, NULL,
                         SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
        guest_new(b, fd);
}

static void
serve(struct bare *b)
{
    struct epoll_event events[EVENTS];

    for (;;) {
        int n = epoll_wait(b->epoll, events, EVENTS, -1);

        for (int i = 0; i < n; i++) {
            struct guest *g = events[i].data.ptr;

            if (events[i].data.ptr == &b->listener) {
                accept_all(b);
            } else if (events[i].data.ptr == b) {
                return; /* whoever started us has gone */
            } else {
                g->is_dry = false;
                ERR_clear_error();
                if (!drive(g))
                    guest_free(g);
            }
        }
    }
}

/* --- start -----------------------------------------------------------------
 */

static void
watch(struct bare *b, int fd, void *as)
{
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = as};

    if (epoll_ctl(b->epoll, EPOLL_CTL_ADD, fd, &e) != 0 && errno != EPERM)
        give_up("epoll");
}

static void
open_listener(struct bare *b)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t n = sizeof a;
    int one = 1;

    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    b->listener =
        socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (b->listener < 0 ||
        setsockopt(b->listener, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) ||
        bind(b->listener, (struct sockaddr *)&a, sizeof a) != 0 ||
        listen(b->listener, 1024) != 0 ||
        getsockname(b->listener, (struct sockaddr *)&a, &n) != 0)
        give_up("listen");
    printf("%d\n", ntohs(a.sin_port));
    fflush(stdout);
}

static void
make_answer(struct bare *b, size_t size)
{
    static const char head[] = "20 text/gemini; lang=en\r\n";

    b->answer_n = sizeof head - 1 + size;
    b->answer = malloc(b->answer_n);
    b->out = malloc(GATHER_MAX);
    if (b->answer == NULL || b->out == NULL)
        give_up("memory");
    memset(b->answer, 'x', b->answer_n);
    memcpy(b->answer, head, sizeof head - 1);
    for (size_t i = sizeof head + 62; i < b->answer_n; i += 64)
        b->answer[i] = '\n';
}

static void
make_context(struct bare *b, const char *dir)
{
    struct str host = STR("localhost");
    struct identity shown;
    char why[ISSUE_WHY];

    if (issue_server(dir, &host, 1, &shown, why) != OK) {
        fprintf(stderr, "bare: %s\n", why);
        exit(1);
    }
    if (context_new(&shown, NULL, 0, &b->context) != OK)
        give_up("context");
    identity_release(&shown);
    b->wire = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire");
    if (b->wire == NULL || !BIO_meth_set_write(b->wire, wire_write) ||
        !BIO_meth_set_read(b->wire, wire_read) ||
        !BIO_meth_set_ctrl(b->wire, wire_ctrl))
        give_up("wire");
}

int
main(int argc, char **argv)
{
    struct bare b = {.out_n = 0};
    long size = argc > 2 ? strtol(argv[2], NULL, 10) : 4096;

    if (argc < 2 || size < 1 || size > GATHER_MAX / 2) {
        fprintf(stderr, "usage: bare DIR [SIZE]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if ((b.epoll = epoll_create1(EPOLL_CLOEXEC)) < 0)
        give_up("epoll");
    make_context(&b, argv[1]);
    make_answer(&b, (size_t)size);
    open_listener(&b);
    watch(&b, b.listener, &b.listener);
    watch(&b, STDIN_FILENO, &b);
    serve(&b);
    return 0;
}
