/* A post as it stands in a page, and slices of posts. */
#include "base/text.h"
#include "pages/marks.h"
#include "pages/service.h"

/* What a slice may cost while it is measured: the longest post, expanded. */
#define SCRATCH_MAX (1 << 20)
/* Line ends that a measured slice lacks and a shown one has. */
#define LINE_ENDS 8
#define POST_MEMORY (64 << 10) /* for the addresses beside one post */

void
post_by_name(struct gmi *g, const struct visit *v, const struct post *p)
{
    gmi_user(g, p->author_name);
    gmi_say(g, LIT(", "));
    line_date(g, v, p->at);
    gmi_say(g, LIT(" ("));
    gmi_int(g, p->number);
    gmi_say(g, LIT(")"));
}

void
post_by(struct gmi *g, const struct visit *v, const struct post *p)
{
    post_by_name(g, v, p);
    marks_say(g, v, p);
}

void
post_quote(struct gmi *g, const struct post *p, size_t size)
{
    struct str head = text_head(p->text, size);

    while (head.n) {
        struct str line = str_trim(str_cut(&head, '\n'));

        if (!line.n)
            continue;
        gmi_quote(g);
        gmi_user(g, line);
        if (!head.n && p->text.n > size)
            gmi_say(g, LIT(" …"));
    }
}

/* The head of a post that is too long for a slice. What counts is the size in
 * the page, since lists of links grow by their hosts. */
static void
post_head(struct gmi *g, const struct visit *v, const struct post *p)
{
    struct mark before = mark_take(g);
    size_t size = POST_HEAD_SIZE;

    gmi_user_block_head(g, p->text, size);
    while (g->out->n - before.n > POST_WHOLE_ROOM && size > 64) {
        mark_back(g, &before);
        size /= 2;
        gmi_user_block_head(g, p->text, size);
    }
    gmi_link(g, route(v, R_post, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, WORD_post_whole));
    line_size(g, v, p->text.n);
}

struct lit
post_gone_word(const struct visit *v, enum post_status status)
{
    if (status == POST_REMOVED_BY_STEWARD)
        return word(v, WORD_post_removed_by_steward);
    return word(v, status == POST_TAKEN_BACK ? WORD_post_taken_back
                                             : WORD_post_removed);
}

bool
post_body(struct gmi *g, const struct visit *v, const struct post *p,
          bool is_whole)
{
    struct mark before = mark_take(g);

    if (p->status != POST_HERE) {
        gmi_text(g);
        gmi_say(g, post_gone_word(v, p->status));
        return false;
    }
    gmi_user_block(g, p->text);
    if (is_whole || g->out->n - before.n <= POST_WHOLE_ROOM)
        return false;

    mark_back(g, &before);
    post_head(g, v, p);
    return true;
}

/* "answers (2)" and "edited 2026-03-04": what belongs to the head. */
static void
post_marks(struct gmi *g, const struct visit *v, const struct post *p)
{
    if (p->answers) {
        gmi_link(g, route(v, R_post, .id = p->thread, .page = p->answers));
        gmi_say(g, word(v, WORD_post_answers));
        gmi_say(g, LIT(" ("));
        gmi_int(g, p->answers);
        gmi_say(g, LIT(")"));
    }
    if (!p->edited_at || p->status != POST_HERE)
        return;
    if (p->has_versions)
        gmi_link(g,
                 route(v, R_post_versions, .id = p->thread, .page = p->number));
    else
        gmi_text(g);
    gmi_say(g, word(v, WORD_post_edited));
    gmi_say(g, LIT(" "));
    line_date(g, v, p->edited_at);
}

