#include "tests/fault/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forum/site.h"
#include "tests/fault/fail.h"

static const struct str hosts[] = {{"example.org", 11}};
static const int ports[] = {1965};
static const struct names names = {hosts, 1, ports, 1};

struct asking {
    struct exchange x; /* first */
    bool is_done;
};

static void
asking_done(struct exchange *x)
{
    ((struct asking *)x)->is_done = true;
}

/* As net does it (step_line, body_begin and refuse in net/steps.c). */
static enum err
take_request(struct site_box *b, struct exchange *x, const struct peer *who,
             const char *line, struct str body)
{
    enum err e = request_parse(str_of(line), STR(""), &names, &x->mem, &x->rq);
    char *p;

    if (e)
        x->rq = (struct request){.is_upload = false};
    x->rq.peer = *who;
    if (e || !x->rq.is_upload)
        return e;
    if ((e = b->service.admit(b->loop, x)))
        return e;
    if (!(p = arena_alloc(&x->mem, body.n + 1)))
        return E_NOMEM;
    if (body.n > 0)
        memcpy(p, body.p, body.n);
    x->rq.body = (struct str){p, body.n};
    return OK;
}

static void
run(struct site_box *b, struct asking *a, const struct peer *who,
    const char *line, struct str body)
{
    struct exchange *x = &a->x;

    x->bad = take_request(b, x, who, line, body);
    if (x->bad && x->mem.bad) {
        x->rq = (struct request){.peer = *who};
        arena_release(&x->mem);
        arena_init(&x->mem, (size_t)4 << 20);
    }
    b->service.serve(b->loop, x);
    while (!a->is_done) {
        struct mail *m = mailbox_wait(b->home, 1);

        m->deliver(m);
    }
}

static struct answer
answer_of(struct site_box *b, struct asking *a)
{
    struct answer out = {.status = a->x.rs.status};

    out.meta.p = arena_z(&b->mem, buf_str(&a->x.rs.meta));
    out.meta.n = a->x.rs.meta.n;
    out.body.p = arena_z(&b->mem, buf_str(&a->x.rs.body));
    out.body.n = a->x.rs.body.n;
    assert_false(b->mem.bad);
    return out;
}

struct answer
fault_ask(struct site_box *b, const struct peer *who, const char *url,
          struct str body, int64_t k, bool *has_struck)
{
    struct asking a = {.is_done = false};
    struct answer out;
    struct buf head;
    char line[2048];

    (void)snprintf(line, sizeof line, "%s%s", *url == '/' ? SITE_HOST : "",
                   url);
    a.x.finished = asking_done;
    arena_init(&a.x.mem, (size_t)4 << 20);
    response_init(&a.x.rs);
    buf_init(&head, 2048);
    fail_arm(k);
    run(b, &a, who, line, body);
    response_finish(&a.x.rs, &head);
    *has_struck = fail_disarm();
    out = answer_of(b, &a);
    if (head.bad)
        out.status = 0; /* net hangs up */
    buf_release(&head);
    response_release(&a.x.rs);
    arena_release(&a.x.mem);
    return out;
}

void
fault_forget(struct site_box *b)
{
    arena_release(&b->mem);
}

void
fault_reopen(struct site_box *b)
{
    int version;

    b->service.end(b->loop);
    site_close(b->site);
    assert_int_equal(site_open(&b->config, &b->site, &version), OK);
    b->service = site_service(b->site);
    b->loop = b->service.begin(b->service.site, b->home);
    assert_non_null(b->loop);
}

struct hearing {
    char *p;
    size_t n;
};

static void
hear(void *arg, struct str sentence)
{
    struct hearing *h = arg;

    (void)snprintf(h->p, h->n, "%.*s", (int)sentence.n, sentence.p);
}

int
fault_check(const struct site_box *b, char *out, size_t n)
{
    struct hearing h = {out, n};
    struct db *db;
    int wrong;

    out[0] = '\0';
    assert_int_equal(forum_open_reader(b->database, &db), OK);
    wrong = forum_check(db, hear, &h);
    if (wrong < 0)
        (void)snprintf(out, n, "%s", db_message(db));
    db_close(db);
    return wrong;
}

int64_t
fault_number(const struct site_box *b, const char *sql)
{
    struct db *db;
    int64_t n;

    assert_int_equal(forum_open_reader(b->database, &db), OK);
    n = db_number(db, sql, -1);
    db_close(db);
    return n;
}
