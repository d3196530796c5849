/*
 * The writing thread. Whatever changes the database is a job: apply() runs
 * inside a savepoint, up to 64 jobs share one transaction, and each job goes
 * home only after COMMIT. No artificial delay: while one commit syncs, the
 * next batch gathers. Knows jobs and transactions, not communities.
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "base/mailbox.h"
#include "store/db.h"

struct job {
    struct mail mail;     /* first: a job is mail both ways */
    struct mailbox *home; /* where it goes when done; must take it */
    /* Optional: slow work (scrypt) before apply, on the thread for that. */
    enum err (*prepare)(struct job *);
    /* Changes the database. Not OK: this job alone is rolled back. */
    enum err (*apply)(struct db *, struct job *);
    void (*done)(struct job *); /* on home's thread, after COMMIT */
    enum err err; /* what prepare or apply said; E_IO, E_FULL where COMMIT
                   * failed (then nothing of the batch was stored) */
};

/* Does at most so many steps of it. *is_more: some are left. Not OK: what it
 * did is taken back, and it is tried again after the next batch. */
typedef enum err chore_fn(struct db *db, int most, bool *is_more);

struct writer;

/* Takes db: closed at stop, and where this fails. queue: jobs that may wait;
 * past it E_BUSY. chore may be NULL. */
enum err writer_start(struct db *db, size_t queue, chore_fn *chore,
                      struct writer **out);
/* E_BUSY: the job stays with the caller and is not delivered. */
enum err writer_post(struct writer *w, struct job *job);
/* Finishes what waits, checkpoints, joins both threads, frees. NULL is fine. */
void writer_stop(struct writer *w);

#endif
