#include "forum/follow.h"

#include <stdlib.h>

#include "sql.h"

#define TAG_THINGS 500 /* looked at; the statement's own limit */
#define SIZE_PLACES 50 /* more of them are not measured */
#define SIZE_POSTS 100
#define SIZE_OF_HEAD 80 /* bytes above a post */

struct rows
follow_list(struct db *db, int64_t member, int64_t kind, int64_t thing,
            int64_t most)
{
    return q_follow_list(db, member, kind, thing, most);
}

struct rows
mute_list(struct db *db, int64_t member, int64_t kind, int64_t thing,
          int64_t most)
{
    return q_mute_list(db, member, kind, thing, most);
}

bool
followed_next(struct rows *r, struct followed *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct followed){
        .kind = (enum follow_kind)rows_int(r, 0),
        .thing = rows_int(r, 1),
        .name = rows_text(r, 2),
        .short_name = rows_text(r, 3),
    };
    return true;
}

enum err
follow_state(struct db *db, int64_t member, enum follow_kind kind,
             int64_t thing, bool *is_followed, bool *is_muted)
{
    struct rows r = q_follow_state(db, member, (int64_t)kind, thing);
    bool is_there = rows_next(&r);

    *is_followed = is_there && rows_int(&r, 0);
    *is_muted = is_there && rows_int(&r, 1);
    return rows_end(&r);
}

