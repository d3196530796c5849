/* Tags are given, taken away, renamed and merged. */
#include <string.h>

#include "base/text.h"
#include "forum/apply.h"
#include "forum/community.h"
#include "forum/tag.h"
#include "sql.h"

#define COMMAS 3

/* The next word, without a # before it; what is between is left out. */
static struct str
word_take(struct str *rest)
{
    static const struct str commas[COMMAS] = {
        {",", 1}, {"\xe3\x80\x81", 3}, {"\xef\xbc\x8c", 3}};
    size_t n = 0, skip = 0;
    struct str word;

    for (; n < rest->n && !skip; n++) {
        struct str at = str_skip(*rest, n);

        skip = strchr(" \t\n;#", at.p[0]) ? 1 : 0;
        for (int i = 0; i < COMMAS && !skip; i++)
            skip = str_has_prefix(at, commas[i]) ? commas[i].n : 0;
    }
    word = (struct str){rest->p, skip ? n - 1 : n};
    *rest = str_skip(*rest, word.n + skip);
    return word;
}

/* 2 to 30 letters of any script, one of them a letter or a digit. */
static bool
is_usable(struct arena *mem, struct str word, struct str *fold)
{
    size_t letters = text_letters(word);
    struct str rest;
    int32_t c;

    *fold = text_fold(mem, word);
    rest = *fold;
    if (letters < TAG_MIN || letters > TAG_MAX || fold->n > 200 ||
        memchr(fold->p, '/', fold->n))
        return false;
    while ((c = text_next(&rest)) >= 0)
        if (text_is_alnum(c))
            return true;
    return false;
}

/* The next that can be used; p NULL at the end. */
static struct str
tag_word_next(struct arena *mem, struct str *rest, struct str *fold)
{
    while (rest->n > 0) {
        struct str word = word_take(rest);

        if (word.n > 0 && is_usable(mem, word, fold))
            return word;
    }
    return (struct str){NULL, 0};
}

struct str
tags_clean(struct arena *mem, struct str typed)
{
    struct str rest = text_line(mem, typed), word, fold, all = STR("");
    int n = 0;

    while (n++ < TAGS_MAX && (word = tag_word_next(mem, &rest, &fold)).p)
        all = arena_fmt(mem, "%.*s%s%.*s", (int)all.n, all.p,
                        all.n > 0 ? " " : "", (int)word.n, word.p);
    return all;
}

static enum err
place_get(struct db *db, bool is_page, int64_t thing, int64_t *place,
          int64_t *community)
{
    struct rows r =
        is_page ? q_tag_place_page(db, thing) : q_tag_place_thread(db, thing);
    bool is_there = rows_next(&r);
    enum err e;

    if (is_there) {
        *place = rows_int(&r, 0);
        *community = rows_int(&r, 1);
    }
    e = rows_end(&r);
    return e ? e : is_there ? OK : E_NOT_FOUND;
}

/* The tag of that name there, made where there is none. */
static enum err
tag_need(struct db *db, struct arena *mem, int64_t place, struct str fold,
         struct str name, int64_t *id)
{
    struct tag t;
    bool is_old;
    enum err e = tag_find(db, place, fold, mem, &t, &is_old);

    *id = t.id;
    if (e != E_NOT_FOUND)
        return e;
    e = x_tag_make(db, place, fold, name);
    *id = db_last_id(db);
    return e;
}

static enum err
tags_count(struct db *db, bool is_page, int64_t thing, int *n)
{
    struct rows r = tags_of(db, is_page, thing);

    for (*n = 0; rows_next(&r); ++*n)
        continue;
    return rows_end(&r);
}

enum err
tags_apply(struct db *db, struct arena *mem, bool is_page, int64_t thing,
           struct str typed, int *added)
{
    struct str rest = text_line(mem, typed), word, fold;
    int64_t place, community, id;
    int n = 0;
    enum err e = place_get(db, is_page, thing, &place, &community);

    *added = 0;
    if (e || (e = tags_count(db, is_page, thing, &n)))
        return e;
    while (n + *added < TAGS_MAX &&
           (word = tag_word_next(mem, &rest, &fold)).p) {
        if ((e = tag_need(db, mem, place, fold, word, &id)) ||
            (e = x_tag_give(db, id, is_page, thing)))
            return e;
        ++*added;
    }
    return mem->bad;
}

/* The tags of a thing, read before anything is altered. */
static enum err
tags_read(struct db *db, struct arena *mem, bool is_page, int64_t thing,
          struct tag tags[32], int *n)
{
    struct rows r = tags_of(db, is_page, thing);

    *n = 0;
    while (*n < 32 && tag_next(&r, &tags[*n])) {
        tags[*n].fold = arena_copy(mem, tags[*n].fold);
        tags[*n].name = arena_copy(mem, tags[*n].name);
        ++*n;
    }
    return rows_end(&r);
}