/* The pages that use it. */
static void
post_kept_in(struct gmi *g, const struct visit *v, const struct post *p)
{
    struct rows r = page_of_post(v->rd, p->thread, p->number, v->who.member);
    struct page kept;

    while (page_next(&r, &kept)) {
        gmi_link(g, route(v, R_page, .id = kept.id));
        gmi_say(g, word(v, WORD_post_kept_in));
        gmi_say(g, LIT(" "));
        gmi_user(g, kept.title);
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
}

/* What its author may do with it. */
static void
post_own_links(struct gmi *g, const struct visit *v, const struct thread *t,
               const struct post *p)
{
    if (rules_may_take_back(p, t->me, v->now) == OK) {
        gmi_link(g, route(v, R_take_back, .id = p->thread, .page = p->number));
        gmi_say(g, word(v, WORD_post_take_back));
    }
    if (rules_may_edit(p, t->me) != OK)
        return;

    gmi_link(g, route(v, R_edit, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, WORD_post_edit));
    gmi_link(g, route_upload(v,
                             (struct at){.is_inside = true,
                                         .route = R_edit_upload,
                                         .id = p->thread,
                                         .page = p->number},
                             true));
    gmi_say(g, word(v, WORD_post_edit_upload));
    gmi_link(g, route(v, R_remove_sure, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, WORD_post_remove));
}

static void
post_links(struct gmi *g, const struct visit *v, const struct thread *t,
           const struct post *p, bool is_own_page)
{
    if (!is_acting(v) || p->status != POST_HERE)
        return;

    if (p->number == 1)
        marks_answer_links(g, v, t);
    if (rules_may_reply(t, v->who.member) == OK) {
        gmi_link(g, route(v, R_reply_to, .id = p->thread, .page = p->number));
        gmi_say(g, word(v, WORD_post_reply));
        gmi_say(g, LIT(" ("));
        gmi_int(g, p->number);
        gmi_say(g, LIT(")"));
    }
    marks_link(g, v, t, p);
    service_post_link(g, v, t, p);
    if (p->author == t->me)
        post_own_links(g, v, t, p);
    post_value_links(g, v, t, p, is_own_page);
}

/* The head is a heading: a user's own headings are pushed below that level, so
 * no text of a post can look like another post. */
static bool
post_write(struct gmi *g, const struct visit *v, const struct thread *t,
           const struct post *p, bool is_whole, bool is_own_page)
{
    bool is_shorter;

    gmi_blank(g);
    gmi_h2(g);
    post_by(g, v, p);
    post_marks(g, v, p);
    is_shorter = post_body(g, v, p, is_whole);
    if (p->number == 1)
        marks_tried(g, v, t);
    if (p->has_value)
        post_kept_in(g, v, p);
    post_value(g, v, p, is_own_page);
    post_links(g, v, t, p, is_own_page);
    if (p->number == 1 && marks_quote(g, v, t))
        g->out->bad = E_IO;
    return is_shorter;
}

void
post_show(struct gmi *g, const struct visit *v, const struct thread *t,
          const struct post *p, bool is_whole)
{
    (void)post_write(g, v, t, p, is_whole,
                     true); /* whoever asks here can see it */
}

/* The same with memory of its own, for a page may hold very many posts. */
static enum err
post_write_alone(struct gmi *g, const struct visit *v, const struct thread *t,
                 const struct post *p, bool is_whole, bool *is_shorter)
{
    struct visit alone = *v;
    struct arena mem;
    enum err e;

    arena_init(&mem, POST_MEMORY);
    alone.mem = &mem;
    *is_shorter = post_write(g, &alone, t, p, is_whole, false);
    e = mem.bad;
    arena_release(&mem);
    return e;
}

void
slice_show(struct gmi *g, const struct visit *v, const struct thread *t,
           struct slice *s)
{
    struct rows r = post_slice(v->rd, t->id, s->from);
    size_t start = g->out->n;
    struct post p;
    enum err e;

    s->next = 0;
    while (!s->bad && !s->next && post_next(&r, &p)) {
        struct mark before = mark_take(g);
        bool is_shorter;

        s->bad = post_write_alone(g, v, t, &p, s->is_whole, &is_shorter);
        if (p.number > s->from && g->out->n - start > s->room) {
            mark_back(g, &before);
            s->next = p.number;
        } else if (is_shorter) {
            s->is_shorter = true;
        }
    }
    e = rows_end(&r);
    if (!s->bad)
        s->bad = e;
}

enum err
slice_back(const struct visit *v, const struct thread *t, int64_t last,
           int64_t *from)
{
    struct rows r = post_slice_back(v->rd, t->id, last);
    enum err e = OK, end;
    struct buf scratch;
    struct gmi g;
    struct post p;
    bool is_shorter;

    buf_init(&scratch, SCRATCH_MAX);
    gmi_init(&g, &scratch);
    *from = last;
    while (!e && scratch.n < SLICE_ROOM - LINE_ENDS && post_next(&r, &p)) {
        e = post_write_alone(&g, v, t, &p, false, &is_shorter);
        if (scratch.n < SLICE_ROOM - LINE_ENDS)
            *from = p.number;
    }
    end = rows_end(&r);
    if (!e)
        e = end ? end : scratch.bad;
    buf_release(&scratch);
    return e;
}