/* The number in the first column of the only row; ends r. */
static enum err
number_of(struct rows r, int64_t *out)
{
    *out = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

enum err
follow_tag(struct db *db, struct str fold, int64_t *tag)
{
    enum err e = number_of(q_follow_tag(db, fold), tag);

    if (e)
        return e;
    return *tag ? OK : E_NOT_FOUND;
}

enum err
news_newest(struct db *db, int64_t *seq)
{
    return number_of(q_follow_newest(db), seq);
}

static struct rows
news_rows(struct db *db, enum follow_kind kind, int64_t member, int64_t after,
          int64_t most)
{
    if (kind == FOLLOW_COMMUNITY)
        return q_news_community(db, member, after, most);
    if (kind == FOLLOW_THREAD)
        return q_news_thread(db, member, after, most);
    return q_news_tag(db, member, after, most);
}

/* Communities before threads before tags, as (kind, thing) has them. */
enum err
news_list(struct db *db, int64_t member, int64_t kind, int64_t thing, int most,
          struct arena *mem, struct news **out, int *n)
{
    struct news *list = arena_alloc(mem, (size_t)most * sizeof(*list));

    *out = list;
    *n = 0;
    if (!list)
        return E_NOMEM;
    for (int k = FOLLOW_COMMUNITY; k <= FOLLOW_TAG; k++) {
        struct rows r;
        enum err e;

        if (k < kind)
            continue;
        r = news_rows(db, (enum follow_kind)k, member, k == kind ? thing : 0,
                      most - *n);
        while (*n < most && rows_next(&r))
            list[(*n)++] = (struct news){
                .kind = (enum follow_kind)rows_int(&r, 0),
                .thing = rows_int(&r, 1),
                .mark = rows_int(&r, 2),
                .short_name = arena_copy(mem, rows_text(&r, 3)),
                .name = arena_copy(mem, rows_text(&r, 4)),
                .last_seq = rows_int(&r, 5),
            };
        if ((e = rows_end(&r)))
            return e;
    }
    return mem->bad;
}

static enum err
community_size(struct db *db, const struct news *n, int *posts, size_t *bytes)
{
    struct rows r = q_news_sizes(db, n->thing, n->mark, *posts);
    enum err e;

    while (*posts > 0 && rows_next(&r)) {
        *bytes += SIZE_OF_HEAD + (size_t)rows_int(&r, 0);
        (*posts)--;
    }
    if ((e = rows_end(&r)))
        return e;
    r = q_news_page_sizes(db, n->thing, n->mark, *posts);
    while (*posts > 0 && rows_next(&r)) {
        *bytes += SIZE_OF_HEAD + (size_t)rows_int(&r, 0);
        (*posts)--;
    }
    return rows_end(&r);
}

enum err
news_size(struct db *db, int64_t member, struct arena *mem, size_t *bytes)
{
    struct news *list;
    int n, posts = SIZE_POSTS;
    enum err e = news_list(db, member, -1, 0, SIZE_PLACES + 1, mem, &list, &n);

    *bytes = 0;
    for (int i = 0; !e && i < n; i++) {
        if (n > SIZE_PLACES || posts == 0 || list[i].kind != FOLLOW_COMMUNITY) {
            *bytes = 0;
            return OK;
        }
        e = community_size(db, &list[i], &posts, bytes);
    }
    if (posts == 0)
        *bytes = 0;
    return e;
}

static int
by_arrival(const void *a, const void *b)
{
    int64_t x = ((const struct tag_news *)a)->seq;
    int64_t y = ((const struct tag_news *)b)->seq;

    return (x > y) - (x < y);
}

/* Those of one kind, which come newest number first. */
static enum err
tag_news_read(struct rows r, int64_t mark, bool is_page, struct tag_news *list,
              int *n, bool *has_more)
{
    int passed = 0, taken = 0;

    while (passed < TAG_THINGS && taken <= NEWS_OF_TAG && rows_next(&r)) {
        passed++;
        /* A page that is older may have changed since, a thread may not. */
        if (rows_int(&r, 1) <= mark && !is_page)
            break;
        if (rows_int(&r, 1) <= mark || rows_int(&r, 2))
            continue;
        if (taken++ < NEWS_OF_TAG)
            list[(*n)++] = (struct tag_news){
                .seq = rows_int(&r, 1),
                .thing = rows_int(&r, 0),
                .is_page = is_page,
            };
    }
    if (passed == TAG_THINGS || taken > NEWS_OF_TAG)
        *has_more = true;
    return rows_end(&r);
}

enum err
news_of_tag(struct db *db, const struct news *tag, int64_t member,
            struct arena *mem, struct tag_news **out, int *n, bool *has_more)
{
    struct tag_news *list = arena_alloc(mem, 2 * NEWS_OF_TAG * sizeof(*list));
    enum err e;

    *out = list;
    *n = 0;
    *has_more = false;
    if (!list)
        return E_NOMEM;
    if ((e = tag_news_read(q_news_of_tag(db, tag->thing, member), tag->mark,
                           false, list, n, has_more)) ||
        (e = tag_news_read(q_news_pages_of_tag(db, tag->thing, member),
                           tag->mark, true, list, n, has_more)))
        return e;
    qsort(list, (size_t)*n, sizeof(*list), by_arrival);
    return OK;
}

enum err
news_page_is_muted(struct db *db, int64_t member, int64_t page, bool *out)
{
    int64_t n;
    enum err e = number_of(q_news_page_muted(db, member, page), &n);

    *out = n != 0;
    return e;
}

enum err
news_is_any_muted(struct db *db, int64_t member, bool *is_any)
{
    int64_t n;
    enum err e = number_of(q_news_mutes(db, member), &n);

    *is_any = n != 0;
    return e;
}

enum err
news_is_muted(struct db *db, int64_t member, int64_t thread, int64_t author,
              bool *out)
{
    int64_t n;
    enum err e = number_of(q_news_muted(db, member, thread, author), &n);

    *out = n != 0;
    return e;
}

enum err
keep_up_get(struct db *db, int64_t member, struct arena *mem,
            struct keep_up *out)
{
    struct rows r = q_keep_up_get(db, member);
    bool is_there = rows_next(&r);
    enum err e;

    *out = (struct keep_up){.hears_chat = is_there && rows_int(&r, 0),
                            .feed = arena_copy(mem, rows_text(&r, 1))};
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}
