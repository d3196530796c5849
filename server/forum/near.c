/* Near answers: what has most of a title's words, the rarer ones counting
 * more. Each step is bounded, however common the words are. */
#include <stdlib.h>
#include <string.h>

#include "forum/search.h"
#include "sql.h"

#define COMMON 200000 /* posts: in so many, two words are looked for in few */
#define NEWEST 60     /* looked at for each word, newest first */
#define LOOKED_AT 80  /* posts and pages whose text is read */
#define RARE_WORDS 3  /* of the title: for those every place is searched */
#define PLACES 8      /* closed communities that are searched, too */
#define ENOUGH 3      /* one in so many of the title's weight must be there */
#define UNKNOWN 2     /* what a word weighs that is nowhere */

struct near {
    struct db *db;
    const struct terms *terms;
    int64_t viewer;
    struct arena *mem;
    unsigned common;       /* those that are in many */
    int64_t newest;        /* arrival number of the newest post */
    int weight[TERMS_MAX]; /* of each word: the rarer, the more; 0: nowhere */
    int64_t place[SCOPES_MAX]; /* closed ones that the viewer may read */
    int places;
    int64_t id[LOOKED_AT]; /* to look at, each once */
    int ids;
    struct find *best; /* the caller's five */
    int score[NEAR_MOST];
    int n;
};

static void
near_look(struct near *near, int64_t id)
{
    for (int i = 0; i < near->ids; i++)
        if (near->id[i] == id)
            return;
    if (near->ids < LOOKED_AT)
        near->id[near->ids++] = id;
}

static int
log_two(int64_t n)
{
    int log = 0;

    while (n >>= 1)
        log++;
    return log;
}

/* A word of closed places alone is as rare as one that was written once. */
static enum err
near_weigh_closed(struct near *near, int word)
{
    enum err e = OK;

    for (int i = 0; i < near->places && near->weight[word] == 0 && !e; i++) {
        struct str match = terms_match(near->terms, 1U << word, near->place[i],
                                       STR(""), near->mem);
        struct rows r = q_near_newest(near->db, match, 1);

        if (rows_next(&r))
            near->weight[word] = 1 + 2 * log_two(near->newest / 2);
        e = rows_end(&r);
    }
    return e;
}

/* How rare a word is shows in how far back the newest posts that have it go.
 * What is nowhere says nothing, and must not stand for a rare word. */
static enum err
near_weigh(struct near *near, int word)
{
    struct str match =
        terms_match(near->terms, 1U << word, 0, STR(""), near->mem);
    struct rows r = q_near_newest(near->db, match, NEWEST);
    int64_t back = near->newest, n = 0;
    enum err e;

    for (; rows_next(&r); n++)
        back = near->newest - rows_int(&r, 0);
    if ((e = rows_end(&r)))
        return e;
    if (n == 0)
        return near_weigh_closed(near, word);
    if (n < NEWEST)
        back = near->newest;
    if (n == NEWEST && n * near->newest / (back + 1) > COMMON)
        near->common |= 1U << word;
    near->weight[word] = 1 + 2 * log_two(back / (n + 1));
    return OK;
}

