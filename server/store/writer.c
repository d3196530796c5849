#include "store/writer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/log.h"
#include "store/inside.h"

enum {
    BATCH = 64,            /* jobs that share one commit */
    FEW = 4,               /* jobs that wait for the chore, too */
    CHORE_STEPS = 16,      /* of it before somebody may have come */
    CHORE_SLICES = 4,      /* of so many steps in the commit of a few jobs */
    SLOW_MAX = 64,         /* jobs that may wait for prepare */
    PAGES_WHEN_IDLE = 512, /* 2 MiB in the WAL: copied when there is time */
    PAGES_AT_MOST = 3584,  /* 14 MiB: copied now, and the WAL begins anew */
    RESTART_WAIT_MS = 50   /* how long readers may keep us from that */
};

struct writer {
    struct db *db;
    struct mailbox *jobs; /* ready to apply */
    struct mailbox *slow; /* still to prepare */
    struct thread_handle *writing, *preparing;
    chore_fn *chore; /* or NULL */
    bool is_chore;   /* there may be some of it left */
};

static void
job_come_home(struct mail *mail)
{
    struct job *job = (struct job *)mail;

    job->done(job);
}

/* Nothing of the job may be touched after the post. */
static void
job_send_home(struct job *job)
{
    bool is_taken;

    job->mail.deliver = job_come_home;
    is_taken = mailbox_post(job->home, &job->mail);
    assert(is_taken);
    (void)is_taken;
}

/* One job inside its savepoint. Not OK: it could be neither done nor undone
 * by itself, so that nothing of the batch may be stored. */
static enum err
job_apply(struct db *db, struct job *job)
{
    enum err e = db_own(db, OWN_SAVE);

    if (e)
        return e;
    job->err = job->apply(db, job);
    if (db->open > 0) {
        log_event(LOG_ERROR, "rows-left-open", LOG_INT("count", db->open));
        db_end_all(db);
        job->err = E_BUG;
    }
    /* On a full or broken disk SQLite takes the whole transaction back. */
    if (!db_in_transaction(db))
        return job->err ? job->err : E_BUG;
    if (job->err && (e = db_own(db, OWN_UNDO)))
        return e;
    return db_own(db, OWN_RELEASE);
}

/* A slice of the chore inside its savepoint. Its failure is no job's, unless it
 * could not be undone. */
static enum err
chore_slice(struct writer *w)
{
    enum err bad, e = db_own(w->db, OWN_SAVE);

    if (e)
        return e;
    bad = w->chore(w->db, CHORE_STEPS, &w->is_chore);
    if (bad) {
        w->is_chore = false;
        log_event(LOG_ERROR, "chore", LOG_Z("error", err_name(bad)),
                  LOG_Z("why", db_message(w->db)));
    }
    if (!db_in_transaction(w->db))
        return bad ? bad : E_BUG;
    if (bad && (e = db_own(w->db, OWN_UNDO)))
        return e;
    return db_own(w->db, OWN_RELEASE);
}

static enum err
transaction_end(struct db *db, enum err e)
{
    if (!e)
        e = db_own(db, OWN_COMMIT);
    if (e) {
        log_event(LOG_ERROR, "commit", LOG_Z("error", err_name(e)),
                  LOG_Z("why", db_message(db)));
        if (db_in_transaction(db))
            (void)db_own(db, OWN_ROLLBACK); /* e is the news */
    }
    return e;
}

/* Applies all of them, or says why nothing at all was stored. */
static enum err
batch_commit(struct writer *w, struct mail *first)
{
    enum err e = db_own(w->db, OWN_BEGIN_WRITE);
    int jobs = 0;

    for (struct mail *m = first; m && !e; m = m->next, jobs++)
        e = job_apply(w->db, (struct job *)m);
    w->is_chore = w->chore;
    for (int i = 0; i < CHORE_SLICES && !e && w->is_chore && jobs <= FEW; i++)
        e = chore_slice(w);
    return transaction_end(w->db, e);
}

