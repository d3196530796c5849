/* What the people of a generated town write, by throws of its dice. */
#ifndef GEN_TOWN_TEXT_H
#define GEN_TOWN_TEXT_H

#include "base/buf.h"
#include "store/db.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

struct subject;

struct town {
    struct db *db;
    struct buf text; /* of the post at hand */
    uint64_t dice;   /* state of the generator of numbers */
    int64_t posts;   /* wanted */
    int64_t made;    /* so far */
    int64_t now;     /* in the town */
    int64_t today;   /* its last day */
    int64_t step;    /* seconds between posts, at most */
    int64_t first;   /* id of the first member */
    int members, communities;
    int64_t *community; /* ids; subject of i is i % COUNT(subjects) */
    int64_t *thread;    /* threads that still get replies */
    int64_t *thread_community;
    int *thread_posts;
    int64_t *thread_asker; /* 0: of a note */
    int threads, slots;
    int waiting; /* changes since the last commit */
    int commits;
};

/* The next throw: from 0 to below - 1. */
uint64_t town_roll(struct town *t, uint64_t below);
/* Adds one sentence to t->text; format has no %s, one, or two. */
void town_say(struct town *t, const char *format, const char *one,
              const char *two);
/* The text of an opening post, and of a reply, in place of t->text. */
void town_opening(struct town *t, const struct subject *s);
void town_reply(struct town *t, const struct subject *s);

#endif
