/* The text of a page: in slices, and plain. */
#include <string.h>

#include "base/text.h"
#include "pages/kept.h"
#include "pages/plain.h"

#define PIECE 2048 /* bytes of a longer line that stay together */
#define FENCE STR("```")

/* A line of a text, or a piece of a line that is very long; a line break at
 * its end goes with it. */
static struct str
piece_take(struct str *rest)
{
    ptrdiff_t at = str_find(*rest, '\n');
    size_t n = at < 0 ? rest->n : (size_t)at + 1;
    struct str piece;

    if (n > PIECE) {
        size_t head = text_head((struct str){rest->p, n}, PIECE).n;

        n = head > 0 ? head : n;
    }
    piece = (struct str){rest->p, n};
    *rest = str_skip(*rest, n);
    return piece;
}

/* What it takes in a page, at most: links grow by the host that is shown. */
static size_t
piece_cost(struct str piece)
{
    bool is_link = str_has_prefix(piece, STR("=>"));

    return (is_link ? 2 * piece.n : piece.n) + 8;
}

/* Takes one slice off rest; is_pre: whether it begins, and then the rest,
 * inside a fence. */
static struct str
slice_take(struct str *rest, bool *is_pre)
{
    struct str slice = *rest;
    size_t room = SLICE_ROOM;

    while (rest->n > 0) {
        struct str before = *rest, piece = piece_take(rest);

        if (piece_cost(piece) > room && before.n < slice.n) {
            *rest = before;
            break;
        }
        room -= piece_cost(piece) < room ? piece_cost(piece) : room;
        if (str_has_prefix(piece, FENCE))
            *is_pre = !*is_pre;
    }
    slice.n -= rest->n;
    return slice;
}

enum err
text_slice(struct arena *mem, struct str text, int64_t number,
           struct part_of_text *out)
{
    struct str slice = {0};
    bool is_pre = false, was_pre = false;

    if (number < 1)
        return E_NOT_FOUND;
    for (int64_t i = 0; i < number; i++) {
        if (i > 0 && text.n == 0)
            return E_NOT_FOUND;
        was_pre = is_pre;
        slice = slice_take(&text, &is_pre);
    }
    if (was_pre)
        slice =
            arena_fmt(mem, "```\n%.*s", (int)slice.n, slice.n ? slice.p : "");
    *out = (struct part_of_text){slice, number, text.n > 0};
    return mem->bad;
}

static void
plain_line(struct buf *out, struct arena *mem, struct lit what, struct str s)
{
    plain_add(out, mem,
              arena_fmt(mem, "%.*s %.*s", (int)what.s.n, what.s.p, (int)s.n,
                        s.n ? s.p : ""),
              0);
}

/* Whoever is credited is so on paper too. */
static enum err
plain_credits(struct buf *out, const struct visit *v)
{
    struct rows r = page_credits(v->rd, v->page->id);
    struct page_credit k;
    struct buf names;
    enum err e;

    buf_init(&names, 1 << 16);
    while (page_credit_next(&r, &k)) {
        if (k.is_left_out)
            continue;
        buf_add(&names, names.n ? STR(", ") : STR(""));
        buf_add(&names, k.name);
    }
    e = rows_end(&r);
    if (names.n)
        plain_line(out, v->mem, word(v, WORD_page_credits), buf_str(&names));
    if (!e)
        e = names.bad;
    buf_release(&names);
    return e;
}

enum err
page_page_txt(const struct visit *v, struct response *rs)
{
    const struct page *p = v->page;
    struct at here = {
        .is_inside = v->at.is_inside, .route = R_page, .id = p->id};
    struct buf *out = &rs->body, line;
    struct gmi g;
    enum err e;

    plain_add(out, v->mem, p->title, 0);
    plain_add(out, v->mem, p->community_name, 0);
    buf_add(out, address(v, here).url);
    buf_add_char(out, '\n');
    buf_init(&line, 1 << 12);
    gmi_init(&g, &line);
    gmi_text(&g);
    true_say(&g, v, p);
    gmi_end(&g);
    plain_add(out, v->mem, buf_str(&line), 0);
    buf_release(&line);
    if ((e = plain_credits(out, v)))
        return e;
    buf_add_char(out, '\n');
    plain_add(out, v->mem, p->text, 0);
    response_type(rs, LIT("text/plain; charset=utf-8"));
    return out->bad;
}
