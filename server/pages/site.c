#include "pages/site.h"

#include <stdlib.h>
#include <string.h>

#include "forum/index.h"
#include "pages/inner.h"
#include "wire/atom.h"

#define FACE_MEMORY ((size_t)64 << 10) /* bytes of its few strings */

static void
face_release(struct face *f)
{
    if (!f || atomic_fetch_sub(&f->holders, 1) > 1)
        return;
    content_release(f->content);
    arena_release(&f->mem);
    free(f);
}

static struct face *
face_hold(struct face *f)
{
    atomic_fetch_add(&f->holders, 1);
    return f;
}

static enum err
face_new(const struct site_config *config, struct face **out)
{
    struct face *f = calloc(1, sizeof(*f));
    enum err e;

    if (!f)
        return E_NOMEM;
    atomic_init(&f->holders, 1);
    arena_init(&f->mem, FACE_MEMORY);
    f->title = arena_copy(&f->mem, config->title);
    f->line = arena_copy(&f->mem, config->line);
    f->fingerprint = arena_copy(&f->mem, config->fingerprint);
    f->fingerprint_next = arena_copy(&f->mem, config->fingerprint_next);
    f->public_port = config->public_port;
    f->cert_not_after = config->cert_not_after;
    e = f->mem.bad ? f->mem.bad : content_load(config->content, &f->content);
    if (e)
        face_release(f);
    else
        *out = f;
    return e;
}

static enum err
site_start(struct site *s, const struct site_config *config, int *version)
{
    struct db *db = NULL;
    enum err e = pace_new(config->pace, &s->pace);

    if (e || (e = forum_open(s->database, &db, version)))
        return e;
    if ((e = forum_secret(db, s->secret))) {
        db_close(db);
        return e;
    }
    /* takes it */
    return writer_start(db, config->queue, index_work, &s->writer);
}

enum err
site_open(const struct site_config *config, struct site **out, int *version)
{
    struct site *s = calloc(1, sizeof(*s));
    enum err e;

    *out = NULL;
    atom_start();
    if (!s)
        return E_NOMEM;
    s->database = strndup(config->database.p, config->database.n);
    e = s->database ? face_new(config, &s->face) : E_NOMEM;
    if (!e)
        e = site_start(s, config, version);
    if (e)
        site_close(s);
    else
        *out = s;
    return e;
}

/* A new face on its way to a loop, which frees it. */
struct face_mail {
    struct mail mail; /* first */
    struct loop_site *loop;
    struct face *face;
};

static void
face_arrived(struct mail *mail)
{
    struct face_mail *m = (struct face_mail *)mail;

    face_release(m->loop->face);
    m->loop->face = m->face;
    free(m);
}

static enum err
face_send(struct loop_site *loop, struct face *face)
{
    struct face_mail *m = calloc(1, sizeof(*m));

    if (!m)
        return E_NOMEM;
    m->mail.deliver = face_arrived;
    m->loop = loop;
    m->face = face_hold(face);
    if (!mailbox_post(loop->home, &m->mail)) {
        face_release(face); /* the loop is ending and needs none */
        free(m);
    }
    return OK;
}

enum err
site_reload(struct site *site, const struct site_config *config)
{
    struct face *face;
    enum err e = face_new(config, &face), first = OK;

    if (e)
        return e;
    face_release(site->face_before);
    site->face_before = site->face;
    site->face = face;
    for (int i = 0; i < LOOPS_MAX; i++) {
        struct loop_site *loop = atomic_load(&site->loop[i]);

        /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): the site holds it too */
        e = loop ? face_send(loop, face) : OK;
        first = first ? first : e;
    }
    return first;
}

void
site_close(struct site *site)
{
    if (!site)
        return;
    writer_stop(site->writer);
    face_release(site->face);
    pace_free(site->pace);
    face_release(site->face_before);
    free(site->database);
    free(site);
}

/* A place in the list of those that learn of a new face. */
static bool
loop_enter(struct site *site, struct loop_site *loop)
{
    for (int i = 0; i < LOOPS_MAX; i++) {
        struct loop_site *none = NULL;

        if (atomic_compare_exchange_strong(&site->loop[i], &none, loop))
            return true;
    }
    return false;
}

static void
site_end(void *state)
{
    struct loop_site *loop = state;

    for (int i = 0; i < LOOPS_MAX; i++) {
        struct loop_site *self = loop;

        atomic_compare_exchange_strong(&loop->site->loop[i], &self, NULL);
    }
    db_close(loop->rd);
    face_release(loop->face);
    free(loop);
}

static void *
site_begin(void *state, struct mailbox *home)
{
    struct site *site = state;
    struct loop_site *loop = calloc(1, sizeof(*loop));
    enum err e;

    if (!loop)
        return NULL;
    loop->site = site;
    loop->home = home;
    e = forum_open_reader(site->database, &loop->rd);
    if (e || !loop_enter(site, loop)) {
        log_event(LOG_ERROR, "loop-failed", LOG_Z("error", err_name(e)));
        db_close(loop->rd);
        free(loop);
        return NULL;
    }
    loop->face = face_hold(site->face);
    return loop;
}

struct service
site_service(struct site *site)
{
    return (struct service){.site = site,
                            .begin = site_begin,
                            .admit = site_admit,
                            .serve = site_serve,
                            .tick = site_tick,
                            .end = site_end};
}
