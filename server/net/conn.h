/*
 * One visit: a connection, its request and its answer, as steps that are
 * taken one after the other (steps.c) and driven by conn_drive alone.
 */
#ifndef NET_CONN_H
#define NET_CONN_H

#include "net/loop.h"
#include "net/tls.h"

/* What a step waits for. */
enum need { NEED_NOTHING, NEED_READ, NEED_WRITE, NEED_JOB, NEED_END };

enum step { PROXY, HANDSHAKE, LINE, BODY, SERVE, SEND, GOODBYE, STEPS };

struct conn {
    struct exchange x; /* first: a conn is found by its exchange */
    struct loop *loop;
    struct conn *older, *newer;
    struct snapshot *now;  /* names and certificates of its beginning */
    struct limit_who from; /* its address, counted as one of its crowd */
    struct limit_who who;  /* the visitor; exempt until the handshake */
    struct tls tls;
    int fd;
    enum step at;
    enum need waits;
    struct event ready, timer;
    bool is_late;     /* the deadline of this step has passed */
    bool is_cut;      /* ends at the next drive, without a word */
    bool is_serving;  /* the service is being called right now */
    bool is_answered; /* and has called finished() */
    bool is_queued;   /* something gathered is not sent yet */
    bool is_said;     /* all of the answer is gathered, and close_notify */
    bool is_shut;     /* the socket's writing side */
    bool is_counted;  /* as an upload that is being received */
    char line[URL_MAX + 2]; /* and CR LF; first a balancer's header */
    size_t got;             /* bytes of line, or of the body */
    char *body;             /* of an upload; in the exchange's memory */
    struct buf head;        /* the header line */
    size_t sent;            /* bytes of the answer's body gathered so far */
    size_t drain;           /* bytes that may still be dropped */
};

/* May a connection from this address begin? It then counts until conn_free,
 * or where none came of it until limit_let. */
bool conn_may_come(struct loop *, struct limit_who from);
/* Takes fd, or false: it stays with the caller. from has come; nobody has yet
 * where a balancer first says for whom it comes. */
bool conn_new(struct loop *, int fd, struct limit_who from, bool is_balancer);
/* Ends it without a word, at once or as soon as its job is home. */
void conn_cut(struct conn *);
/* It only waits for its visitor, and has nothing to lose. */
bool conn_is_idle(const struct conn *);
/* For conn_drive, and for a loop that ends for good. */
void conn_free(struct conn *);

/* On to a step, with its deadline. */
enum need conn_enter(struct conn *, enum step);
/* What an exchange no longer needs once its answer has left. */
void conn_lighten(struct conn *);
/* The steps, by enum step. */
extern enum need (*const conn_steps[STEPS])(struct conn *);
void conn_finished(struct exchange *);

#endif
