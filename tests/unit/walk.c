#include "tests/unit/walk.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mailbox.h"
#include "pages/site.h"
#include "tests/unit/scratch.h"

#define WALKS_MAX 8
#define HOPS_MAX 24

struct place_under_test {
    void *directory; /* scratch's state */
    struct site *site;
    struct service service;
    struct mailbox *home;
    void *loop;
    struct walk walk[WALKS_MAX];
    int walks;
    struct arena mem; /* of the test */
    bool is_finished;
};

static const struct str hosts[] = {{"example.org", 11}};
static const int ports[] = {1965};
static const struct names names = {hosts, 1, ports, 1};

static void
site_begin(struct place_under_test *p)
{
    char *path = scratch_path(&p->directory, "forum.db");
    struct site_config config = {.database = str_of(path),
                                 .title = STR("Test"),
                                 .line = STR("A place to test"),
                                 .names = &names,
                                 .public_port = 1965,
                                 .fingerprint = STR("00"),
                                 .cert_not_after = INT64_C(4000000000),
                                 .queue = 16};
    int version = 0;

    assert_int_equal(site_open(&config, &p->site, &version), OK);
    free(path);
    p->service = site_service(p->site);
    p->home = mailbox_new(0, NULL, NULL);
    assert_non_null(p->home);
    p->loop = p->service.begin(p->service.site, p->home);
    assert_non_null(p->loop);
}

int
walk_setup(void **state)
{
    struct place_under_test *p = calloc(1, sizeof(*p));

    assert_non_null(p);
    arena_init(&p->mem, (size_t)64 << 20);
    if (scratch_setup(&p->directory))
        return -1;
    site_begin(p);
    *state = p;
    return 0;
}

int
walk_teardown(void **state)
{
    struct place_under_test *p = *state;
    int bad;

    p->service.end(p->loop);
    site_close(p->site);
    mailbox_free(p->home);
    for (int i = 0; i < p->walks; i++)
        buf_release(&p->walk[i].body);
    arena_release(&p->mem);
    bad = scratch_teardown(&p->directory);
    free(p);
    return bad;
}

struct walk *
walk_new(void **state, unsigned identity)
{
    struct place_under_test *p = *state;
    struct walk *w = &p->walk[p->walks++];

    assert_true(p->walks <= WALKS_MAX);
    w->place = p;
    w->identity = identity;
    buf_init(&w->body, (size_t)16 << 20);
    return w;
}

/* An exchange knows nobody; its arena's user finds the place again. */
struct asking {
    struct exchange x; /* first */
    struct place_under_test *place;
};

static void
finished(struct exchange *x)
{
    ((struct asking *)x)->place->is_finished = true;
}

static void
finish(struct place_under_test *p)
{
    while (!p->is_finished) {
        struct mail *m = mailbox_wait(p->home, 1);

        while (m) {
            struct mail *next = m->next;

            m->deliver(m);
            m = next;
        }
    }
}

static void
answer_take(struct walk *w, struct response *rs)
{
    struct buf header;

    buf_init(&header, 4096);
    response_finish(rs, &header);
    w->status = rs->status;
    (void)snprintf(w->meta, sizeof(w->meta), "%.*s", (int)rs->meta.n,
                   rs->meta.p ? rs->meta.p : "");
    buf_reset(&w->body);
    buf_add(&w->body, buf_str(&rs->body));
    buf_add_char(&w->body, '\0');
    w->body.n--;
    buf_release(&header);
}

/* One request and its answer. */
static void
ask_once(struct walk *w, struct str url, struct str body)
{
    struct asking *a = calloc(1, sizeof(*a));

    assert_non_null(a);
    a->place = w->place;
    a->x.finished = finished;
    arena_init(&a->x.mem, (size_t)8 << 20);
    response_init(&a->x.rs);
    a->x.bad = request_parse(url, STR(""), &names, &a->x.mem, &a->x.rq);
    a->x.rq.body = body;
    a->x.rq.peer.is_there = w->identity != 0;
    memset(a->x.rq.peer.cert, (int)w->identity, 32);
    memset(a->x.rq.peer.key, (int)w->identity, 32);
    a->x.rq.peer.not_after = clock_now() + 365 * DAY;
    w->place->is_finished = false;
    if (a->x.rq.is_upload && !a->x.bad)
        a->x.bad = w->place->service.admit(w->place->loop, &a->x);
    w->place->service.serve(w->place->loop, &a->x);
    finish(w->place);
    answer_take(w, &a->x.rs);
    response_release(&a->x.rs);
    arena_release(&a->x.mem);
    free(a);
}

