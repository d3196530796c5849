#include "forum/search.h"

#include <stdlib.h>

#include "sql.h"

#define ERAS 2        /* in which words that are all common meet */
#define SAMPLE 200    /* posts that tell how common a word is */
#define RARE 2000     /* posts: all that have the word can be looked at */
#define COMMON 200000 /* posts: too many to look at all of them */
#define BULK 1000000  /* posts of all the words: too many to walk beside */

/* In the order in which they are shown. */
enum rank { RANK_PAGE, RANK_ANSWERED, RANK_REST };

struct hit {
    int64_t id; /* arrival number of a post, or minus that of a page */
    enum rank rank;
};

struct hits {
    struct hit *hit;
    int n, room;
    bool is_bounded;
};

static enum rank
rank_of(enum thread_kind kind, enum thread_state state)
{
    return kind == KIND_QUESTION &&
                   (state == STATE_ANSWERED || state == STATE_PARTLY)
               ? RANK_ANSWERED
               : RANK_REST;
}

static void
hit_add(struct hits *h, int64_t id, enum rank rank)
{
    if (h->n < h->room)
        h->hit[h->n++] = (struct hit){id, rank};
}

static enum err
scope_pages(struct db *db, struct str match, int64_t closed, int most,
            struct hits *h)
{
    struct rows r = q_search_pages(db, match, closed, most);
    int n = 0;

    for (; rows_next(&r); n++)
        hit_add(h, rows_int(&r, 0), RANK_PAGE);
    h->is_bounded |= n == most;
    return rows_end(&r);
}

static enum err
scope_posts(struct db *db, struct str match, int64_t closed, int most,
            struct hits *h)
{
    struct rows r = q_search_posts(db, match, closed, most);
    int n = 0;

    for (; rows_next(&r); n++)
        hit_add(h, rows_int(&r, 0),
                rank_of((enum thread_kind)rows_int(&r, 1),
                        (enum thread_state)rows_int(&r, 2)));
    h->is_bounded |= n == most;
    return rows_end(&r);
}

enum err
scopes_get(struct db *db, int64_t viewer, int64_t scope[SCOPES_MAX], int *n)
{
    struct rows r;

    *n = 0;
    if (viewer == 0)
        return OK;
    r = q_search_scopes(db, viewer);
    while (*n < SCOPES_MAX && rows_next(&r))
        scope[(*n)++] = rows_int(&r, 0);
    return rows_end(&r);
}

/* About how many posts have a word, from how far back its newest go. */
static enum err
word_count(struct db *db, struct str match, int64_t newest, int64_t *count)
{
    struct rows r = q_near_newest(db, match, SAMPLE);
    int64_t back = 0, n = 0;

    for (; rows_next(&r); n++)
        back = newest - rows_int(&r, 0);
    *count = n < SAMPLE ? n : n * newest / (back + 1);
    return rows_end(&r);
}

/* Can all that have the words be looked at? One of them has to be rare, and
 * the more so the more the others are to be walked along beside it, which a
 * phrase does to its end where the words never meet. A single word needs no
 * such care: its newest come one by one. */
static enum err
can_look_at_all(struct db *db, const struct terms *t, int64_t newest,
                struct arena *mem, bool *can)
{
    int64_t rarest = INT64_MAX, sum = 0;
    int words = 0;

    for (int i = 0; i < t->n; i++) {
        struct str rest = str_skip(t->term[i].words, 1);

        for (; rest.n > 0; words++) {
            struct str one = str_cut(&rest, ' ');
            bool is_open = rest.n == 0 && t->term[i].is_beginning;
            struct str match = arena_fmt(mem, "\"%.*s\"%s", (int)one.n, one.p,
                                         is_open ? " *" : "");
            int64_t count;
            enum err e = mem->bad;

            if (e || (e = word_count(db, match, newest, &count)))
                return e;
            rarest = count < rarest ? count : rarest;
            sum += count;
        }
    }
    *can = words == 1 || rarest < RARE || (rarest < COMMON && sum < BULK);
    return OK;
}

/* The number that the next post will have. */
static enum err
newest_get(struct db *db, int64_t *newest)
{
    struct rows r = q_post_next_seq(db);

    *newest = rows_next(&r) ? rows_int(&r, 0) : 1;
    return rows_end(&r);
}

/* Words that would take too long: in the last eras alone. */
static enum err
common_search(struct db *db, const struct terms *t, int64_t newest,
              struct arena *mem, struct hits *h)
{
    int64_t era = newest >> ERA_BITS;
    char word[32];
    enum err e = OK;

    for (int i = 0; i < ERAS && i <= era && !e && h->n < SEARCH_NEWEST; i++) {
        struct str match =
            terms_match(t, ~0U, 0, terms_era((era - i) << ERA_BITS, word), mem);

        e = scope_posts(db, match, 0, SEARCH_NEWEST, h);
    }
    h->is_bounded |= era >= ERAS;
    return e ? e : mem->bad;
}

