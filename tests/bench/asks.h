/* Every list, slice and look-up of the forum, to be measured one by one. */
#ifndef TESTS_BENCH_ASKS_H
#define TESTS_BENCH_ASKS_H

#include "base/arena.h"
#include "store/db.h"

#define PLACES 1000

/* Somewhere in the town, and somebody. */
struct place {
    int64_t thread, community, last_number, last_seq, member;
    char slug[64], fold[256], name[256];
    unsigned char key[32];
};

struct town {
    struct db *db;
    struct place place[PLACES];
    int64_t now;
    uint64_t dice;
};

struct ask {
    struct town *town;
    const struct place *at;
    struct arena *mem;
    int rows; /* what came */
};

struct question {
    const char *name;
    enum err (*ask)(struct ask *);
};

extern const struct question asks[];
extern const int asks_count;

/* Searches; asks_search.c. */
enum err ask_search_common(struct ask *a);
enum err ask_search_rare(struct ask *a);
enum err ask_search_two(struct ask *a);
enum err ask_search_phrase(struct ask *a);
enum err ask_search_beginning(struct ask *a);
enum err ask_search_near(struct ask *a);

/* 1 to most. */
int64_t town_roll(struct town *t, int64_t most);

#endif