static int
batch_run(struct writer *w, struct mail *first)
{
    enum err e = batch_commit(w, first);
    struct mail *next;
    int count = 0;

    for (struct mail *m = first; m; m = next, count++) {
        struct job *job = (struct job *)m;

        next = m->next;
        if (e)
            job->err = e;
        job_send_home(job);
    }
    return count;
}

/* Moves the WAL into the file: what it can while there is time, and before the
 * WAL grows large with a short wait for readers, so that it begins anew. */
static void
wal_tidy(struct db *db, bool is_idle)
{
    if (db->wal_pages >= PAGES_AT_MOST) {
        sqlite3_busy_timeout(db->handle, RESTART_WAIT_MS);
        if (sqlite3_wal_checkpoint_v2(db->handle, NULL,
                                      SQLITE_CHECKPOINT_RESTART, NULL,
                                      NULL) == SQLITE_OK)
            db->wal_pages = 0;
        sqlite3_busy_timeout(db->handle, 5000);
    } else if (is_idle && db->wal_pages >= PAGES_WHEN_IDLE) {
        /* Readers may keep it from finishing; then the next one does. */
        (void)sqlite3_wal_checkpoint_v2(db->handle, NULL,
                                        SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
}

/* What is left of the chore, while nobody waits. */
static void
chore_run(struct writer *w)
{
    while (w->is_chore && mailbox_is_idle(w->jobs)) {
        enum err e = db_own(w->db, OWN_BEGIN_WRITE);

        if (!e)
            e = chore_slice(w);
        if (transaction_end(w->db, e))
            w->is_chore = false;
        wal_tidy(w->db, true);
    }
}

static void
writing_run(void *arg)
{
    struct writer *w = arg;
    struct mail *first;

    w->is_chore = w->chore;
    chore_run(w);
    while ((first = mailbox_wait(w->jobs, BATCH))) {
        wal_tidy(w->db, batch_run(w, first) < BATCH);
        chore_run(w);
    }
}

static void
preparing_run(void *arg)
{
    struct writer *w = arg;
    struct mail *m;

    while ((m = mailbox_wait(w->slow, 1))) {
        struct job *job = (struct job *)m;

        job->err = job->prepare(job);
        if (!job->err && mailbox_post(w->jobs, &job->mail))
            continue; /* it is the writing thread's now */
        if (!job->err)
            job->err = E_BUSY;
        job_send_home(job);
    }
}

static void
writer_free(struct writer *w)
{
    mailbox_free(w->slow);
    mailbox_free(w->jobs);
    db_close(w->db);
    free(w);
}

enum err
writer_start(struct db *db, size_t queue, chore_fn *chore, struct writer **out)
{
    struct writer *w = calloc(1, sizeof(*w));

    *out = NULL;
    if (!w) {
        db_close(db);
        return E_NOMEM;
    }
    w->db = db;
    w->chore = chore;
    w->jobs = mailbox_new(queue, NULL, NULL);
    w->slow = mailbox_new(queue < SLOW_MAX ? queue : SLOW_MAX, NULL, NULL);
    if (w->jobs && w->slow) {
        w->writing = thread_start("writer", writing_run, w);
        w->preparing = thread_start("prepare", preparing_run, w);
    }
    if (!w->writing || !w->preparing) {
        writer_stop(w);
        return E_NOMEM;
    }
    *out = w;
    return OK;
}

enum err
writer_post(struct writer *w, struct job *job)
{
    struct mailbox *to = job->prepare ? w->slow : w->jobs;

    job->err = OK;
    return mailbox_post(to, &job->mail) ? OK : E_BUSY;
}

/* The thread that prepares ends first: what it has ready still goes to the
 * one that writes. */
void
writer_stop(struct writer *w)
{
    if (!w)
        return;
    if (w->slow)
        mailbox_close(w->slow);
    if (w->preparing)
        thread_join(w->preparing);
    if (w->jobs)
        mailbox_close(w->jobs);
    if (w->writing)
        thread_join(w->writing);
    (void)sqlite3_wal_checkpoint_v2(w->db->handle, NULL,
                                    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    writer_free(w);
}
