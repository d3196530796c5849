#include "forum/own_feed.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "forum/follow.h"
#include "sql.h"

#define CANDIDATES 60 /* looked at, for some of them may not be told */

enum err
feed_owner(struct db *db, struct str secret, int64_t *member)
{
    struct rows r;
    enum err e;

    if (secret.n != FEED_SECRET_LENGTH)
        return E_NOT_FOUND;
    r = q_feed_owner(db, secret);
    *member = rows_next(&r) ? rows_int(&r, 0) : 0;
    if ((e = rows_end(&r)))
        return e;
    return *member ? OK : E_NOT_FOUND;
}

enum err
feed_mark(struct str secret, int64_t *mark)
{
    unsigned char digest[DIGEST_SIZE];
    enum err e;

    *mark = 0;
    if (secret.n == 0)
        return OK;
    if ((e = secret_sha256(secret, digest)))
        return e;
    for (int i = 0; i < 4; i++)
        *mark = *mark << 8 | digest[i];
    *mark += 1;
    return OK;
}

/* Arrival numbers, the newest first, each once. */
struct newest {
    int64_t seq[CANDIDATES];
    int n;
};

/* False where it is older than all of them: so is what comes behind it in the
 * same place. */
static bool
newest_put(struct newest *l, int64_t seq)
{
    int i = l->n;

    while (i > 0 && l->seq[i - 1] < seq)
        i--;
    if (i > 0 && l->seq[i - 1] == seq)
        return true; /* a thread and its community are both followed */
    if (i == CANDIDATES)
        return false;
    if (l->n == CANDIDATES)
        l->n--;
    memmove(&l->seq[i + 1], &l->seq[i], (size_t)(l->n - i) * sizeof(l->seq[0]));
    l->seq[i] = seq;
    l->n++;
    return true;
}

static enum err
newest_take(struct newest *l, struct rows r)
{
    while (rows_next(&r) && newest_put(l, rows_int(&r, 0)))
        continue;
    return rows_end(&r);
}

static enum err
place_take(struct db *db, enum follow_kind kind, int64_t thing,
           struct newest *l)
{
    enum err e = OK;

    switch (kind) {
    case FOLLOW_COMMUNITY:
        e = newest_take(l, q_own_feed_posts(db, thing));
        return e ? e : newest_take(l, q_own_feed_pages(db, thing));
    case FOLLOW_THREAD:
        return newest_take(l,
                           q_own_feed_thread(db, POST_ID(thing, 1),
                                             POST_ID(thing, POSTS_PER_THREAD)));
    case FOLLOW_TAG:
        e = newest_take(l, q_own_feed_tag(db, thing));
        return e ? e : newest_take(l, q_own_feed_tag_pages(db, thing));
    case FOLLOW_MEMBER:
        break; /* nobody follows people */
    }
    return OK;
}

static void
entry_copy(const struct rows *r, struct arena *mem, struct entry *out)
{
    *out = (struct entry){
        .is_page = rows_int(r, 0) != 0,
        .thing = rows_int(r, 1),
        .number = rows_int(r, 2),
        .title = arena_copy(mem, rows_text(r, 3)),
        .author = arena_copy(mem, rows_text(r, 4)),
        .community = arena_copy(mem, rows_text(r, 5)),
        .text = arena_copy(mem, text_head(rows_text(r, 6), FEED_TEXT_MAX)),
        .at = rows_int(r, 7),
        .updated = rows_int(r, 8),
    };
}

/* E_NOT_FOUND where the feed may not tell it. */
static enum err
entry_get(struct db *db, int64_t seq, int64_t member, struct arena *mem,
          struct entry *out)
{
    bool is_muted = false, is_there = false;
    int64_t author = 0;
    enum err e;

    for (int i = 0; i < 2 && !is_there; i++) {
        struct rows r = i ? q_own_feed_page(db, seq, member)
                          : q_own_feed_post(db, seq, member);

        is_there = rows_next(&r);
        if (is_there) {
            entry_copy(&r, mem, out);
            author = rows_int(&r, 9);
        }
        if ((e = rows_end(&r)) || (e = mem->bad))
            return e;
    }
    if (!is_there)
        return E_NOT_FOUND;
    e = out->is_page ? news_page_is_muted(db, member, out->thing, &is_muted)
                     : news_is_muted(db, member, out->thing, author, &is_muted);
    return e ? e : is_muted ? E_NOT_FOUND : OK;
}

enum err
own_feed(struct db *db, int64_t member, struct arena *mem,
         struct entry out[FEED_ENTRIES], int *n)
{
    struct newest l = {.n = 0};
    struct rows places = q_own_feed_places(db, member);
    enum err e = OK, end;

    *n = 0;
    while (!e && rows_next(&places))
        e = place_take(db, (enum follow_kind)rows_int(&places, 0),
                       rows_int(&places, 1), &l);
    end = rows_end(&places);
    for (int i = 0; i < l.n && *n < FEED_ENTRIES && !e && !end; i++) {
        e = entry_get(db, l.seq[i], member, mem, &out[*n]);
        if (!e)
            (*n)++;
        else if (e == E_NOT_FOUND)
            e = OK;
    }
    return e ? e : end;
}
