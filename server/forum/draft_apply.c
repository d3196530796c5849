/* A draft as a whole: found or made, said, published, put somewhere else. */
#include "base/clock.h"
#include "base/text.h"
#include "forum/apply.h"
#include "forum/keep.h"
#include "forum/own_draft.h"
#include "forum/pair.h"
#include "forum/parts.h"
#include "forum/post.h"
#include "forum/publish.h"
#include "forum/tag.h"
#include "sql.h"

enum err
own_draft(struct db *db, struct change_job *cj, struct draft *d)
{
    const struct change *c = &cj->change;
    enum err e = draft_get(db, c->draft, c->member, c->tag, cj->mem, d);

    if (e)
        return e;
    cj->change.me = d->member;
    cj->out.community = d->community;
    cj->out.draft = d->id;
    if (d->went_to == 0) {
        cj->out.thread = d->thread;
        return OK;
    }
    cj->out.is_repeat = true;
    place_tell_slug(&cj->out, d->slug);
    if (d->went_to > 0) {
        cj->out.thread = POST_THREAD(d->went_to);
        cj->out.number = POST_NUMBER(d->went_to);
    } else if (d->went_to < -1) {
        cj->out.page = WENT_TO_PAGE(d->went_to);
    }
    return OK;
}

static enum err
place_to_open(struct change_job *cj, struct place *p)
{
    const struct change *c = &cj->change;
    struct str title = text_line(cj->mem, c->title);

    *p = place_of_change(c);
    if (c->aim == AIM_REPLY || c->aim == AIM_EDIT) {
        p->community = 0;
        return OK;
    }
    p->thread = p->answers = 0;
    if (c->aim != AIM_THREAD && c->aim != AIM_PAGE)
        return c->aim == AIM_COMMUNITY ? E_UNUSABLE : OK;
    if (c->value < 0 || c->value >= KIND_COUNT)
        return E_UNUSABLE;
    if (title.n > LINE_MAX_BYTES)
        return E_TOO_LONG;
    p->kind = (enum thread_kind)c->value;
    if (title.n > 0)
        p->title = title;
    return OK;
}

enum err
draft_open(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str text = parts_clean(cj->mem, c->text);
    struct place p;
    enum err e, why;

    if ((e = claim_clean(cj)) || (e = place_to_open(cj, &p)) ||
        (e = place_check(db, cj, &p, &why)))
        return e;
    if (place_is_hidden(why) || (p.aim == AIM_EDIT && why))
        return why;
    if (text.n > 0)
        return draft_keep(db, cj, &p, text);
    if ((e = draft_find(db, c->me, &p, &cj->out.draft)) || cj->out.draft)
        return e;
    return draft_make(db, c, &p, p.present, &cj->out.draft);
}

/* The row stays for a day and leads a repeated "publish" to the post. */
static enum err
draft_leave(struct db *db, struct change_job *cj, const struct draft *d)
{
    const struct outcome *out = &cj->out;
    int64_t to = out->page     ? WENT_TO_PAGE(out->page)
                 : out->number ? POST_ID(out->thread, out->number)
                               : -1;
    int64_t at = cj->change.at;
    enum err e;

    if ((e = x_draft_clear(db, d->id)) ||
        (e = x_draft_source_drop_all(db, d->id)) ||
        (e = x_draft_went(db, d->id, to)) || (e = x_draft_touch(db, d->id, at)))
        return e;
    cj->out.draft = 0;
    return x_draft_prune(db, at - DAY);
}

enum err
draft_publish(struct db *db, struct change_job *cj, const struct draft *d)
{
    struct place p = place_of_draft(d);
    struct str text;
    struct pair_draft pair;
    bool is_page = d->aim == AIM_PAGE;
    int tags;
    enum err e = pair_draft_get(db, d->id, cj->mem, &pair);

    if (e)
        return e;
    p.asked = d->aim == AIM_THREAD ? pair.asked : 0;
    if ((e = place_check(db, cj, &p, &cj->out.why)) || cj->out.why)
        return e;
    if ((e = draft_text(db, d->id, cj->mem, &text)) ||
        (e = place_put(db, cj, &p, text, true)) || cj->out.why)
        return e;
    if ((is_page || d->aim == AIM_THREAD) && d->tags.n > 0 &&
        (e = tags_apply(db, cj->mem, is_page,
                        is_page ? cj->out.page : cj->out.thread, d->tags,
                        &tags)))
        return e;
    return draft_leave(db, cj, d);
}

/* The draft of a thread goes to another community. Whoever has yet to join may
 * well prepare there what they will say. */
