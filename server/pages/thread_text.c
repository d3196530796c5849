/*
 * A thread as plain text of 72 columns, to print, to mail or to keep. Posts are
 * indented, so that no text of a post can look like the head of another one.
 */
#include "base/clock.h"
#include "pages/marks.h"
#include "pages/plain.h"

#define INDENT 2
#define TEXT_ROOM (RESPONSE_BODY_MAX - 4 * POST_MAX)

static void
text_tried(struct buf *out, const struct visit *v, struct arena *mem)
{
    struct str label = word(v, WORD_post_tried).s, tried = v->thread->tried;

    if (tried.n == 0)
        return;
    buf_add_char(out, '\n');
    plain_add(out, mem,
              arena_fmt(mem, "%.*s %.*s", (int)label.n, label.p, (int)tried.n,
                        tried.p),
              INDENT);
}

/* "question · open · needed by 2026-03-12" */
static void
text_state(struct buf *out, const struct visit *v)
{
    struct buf line;
    struct gmi g;

    if (v->thread->state == STATE_NONE)
        return;
    buf_init(&line, 1024);
    gmi_init(&g, &line);
    gmi_text(&g);
    thread_kind_say(&g, v, v->thread);
    gmi_end(&g);
    plain_add(out, v->mem, buf_str(&line), 0);
    buf_release(&line);
}

static void
text_post(struct buf *out, const struct visit *v, struct arena *mem,
          const struct post *p)
{
    struct str name = plain_inert(mem, p->author_name);
    struct str date = clock_date(mem, p->at);
    struct str marks = marks_text(v, mem, p);
    struct str head = arena_fmt(mem, "%.*s, %.*s (%lld)%.*s", (int)name.n,
                                name.p, (int)date.n, date.p,
                                (long long)p->number, (int)marks.n, marks.p);

    buf_add_char(out, '\n');
    plain_add(out, mem, head, 0);
    if (p->answers) {
        buf_add(out, word(v, WORD_post_answers).s);
        buf_fmt(out, " (%lld)\n", (long long)p->answers);
    }
    if (p->edited_at && p->status == POST_HERE) {
        buf_add(out, word(v, WORD_post_edited).s);
        buf_add_char(out, ' ');
        buf_add(out, clock_date(mem, p->edited_at));
        buf_add_char(out, '\n');
    }
    buf_add_char(out, '\n');
    if (p->status != POST_HERE) {
        plain_add(out, mem, post_gone_word(v, p->status).s, 0);
        return;
    }
    plain_add(out, mem, p->text, INDENT);
    if (p->number == 1)
        text_tried(out, v, mem);
}

/* Posts from the first on; what has no room is named by its address. */
static enum err
text_posts(struct buf *out, const struct visit *v)
{
    struct rows r = post_slice(v->rd, v->thread->id, 1);
    struct post p;
    struct at here = {.is_inside = v->at.is_inside,
                      .route = R_thread_from,
                      .id = v->thread->id};
    int64_t rest = 0;
    enum err e;

    while (!rest && post_next(&r, &p)) {
        struct arena mem;

        if (out->n > TEXT_ROOM) {
            rest = p.number;
            continue;
        }
        arena_init(&mem, 16 * POST_MAX);
        text_post(out, v, &mem, &p);
        if (mem.bad && !out->bad)
            out->bad = mem.bad;
        arena_release(&mem);
    }
    if ((e = rows_end(&r)) || !rest)
        return e;

    buf_add_char(out, '\n');
    buf_add(out, word(v, WORD_text_rest).s);
    buf_add_char(out, ' ');
    here.page = rest;
    buf_add(out, address(v, here).url);
    buf_add_char(out, '\n');
    return OK;
}

enum err
page_thread_txt(const struct visit *v, struct response *rs)
{
    const struct thread *t = v->thread;
    struct at here = {
        .is_inside = v->at.is_inside, .route = R_thread, .id = t->id};
    struct buf *out = &rs->body;
    enum err e;

    if (t->kind == KIND_CHAT) /* it fades, so it is not carried away */
        return redirect(v, rs, route(v, R_porch, .name = t->slug));
    plain_add(out, v->mem,
              t->is_withdrawn ? word(v, WORD_thread_withdrawn).s : t->title, 0);
    plain_add(out, v->mem, t->community_name, 0);
    text_state(out, v);
    buf_add(out, address(v, here).url);
    buf_add_char(out, '\n');
    if ((e = text_posts(out, v)))
        return e;

    response_type(rs, LIT("text/plain; charset=utf-8"));
    return out->bad;
}
