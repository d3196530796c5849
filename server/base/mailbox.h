/*
 * Messages between threads: the only file with a mutex. Mail is part of
 * something that its sender owns; posting lends it, and it always comes home.
 * Whoever posts touches neither mail nor box after mailbox_post has returned,
 * and a box is freed only after all who post to it have been joined.
 */
#ifndef BASE_MAILBOX_H
#define BASE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

struct mail {
    struct mail *next;
    void (*deliver)(struct mail *); /* called on the receiver's thread */
};

struct mailbox;

/* wake, where not NULL, is called with arg after a post to an empty box (from
 * the posting thread, inside the lock). max bounds what waits; 0: no bound. */
struct mailbox *mailbox_new(size_t max, void (*wake)(void *), void *arg);
void mailbox_free(struct mailbox *b); /* must be empty; NULL is fine */

/* False where the box is full or closed: the mail stays with the caller. */
bool mailbox_post(struct mailbox *b, struct mail *m);
/* All that waits, oldest first, or NULL. */
struct mail *mailbox_take(struct mailbox *b);
/* At most n, oldest first; waits until there is some or the box is closed;
 * NULL only when it is closed and empty. */
struct mail *mailbox_wait(struct mailbox *b, size_t n);
/* It is open and nothing waits in it, as of now. */
bool mailbox_is_idle(struct mailbox *b);
/* Later posts are refused; waiters wake. */
void mailbox_close(struct mailbox *b);

/* A thread for a function, with signals blocked and an alternate name. */
struct thread_handle;
struct thread_handle *thread_start(const char *name, void (*run)(void *),
                                   void *arg); /* NULL on failure */
void thread_join(struct thread_handle *t);

#endif