/* Words from the rarest on. */
static void
words_order(const struct near *near, int order[TERMS_MAX])
{
    for (int i = 0; i < near->terms->n; i++) {
        int at = i;

        for (; at > 0 && near->weight[order[at - 1]] < near->weight[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

static enum err
near_collect(struct near *near, unsigned chosen, int64_t closed, int most)
{
    bool is_rare = (chosen & ~near->common) || !(chosen & (chosen - 1));
    char page[32], last[32];
    struct str match = terms_match(near->terms, chosen, closed,
                                   terms_era(-1, page), near->mem);
    struct rows r = q_near_pages(near->db, match, most / 4 + 1);
    enum err e;

    while (rows_next(&r))
        near_look(near, rows_int(&r, 0));
    if ((e = rows_end(&r)))
        return e;
    /* Two common words may meet seldom: in the last era alone. */
    match = terms_match(near->terms, chosen, closed,
                        is_rare ? STR("") : terms_era(near->newest, last),
                        near->mem);
    r = q_near_newest(near->db, match, most);
    while (rows_next(&r))
        near_look(near, rows_int(&r, 0));
    return rows_end(&r);
}

/* Two of the rare words together first, then each by itself. */
static enum err
near_collect_all(struct near *near, int64_t closed, int most)
{
    int order[TERMS_MAX] = {0}, n = 0;
    enum err e = OK;

    words_order(near, order);
    while (n < RARE_WORDS && n < near->terms->n && near->weight[order[n]] > 0)
        n++;
    for (int i = 0; i < n && !e; i++)
        for (int k = i + 1; k < n && !e; k++)
            e = near_collect(near, 1U << order[i] | 1U << order[k], closed,
                             most);
    for (int i = 0; i < n && !e; i++)
        e = near_collect(near, 1U << order[i], closed, most);
    return e;
}

static int
near_score(const struct near *near, unsigned bits)
{
    int score = 0;

    for (int i = 0; i < near->terms->n; i++)
        if (bits & 1U << i)
            score += near->weight[i];
    return score;
}

static bool
is_answer(const struct find *f)
{
    return f->page != 0 ||
           (f->kind == KIND_QUESTION &&
            (f->state == STATE_ANSWERED || f->state == STATE_PARTLY));
}

static bool
is_better(const struct find *a, int score, const struct find *b, int other)
{
    if (is_answer(a) != is_answer(b))
        return is_answer(a);
    return score > other;
}

/* Each thread once, by its best post. */
static void
near_keep(struct near *near, const struct find *f, int score)
{
    int at;

    for (int i = 0; i < near->n; i++) {
        const struct find *b = &near->best[i];

        if (b->page != f->page || b->thread != f->thread)
            continue;
        if (near->score[i] >= score)
            return;
        near->n--;
        memmove(&near->best[i], &near->best[i + 1],
                (size_t)(near->n - i) * sizeof(*f));
        memmove(&near->score[i], &near->score[i + 1],
                (size_t)(near->n - i) * sizeof(int));
        break;
    }
    at = near->n;
    while (at > 0 &&
           is_better(f, score, &near->best[at - 1], near->score[at - 1]))
        at--;
    if (at == NEAR_MOST)
        return;
    if (near->n < NEAR_MOST)
        near->n++;
    for (int i = near->n - 1; i > at; i--) {
        near->best[i] = near->best[i - 1];
        near->score[i] = near->score[i - 1];
    }
    near->best[at] = *f;
    near->score[at] = score;
}

static enum err
near_try(struct near *near, int64_t id, int enough)
{
    unsigned in_text, in_title;
    struct find f;
    struct str text;
    int score;
    enum err e = find_get(near->db, id, near->viewer, near->mem, &f, &text);

    if (e)
        return e == E_NOT_FOUND ? OK : e;
    if ((e = terms_in(near->terms, text, &in_text)) ||
        (e = terms_in(near->terms, f.title, &in_title)))
        return e;
    score = near_score(near, in_text | in_title);
    if (score * ENOUGH < enough)
        return OK;
    score += near_score(near, in_text); /* whose line is shown */
    if ((e = terms_line(near->terms, text, &f.line)))
        return e;
    near_keep(near, &f, score);
    return OK;
}

static enum err
near_run(struct near *near)
{
    int enough = 0;
    struct rows r = q_post_next_seq(near->db);
    enum err e;

    near->newest = rows_next(&r) ? rows_int(&r, 0) : 1;
    if ((e = rows_end(&r)) ||
        (e = scopes_get(near->db, near->viewer, near->place, &near->places)))
        return e;
    near->places = near->places < PLACES ? near->places : PLACES;
    for (int i = 0; i < near->terms->n && !e; i++)
        e = near_weigh(near, i);
    for (int i = 0; i < near->places && !e; i++)
        e = near_collect_all(near, near->place[i], 2);
    if (!e)
        e = near_collect_all(near, 0, NEWEST / 2);
    for (int i = 0; i < near->terms->n; i++)
        enough += near->weight[i] > 0 ? near->weight[i] : UNKNOWN;
    for (int i = 0; i < near->ids && !e; i++)
        e = near_try(near, near->id[i], enough);
    return e ? e : near->mem->bad;
}

enum err
search_near(struct db *db, struct str title, int64_t viewer, struct arena *mem,
            struct find near[NEAR_MOST], int *n)
{
    struct terms terms;
    struct near all = {.db = db, .viewer = viewer, .mem = mem, .best = near};
    enum err e = terms_read_title(title, mem, &terms);

    *n = 0;
    if (e || terms.n == 0)
        return e;
    all.terms = &terms;
    e = near_run(&all);
    *n = e ? 0 : all.n;
    return e;
}
