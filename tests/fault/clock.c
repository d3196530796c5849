/*
 * The clock jumps, forth and back, between visits; and a certificate expires
 * between two visits of one TLS session.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "tests/fault/fail.h"
#include "tests/fault/house.h"
#include "tests/fault/step.h"

static void
must(struct step *s, bool is_fine, const struct browser *b, int want)
{
    if (!is_fine || b->last.status != want)
        step_wrong(s, "%s: %d %s %s, wanted %d", b->path, b->last.status,
                   b->last.meta, b->why, want);
}

static void
walk(struct step *s, struct browser *b, const char *from, const char *link,
     char *const *texts, int n)
{
    char path[1100] = "";

    must(s, browser_get(b, from), b, 20);
    must(s,
         browser_link(b, link, true, path, sizeof path) &&
             browser_walk(b, path, texts, n),
         b, 20);
}

static void
join(struct step *s, struct browser *b, struct house *h, const char *name,
     const char *kind)
{
    char text[32];

    b->port = h->port;
    snprintf(text, sizeof text, "%s", name);
    snprintf(b->person.name, sizeof b->person.name, "%s", name);
    if (!person_identity(&b->person, kind, false))
        exit(1);
    walk(s, b, "/i/join", "/join/n/", (char *[]){text}, 1);
}

/* What people do must work at any time, also in one that was already over. */
static void
live(struct step *s, struct browser *b, int n)
{
    char text[32], draft[40], more[] = "and that is all";

    snprintf(text, sizeof text, "At jump %d", n);
    snprintf(draft, sizeof draft, "Draft %d +", n);
    walk(s, b, "/i/t/1", "/t/1/r/", (char *[]){text}, 1);
    must(s, browser_get(b, "/t/1/all"), b, 20);
    if (b->last.body == NULL || strstr(b->last.body, text) == NULL)
        step_wrong(s, "jump %d: the reply is not there", n);
    walk(s, b, "/i/t/1", "/t/1/r/", (char *[]){draft, more}, 2);
    must(s, browser_get(b, "/i/d/"), b, 20);
    must(s, browser_get(b, "/i/"), b, 20);
    must(s, browser_get(b, "/i/me/"), b, 20);
    must(s, browser_get(b, "/c/"), b, 20);
    must(s, browser_get(b, "/log"), b, 20);
}

static int
jumps(struct house *h)
{
    static const int64_t to[] = {
        0,         HOUR,       -HOUR,           DAY,        -DAY,
        200 * DAY, -200 * DAY, 3000 * DAY,      -1,         0,
        -18 * DAY, 40 * DAY,   -60 * 365 * DAY, 5 * MINUTE, 0};
    char title[] = "Pump", name[] = "Garden", *texts[] = {title, name};
    struct browser b = {.port = 0};
    struct step s;
    bool has_struck;

    step_begin(&s, "the clock jumps");
    if (house_start(h, 0, &has_struck) != OK)
        step_wrong(&s, "%s", h->why);
    join(&s, &b, h, "Amina", "p256");
    walk(&s, &b, "/i/c/", "/i/start/", texts, 2);
    walk(&s, &b, "/i/c/garden/", "/note/", texts, 2);
    for (size_t i = 0; i < sizeof to / sizeof to[0]; i++, s.k++) {
        clock_shift(to[i]);
        /* A certificate has dates of its own; each time its own device. */
        if (!person_identity(&b.person, "p256", true))
            exit(1);
        live(&s, &b, (int)i);
    }
    clock_shift(0);
    browser_release(&b);
    house_stop(h);
    if (house_check(h) != 0)
        step_wrong(&s, "the check: %s", h->why);
    return step_end(&s);
}

static int
expiry(struct house *h)
{
    struct browser b = {.port = 0};
    struct step s;
    bool has_struck;

    house_empty(h);
    step_begin(&s, "a certificate expires between two visits");
    if (house_start(h, 0, &has_struck) != OK)
        step_wrong(&s, "%s", h->why);
    b.person.does_resume = true;
    join(&s, &b, h, "Josef", "ending");
    must(&s, browser_get(&b, "/i/"), &b, 20);
    /* This client uses a ticket once; after a whole handshake it has one. */
    do
        must(&s, browser_get(&b, "/i/me/"), &b, 20);
    while (b.last.was_resumed);
    clock_shift(31 * DAY);
    must(&s, browser_get(&b, "/i/"), &b, 62);
    if (!b.last.was_resumed)
        step_wrong(&s, "the session was not resumed, so it proves nothing");
    must(&s, browser_get(&b, "/"), &b, 20);
    /* The same key in a new certificate leads back inside. */
    if (!person_identity(&b.person, "p256", true))
        exit(1);
    must(&s, browser_get(&b, "/i/me/"), &b, 20);
    clock_shift(0);
    browser_release(&b);
    house_stop(h);
    if (house_check(h) != 0)
        step_wrong(&s, "the check: %s", h->why);
    return step_end(&s);
}

int
main(void)
{
    struct house h;
    int wrong;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fail_init();
    fail_spare(true);
    house_init(&h);
    wrong = jumps(&h);
    wrong += expiry(&h);
    house_release(&h);
    return wrong > 0;
}
