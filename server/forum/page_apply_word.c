/* What members say of a page: still true, a doubt, its answer; and whether it
 * names them. */
#include "base/clock.h"
#include "base/text.h"
#include "forum/apply.h"
#include "forum/inbox.h"
#include "forum/page.h"
#include "forum/rules.h"
#include "sql.h"

/* The page of a change, where the member may read it. */
static enum err
page_of_change(struct db *db, struct change_job *cj, struct page *page)
{
    const struct change *c = &cj->change;

    cj->out.page = c->page;
    return page_get(db, c->page, c->member, cj->mem, page);
}

/* Whoever finds it true no longer doubts it. */
static enum err
doubt_withdraw(struct db *db, const struct change *c)
{
    struct rows r = q_page_doubt_of(db, c->page, c->member);
    int64_t id = rows_next(&r) ? rows_int(&r, 0) : 0;
    enum err e = rows_end(&r);

    if (e || id == 0)
        return e;
    return x_page_doubt_answer(db, id, STR(""), c->member, 0, c->at);
}

enum err
page_found_true(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct page page;
    struct str where;
    enum err e = page_of_change(db, cj, &page);

    if (e || (e = line_clean(cj->mem, c->text, &where)))
        return e;
    if (str_eq(where, STR(".")))
        where = STR("");
    if (!may_write_now(cj))
        return cj->out.why;
    if ((e = x_page_true(db, page.id, where, c->member, c->at)))
        return e;
    return doubt_withdraw(db, c);
}

/* All who made a version of it lately. */
static enum err
makers_tell(struct db *db, const struct change *c, int64_t doubt,
            struct str text)
{
    struct rows r = q_page_makers(db, c->page);
    enum err e = OK, end;

    while (!e && rows_next(&r))
        e = inbox_add(db,
                      &(struct notice){.kind = INBOX_DOUBT,
                                       .member = rows_int(&r, 0),
                                       .other = c->member,
                                       .page = c->page,
                                       .thing = doubt,
                                       .text = text},
                      c->at);
    end = rows_end(&r);
    return e ? e : end;
}

/* A member has one open doubt of a page; said again, it is in other words. */
enum err
page_doubt(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct page page;
    struct str text;
    struct rows r;
    int64_t id;
    enum err e = page_of_change(db, cj, &page);

    if (e || (e = line_clean(cj->mem, c->text, &text)))
        return e;
    r = q_page_doubt_of(db, page.id, c->member);
    id = rows_next(&r) ? rows_int(&r, 0) : 0;
    cj->out.is_repeat = id != 0 && str_eq(rows_text(&r, 1), text);
    if ((e = rows_end(&r)) || cj->out.is_repeat)
        return e;
    if (!may_write_now(cj))
        return cj->out.why;
    if (id != 0)
        return x_page_doubt_set(db, id, text, c->at);
    if ((e = x_page_doubt_add(db, page.id, c->member, text, c->at)))
        return e;
    return makers_tell(db, c, db_last_id(db), text);
}

enum err
page_answer(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct community place;
    struct page page;
    struct str text;
    struct rows r;
    bool is_there;
    enum err e;

    if ((e = page_of_change(db, cj, &page)) ||
        (e = community_by_id(db, page.community, c->member, cj->mem, &place)) ||
        (e = rules_may_tend(&place, c->member)) ||
        (e = line_clean(cj->mem, c->text, &text)))
        return e;
    r = q_page_doubt_get(db, c->thing, page.id);
    is_there = rows_next(&r);
    cj->out.is_repeat = is_there && rows_int(&r, 1) != 0;
    if ((e = rows_end(&r)))
        return e;
    if (!is_there)
        return E_NOT_FOUND;
    if (!cj->out.is_repeat && !may_write_now(cj))
        return cj->out.why;
    return x_page_doubt_answer(db, c->thing, text, c->member, 0, c->at);
}

/* Only those whom it credits have something to say about that; each of their
 * names by itself, or going together would tell that they are one. */
enum err
page_name_me(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct page page;
    enum err e = page_of_change(db, cj, &page);

    if (e)
        return e;
    e = x_page_credit_set(db, page.id, c->me, c->value == 0);
    return e ? e : db_changes(db) > 0 ? OK : E_FORBIDDEN;
}

/* Shown on the member's own page, or no more. Their hand alone does it, and it
 * may be repeated without harm. */
enum err
page_choose(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct page page;
    enum err e;

    if (c->value == 0)
        return x_page_unchoose(db, c->page, c->member);
    e = page_of_change(db, cj, &page);
    return e ? e : x_page_choose(db, page.id, c->member);
}
