/*
 * A believable community from a seed: people with names in many scripts,
 * communities, long and short threads, questions with answers. Everything is
 * made by the same changes as the server's, in large transactions, so the town
 * can not be of a kind that the server would refuse.
 *
 *     town --data DIR --posts N --seed S
 *
 * The same N and S give the same town, but for its secrets.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "forum/change.h"
#include "forum/index.h"
#include "forum/site.h"
#include "gen/town_text.h"
#include "gen/town_words.h"

#define BATCH 5000    /* changes in one transaction */
#define CHECKPOINT 10 /* transactions that the log may hold */
#define COMMUNITY_NAME_LETTERS 40

static void
give_up(const char *what, enum err e)
{
    fprintf(stderr, "town: %s: %s\n", what, err_name(e));
    exit(1);
}

static void
commit(struct town *t)
{
    bool is_more = true;
    enum err e = OK;

    while (e == OK && is_more)
        e = index_work(t->db, 500, &is_more);
    if (e == OK)
        e = db_run(t->db, "COMMIT");
    t->waiting = 0;
    if (e == OK && ++t->commits % CHECKPOINT == 0)
        e = db_run(t->db, "PRAGMA wal_checkpoint(TRUNCATE)");
    if (e == OK)
        e = db_run(t->db, "BEGIN IMMEDIATE");
    if (e != OK)
        give_up("commit", e);
}

static struct outcome
apply(struct town *t, struct change c, const char *what)
{
    struct change_job cj;
    enum err e;

    c.at = t->now;
    change_job_init(&cj, &c);
    e = change_apply(t->db, &cj);
    if (e != OK || cj.out.why != OK)
        give_up(what, e != OK ? e : cj.out.why);
    if (++t->waiting == BATCH)
        commit(t);
    return cj.out;
}

/* Nobody holds the certificates of a town's people, nor their six words. */
static void
add_member(struct town *t, int i)
{
    struct change c = {.kind = CHANGE_JOIN};
    const char *given = given_names[i % COUNT(given_names)];
    char name[64];
    int round = i / COUNT(given_names);

    if (round == 0)
        snprintf(name, sizeof name, "%s", given);
    else
        snprintf(name, sizeof name, "%s %d", given, round + 1);
    c.text = str_of(name);
    c.peer.is_there = true;
    c.peer.not_after = t->now + 3650 * DAY;
    for (size_t k = 0; k < sizeof c.peer.key; k++) {
        c.peer.key[k] = (unsigned char)town_roll(t, 256);
        c.peer.cert[k] = (unsigned char)town_roll(t, 256);
    }
    c.member = apply(t, c, name).member;
    if (i == 0)
        t->first = c.member;
    if (town_roll(t, 4) == 0) {
        c.kind = CHANGE_ABOUT;
        c.text = str_of(places[town_roll(t, COUNT(places))]);
        apply(t, c, "about");
    }
}

static int64_t
anybody(struct town *t)
{
    /* Some speak more often than others, as everywhere. */
    uint64_t a = town_roll(t, (uint64_t)t->members);
    uint64_t b = town_roll(t, (uint64_t)t->members);

    return t->first + (int64_t)(a < b ? a : b);
}

static void
add_community(struct town *t, int i)
{
    const struct subject *s = &subjects[i % COUNT(subjects)];
    struct change c = {.kind = CHANGE_START, .member = anybody(t)};
    int round = i / COUNT(subjects);
    char name[160], purpose[320];
    struct outcome o;

    snprintf(name, sizeof name, round == 0 ? "%s" : "%s, %s", s->name,
             places[round % COUNT(places)]);
    if (round >= COUNT(places) ||
        text_letters(str_of(name)) > COMMUNITY_NAME_LETTERS)
        snprintf(name, sizeof name, "%s %d", s->name, round + 1);
    snprintf(purpose, sizeof purpose, round == 0 ? "%s" : "%s. Near %s.",
             s->purpose, places[round % COUNT(places)]);
    c.text = str_of(purpose);
    o = apply(t, c, "start");
    c.kind = CHANGE_FOUND;
    c.draft = o.draft;
    c.text = str_of(name);
    t->community[i] = apply(t, c, name).community;
    for (int k = 0; k < 12; k++)
        apply(t,
              (struct change){.kind = CHANGE_COME,
                              .member = anybody(t),
                              .community = t->community[i]},
              "come");
}

