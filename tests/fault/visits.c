/*
 * Visits over TLS while the k-th call of the server fails: the answer is whole
 * or refused in words, or there is none; nobody is taken for somebody else. The
 * same visit then succeeds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fault/fail.h"
#include "tests/fault/house.h"
#include "tests/fault/step.h"

#define TRIES 150

struct scene {
    struct house *house;
    struct browser member;
    struct step step;
    char post[1100], upload[1100]; /* addresses that act */
};

static void
must(bool is_fine, const struct browser *b)
{
    if (is_fine && b->last.status == 20)
        return;
    printf("not ok - %s: %d %s %s\n", b->path, b->last.status, b->last.meta,
           b->why);
    exit(1);
}

static void
settle(struct scene *s)
{
    struct browser *b = &s->member;
    char path[1100], name[] = "Amina", place[] = "Garden", pump[] = "Pump";
    char *texts[] = {place, pump};

    b->port = s->house->port;
    memcpy(b->person.name, name, sizeof name);
    if (!person_identity(&b->person, "p256", false))
        exit(1);
    must(browser_get(b, "/i/join") &&
             browser_link(b, "/join/n/", true, path, sizeof path) &&
             browser_walk(b, path, (char *[]){name}, 1),
         b);
    must(browser_get(b, "/i/c/") &&
             browser_link(b, "/i/start/", true, path, sizeof path) &&
             browser_walk(b, path, texts, 2),
         b);
    must(browser_link(b, "/note/", true, path, sizeof path) &&
             browser_walk(b, path, texts, 2),
         b);
    must(browser_get(b, "/i/t/1") &&
             browser_link(b, "Reply", false, s->post, sizeof s->post) &&
             browser_link(b, "Upload", false, s->upload, sizeof s->upload),
         b);
}

/* One visit of browser b; k counts in its text. */
typedef bool visit_fn(struct scene *s, struct browser *b, int64_t k);

static bool
first_page(struct scene *s, struct browser *b, int64_t k)
{
    (void)s, (void)k;
    return browser_get(b, "/");
}

static bool
inside(struct scene *s, struct browser *b, int64_t k)
{
    (void)s, (void)k;
    return browser_get(b, "/i/");
}

static bool
reply(struct scene *s, struct browser *b, int64_t k)
{
    char path[1200];

    snprintf(path, sizeof path, "%s?reply%%20%" PRId64, s->post, k);
    return browser_get(b, path);
}

static bool
upload(struct scene *s, struct browser *b, int64_t k)
{
    char text[6000], path[1100];
    int n;

    memset(text, 'x', sizeof text);
    n = snprintf(text, sizeof text, "upload %" PRId64, k);
    text[n] = '\n';
    snprintf(path, sizeof path, "%.*s", (int)strcspn(s->upload, ";"),
             s->upload);
    return browser_upload(b, path, text, sizeof text, "text/plain");
}

static const struct {
    const char *name;
    visit_fn *visit;
    bool is_member, does_resume;
    int status; /* of a visit without failures */
} visits[] = {
    {"a guest's visit", first_page, false, false, 20},
    {"a guest's second visit", first_page, false, true, 20},
    {"a member's visit", inside, true, false, 20},
    {"a member's second visit", inside, true, true, 20},
    {"a reply over TLS", reply, true, false, 30},
    {"an upload over TLS", upload, true, false, 20},
};

/* The answer while a call failed; a broken one is no answer, not a wrong one.
 */
static void
judge(struct scene *s, const struct browser *b, int want, bool has_answer)
{
    int status = b->last.status;

    if (has_answer && status != want && status != 40 && status != 41 &&
        !(want == 20 && status == 30))
        step_wrong(&s->step, "%d %s", status, b->last.meta);
}

static bool
visit_once(struct scene *s, size_t i)
{
    struct browser guest = {.port = s->house->port};
    struct browser *b = visits[i].is_member ? &s->member : &guest;
    bool has_struck, has_answer;

    b->person.does_resume = visits[i].does_resume;
    if (visits[i].does_resume)
        (void)visits[i].visit(s, b, 0);
    fail_arm(s->step.k);
    has_answer = visits[i].visit(s, b, s->step.k);
    has_struck = fail_disarm();
    s->step.what = fail_what();
    judge(s, b, visits[i].status, has_answer);
    if (!visits[i].visit(s, b, s->step.k) || b->last.status != visits[i].status)
        step_wrong(&s->step, "then %d %s %s", b->last.status, b->last.meta,
                   b->why);
    browser_release(&guest);
    return has_struck;
}

static int
visit_all(struct house *h, size_t i)
{
    struct scene s = {.house = h};
    bool has_struck;

    house_empty(h);
    step_begin(&s.step, visits[i].name);
    if (house_start(h, 0, &has_struck) != OK) {
        printf("not ok - start: %s\n", h->why);
        exit(1);
    }
    settle(&s);
    s.step.k = 1 << 30;
    (void)visit_once(&s, i);
    s.step.k = 1;
    step_size(&s.step, fail_calls(), TRIES);
    while (step_next(&s.step, visit_once(&s, i)))
        continue;
    browser_release(&s.member);
    house_stop(h);
    if (house_check(h) != 0)
        step_wrong(&s.step, "the check: %s", h->why);
    return step_end(&s.step);
}

int
main(void)
{
    struct house h;
    int wrong = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fail_init();
    fail_spare(true);
    house_init(&h);
    for (size_t i = 0; i < sizeof visits / sizeof visits[0]; i++)
        wrong += visit_all(&h, i);
    house_release(&h);
    return wrong > 0;
}
