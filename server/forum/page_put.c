#include "forum/page_put.h"

#include "base/text.h"
#include "forum/circle.h"
#include "forum/inbox.h"
#include "forum/page.h"
#include "forum/publish.h"
#include "forum/rules.h"
#include "sql.h"

/* What the head of a page adds to its text in the book, about. */
#define BOOK_HEAD 200

static enum err
check_present(struct db *db, struct change_job *cj, struct place *p,
              enum err *why)
{
    struct page page;
    enum err e = page_get(db, p->page, cj->change.member, cj->mem, &page);

    *why = e;
    if (e)
        return e == E_NOT_FOUND ? OK : e;
    p->community = page.community;
    p->present = page.text;
    p->present_title = page.title;
    p->present_version = page.version;
    return OK;
}

enum err
page_check(struct db *db, struct change_job *cj, struct place *p, enum err *why)
{
    int64_t member = cj->change.member;
    struct community c;
    enum err e;

    *why = OK;
    if (p->page && ((e = check_present(db, cj, p, why)) || *why))
        return e;
    if (p->community == 0) {
        *why = E_UNUSABLE;
        return OK;
    }
    e = community_by_id(db, p->community, member, cj->mem, &c);
    if (e) {
        *why = e;
        return e == E_NOT_FOUND ? OK : e;
    }
    p->slug = c.slug;
    cj->out.community = c.id;
    *why = rules_may_tend(&c, member);
    return OK;
}

/* A post that its author took away since it was chosen is not published
 * behind their back; whoever makes the page leaves it out first. */
static enum err
sources_check(struct db *db, struct change_job *cj, int64_t draft)
{
    struct rows r = draft_sources(db, draft);
    struct draft_source s;
    enum err e;

    while (draft_source_next(&r, &s))
        if (s.status != POST_HERE)
            cj->out.why = E_GONE;
    e = rows_end(&r);
    return e;
}

/* What was written in a circle leaves it when all in it wish so. */
static enum err
circles_check(struct db *db, struct change_job *cj, const struct place *p,
              int64_t draft)
{
    struct rows r = q_draft_source_away(db, draft, p->community);
    enum err e = OK, end;

    while (!e && rows_next(&r)) {
        bool may = false;

        e = circle_may_share(db, rows_int(&r, 0), &may);
        if (!may)
            cj->out.why = E_NOT_AGREED;
    }
    end = rows_end(&r);
    return e ? e : end;
}

static enum err
title_check(struct db *db, struct change_job *cj, const struct place *p,
            struct str fold)
{
    int64_t other;
    enum err e = page_of_title(db, p->community, fold, &other);

    if (!e && other != 0 && other != p->page)
        cj->out.why = E_TAKEN;
    return e;
}

/* The authors of the chosen posts are credited, and told. */
static enum err
credits_put(struct db *db, const struct change *c, int64_t draft, int64_t page)
{
    struct rows r = draft_sources(db, draft);
    struct draft_source s;
    enum err e = OK, end;

    while (!e && draft_source_next(&r, &s)) {
        struct notice n = {.kind = INBOX_KEPT,
                           .member = s.author,
                           .other = c->member,
                           .page = page};

        e = x_page_credit_add(db, page, s.author);
        if (!e && db_changes(db) > 0)
            e = inbox_add(db, &n, c->at);
    }
    end = rows_end(&r);
    return e ? e : end;
}

/* So are those whom the page credits that this one began with. */
static enum err
credits_copy(struct db *db, const struct change *c, int64_t origin,
             int64_t page)
{
    struct rows r;
    struct page_credit k;
    enum err e = x_page_credit_copy(db, page, origin), end;

    if (e)
        return e;
    r = page_credits(db, page);
    while (!e && page_credit_next(&r, &k))
        e = inbox_add(db,
                      &(struct notice){.kind = INBOX_KEPT,
                                       .member = k.member,
                                       .other = c->member,
                                       .page = page},
                      c->at);
    end = rows_end(&r);
    return e ? e : end;
}

static enum err
sources_put(struct db *db, const struct change *c, int64_t draft, int64_t page)
{
    enum err e = credits_put(db, c, draft, page);

    return e ? e : x_page_source_add(db, page, draft);
}

static enum err
page_make(struct db *db, const struct change *c, const struct place *p,
          struct str fold, int64_t seq, int64_t *id)
{
    enum err e = x_page_add(db, p->community, p->title, fold, c->member, c->at,
                            p->origin, seq);

    *id = db_last_id(db);
    return e || !p->origin ? e : credits_copy(db, c, p->origin, *id);
}

static enum err
version_put(struct db *db, struct change_job *cj, const struct place *p,
            struct str fold, struct str text)
{
    const struct change *c = &cj->change;
    int64_t more = (int64_t)(text.n + p->title.n) -
                   (int64_t)(p->present.n + p->present_title.n);
    int64_t *id = &cj->out.page, seq;
    enum err e = seq_next(db, &seq);

    if (e || (e = x_page_touch_community(db, p->community, seq)))
        return e;
    if (p->page) {
        *id = p->page;
        e = x_page_change(db, *id, p->title, fold, c->at, seq);
    } else {
        more += BOOK_HEAD;
        e = page_make(db, c, p, fold, seq, id);
    }
    if (e || (e = x_page_version_add(db, *id, c->member, text, c->at)) ||
        (e = x_page_book_grow(db, p->community, more)))
        return e;
    if (!p->doubt)
        return OK;
    return x_page_doubt_answer(db, p->doubt, STR(""), c->member,
                               p->present_version + 1, c->at);
}

enum err
page_put(struct db *db, struct change_job *cj, const struct place *p,
         struct str text, bool is_draft)
{
    int64_t draft = is_draft ? cj->change.draft : 0;
    struct str fold = text_fold(cj->mem, p->title);
    bool is_same = p->page && str_eq(text, p->present) &&
                   str_eq(p->title, p->present_title);
    enum err e;

    if (fold.n == 0)
        fold = STR("");
    if ((e = sources_check(db, cj, draft)) || cj->out.why ||
        (e = circles_check(db, cj, p, draft)) || cj->out.why ||
        (e = title_check(db, cj, p, fold)) || cj->out.why)
        return e;
    cj->out.is_repeat = is_same;
    if (is_same) {
        cj->out.page = p->page;
    } else if (p->page && p->version != p->present_version) {
        cj->out.why = E_CONFLICT;
        return OK;
    } else if (!may_write_now(cj)) {
        return OK;
    } else if ((e = version_put(db, cj, p, fold, text))) {
        return e;
    }
    return draft ? sources_put(db, &cj->change, draft, cj->out.page) : OK;
}