static void
open_thread(struct town *t)
{
    int i = (int)town_roll(t, (uint64_t)t->communities);
    const struct subject *s = &subjects[i % COUNT(subjects)];
    char title[256];
    int slot = t->threads < t->slots ? t->threads++
                                     : (int)town_roll(t, (uint64_t)t->slots);
    struct change c = {.kind = CHANGE_THREAD,
                       .member = anybody(t),
                       .community = t->community[i],
                       .is_whole = true};

    buf_reset(&t->text);
    town_say(t, s->trouble[town_roll(t, 8)], s->part[town_roll(t, 8)], "");
    snprintf(title, sizeof title, "%.*s", (int)t->text.n - 1, t->text.p);
    c.value = town_roll(t, 3) > 0 ? KIND_QUESTION : KIND_NOTE;
    town_opening(t, s);
    c.title = str_of(title);
    c.text = buf_str(&t->text);
    t->thread[slot] = apply(t, c, "thread").thread;
    t->thread_asker[slot] = c.value == KIND_QUESTION ? c.member : 0;
    t->thread_community[slot] = i;
    t->thread_posts[slot] = 1;
}

/* How sure an answer is: some worked, somewhere, in some year. */
static void
claim(struct town *t, struct change *c, char where[96])
{
    uint64_t kind = town_roll(t, 4);

    if (kind == 0) {
        c->claim = CLAIM_IDEA;
    } else if (kind < 3) {
        c->claim = CLAIM_WORKED;
        snprintf(where, 96, "%s %d", places[town_roll(t, COUNT(places))],
                 2015 + (int)town_roll(t, 10));
        c->where = str_of(where);
    }
}

/* Whoever asked says of some answers that they helped, and what came of it. */
static void
mark(struct town *t, int64_t asker, const struct outcome *o)
{
    struct change c = {.kind = CHANGE_MARK,
                       .member = asker,
                       .thread = o->thread,
                       .number = o->number};

    if (town_roll(t, 12) > 0)
        return;
    c.value = town_roll(t, 3) > 0 ? MARK_ANSWERED : MARK_PARTLY;
    apply(t, c, "mark");
    c.kind = CHANGE_CAME;
    c.value = (int)town_roll(t, CAME_USED_AT);
    c.text = str_of(middles[town_roll(t, COUNT(middles))]);
    apply(t, c, "came");
}

/* The first thread never ends: one in a town is very long, as there always
 * is. */
static void
reply(struct town *t)
{
    int slot =
        town_roll(t, 20) == 0 ? 0 : (int)town_roll(t, (uint64_t)t->threads);
    const struct subject *s =
        &subjects[t->thread_community[slot] % COUNT(subjects)];
    struct change c = {.kind = CHANGE_REPLY,
                       .member = anybody(t),
                       .thread = t->thread[slot],
                       .is_whole = true};
    int64_t asker = t->thread_asker[slot];
    struct outcome o;
    char where[96];

    if (town_roll(t, 3) == 0)
        c.number = 1 + (int64_t)town_roll(t, (uint64_t)t->thread_posts[slot]);
    town_reply(t, s);
    c.text = buf_str(&t->text);
    if (asker && c.number == 0)
        claim(t, &c, where);
    o = apply(t, c, "reply");
    if (!o.is_repeat)
        t->thread_posts[slot]++;
    if (c.claim)
        mark(t, asker, &o);
}

static void
write_posts(struct town *t)
{
    while (t->made < t->posts) {
        t->now += 1 + (int64_t)town_roll(t, (uint64_t)t->step);
        if (t->now > t->today)
            t->now = t->today;
        if (t->threads < 4 || town_roll(t, 7) == 0)
            open_thread(t);
        else
            reply(t);
        t->made++;
    }
}

static int64_t
begin(struct town *t, int64_t community, enum thread_kind kind,
      const char *format, const char *part)
{
    struct change c = {.kind = CHANGE_THREAD,
                       .member = anybody(t),
                       .community = community,
                       .value = (int)kind,
                       .text = STR(".")};

    buf_reset(&t->text);
    town_say(t, format, part, "");
    c.title = buf_str(&t->text);
    c.title.n--;
    if (kind == KIND_CHAT) {
        c.text = c.title;
        c.title = STR("Porch");
    }
    return apply(t, c, "begin").thread;
}