enum err
tags_settle(struct db *db, struct arena *mem, bool is_page, int64_t thing)
{
    struct tag tags[32];
    int64_t place, community, id;
    int n;
    enum err e = place_get(db, is_page, thing, &place, &community);

    if (e)
        return e == E_NOT_FOUND ? OK : e;
    e = tags_read(db, mem, is_page, thing, tags, &n);
    for (int i = 0; i < n && !e; i++) {
        if (tags[i].community == place)
            continue;
        if ((e = x_tag_take(db, tags[i].id, is_page, thing)) ||
            (e = tag_need(db, mem, place, tags[i].fold, tags[i].name, &id)))
            return e;
        e = x_tag_give(db, id, is_page, thing);
    }
    return e;
}

enum err
tag_work(struct db *db, int most, bool *is_more)
{
    struct rows r = q_tag_moving(db);
    int64_t id = 0, now = 0, thing = 0;
    enum err e;

    if ((*is_more = rows_next(&r))) {
        id = rows_int(&r, 0);
        now = rows_int(&r, 1);
    }
    e = rows_end(&r);
    for (int i = 0; i < most && *is_more && !e; i++) {
        bool is_page = false, is_left;

        r = q_tag_things(db, id, 1);
        if ((is_left = rows_next(&r))) {
            is_page = rows_int(&r, 0) != 0;
            thing = rows_int(&r, 1);
        }
        if ((e = rows_end(&r)))
            break;
        if (!is_left)
            return x_tag_moved(db, id);
        if (!(e = x_tag_give(db, now, is_page, thing)))
            e = x_tag_take(db, id, is_page, thing);
    }
    return e;
}

/* Who takes part in its community may tend what is found there. */
static enum err
may_tag(struct db *db, struct change_job *cj, bool *is_page, int64_t *thing)
{
    const struct change *c = &cj->change;
    int64_t place, community;
    struct community where;
    enum err e;

    *is_page = c->thread == 0;
    *thing = *is_page ? c->thing : c->thread;
    if ((e = place_get(db, *is_page, *thing, &place, &community)) ||
        (e = community_by_id(db, community, c->member, cj->mem, &where)))
        return e;
    cj->out.community = community;
    cj->out.thread = c->thread;
    return where.is_participant ? OK : E_NOT_JOINED;
}

enum err
tag_add(struct db *db, struct change_job *cj)
{
    bool is_page;
    int64_t thing;
    int added;
    enum err e = may_tag(db, cj, &is_page, &thing);

    if (e ||
        (e = tags_apply(db, cj->mem, is_page, thing, cj->change.text, &added)))
        return e;
    return tags_clean(cj->mem, cj->change.text).n > 0 ? OK : E_UNUSABLE;
}

enum err
tag_drop(struct db *db, struct change_job *cj)
{
    struct tag tags[32];
    bool is_page;
    int64_t thing;
    int n;
    struct str fold = text_fold(cj->mem, cj->change.text);
    enum err e = may_tag(db, cj, &is_page, &thing);

    if (e || (e = tags_read(db, cj->mem, is_page, thing, tags, &n)))
        return e;
    for (int i = 0; i < n && !e; i++)
        if (str_eq(tags[i].fold, fold))
            e = x_tag_take(db, tags[i].id, is_page, thing);
    return e;
}

/* Another tag has the name: it takes this one in. */
static enum err
tag_join(struct db *db, const struct tag *t, const struct tag *other)
{
    enum err e = x_tag_merge(db, t->id, other->id);

    return e ? e : x_tag_lead(db, t->id, other->id);
}

/* The name is free, or an old one of some tag: then that way ends here. */
static enum err
tag_call(struct db *db, const struct tag *t, struct str fold, struct str name)
{
    enum err e = x_tag_forget(db, t->community, fold);

    if (e || (e = x_tag_call(db, t->id, fold, name)) || str_eq(fold, t->fold))
        return e;
    return x_tag_old(db, t->community, t->fold, t->name, t->id);
}

enum err
tag_rename(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str rest = text_line(cj->mem, c->text), name, fold, more;
    struct tag t, other;
    bool is_old;
    enum err e = tag_get(db, c->thing, cj->mem, &t);

    if (e || (e = tag_may_tend(db, &t, c->member)))
        return e;
    name = tag_word_next(cj->mem, &rest, &fold);
    if (!name.p || tag_word_next(cj->mem, &rest, &more).p)
        return cj->mem->bad ? cj->mem->bad : E_UNUSABLE;
    e = tag_find(db, t.community, fold, cj->mem, &other, &is_old);
    if (e && e != E_NOT_FOUND)
        return e;
    if (!e && !is_old && other.id != t.id)
        return tag_join(db, &t, &other);
    return tag_call(db, &t, fold, name);
}
