/*
 * A backup and a restore while the k-th call fails: either it is there whole,
 * or it says why not and nothing that looks like one is there; and the next one
 * works.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/fault/fail.h"
#include "tests/fault/house.h"
#include "tests/fault/step.h"
#include "tests/unit/scratch.h"

#define TRIES 250

struct scene {
    struct house house;
    char to[64], back[80];
    struct step step;
};

static void
remove_one(const char *dir, const char *end)
{
    void *path = malloc(200);

    if (path == NULL)
        exit(1);
    (void)snprintf(path, 200, "%s%s", dir, end);
    (void)scratch_teardown(&path); /* often it is not there */
}

static void
remove_all(const char *dir)
{
    remove_one(dir, "");
    remove_one(dir, ".restoring");
}

static void
data_set(struct scene *s, const char *dir)
{
    struct house *h = &s->house;

    if (config_set(&h->config, "data", str_of(dir), FROM_COMMAND, h->why) != OK)
        exit(1);
}

static enum err
backup_try(struct scene *s, int64_t k, struct server_copy *out,
           bool *has_struck)
{
    enum err e;

    s->house.why[0] = '\0';
    fail_spare(false);
    fail_arm(k);
    e = server_backup(&s->house.config, s->to, out, s->house.why);
    *has_struck = fail_disarm();
    fail_spare(true);
    s->step.what = fail_what();
    return e;
}

static void
told(struct scene *s, enum err e)
{
    if (e != OK && strlen(s->house.why) < 10)
        step_wrong(&s->step, "no reason is given: '%s'", s->house.why);
}

static bool
backup_once(struct scene *s, int64_t k)
{
    struct server_copy copy;
    bool has_struck, unused;
    enum err e;

    remove_all(s->to);
    e = backup_try(s, k, &copy, &has_struck);
    told(s, e);
    if (e == OK && server_verify(copy.path, &copy, s->house.why) != OK)
        step_wrong(&s->step, "made, and %s", s->house.why);
    /* One that is there in spite of a failure must be a whole one. */
    if (e != OK && server_newest(s->to, &copy) == OK &&
        server_verify(copy.path, &copy, s->house.why) != OK)
        step_wrong(&s->step, "not made, and yet %s", s->house.why);
    if (backup_try(s, 0, &copy, &unused) != OK ||
        server_verify(copy.path, &copy, s->house.why) != OK)
        step_wrong(&s->step, "the next one: %s", s->house.why);
    return has_struck;
}

static enum err
restore_try(struct scene *s, int64_t k, const char *from, bool *has_struck)
{
    struct server_copy copy;
    enum err e;

    s->house.why[0] = '\0';
    fail_spare(false);
    fail_arm(k);
    e = server_restore(&s->house.config, from, &copy, s->house.why);
    *has_struck = fail_disarm();
    fail_spare(true);
    s->step.what = fail_what();
    return e;
}

static bool
restore_once(struct scene *s, int64_t k, const char *from)
{
    bool has_struck, unused;
    enum err e;

    remove_all(s->back);
    e = restore_try(s, k, from, &has_struck);
    told(s, e);
    if (access(s->back, F_OK) == 0) {
        if (house_check(&s->house) != 0)
            step_wrong(&s->step, "half of it: %s", s->house.why);
    } else if (e == OK) {
        step_wrong(&s->step, "restored, and nothing is there");
    } else if (restore_try(s, 0, from, &unused) != OK) {
        step_wrong(&s->step, "the next one: %s", s->house.why);
    } else if (house_check(&s->house) != 0) {
        step_wrong(&s->step, "after the next one: %s", s->house.why);
    }
    return has_struck;
}

static int
backups(struct scene *s)
{
    bool has_struck;
    struct server_copy copy;

    step_begin(&s->step, "a backup");
    if (backup_try(s, 0, &copy, &has_struck) != OK)
        step_wrong(&s->step, "%s", s->house.why);
    step_size(&s->step, fail_calls(), TRIES);
    while (step_next(&s->step, backup_once(s, s->step.k)))
        continue;
    return step_end(&s->step);
}

static int
restores(struct scene *s)
{
    struct server_copy copy;
    bool has_struck;

    if (server_newest(s->to, &copy) != OK)
        return printf("not ok - there is a backup\n");
    data_set(s, s->back);
    step_begin(&s->step, "a restore");
    remove_all(s->back);
    if (restore_try(s, 0, copy.path, &has_struck) != OK)
        step_wrong(&s->step, "%s", s->house.why);
    step_size(&s->step, fail_calls(), TRIES);
    while (step_next(&s->step, restore_once(s, s->step.k, copy.path)))
        continue;
    remove_all(s->back);
    data_set(s, s->house.dir);
    return step_end(&s->step);
}

int
main(void)
{
    static struct scene s;
    char why[SERVER_WHY];
    int wrong;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fail_init();
    fail_spare(true);
    house_init(&s.house);
    (void)snprintf(s.to, sizeof s.to, "%.40s-to", s.house.dir);
    (void)snprintf(s.back, sizeof s.back, "%.40s-back", s.house.dir);
    if (server_init(&s.house.config, why) != OK) {
        printf("not ok - %s\n", why);
        return 1;
    }
    wrong = backups(&s);
    wrong += restores(&s);
    remove_all(s.to);
    house_release(&s.house);
    return wrong > 0;
}
