#include "base/diff.h"

#include <string.h>

/* Changes that are looked for at once; memory goes with the square of it. */
#define DEPTH 128
#define DIFF_MEMORY (64 << 20) /* of lines alone; a post has 64 Ki at most */

/* Myers' greedy search from one corner: reach[k] is how far one comes on
 * diagonal k, and trace what it was at each depth before. */
struct search {
    struct diff_side *was, *is;
    int x0, y0; /* lines done on each side */
    int n, m;   /* lines to do */
    int *reach; /* DEPTH to each side, and one more */
    int *trace; /* depth d: 2 d + 1 numbers, from d * d on */
    int best_x, best_y, best_depth;
};

static uint32_t
hash_of(struct str s)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

static struct str
line_of(const struct diff_side *s, int i)
{
    return (struct str){s->text.p + s->begin[i],
                        s->begin[i + 1] - s->begin[i] - 1};
}

static bool
is_equal(const struct diff_side *a, int i, const struct diff_side *b, int j)
{
    return a->hash[i] == b->hash[j] && str_eq(line_of(a, i), line_of(b, j));
}

static enum err
side_init(struct diff_side *s, struct str text, struct arena *mem)
{
    struct str rest = text;
    size_t n = 1;

    if (text.n >= UINT32_MAX / 8)
        return E_TOO_LONG;
    if (text.n == 0)
        text = rest = STR("");
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    *s = (struct diff_side){.text = text, .n = (int)n};
    s->begin = arena_alloc(mem, (n + 1) * sizeof(*s->begin));
    s->hash = arena_alloc(mem, n * sizeof(*s->hash));
    s->is_changed = arena_alloc(mem, n * sizeof(*s->is_changed));
    if (mem->bad)
        return mem->bad;
    for (size_t i = 0; i < n; i++) {
        struct str line = str_cut(&rest, '\n');

        s->hash[i] = hash_of(line);
        s->begin[i + 1] = s->begin[i] + (uint32_t)line.n + 1;
    }
    return OK;
}

/* Whether the way to diagonal k adds a line rather than takes one out; reach
 * is that of the depth before. */
static bool
is_down(const int *reach, int depth, int k)
{
    return k == -depth || (k != depth && reach[k - 1] < reach[k + 1]);
}

/* One more line taken out or added, and then all that is the same. */
static int
step(const struct search *s, const int *reach, int depth, int k)
{
    int x = 0, y;

    if (depth > 0)
        x = is_down(reach, depth, k) ? reach[k + 1] : reach[k - 1] + 1;
    y = x - k;
    while (x < s->n && y < s->m &&
           is_equal(s->was, s->x0 + x, s->is, s->y0 + y)) {
        x++;
        y++;
    }
    return x;
}

/* Searches until the end or as deep as is cheap; best is how far it came. */
static void
search_run(struct search *s)
{
    int *reach = s->reach + DEPTH + 1;

    s->best_x = s->best_y = s->best_depth = 0;
    for (int depth = 0; depth <= DEPTH; depth++) {
        for (int k = -depth; k <= depth; k += 2) {
            int x = step(s, reach, depth, k), y = x - k;

            reach[k] = x;
            /* Beyond an edge nothing leads back; such a path ends there. */
            if (x > s->n || y > s->m || x + y <= s->best_x + s->best_y)
                continue;
            s->best_x = x;
            s->best_y = y;
            s->best_depth = depth;
        }
        memcpy(s->trace + depth * depth, reach - depth,
               (size_t)(2 * depth + 1) * sizeof(*reach));
        if (s->best_x == s->n && s->best_y == s->m)
            return;
    }
}

/* Walks back from the best, marking each line that is not on both sides. */
static void
search_mark(struct search *s)
{
    int x = s->best_x, y = s->best_y;

    for (int depth = s->best_depth; depth > 0; depth--) {
        const int *reach = s->trace + (depth - 1) * (depth - 1) + (depth - 1);
        int k = x - y;
        bool is_added = is_down(reach, depth, k);

        x = is_added ? reach[k + 1] : reach[k - 1];
        y = is_added ? x - k - 1 : x - k + 1;
        if (is_added)
            s->is->is_changed[s->y0 + y] = true;
        else
            s->was->is_changed[s->x0 + x] = true;
    }
}

/* What both begin and end with needs no search. */
static void
ends_trim(struct search *s)
{
    while (s->n > 0 && s->m > 0 && is_equal(s->was, s->x0, s->is, s->y0)) {
        s->x0++;
        s->y0++;
        s->n--;
        s->m--;
    }
    while (s->n > 0 && s->m > 0 &&
           is_equal(s->was, s->x0 + s->n - 1, s->is, s->y0 + s->m - 1)) {
        s->n--;
        s->m--;
    }
}

enum err
diff_init(struct diff *d, struct str was, struct str is)
{
    struct search s = {.was = &d->was, .is = &d->is};
    enum err e;

    arena_init(&d->mem, DIFF_MEMORY);
    if ((e = side_init(&d->was, was, &d->mem)) ||
        (e = side_init(&d->is, is, &d->mem)))
        return e;
    s.n = d->was.n;
    s.m = d->is.n;
    s.reach = arena_alloc(&d->mem, (2 * DEPTH + 3) * sizeof(int));
    s.trace = arena_alloc(&d->mem, (DEPTH + 1) * (DEPTH + 1) * sizeof(int));
    if (d->mem.bad)
        return d->mem.bad;
    ends_trim(&s);
    while (s.n > 0 || s.m > 0) {
        search_run(&s);
        search_mark(&s);
        s.x0 += s.best_x;
        s.y0 += s.best_y;
        s.n -= s.best_x;
        s.m -= s.best_y;
    }
    return OK;
}

void
diff_release(struct diff *d)
{
    arena_release(&d->mem);
}

/* Hands out the lines that follow and are as changed as the first of them. */
static struct diff_run
run_take(struct diff_side *s, enum diff_kind kind, int lines)
{
    struct diff_run run = {.kind = kind, .lines = lines};
    uint32_t begin = s->begin[s->at];

    s->at += lines;
    run.text = (struct str){s->text.p + begin, s->begin[s->at] - begin - 1};
    return run;
}

static int
changed_count(const struct diff_side *s)
{
    int n = 0;

    while (s->at + n < s->n && s->is_changed[s->at + n])
        n++;
    return n;
}

bool
diff_next(struct diff *d, struct diff_run *out)
{
    struct diff_side *was = &d->was, *is = &d->is;
    int n;

    if ((n = changed_count(was)) > 0) {
        *out = run_take(was, DIFF_OUT, n);
        return true;
    }
    if ((n = changed_count(is)) > 0) {
        *out = run_take(is, DIFF_IN, n);
        return true;
    }
    while (was->at + n < was->n && !was->is_changed[was->at + n] &&
           is->at + n < is->n && !is->is_changed[is->at + n])
        n++;
    if (n == 0)
        return false;
    is->at += n;
    *out = run_take(was, DIFF_SAME, n);
    return true;
}
