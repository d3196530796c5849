/* A thread that serves: an event base, sockets that listen, the visits under
 * way, and a mailbox for what other threads have for it. */
#ifndef NET_LOOP_H
#define NET_LOOP_H

#include "net/listen.h"
#include "net/snapshot.h"

struct conn;

struct loop {
    const struct net_config *config; /* values only; borrowed from net */
    const struct service *service;   /* borrowed from net */
    void *state;                     /* of the service; NULL: ended */
    struct snapshot *now;            /* for visits that begin; owned */
    struct limit *limit;             /* borrowed from net */
    struct event_base *base;
    struct mailbox *home;
    struct listener listener[NET_LISTEN_MAX];
    int listeners;
    struct conn *oldest, *newest;
    int conns, conns_max;
    int wake_fd;
    struct event wake, stop_timer, tick;
    struct mail stop;
    bool is_stopping, is_cutting;
    struct thread_handle *thread;
};

/* Makes a loop whose thread does not run yet, and begins the service for it.
 * snapshot gets one more owner. share: one of how many loops it is. */
enum err loop_new(const struct net_config *, const struct service *,
                  struct limit *, struct snapshot *, int share,
                  struct loop **out);
/* Takes fd. */
enum err loop_listen(struct loop *, int fd);
enum err loop_start(struct loop *);
/* From any thread: what visits that begin from now on get; taken. */
struct reload;
struct reload *reload_new(struct loop *, struct snapshot *);
void reload_free(struct reload *);
void reload_post(struct reload *);
/* From any thread, once: the loop lets its visits end, and itself. */
void loop_stop(struct loop *);
void loop_join(struct loop *);
/* After join, and once nobody posts any more. NULL is fine. */
void loop_free(struct loop *);

/* On the loop's thread: is there room for one more visit, if need be in the
 * place of the oldest one that only waits for its visitor? */
bool loop_make_room(struct loop *);
/* A visit begins or has ended. */
void loop_enter(struct loop *, struct conn *);
void loop_leave(struct loop *, struct conn *);

#endif