/* What people start for one another: a few things in each community, on the
 * town's last day, so that none has ended. */
static void
be_together(struct town *t, int i)
{
    const struct subject *s = &subjects[i % COUNT(subjects)];
    const char *part = s->part[town_roll(t, 8)];
    int64_t in = t->community[i];
    struct change c = {.kind = CHANGE_REPLY, .member = anybody(t)};

    t->now = t->today;
    begin(t, in, KIND_OFFER, "%s", part);
    begin(t, in, KIND_NEED, s->trouble[town_roll(t, 8)], part);
    begin(t, in, KIND_WORKING_ON, "%s", part);
    begin(t, in, KIND_CHAT, s->trouble[town_roll(t, 8)], part);
    begin(t, in, KIND_CHAT, s->answer[town_roll(t, 8)], part);
    c.thread = begin(t, in, KIND_REVIEW, "%s", part);
    for (int k = CLAIM_INTENDED; k <= CLAIM_NEXT; k++) {
        c.claim = (enum post_claim)k;
        town_reply(t, s);
        c.text = buf_str(&t->text);
        apply(t, c, "review");
    }
}

static void
build(struct town *t)
{
    int64_t years = 3;

    t->members = (int)(t->posts / 50 < 12      ? 12
                       : t->posts / 50 > 40000 ? 40000
                                               : t->posts / 50);
    t->communities = (int)(t->posts / 1200 < 8     ? 8
                           : t->posts / 1200 > 900 ? 900
                                                   : t->posts / 1200);
    t->slots = 60;
    t->today = clock_now();
    t->now = t->today - years * 365 * DAY;
    t->step = 2 * (years * 365 * DAY - 2 * DAY) / (t->posts + 1);
    t->step = t->step < 1 ? 1 : t->step;
    t->community = calloc((size_t)t->communities, sizeof *t->community);
    t->thread = calloc((size_t)t->slots, sizeof *t->thread);
    t->thread_community = calloc((size_t)t->slots, sizeof *t->thread_community);
    t->thread_posts = calloc((size_t)t->slots, sizeof *t->thread_posts);
    t->thread_asker = calloc((size_t)t->slots, sizeof *t->thread_asker);
    if (t->community == NULL || t->thread == NULL ||
        t->thread_community == NULL || t->thread_posts == NULL ||
        t->thread_asker == NULL)
        give_up("memory", E_NOMEM);
    for (int i = 0; i < t->members; i++)
        add_member(t, i);
    for (int i = 0; i < t->communities; i++)
        add_community(t, i);
    write_posts(t);
    for (int i = 0; i < t->communities; i++)
        be_together(t, i);
}

int
main(int argc, char **argv)
{
    struct town t = {.posts = 10000, .dice = 1};
    const char *dir = NULL;
    char path[4096];
    int version = 0;
    enum err e;

    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--data") == 0)
            dir = argv[i + 1];
        else if (strcmp(argv[i], "--posts") == 0)
            t.posts = strtoll(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            t.dice = strtoull(argv[i + 1], NULL, 10);
        else
            dir = NULL, i = argc;
    }
    if (dir == NULL || argc % 2 == 0 || t.posts < 1) {
        fprintf(stderr, "usage: town --data DIR [--posts N] [--seed S]\n");
        return 2;
    }
    if (mkdir(dir, 0700) != 0 && errno != EEXIST) {
        fprintf(stderr, "town: %s: %s\n", dir, strerror(errno));
        return 1;
    }
    snprintf(path, sizeof path, "%s/understory.db", dir);
    if ((e = forum_open(path, &t.db, &version)) != OK)
        give_up(path, e);
    /* Speed while it is made; a town that broke half-way is made again. */
    if ((e = db_run(t.db, "PRAGMA synchronous=OFF")) != OK ||
        (e = db_run(t.db, "BEGIN IMMEDIATE")) != OK)
        give_up(path, e);
    buf_init(&t.text, POST_MAX);
    build(&t);
    commit(&t);
    if ((e = db_run(t.db, "COMMIT")) != OK)
        give_up(path, e);
    db_close(t.db);
    buf_release(&t.text);
    free(t.community);
    free(t.thread);
    free(t.thread_community);
    free(t.thread_posts);
    free(t.thread_asker);
    printf("%lld posts in %s\n", (long long)t.made, path);
    return 0;
}