static enum err
where_put(struct db *db, struct change_job *cj, const struct draft *d)
{
    struct place p = {.aim = d->aim, .community = cj->change.community};
    enum err e, why;

    if ((e = place_check(db, cj, &p, &why)))
        return e;
    if (place_is_hidden(why))
        return why;
    return x_draft_where(db, d->id, p.community);
}

enum err
draft_go(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to)
        return e;
    if (c->community && draft_may_move(&d)) {
        if ((e = where_put(db, cj, &d)))
            return e;
        d.community = c->community;
    }
    return draft_publish(db, cj, &d);
}

/* Something is said to a draft that was published. The last words of the post
 * are a repeat of what published it; others wait in a draft of their own. */
static enum err
say_after(struct db *db, struct change_job *cj, const struct draft *d,
          struct str text)
{
    struct place p = place_of_draft(d);
    struct post post = {.text = STR("")};
    enum err e = OK;

    if (d->went_to > 0)
        e = post_get(db, POST_THREAD(d->went_to), POST_NUMBER(d->went_to),
                     cj->mem, &post);
    if (e || text.n == 0 || str_eq(text, STR(".")) ||
        str_has_suffix(post.text, text))
        return e;
    cj->out.is_repeat = false;
    return draft_keep_apart(db, cj, &p, text, E_GONE);
}

/* "." means that the title says it all. */
static bool
is_title_alone(const struct draft *d, struct str text)
{
    return d->aim == AIM_THREAD && d->title.n > 0 && str_eq(text, STR("."));
}

enum err
draft_say(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str text = parts_clean(cj->mem, c->text);
    bool goes_on = !c->is_whole && parts_goes_on(cj->mem, &text);
    struct draft d;
    enum err e = own_draft(db, cj, &d);

    if (e)
        return e;
    if (d.went_to)
        return say_after(db, cj, &d, text);
    if (text.n == 0 && !goes_on)
        return E_EMPTY;
    if (goes_on || !is_title_alone(&d, text))
        e = draft_append_or_make(db, cj, &d, text);
    if (e || cj->out.why)
        return e;
    cj->out.goes_on = goes_on;
    return goes_on ? OK : draft_publish(db, cj, &d);
}

/* For what only a thread or a page to be has. */
static enum err
own_titled_draft(struct db *db, struct change_job *cj, struct draft *d)
{
    enum err e = own_draft(db, cj, d);

    if (e)
        return e;
    return d->aim == AIM_THREAD || d->aim == AIM_PAGE ? OK : E_UNUSABLE;
}

/* For what only a thread to be has. */
static enum err
own_thread_draft(struct db *db, struct change_job *cj, struct draft *d)
{
    enum err e = own_draft(db, cj, d);

    return e ? e : d->aim == AIM_THREAD ? OK : E_UNUSABLE;
}

enum err
draft_set_title(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str title;
    struct draft d;
    enum err e;

    if ((e = own_titled_draft(db, cj, &d)) || d.went_to ||
        (e = line_clean(cj->mem, c->text, &title)) ||
        (e = x_draft_title(db, d.id, title)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

enum err
draft_set_where(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    enum err e;

    if (c->community == 0)
        return E_NOT_FOUND;
    if ((e = own_draft(db, cj, &d)) || d.went_to)
        return e;
    if (!draft_may_move(&d))
        return E_UNUSABLE;
    e = where_put(db, cj, &d);
    return e ? e : x_draft_touch(db, d.id, c->at);
}

enum err
draft_set_kind(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    enum err e;

    if (c->value < 0 || c->value >= KIND_COUNT)
        return E_UNUSABLE;
    if ((e = own_thread_draft(db, cj, &d)) || d.went_to ||
        (e = x_draft_kind(db, d.id, c->value)))
        return e;
    /* Only a question is asked of one person. */
    if (c->value != KIND_QUESTION && (e = x_pair_ask(db, d.id, 0)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

static enum err
draft_is_there(struct db *db, int64_t id, bool *is_there)
{
    struct rows r = q_draft_get(db, id);

    *is_there = rows_next(&r);
    return rows_end(&r);
}

enum err
draft_delete(struct db *db, struct change_job *cj)
{
    struct draft d;
    bool is_there;
    enum err e = own_draft(db, cj, &d);

    if (e == E_NOT_FOUND) {
        e = draft_is_there(db, cj->change.draft, &is_there);
        cj->out.is_repeat = !e && !is_there;
        return e ? e : is_there ? E_NOT_FOUND : OK;
    }
    if (e || d.went_to)
        return e;
    cj->out.draft = 0;
    return x_draft_remove(db, d.id);
}
