#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)8192)

struct arena_block {
    struct arena_block *before;
    size_t used, size; /* of p */
    alignas(max_align_t) char p[];
};

void
arena_init(struct arena *a, size_t max)
{
    *a = (struct arena){.max = max};
}

void
arena_release(struct arena *a)
{
    struct arena_block *b = a->last;

    while (b) {
        struct arena_block *before = b->before;

        free(b);
        b = before;
    }
    arena_init(a, a->max);
}

/* A block with room for n bytes becomes the last one. */
static bool
arena_grow(struct arena *a, size_t n)
{
    size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;
    struct arena_block *b = malloc(sizeof(*b) + size);

    if (!b)
        return false;
    b->used = 0;
    b->size = size;
    b->before = a->last;
    a->last = b;
    return true;
}

/* Not zeroed: most pages fill little of a block, so only what is handed out
 * empty is emptied. */
static void *
arena_take(struct arena *a, size_t n)
{
    size_t align = alignof(max_align_t);
    void *p;

    if (a->bad)
        return NULL;
    if (n > a->max || n > SIZE_MAX / 2) {
        a->bad = E_NOMEM;
        return NULL;
    }
    n = (n + align - 1) / align * align;
    if (n > a->max - a->used ||
        ((!a->last || n > a->last->size - a->last->used) &&
         !arena_grow(a, n))) {
        a->bad = E_NOMEM;
        return NULL;
    }
    p = a->last->p + a->last->used;
    a->last->used += n;
    a->used += n;
    return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
    void *p = arena_take(a, n);

    return p ? memset(p, 0, n) : NULL;
}

struct str
arena_copy(struct arena *a, struct str s)
{
    char *p;

    if (s.n == 0)
        return s.p ? STR("") : s;
    if (!(p = arena_take(a, s.n)))
        return STR("");
    memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}

char *
arena_z(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);

    if (p && s.n > 0)
        memcpy(p, s.p, s.n);
    return p;
}

struct str
arena_fmt(struct arena *a, const char *format, ...)
{
    va_list args;
    char *p;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        a->bad = E_NOMEM;
        return STR("");
    }
    if (!(p = arena_take(a, (size_t)n + 1)))
        return STR("");
    va_start(args, format);
    (void)vsnprintf(p, (size_t)n + 1, format, args); /* n is known */
    va_end(args);
    return (struct str){p, (size_t)n};
}
