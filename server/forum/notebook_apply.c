/* What a member does with their notebook. */
#include "base/text.h"
#include "forum/apply.h"
#include "forum/notebook.h"
#include "forum/page.h"
#include "forum/post.h"
#include "forum/thread.h"
#include "sql.h"

#define COLLECTION_LETTERS 24

/* One line, as long as a prompt can be; "." is how it says nothing. */
static enum err
note_clean(struct change_job *cj, struct str *out)
{
    *out = text_line(cj->mem, cj->change.text);
    if (cj->mem->bad)
        return cj->mem->bad;
    if (out->n == 0)
        return E_EMPTY;
    if (str_eq(*out, STR(".")))
        *out = STR("");
    return OK;
}

/* What was saved, or was already; the entry is told in out.thing. */
static enum err
entry_find(struct db *db, struct change_job *cj, int64_t post)
{
    const struct change *c = &cj->change;
    struct rows r = q_notebook_find(db, c->member, post, c->page);

    cj->out.thing = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

/* May the member read what they save? */
static enum err
thing_check(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct page page;
    struct thread t;
    struct post p;
    enum err e;

    if (c->page)
        return page_get(db, c->page, c->member, cj->mem, &page);
    e = thread_get(db, c->thread, c->member, cj->mem, &t);
    if (e || c->number == 0)
        return e;
    return post_get(db, c->thread, c->number, cj->mem, &p);
}

enum err
notebook_save(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t post = c->page ? 0 : POST_ID(c->thread, c->number);
    struct str note;
    enum err e = thing_check(db, cj);

    if (e || (e = note_clean(cj, &note)))
        return e;
    if ((e = x_notebook_save(db, c->member, post, c->page, note, c->at)))
        return e;
    return entry_find(db, cj, post);
}

/* OK where the statement before it met the member's own entry. */
static enum err
entry_met(struct db *db)
{
    return db_changes(db) ? OK : E_NOT_FOUND;
}

enum err
notebook_note(struct db *db, struct change_job *cj)
{
    struct str note;
    enum err e = note_clean(cj, &note);

    if (e ||
        (e = x_notebook_note(db, cj->change.thing, cj->change.member, note)))
        return e;
    return entry_met(db);
}

enum err
notebook_put(struct db *db, struct change_job *cj)
{
    struct str word;
    enum err e = note_clean(cj, &word);

    if (e)
        return e;
    if (text_letters(word) > COLLECTION_LETTERS)
        return E_TOO_LONG;
    e = x_notebook_put(db, cj->change.thing, cj->change.member, word);
    return e ? e : entry_met(db);
}

enum err
notebook_drop(struct db *db, struct change_job *cj)
{
    enum err e = x_notebook_drop(db, cj->change.thing, cj->change.member);

    cj->out.is_repeat = !e && db_changes(db) == 0;
    return e;
}
