/*
 * Pages, posts, uploads, drafts and joining while the k-th call fails: a page
 * is whole or refused in words, and what was refused was not stored, unless the
 * words say that it was. The same request then succeeds, and is stored once.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/fault/ask.h"
#include "tests/fault/fail.h"
#include "tests/fault/step.h"

#define TRIES 120 /* of each scenario, where not every k is tried */
#define NEW 1000  /* identities from here on are nobody's yet */

/* What somebody does. %lld in query, body and stored is k. */
struct scenario {
    const char *name;
    unsigned who;
    const char *from;   /* the page */
    const char *label;  /* its link that is followed; NULL: the page itself */
    const char *query;  /* what is typed there */
    const char *body;   /* or uploaded */
    const char *stored; /* SQL that counts what it makes; NULL: nothing */
};

static const struct scenario scenarios[] = {
    {.name = "the first page, as a guest", .who = GUEST, .from = "/"},
    {.name = "a thread, as a guest", .who = GUEST, .from = "/t/1"},
    {.name = "the page of a member", .who = JOSEF, .from = "/i/"},
    {.name = "a community, inside", .who = AMINA, .from = "/i/c/garden/"},
    {.name = "the whole thread as text", .who = JOSEF, .from = "/i/t/1/txt"},
    {.name = "the desk", .who = AMINA, .from = "/i/c/garden/desk/"},
    {.name = "what is for members, as a guest", .who = GUEST, .from = "/i/"},
    {.name = "a reply",
     .who = JOSEF,
     .from = "/i/t/1",
     .label = "Reply",
     .query = "reply%%20%lld",
     .stored = "SELECT count(*) FROM post WHERE text = 'reply %lld'"},
    {.name = "a note by upload",
     .who = AMINA,
     .from = "/i/c/garden/",
     .label = "Upload a note",
     .body = "# Note %lld\n\nupload %lld\n",
     .stored = "SELECT count(*) FROM thread WHERE title = 'Note %lld'"},
    {.name = "a draft",
     .who = JOSEF,
     .from = "/i/t/1",
     .label = "Reply",
     .query = "draft%%20%lld%%20%%2B",
     .stored = "SELECT count(*) FROM draft_part WHERE text = 'draft %lld'"},
    {.name = "joining",
     .who = NEW,
     .from = "/i/join",
     .label = "Choose a name",
     .query = "Member%%20%lld",
     .stored = "SELECT count(*) FROM member WHERE name = 'Member %lld'"},
};

struct scene {
    struct site_box *box;
    const struct scenario *what;
    struct step step;
    struct peer peer;
    char url[2048], body[128], count[256];
    struct str stored_words; /* of a refusal after all */
};

/* The k stands in a text up to twice. */
static void
fill(char *out, size_t n, const char *text, int64_t k)
{
    size_t used = 0;

    for (const char *p = text; p != NULL && *p != '\0' && used + 21 < n; p++) {
        if (strncmp(p, "%lld", 4) == 0) {
            used += (size_t)snprintf(out + used, n - used, "%" PRId64, k);
            p += 3;
        } else {
            out[used++] = *p;
            p += p[0] == '%' && p[1] == '%';
        }
    }
    out[used] = '\0';
}

static void
scene_set(struct scene *s, int64_t k)
{
    const struct scenario *what = s->what;
    char typed[256];
    struct answer page;
    const char *to;

    s->peer = site_peer(what->who < NEW ? what->who : 0);
    if (what->who >= NEW) {
        s->peer = site_peer(200);
        memcpy(s->peer.cert, &k, sizeof k);
        memcpy(s->peer.key, &k, sizeof k);
    }
    fill(s->body, sizeof s->body, what->body, k);
    fill(s->count, sizeof s->count, what->stored, k);
    fill(typed, sizeof typed, what->query, k);
    if (what->label == NULL) {
        (void)snprintf(s->url, sizeof s->url, "%s", what->from);
        return;
    }
    page = site_ask(s->box, &s->peer, what->from);
    to = answer_link(s->box, &page, what->label);
    if (what->body != NULL)
        (void)snprintf(s->url, sizeof s->url, "%.*s;mime=text/plain;size=%zu",
                       (int)strcspn(to, ";"), to, strlen(s->body));
    else
        (void)snprintf(s->url, sizeof s->url, "%s?%s", to, typed);
}

