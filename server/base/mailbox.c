#include "base/mailbox.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 16 /* with its NUL; what the system takes */

struct mailbox {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct mail *first, *last;
    size_t waiting, max;
    bool is_closed;
    void (*wake)(void *);
    void *arg;
};

/* The calls that can only fail when we misuse them. */
static void
box_lock(struct mailbox *b)
{
    int bad = pthread_mutex_lock(&b->lock);

    assert(!bad);
    (void)bad;
}

static void
box_unlock(struct mailbox *b)
{
    int bad = pthread_mutex_unlock(&b->lock);

    assert(!bad);
    (void)bad;
}

struct mailbox *
mailbox_new(size_t max, void (*wake)(void *), void *arg)
{
    struct mailbox *b = calloc(1, sizeof(*b));

    if (!b)
        return NULL;
    *b = (struct mailbox){.max = max, .wake = wake, .arg = arg};
    if (pthread_mutex_init(&b->lock, NULL)) {
        free(b);
        return NULL;
    }
    if (pthread_cond_init(&b->changed, NULL)) {
        (void)pthread_mutex_destroy(&b->lock); /* nobody holds it */
        free(b);
        return NULL;
    }
    return b;
}

void
mailbox_free(struct mailbox *b)
{
    if (!b)
        return;
    assert(!b->first);
    (void)pthread_cond_destroy(&b->changed); /* nobody waits any more */
    (void)pthread_mutex_destroy(&b->lock);
    free(b);
}

bool
mailbox_post(struct mailbox *b, struct mail *m)
{
    bool was_empty;

    box_lock(b);
    if (b->is_closed || (b->max > 0 && b->waiting >= b->max)) {
        box_unlock(b);
        return false;
    }
    m->next = NULL;
    was_empty = !b->first;
    if (was_empty)
        b->first = m;
    else
        b->last->next = m;
    b->last = m;
    b->waiting++;
    /* All of it inside the lock: after the unlock the receiver may have
     * taken the mail, and freed it and the box. */
    if (was_empty) {
        (void)pthread_cond_broadcast(&b->changed); /* can not fail */
        if (b->wake)
            b->wake(b->arg);
    }
    box_unlock(b);
    return true;
}

/* Takes at most n from a locked box. */
static struct mail *
box_take(struct mailbox *b, size_t n)
{
    struct mail *first = b->first, *end = first;

    if (!first)
        return NULL;
    for (b->waiting--; --n > 0 && end->next; b->waiting--)
        end = end->next;
    b->first = end->next;
    if (!b->first)
        b->last = NULL;
    end->next = NULL;
    return first;
}

struct mail *
mailbox_take(struct mailbox *b)
{
    struct mail *first;

    box_lock(b);
    first = box_take(b, SIZE_MAX);
    box_unlock(b);
    return first;
}

bool
mailbox_is_idle(struct mailbox *b)
{
    bool is_idle;

    box_lock(b);
    is_idle = !b->is_closed && !b->first;
    box_unlock(b);
    return is_idle;
}

struct mail *
mailbox_wait(struct mailbox *b, size_t n)
{
    struct mail *first;

    box_lock(b);
    while (!b->first && !b->is_closed)
        (void)pthread_cond_wait(&b->changed, &b->lock); /* can not fail */
    first = box_take(b, n > 0 ? n : 1);
    box_unlock(b);
    return first;
}

void
mailbox_close(struct mailbox *b)
{
    box_lock(b);
    b->is_closed = true;
    (void)pthread_cond_broadcast(&b->changed); /* can not fail */
    box_unlock(b);
}

struct thread_handle {
    pthread_t id;
    void (*run)(void *);
    void *arg;
    char name[NAME_SIZE];
};

static void *
thread_main(void *arg)
{
    struct thread_handle *t = arg;

    /* A name is a help for who looks at the process; without it all works. */
    (void)pthread_setname_np(pthread_self(), t->name);
    t->run(t->arg);
    return NULL;
}

struct thread_handle *
thread_start(const char *name, void (*run)(void *), void *arg)
{
    struct thread_handle *t = calloc(1, sizeof(*t));
    sigset_t all, before;
    int bad;

    if (!t)
        return NULL;
    t->run = run;
    t->arg = arg;
    memcpy(t->name, name, strnlen(name, NAME_SIZE - 1));
    /* The new thread inherits our mask, so it never sees a signal, not even
     * before its first line. */
    (void)sigfillset(&all); /* can not fail */
    if (pthread_sigmask(SIG_BLOCK, &all, &before)) {
        free(t);
        return NULL;
    }
    bad = pthread_create(&t->id, NULL, thread_main, t);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL); /* it was valid */
    if (bad) {
        free(t);
        return NULL;
    }
    return t;
}

void
thread_join(struct thread_handle *t)
{
    int bad;

    if (!t)
        return;
    bad = pthread_join(t->id, NULL);
    assert(!bad);
    (void)bad;
    free(t);
}