static struct str
whole_url(struct arena *mem, const char *path)
{
    if (strstr(path, "://"))
        return arena_copy(mem, str_of(path));
    return arena_fmt(mem, "gemini://example.org%s", path);
}

static struct str
with_query(struct arena *mem, struct str url, const char *typed)
{
    struct buf b;
    struct str out;

    buf_init(&b, 4096);
    buf_add(&b, url);
    buf_add_char(&b, '?');
    buf_add_percent(&b, str_of(typed));
    out = arena_copy(mem, buf_str(&b));
    buf_release(&b);
    return out;
}

static void
keep_at(struct walk *w, struct str url)
{
    struct str path = str_skip(url, strlen("gemini://example.org"));

    (void)snprintf(w->at, sizeof(w->at), "%.*s", (int)path.n, path.p);
}

static void
go_on(struct walk *w, struct str url, const char *const *typed)
{
    struct arena *mem = &w->place->mem;

    for (int hop = 0; hop < HOPS_MAX; hop++) {
        bool asks = w->status == 10 || w->status == 11;

        if (w->status == 30) {
            url = whole_url(mem, w->meta);
            ask_once(w, url, STR(""));
        } else if (asks && *typed) {
            struct str full = with_query(mem, url, *typed++);

            (void)snprintf(w->said, sizeof(w->said), "%.*s", (int)full.n,
                           full.p);
            ask_once(w, full, STR(""));
        } else {
            keep_at(w, url);
            return;
        }
    }
    fail_msg("more than %d hops", HOPS_MAX);
}

void
walk_to(struct walk *w, const char *path, const char *const *typed)
{
    struct str url;

    if (!path) {
        print_error("no such link on %s:\n%s\n", w->at, w->body.p);
        fail();
        return;
    }
    url = whole_url(&w->place->mem, path);
    ask_once(w, url, STR(""));
    go_on(w, url, typed);
}

/* The upload's address with the parameters that a client puts there. */
void
walk_upload(struct walk *w, const char *label, const char *text)
{
    static const char *const nothing[] = {NULL};
    const char *to = walk_link(w, label);
    struct str url;

    assert_non_null(to);
    url = arena_fmt(&w->place->mem, "%.*s;mime=text/plain;size=%zu",
                    (int)strcspn(to, ";"), to, strlen(text));
    ask_once(w, url, str_of(text));
    go_on(w, url, nothing);
}

/* The line of the link with this label: where it starts, or NULL. */
static const char *
link_line(const struct walk *w, const char *label)
{
    for (const char *p = w->body.n ? w->body.p : NULL; p && *p;) {
        size_t n = strcspn(p, "\n"), address;

        if (strncmp(p, "=> ", 3) == 0) {
            address = strcspn(p + 3, " \n");
            if (3 + address < n &&
                strncmp(p + 4 + address, label, strlen(label)) == 0)
                return p;
        }
        p += n + (p[n] == '\n');
    }
    return NULL;
}

const char *
walk_link(struct walk *w, const char *label)
{
    const char *line = link_line(w, label);

    if (!line)
        return NULL;
    return arena_z(&w->place->mem,
                   (struct str){line + 3, strcspn(line + 3, " \n")});
}

const char *
walk_above(struct walk *w, const char *label)
{
    const char *line = link_line(w, label), *start;

    if (!line || line == w->body.p)
        return NULL;
    for (start = line - 1; start > w->body.p && start[-1] != '\n'; start--)
        continue;
    return arena_z(&w->place->mem,
                   (struct str){start, (size_t)(line - 1 - start)});
}

bool
walk_has(const struct walk *w, const char *text)
{
    return w->body.n > 0 && strstr(w->body.p, text) != NULL;
}

void
assert_has_at(const struct walk *w, const char *text, bool is_wanted,
              const char *file, int line)
{
    if (walk_has(w, text) == is_wanted)
        return;
    print_error("%s \"%s\" at %s, %d %s\n%s\n", is_wanted ? "no" : "there is",
                text, w->at, w->status, w->meta, w->body.n ? w->body.p : "");
    _fail(file, line);
}
