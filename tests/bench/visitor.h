/*
 * One side of many visits at once: connects, shakes hands, sends its bytes,
 * and reads to close_notify. Whoever uses it has an epoll instance and drives
 * each visit when its socket is ready.
 */
#ifndef TESTS_BENCH_VISITOR_H
#define TESTS_BENCH_VISITOR_H

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>

#define VISITOR_SESSIONS 64
#define VISITOR_HEAD 1100

struct visitor {
    SSL_CTX *ssl;
    struct sockaddr_in to;
    int epoll;
    bool does_resume;
    /* As bytes: OpenSSL forgets a session object once it was used, while a
     * client that keeps it as text, as the common one does, may use it again.
     */
    unsigned char *session[VISITOR_SESSIONS];
    long session_size[VISITOR_SESSIONS];
    int sessions, next_session;
};

/* pem: certificate and key, or NULL for a guest. False where it is no good. */
bool visitor_init(struct visitor *v, int port, const char *pem);
void visitor_release(struct visitor *v);

enum visit_end {
    VISIT_GOES_ON,
    VISIT_DONE,         /* close_notify came */
    VISIT_NO_CONNECT,   /* TCP refused, or reset */
    VISIT_NO_HANDSHAKE, /* TLS did not come about */
    VISIT_NO_GOODBYE    /* ended without close_notify */
};

enum visit_step { VISIT_GREETS, VISIT_HELD, VISIT_SAYS, VISIT_READS };

struct visit {
    struct visitor *of;
    SSL *ssl;
    int fd;
    enum visit_step at;
    bool is_held; /* stays after the handshake until told otherwise */
    bool was_resumed;
    int64_t since; /* when it should have begun; ns */
    int which;     /* the user's: what was asked */
    char *say;     /* bytes to send; owned */
    size_t say_n, said;
    char head[VISITOR_HEAD]; /* of what came */
    size_t got;              /* bytes that came, header and body */
    uint64_t in, out;        /* bytes above TCP */
};

/* Begins; takes say. False: no socket to be had. */
bool visit_begin(struct visit *t, struct visitor *v, char *say, size_t say_n,
                 bool is_held);
enum visit_end visit_drive(struct visit *t);
/* Sends one byte of say, for slow ones. */
void visit_drip(struct visit *t);
void visit_finish(struct visit *t);

/* The status of the answer, 0 where there is no header; *body: its bytes. */
int visit_status(const struct visit *t, size_t *body);

#endif
