#include "forum/feed.h"

#include "sql.h"

static void
source_next(struct feed *f, int i)
{
    struct rows *r = &f->rows[i];

    f->has[i] = rows_next(r);
    if (!f->has[i])
        return;
    f->entry[i] = (struct entry){
        .is_page = rows_int(r, 0) != 0,
        .thing = rows_int(r, 1),
        .number = rows_int(r, 2),
        .title = rows_text(r, 3),
        .author = rows_text(r, 4),
        .community = rows_text(r, 5),
        .text = rows_text(r, 6),
        .at = rows_int(r, 7),
        .updated = rows_int(r, 8),
    };
}

static void
sources_open(struct feed *f, struct db *db, enum feed_kind kind, int64_t thing)
{
    f->sources = 1;
    switch (kind) {
    case FEED_SITE:
        f->rows[0] = q_feed_site(db, INT64_MAX, FEED_ENTRIES);
        f->rows[1] = q_feed_site_pages(db, INT64_MAX, FEED_ENTRIES);
        f->sources = 2;
        break;
    case FEED_COMMUNITY:
        f->rows[0] = q_feed_community(db, thing, FEED_ENTRIES);
        f->rows[1] = q_feed_community_pages(db, thing, FEED_ENTRIES);
        f->sources = 2;
        break;
    case FEED_TAG:
        f->rows[0] = q_feed_tag(db, thing, FEED_ENTRIES);
        f->rows[1] = q_feed_tag_pages(db, thing, FEED_ENTRIES);
        f->sources = 2;
        break;
    case FEED_THREAD:
        f->rows[0] = q_feed_thread(db, POST_ID(thing, 1), POST_ID(thing + 1, 0),
                                   FEED_ENTRIES);
        break;
    case FEED_PAGE:
        f->rows[0] = q_feed_page(db, thing, FEED_ENTRIES);
        break;
    case FEED_MEMBER:
        f->rows[0] = q_feed_member(db, thing);
        break;
    }
}

void
feed_open(struct feed *f, struct db *db, enum feed_kind kind, int64_t thing)
{
    *f = (struct feed){.last = -1, .left = FEED_ENTRIES};
    sources_open(f, db, kind, thing);
    for (int i = 0; i < f->sources; i++)
        source_next(f, i);
}

/* A page comes back to the top with each version. */
static int64_t
when(const struct entry *e)
{
    return e->is_page ? e->updated : e->at;
}

bool
feed_next(struct feed *f, struct entry *out)
{
    int i = 0;

    if (f->last >= 0)
        source_next(f, f->last);
    f->last = -1;
    if (f->left == 0 || (!f->has[0] && !f->has[1]))
        return false;
    if (!f->has[0] || (f->has[1] && when(&f->entry[1]) > when(&f->entry[0])))
        i = 1;
    *out = f->entry[i];
    f->last = i;
    f->left--;
    return true;
}

enum err
feed_end(struct feed *f)
{
    enum err bad = OK;

    for (int i = 0; i < f->sources; i++) {
        enum err e = rows_end(&f->rows[i]);

        if (e && !bad)
            bad = e;
    }
    return bad;
}
