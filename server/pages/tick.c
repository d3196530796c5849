/* What the site does by itself: one loop looks now and then whether something
 * is due, and the writer does it. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "forum/due.h"
#include "pages/inner.h"

/* May come home after its loop and the site have gone, so it knows neither. */
static void
tick_done(struct job *job)
{
    if (job->err)
        log_event(LOG_WARN, "tick-failed", LOG_Z("error", err_name(job->err)));
    free(job);
}

static enum err
tick_post(struct site *site, struct mailbox *home)
{
    struct change_job *cj = malloc(sizeof(*cj));
    enum err e;

    if (!cj)
        return E_NOMEM;
    change_job_init(cj,
                    &(struct change){.kind = CHANGE_TICK, .at = clock_now()});
    cj->job.home = home;
    cj->job.done = tick_done;
    e = writer_post(site->writer, &cj->job);
    if (e)
        free(cj);
    return e;
}

void
site_tick(void *state)
{
    struct loop_site *loop = state;
    bool is_there = false;
    enum err e;

    if (atomic_load(&loop->site->loop[0]) != loop)
        return;
    e = due_is_there(loop->rd, clock_now(), &is_there);
    if (!e && is_there)
        e = tick_post(loop->site, loop->home);
    if (e) /* the next tick tries again */
        log_event(LOG_WARN, "tick-failed", LOG_Z("error", err_name(e)));
}

static void
now_done(struct job *job)
{
    (void)job; /* whoever waits reads it */
}

enum err
site_tick_now(struct site *site)
{
    struct mailbox *home = mailbox_new(0, NULL, NULL);
    struct change_job cj;
    enum err e = home ? OK : E_NOMEM;

    do {
        if (e)
            break;
        change_job_init(
            &cj, &(struct change){.kind = CHANGE_TICK, .at = clock_now()});
        cj.job.home = home;
        cj.job.done = now_done;
        if (!(e = writer_post(site->writer, &cj.job))) {
            (void)mailbox_wait(home, 1); /* the only mail there is */
            e = cj.job.err;
        }
    } while (cj.out.goes_on);
    mailbox_free(home);
    return e;
}