static enum err
scope_search(struct db *db, const struct terms *t, int64_t closed, int most,
             struct arena *mem, struct hits *h)
{
    int pages = most < SEARCH_PAGES ? most : SEARCH_PAGES;
    char word[32];
    struct str match = terms_match(t, ~0U, closed, terms_era(-1, word), mem);
    int64_t newest;
    bool can = true;
    enum err e = mem->bad;

    if (e || (e = newest_get(db, &newest)) ||
        (e = scope_pages(db, match, closed, pages, h)) ||
        (closed == 0 && (e = can_look_at_all(db, t, newest, mem, &can))))
        return e;
    if (!can)
        return common_search(db, t, newest, mem, h);
    match = terms_match(t, ~0U, closed, STR(""), mem);
    return mem->bad ? mem->bad : scope_posts(db, match, closed, most, h);
}

/* Pages that changed last have no smaller number; the newest come first all
 * the same. Pages have negative ids. */
static int
hit_compare(const void *one, const void *two)
{
    const struct hit *a = one, *b = two;
    int64_t ia = a->id < 0 ? -a->id : a->id, ib = b->id < 0 ? -b->id : b->id;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return ia == ib ? 0 : ia > ib ? -1 : 1;
}

/* Each place by itself: what stands in those that the viewer can not read is
 * never looked at. Those who joined many closed ones see less of each. */
static enum err
hits_get(struct db *db, const struct terms *t, int64_t viewer,
         struct arena *mem, struct hits *h)
{
    int64_t scope[SCOPES_MAX];
    int scopes, each;
    enum err e = scopes_get(db, viewer, scope, &scopes);

    if (e)
        return e;
    each = scopes ? SEARCH_NEWEST / scopes : 0;
    h->room = (2 + ERAS) * (SEARCH_NEWEST + SEARCH_PAGES);
    h->hit = arena_alloc(mem, (size_t)h->room * sizeof(*h->hit));
    if (!h->hit)
        return E_NOMEM;
    e = scope_search(db, t, 0, SEARCH_NEWEST, mem, h);
    for (int i = 0; i < scopes && !e; i++)
        e = scope_search(db, t, scope[i], each, mem, h);
    qsort(h->hit, (size_t)h->n, sizeof(*h->hit), hit_compare);
    return e;
}

enum err
find_get(struct db *db, int64_t id, int64_t viewer, struct arena *mem,
         struct find *out, struct str *text)
{
    struct rows r =
        id > 0 ? q_search_post(db, id, viewer) : q_search_page(db, -id, viewer);
    bool is_there = rows_next(&r);
    enum err e;

    if (is_there) {
        *out = (struct find){
            .kind = (enum thread_kind)rows_int(&r, 1),
            .state = (enum thread_state)rows_int(&r, 2),
            .at = rows_int(&r, 3),
            .slug = arena_copy(mem, rows_text(&r, 4)),
            .community_name = arena_copy(mem, rows_text(&r, 5)),
            .title = arena_copy(mem, rows_text(&r, 6)),
        };
        if (id > 0) {
            out->thread = POST_THREAD(rows_int(&r, 0));
            out->number = POST_NUMBER(rows_int(&r, 0));
        } else {
            out->page = rows_int(&r, 0);
        }
        *text = arena_copy(mem, rows_text(&r, 7));
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}

/* What was taken away a moment ago may still be in the index: it is left out,
 * and so is what says something else by now. */
static enum err
find_show(struct db *db, const struct terms *t, int64_t id, int64_t viewer,
          struct arena *mem, struct finds *out)
{
    struct find *f = &out->find[out->n];
    unsigned text_bits, title_bits, all = (1U << t->n) - 1;
    struct str text;
    enum err e = find_get(db, id, viewer, mem, f, &text);

    if (e)
        return e == E_NOT_FOUND ? OK : e;
    if ((e = terms_in(t, text, &text_bits)) ||
        (e = terms_in(t, f->title, &title_bits)))
        return e;
    if (f->page == 0 && f->number != 1)
        title_bits = 0;
    if ((text_bits | title_bits) != all)
        return OK;
    out->n++;
    return terms_line(t, text, &f->line);
}

enum err
search(struct db *db, const struct terms *terms, int64_t viewer, int from,
       int most, struct arena *mem, struct finds *out)
{
    struct hits hits = {0};
    enum err e;

    *out = (struct finds){
        .find = arena_alloc(mem, (size_t)most * sizeof(*out->find))};
    if (!out->find)
        return E_NOMEM;
    if (terms->n == 0)
        return OK;
    e = hits_get(db, terms, viewer, mem, &hits);
    for (int i = from; i < hits.n && i < from + most && !e; i++)
        e = find_show(db, terms, hits.hit[i].id, viewer, mem, out);
    out->has_more = hits.n > from + most;
    out->is_bounded = hits.is_bounded;
    return e;
}
