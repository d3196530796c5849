/*
 * The start while the k-th call fails: either the server then answers, or it
 * says why not, leaves nothing open, and the next start works.
 */
#include <stdio.h>
#include <string.h>

#include "tests/fault/fail.h"
#include "tests/fault/house.h"
#include "tests/fault/step.h"

#define TRIES 250

/* What stands in the directory before. */
enum before { NOTHING, A_SITE };

static void
prepare(struct house *h, enum before before)
{
    if (before == NOTHING)
        house_empty(h);
}

static void
start_well(struct house *h, struct step *s)
{
    char why[BROWSER_WHY];
    bool has_struck;

    if (house_start(h, 0, &has_struck) != OK) {
        step_wrong(s, "the next start: %s", h->why);
        return;
    }
    if (!house_answers(h, why))
        step_wrong(s, "after the next start: %s", why);
    house_stop(h);
    if (house_check(h) != 0)
        step_wrong(s, "the check after it: %s", h->why);
}

static bool
start_once(struct house *h, struct step *s, enum before before)
{
    char why[BROWSER_WHY];
    bool has_struck;
    int descriptors, threads;
    enum err e;

    prepare(h, before);
    descriptors = descriptors_count();
    threads = threads_settle(s->threads);
    e = house_start(h, s->k, &has_struck);
    s->what = fail_what();
    if (e == OK && !house_answers(h, why))
        step_wrong(s, "started, and says %s", why);
    if (e != OK && strlen(h->why) < 10)
        step_wrong(s, "no reason is given: '%s'", h->why);
    house_stop(h);
    if (descriptors_count() != descriptors ||
        threads_settle(threads) != threads)
        step_wrong(s, "%d descriptors and %d threads more",
                   descriptors_count() - descriptors,
                   threads_count() - threads);
    start_well(h, s);
    return has_struck;
}

static int
starts(const char *name, enum before before)
{
    struct house h;
    struct step s;
    bool has_struck;

    house_init(&h);
    if (house_start(&h, 0, &has_struck) != OK)
        printf("# %s\n", h.why);
    house_stop(&h);
    step_begin(&s, name);
    prepare(&h, before);
    if (house_start(&h, 0, &has_struck) != OK)
        step_wrong(&s, "%s", h.why);
    step_size(&s, fail_calls(), TRIES);
    house_stop(&h);
    while (step_next(&s, start_once(&h, &s, before)))
        continue;
    house_release(&h);
    return step_end(&s);
}

int
main(void)
{
    int wrong;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fail_init();
    fail_spare(true);
    wrong = starts("the first start", NOTHING);
    wrong += starts("a start with a site", A_SITE);
    return wrong > 0;
}
