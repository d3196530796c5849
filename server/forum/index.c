#include "forum/index.h"

#include "base/text.h"
#include "forum/tag.h"
#include "forum/terms.h"
#include "forum/words.h"
#include "sql.h"

#define WORK_MEMORY (64 << 20)
#define WORDS_ROOM (64 << 20)

/* What a post or a page is found by. */
struct text {
    int64_t community; /* 0: it is not to be found */
    struct str title, text;
};

struct work {
    struct db *db;
    struct arena mem;
    struct buf words;
};

/* The next things in the order of the index, which likes it so. */
struct todo {
    int64_t id;
    struct text was;
};

static void
text_take(struct work *w, const struct rows *r, int column, struct text *out)
{
    *out = (struct text){
        .community = rows_int(r, column),
        .title = arena_copy(&w->mem, rows_text(r, column + 1)),
        .text = arena_copy(&w->mem, rows_text(r, column + 2)),
    };
}

static enum err
text_now(struct work *w, int64_t id, struct text *out)
{
    struct rows r = id > 0 ? q_index_post(w->db, id) : q_index_page(w->db, -id);

    *out = (struct text){0};
    if (rows_next(&r))
        text_take(w, &r, 0, out);
    return rows_end(&r);
}

/* A community that is gone was a room: those are closed. */
static enum err
is_closed(struct work *w, int64_t community, int64_t id, bool *out)
{
    struct rows r = q_index_closed(w->db, community, id);

    *out = rows_next(&r) ? rows_int(&r, 0) != 0 : true;
    return rows_end(&r);
}

static enum err
words_of(struct work *w, int64_t id, const struct text *t, bool closed,
         struct str *out)
{
    char digits[32], era[32];
    struct str before = terms_before(closed ? t->community : 0, digits);

    buf_reset(&w->words);
    text_words(&w->words, t->title, before);
    text_words(&w->words, t->text, before);
    buf_add(&w->words, terms_era(id, era));
    *out = buf_str(&w->words);
    return w->words.bad;
}

static enum err
text_drop(struct work *w, int64_t id, const struct text *t, bool closed)
{
    struct str words;
    enum err e = words_of(w, id, t, closed, &words);

    return e ? e : x_index_drop(w->db, id, words);
}

static enum err
text_add(struct work *w, int64_t id, const struct text *t, bool closed)
{
    struct str words;
    enum err e = words_of(w, id, t, closed, &words);

    return e ? e : x_index_add(w->db, id, words);
}

/* The tags of a thread or page go where it stands now. */
static enum err
tags_follow(struct work *w, int64_t id)
{
    int64_t thread = 0;
    struct rows r;
    enum err e;

    if (id < 0)
        return tags_settle(w->db, &w->mem, true, -id);
    r = q_index_thread(w->db, id);
    if (rows_next(&r))
        thread = rows_int(&r, 0);
    if ((e = rows_end(&r)) || thread == 0)
        return e;
    return tags_settle(w->db, &w->mem, false, thread);
}

static enum err
todo_do(struct work *w, const struct todo *todo)
{
    struct text now;
    bool closed;
    enum err e = OK;

    if (todo->was.community &&
        !(e = is_closed(w, todo->was.community, todo->id, &closed)))
        e = text_drop(w, todo->id, &todo->was, closed);
    if (e || (e = text_now(w, todo->id, &now)))
        return e;
    if (now.community && !(e = is_closed(w, now.community, todo->id, &closed)))
        e = text_add(w, todo->id, &now, closed);
    if (!e)
        e = tags_follow(w, todo->id);
    return e ? e : x_index_done(w->db, todo->id);
}

/* Reads them before it alters anything: a query does not see its table move. */
static enum err
todo_work(struct work *w, int most, int *n)
{
    struct todo *todo = arena_alloc(&w->mem, (size_t)most * sizeof(*todo));
    struct rows r;
    enum err e;

    *n = 0;
    if (!todo)
        return E_NOMEM;
    r = q_index_todo(w->db, most);
    while (*n < most && rows_next(&r)) {
        todo[*n].id = rows_int(&r, 0);
        text_take(w, &r, 1, &todo[*n].was);
        ++*n;
    }
    if ((e = rows_end(&r)) || (e = w->mem.bad))
        return e;
    for (int i = 0; i < *n && !e; i++)
        e = todo_do(w, &todo[i]);
    return e;
}

struct move {
    int64_t community, upto;
    bool was_closed;
};

/* The next of a community: first its pages, then its posts. */
static enum err
move_ids(struct work *w, const struct move *m, int most, int64_t *id, int *n)
{
    struct rows r =
        m->upto < 0 ? q_index_move_pages(w->db, m->community, -m->upto, most)
                    : q_index_move_posts(w->db, m->community, m->upto, most);
    enum err e;

    *n = 0;
    while (*n < most && rows_next(&r))
        id[(*n)++] = rows_int(&r, 0);
    if ((e = rows_end(&r)) || *n > 0 || m->upto >= 0)
        return e;
    r = q_index_move_posts(w->db, m->community, 0, most);
    while (*n < most && rows_next(&r))
        id[(*n)++] = rows_int(&r, 0);
    return rows_end(&r);
}

static enum err
move_do(struct work *w, const struct move *m, int64_t id)
{
    struct text now;
    enum err e = tags_follow(w, id);

    if (e || (e = text_now(w, id, &now)) || now.community == 0)
        return e;
    e = text_drop(w, id, &now, m->was_closed);
    return e ? e : text_add(w, id, &now, !m->was_closed);
}

static enum err
move_slice(struct work *w, const struct move *m, bool is_closed_now, int most)
{
    int64_t *id = arena_alloc(&w->mem, (size_t)most * sizeof(*id));
    int n;
    enum err e;

    if (!id)
        return E_NOMEM;
    if ((e = move_ids(w, m, most, id, &n)))
        return e;
    for (int i = 0; i < n && !e; i++)
        e = move_do(w, m, id[i]);
    if (e || n > 0)
        return e ? e : x_index_moved(w->db, m->community, id[n - 1]);
    return is_closed_now != m->was_closed
               ? x_index_move_end(w->db, m->community)
               : x_index_move_again(w->db, m->community, !m->was_closed);
}

/* Only where nothing is to do for single ones: those know where their words
 * stand by how far this has come. */
static enum err
move_work(struct work *w, int most, bool *is_more)
{
    struct rows r = q_index_move(w->db);
    struct move m = {0};
    int64_t closed = 0;
    enum err e;

    if ((*is_more = rows_next(&r))) {
        m = (struct move){rows_int(&r, 0), rows_int(&r, 1),
                          rows_int(&r, 2) != 0};
        closed = rows_int(&r, 3);
    }
    if ((e = rows_end(&r)) || !*is_more)
        return e;
    if (closed < 0)
        return x_index_move_end(w->db, m.community);
    return move_slice(w, &m, closed != 0, most);
}

enum err
index_work(struct db *db, int most, bool *is_more)
{
    struct work w = {.db = db};
    int n = 0;
    enum err e;

    arena_init(&w.mem, WORK_MEMORY);
    buf_init(&w.words, WORDS_ROOM);
    e = todo_work(&w, most, &n);
    *is_more = n == most;
    if (!e && n == 0)
        e = move_work(&w, most, is_more);
    else if (!e && n < most)
        *is_more = true; /* a move may wait; the next look is cheap */
    if (!e && !*is_more)
        e = tag_work(db, most, is_more);
    buf_release(&w.words);
    arena_release(&w.mem);
    return e;
}
