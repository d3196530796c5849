/*
 * Memory of one request, freed at once. A failure sticks in bad and is
 * checked once, at the end; until then arena_alloc answers NULL and the
 * string functions answer the empty string.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"
#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *last;
    size_t used; /* bytes taken so far, all blocks */
    size_t max;  /* ceiling in bytes */
    enum err bad;
};

/* Takes no memory before the first allocation. */
void arena_init(struct arena *a, size_t max);
void arena_release(struct arena *a);

/* Zeroed, aligned for any type; NULL on failure. */
void *arena_alloc(struct arena *a, size_t n);
/* A copy of s that lives as long as the arena. */
struct str arena_copy(struct arena *a, struct str s);
/* A copy with a NUL behind it; NULL on failure. */
char *arena_z(struct arena *a, struct str s);
struct str arena_fmt(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
