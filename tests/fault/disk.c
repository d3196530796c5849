/*
 * The disk becomes full, or read-only, at the k-th write, in the middle of
 * writing: pages stay, writing is refused in words, nothing acknowledged is
 * lost, and all goes on by itself when the disk is well again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/fault/ask.h"
#include "tests/fault/fail.h"
#include "tests/fault/step.h"

#define TRIES 100
#define WRITES 4 /* replies of a run */

struct scene {
    struct site_box *box;
    struct peer josef;
    struct step step;
    enum fail_disk how;
    int64_t text; /* number of the newest reply */
};

static struct answer
get(struct scene *s, const char *url)
{
    bool has_struck;

    return fault_ask(s->box, &s->josef, url, STR(""), 0, &has_struck);
}

static int64_t
stored(const struct scene *s, int64_t text)
{
    char sql[128];

    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM post WHERE text = 'reply %" PRId64 "'",
                   text);
    return fault_number(s->box, sql);
}

static struct answer
reply(struct scene *s, const char *to, int64_t text)
{
    char url[1200];

    (void)snprintf(url, sizeof url, "%s?reply%%20%" PRId64, to, text);
    return get(s, url);
}

static void
read_all(struct scene *s)
{
    static const char *const pages[] = {"/i/", "/i/t/1", "/i/c/garden/",
                                        "/i/d/"};

    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct answer a = get(s, pages[i]);

        if (a.status != 20)
            step_wrong(&s->step, "%s: %d %s", pages[i], a.status, a.meta.p);
    }
}

/* Is the refusal the one for this disk, and true? */
static void
refused(struct scene *s, const struct answer *a)
{
    bool is_told = s->how == DISK_FULL
                       ? a->status == 41 && strstr(a->meta.p, "disk is full")
                       : a->status == 40 && strstr(a->meta.p, "disk");

    if (!is_told)
        step_wrong(&s->step, "refused with %d %s", a->status, a->meta.p);
    if (stored(s, s->text) != 0)
        step_wrong(&s->step, "refused, but stored");
}

static void
said(struct scene *s, const struct answer *a, int64_t text)
{
    if (a->status != 30)
        step_wrong(&s->step, "then %d %s", a->status, a->meta.p);
    if (stored(s, text) != 1)
        step_wrong(&s->step, "reply %" PRId64 " is stored %" PRId64 " times",
                   text, stored(s, text));
}

static bool
run(struct scene *s)
{
    struct answer page, a;
    char to[1100], wrong[256];
    int64_t first = s->text + 1;
    bool is_ill = false, has_struck;

    page = get(s, "/i/t/1");
    (void)snprintf(to, sizeof to, "%s", answer_link(s->box, &page, "Reply"));
    fail_disk(s->how, s->step.k);
    for (int i = 0; i < WRITES; i++) {
        a = reply(s, to, ++s->text);
        is_ill = is_ill || a.status != 30;
        if (a.status == 30)
            said(s, &a, s->text);
        else
            refused(s, &a);
        read_all(s);
    }
    has_struck = fail_heal();
    if (has_struck && !is_ill && s->step.k < 3)
        step_wrong(&s->step, "nothing was refused");
    for (int64_t text = first; text <= s->text; text++) {
        a = reply(s, to, text);
        said(s, &a, text);
    }
    read_all(s);
    if (fault_check(s->box, wrong, sizeof wrong) != 0)
        step_wrong(&s->step, "%s", wrong);
    fault_forget(s->box);
    return has_struck;
}

static int
scenario(const char *name, enum fail_disk how)
{
    struct scene s = {.how = how};
    void *state;

    step_begin(&s.step, name);
    s.step.what = "the disk";
    assert_int_equal(town_setup(&state), 0);
    s.box = state;
    s.josef = site_peer(JOSEF);
    step_size(&s.step, 10000, TRIES * 100);
    while (step_next(&s.step, run(&s)) && s.step.tried < TRIES)
        continue;
    assert_int_equal(site_teardown(&state), 0);
    return step_end(&s.step);
}

int
main(void)
{
    int wrong;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fail_init();
    wrong = scenario("a full disk", DISK_FULL);
    wrong += scenario("a disk that can only be read", DISK_READ_ONLY);
    return wrong > 0;
}