static struct answer
scene_ask(struct scene *s, int64_t k, bool *has_struck)
{
    return fault_ask(s->box, &s->peer, s->url, str_of(s->body), k, has_struck);
}

static int64_t
stored(const struct scene *s)
{
    return s->what->stored != NULL ? fault_number(s->box, s->count) : 0;
}

/* The answer while something failed, beside the one when nothing did. */
static void
compare(struct scene *s, const struct answer *a, const struct answer *again,
        int64_t before)
{
    bool is_refused = a->status == 40 || a->status == 41 || a->status == 0;

    if (!is_refused && a->status != again->status &&
        !(s->what->stored != NULL && a->status == 20))
        step_wrong(&s->step, "%d %s, and then %d %s", a->status, a->meta.p,
                   again->status, again->meta.p);
    else if (!is_refused && s->what->stored == NULL &&
             (a->body.n != again->body.n ||
              memcmp(a->body.p, again->body.p, a->body.n) != 0))
        step_wrong(&s->step, "a page of %zu bytes, and then one of %zu",
                   a->body.n, again->body.n);
    if (s->what->stored == NULL)
        return;
    if (!is_refused && before != 1)
        step_wrong(&s->step, "%d, but %" PRId64 " were stored", a->status,
                   before);
    if (is_refused && before != 0 && a->status != 0 && a->meta.n > 1 &&
        strstr(a->meta.p, "Nothing was changed") != NULL)
        step_wrong(&s->step, "%d %s, but it was stored", a->status, a->meta.p);
    if (stored(s) != 1)
        step_wrong(&s->step, "stored %" PRId64 " times after a repeat",
                   stored(s));
}

static bool
scene_run(struct scene *s)
{
    struct answer a, again;
    char said[256];
    bool has_struck, is_again;
    int64_t before;

    fault_reopen(s->box);
    scene_set(s, s->step.k);
    a = scene_ask(s, s->step.k, &has_struck);
    s->step.what = fail_what();
    before = stored(s);
    again = scene_ask(s, 0, &is_again);
    if (again.status < 20 || again.status == 40 || again.status == 41 ||
        (again.status >= 50 && s->what->who != GUEST))
        step_wrong(&s->step, "then %d %s", again.status, again.meta.p);
    compare(s, &a, &again, before);
    if (fault_check(s->box, said, sizeof said) != 0)
        step_wrong(&s->step, "%s", said);
    fault_forget(s->box);
    return has_struck;
}

/* One post that no page of the database can hold. */
static void
write_long(struct site_box *b)
{
    static char text[20000];

    memset(text, 'x', sizeof text);
    for (size_t i = 79; i < sizeof text; i += 80)
        text[i] = ' ';
    (void)site_do(b, &(struct change){.kind = CHANGE_REPLY,
                                      .member = 2,
                                      .thread = 1,
                                      .text = {text, sizeof text}});
}

static int
scenario_run(const struct scenario *what)
{
    struct scene s = {.what = what};
    void *state;
    bool has_struck;

    step_begin(&s.step, what->name);
    assert_int_equal(town_setup(&state), 0);
    s.box = state;
    write_long(s.box);
    fault_reopen(s.box);
    scene_set(&s, 0);
    (void)scene_ask(&s, 0, &has_struck);
    step_size(&s.step, fail_calls(), TRIES);
    while (step_next(&s.step, scene_run(&s)))
        continue;
    assert_int_equal(site_teardown(&state), 0);
    return step_end(&s.step);
}

int
main(void)
{
    int wrong = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fail_init();
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++)
        wrong += scenario_run(&scenarios[i]);
    return wrong > 0;
}
