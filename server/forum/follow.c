#include "forum/follow.h"

#include "sql.h"

#define TAG_THREADS 500 /* looked at; the statement's own limit */
#define SIZE_PLACES 50  /* more of them are not measured */
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

static void
turn_round(int64_t *list, int n)
{
    for (int i = 0; i < n / 2; i++) {
        int64_t kept = list[i];

        list[i] = list[n - 1 - i];
        list[n - 1 - i] = kept;
    }
}

enum err
news_of_tag(struct db *db, const struct news *tag, int64_t member,
            struct arena *mem, int64_t **threads, int *n, bool *has_more)
{
    int64_t *list = arena_alloc(mem, NEWS_OF_TAG * sizeof(*list));
    struct rows r;
    int passed = 0;

    *threads = list;
    *n = 0;
    *has_more = false;
    if (!list)
        return E_NOMEM;
    r = q_news_of_tag(db, tag->thing, member);
    while (!*has_more && rows_next(&r) && rows_int(&r, 1) > tag->mark) {
        passed++;
        *has_more = passed == TAG_THREADS;
        if (rows_int(&r, 2))
            continue;
        if (*n < NEWS_OF_TAG)
            list[(*n)++] = rows_int(&r, 0);
        else
            *has_more = true;
    }
    turn_round(list, *n);
    return rows_end(&r);
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
