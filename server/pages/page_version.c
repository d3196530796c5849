/* Versions of a page, each with what changed against the one before. */
#include "base/clock.h"
#include "base/diff.h"
#include "base/text.h"
#include "pages/kept.h"

#define QUOTE_BYTES 1800 /* of one line; a longer one goes on in the next */
#define VERSIONS_ROOM (8 << 10)
#define SHOWN_ROOM (10 << 10) /* bytes of changes, and then of text */
#define SAME_SHOWN 3          /* unchanged lines that are not left out */

struct version_view {
    const struct visit *visit; /* first */
    struct page_version is, was;
    size_t room;
    int64_t *older; /* of the list; 0: no more */
    bool *is_shorter;
    enum err *bad;
};

static bool
is_blank(struct str text)
{
    return str_trim(text).n == 0;
}

/* One line, as one or several quotes or paragraphs. */
static void
line_show(struct gmi *g, struct str line, bool is_quote)
{
    do {
        struct str head = text_head(line, QUOTE_BYTES);

        if (head.n == 0)
            head = line;
        if (is_quote)
            gmi_quote(g);
        else
            gmi_text(g);
        gmi_user(g, head);
        line = str_skip(line, head.n);
    } while (line.n > 0);
}

static void
changed_show(struct gmi *g, const struct visit *v, const struct diff_run *run)
{
    struct str rest = run->text;

    gmi_text(g);
    gmi_say(
        g, word(v, run->kind == DIFF_OUT ? WORD_version_out : WORD_version_in));
    if (is_blank(run->text)) {
        gmi_say(g, LIT(" "));
        gmi_say(g, word(v, WORD_version_blank));
        return;
    }
    while (rest.n > 0) {
        struct str line = str_cut(&rest, '\n');

        if (!is_blank(line))
            line_show(g, line, true);
    }
}

static struct str
first_line(struct str text)
{
    struct str line = {0};

    while (is_blank(line) && text.n > 0)
        line = str_cut(&text, '\n');
    return line;
}

static struct str
last_line(struct str text)
{
    struct str line = {0};

    while (text.n > 0) {
        struct str next = str_cut(&text, '\n');

        if (!is_blank(next))
            line = next;
    }
    return line;
}

/* Of what stayed, the lines beside the changes. */
static void
same_show(struct gmi *g, const struct visit *v, const struct diff_run *run,
          bool is_first, bool is_last)
{
    struct str rest = run->text;
    bool is_short = run->lines <= SAME_SHOWN;

    if (is_short) {
        while (rest.n > 0) {
            struct str line = str_cut(&rest, '\n');

            if (!is_blank(line))
                line_show(g, line, false);
        }
        return;
    }
    if (!is_first && first_line(rest).n)
        line_show(g, first_line(rest), false);
    gmi_text(g);
    gmi_say(g, word(v, WORD_version_same));
    if (!is_last && last_line(rest).n)
        line_show(g, last_line(rest), false);
}

bool
changes_show(struct gmi *g, const struct visit *v, struct str was,
             struct str is, size_t room, enum err *bad)
{
    size_t start = g->out->n;
    bool is_first = true, is_all = true;
    struct diff_run run, next;
    struct diff d;
    enum err e = diff_init(&d, was, is);
    bool has_run = !e && diff_next(&d, &run);

    while (has_run && is_all) {
        struct mark before = mark_take(g);
        bool has_next = diff_next(&d, &next);

        if (run.kind == DIFF_SAME)
            same_show(g, v, &run, is_first, !has_next);
        else
            changed_show(g, v, &run);
        if (g->out->n - start > room) {
            mark_back(g, &before);
            is_all = false;
        }
        is_first = false;
        run = next;
        has_run = has_next;
    }
    diff_release(&d);
    if (e && !*bad)
        *bad = e;
    return is_all;
}

static void
title(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct version_view *)view)->visit->page->title);
}

static void
by_say(struct gmi *g, const struct visit *v, const struct page_version *n)
{
    gmi_say(g, word(v, WORD_page_version));
    gmi_say(g, LIT(" "));
    gmi_int(g, n->number);
    gmi_say(g, LIT(" "));
    gmi_say(g, word(v, WORD_page_by));
    gmi_say(g, LIT(" "));
    gmi_user(g, n->author);
    gmi_say(g, LIT(", "));
    line_date(g, v, n->at);
}

static void
versions(struct gmi *g, const void *view)
{
    const struct version_view *vv = view;
    const struct visit *v = vv->visit;
    int64_t before = v->at.route == R_page_versions ? INT64_MAX : v->at.page;
    struct rows r = page_version_list(v->rd, v->page->id, before);
    size_t start = g->out->n;
    struct page_version n;

    while (!*vv->older && page_version_next(&r, &n)) {
        gmi_link(g,
                 route(v, R_page_version, .id = v->page->id, .page = n.number));
        by_say(g, v, &n);
        if (n.number > 1 && g->out->n - start > VERSIONS_ROOM)
            *vv->older = n.number;
    }
    *vv->bad = rows_end(&r);
}

static struct href
older(const void *view)
{
    const struct version_view *vv = view;

    if (!*vv->older)
        return (struct href){0};
    return route(vv->visit, R_page_versions_older, .id = vv->visit->page->id,
                 .page = *vv->older);
}

static struct href
the_page(const void *view)
{
    const struct visit *v = ((const struct version_view *)view)->visit;

    return route(v, R_page, .id = v->page->id);
}

const struct hole holes_page_versions[] = {WORDS("title", title),
                                           LINES("versions", versions),
                                           HREF("older", older),
                                           HREF("page", the_page),
                                           {0}};

static void
by(struct gmi *g, const void *view)
{
    const struct version_view *vv = view;

    by_say(g, vv->visit, &vv->is);
}

static void
changes(struct gmi *g, const void *view)
{
    const struct version_view *vv = view;
    const struct visit *v = vv->visit;

    if (vv->is.number == 1) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_version_first));
        return;
    }
    if (!str_eq(vv->is.title, vv->was.title)) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_version_title));
        gmi_quote(g);
        gmi_user(g, vv->was.title);
    }
    if (str_eq(vv->is.text, vv->was.text)) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_version_as_before));
    } else if (!changes_show(g, v, vv->was.text, vv->is.text, vv->room,
                             vv->bad)) {
        *vv->is_shorter = true;
    }
}

/* What it said, whole where that is not long. */
static void
text(struct gmi *g, const void *view)
{
    const struct version_view *vv = view;

    if (!gmi_user_block_head(g, vv->is.text, vv->room))
        *vv->is_shorter = true;
}

static struct href
whole(const void *view)
{
    const struct version_view *vv = view;

    if (!*vv->is_shorter)
        return (struct href){0};
    return route(vv->visit, R_page_version_all, .id = vv->visit->page->id,
                 .page = vv->is.number);
}

static void
whole_size(struct gmi *g, const void *view)
{
    const struct version_view *vv = view;

    line_size(g, vv->visit, 2 * vv->is.text.n);
}

static struct href
version_href(const struct version_view *vv, int64_t number)
{
    if (number < 1 || number > vv->visit->page->version)
        return (struct href){0};
    return route(vv->visit, R_page_version, .id = vv->visit->page->id,
                 .page = number);
}

static struct href
before(const void *view)
{
    const struct version_view *vv = view;

    return version_href(vv, vv->is.number - 1);
}

static struct href
after(const void *view)
{
    const struct version_view *vv = view;

    return version_href(vv, vv->is.number + 1);
}

static struct href
list(const void *view)
{
    const struct visit *v = ((const struct version_view *)view)->visit;

    return route(v, R_page_versions, .id = v->page->id);
}

const struct hole holes_page_version[] = {WORDS("title", title),
                                          WORDS("by", by),
                                          LINES("changes", changes),
                                          LINES("text", text),
                                          HREF("whole", whole),
                                          WORDS("whole-size", whole_size),
                                          HREF("before", before),
                                          HREF("after", after),
                                          HREF("versions", list),
                                          HREF("page", the_page),
                                          {0}};

static enum err
version_page(const struct visit *v, struct response *rs, enum frame_id frame,
             size_t room)
{
    int64_t further = 0;
    bool is_shorter = false;
    enum err bad = OK, e = OK;
    struct version_view view = {.visit = v,
                                .room = room,
                                .older = &further,
                                .is_shorter = &is_shorter,
                                .bad = &bad};

    if (frame == FRAME_page_version)
        e = page_version_get(v->rd, v->page->id, v->at.page, v->mem, &view.is);
    if (!e && view.is.number > 1)
        e = page_version_get(v->rd, v->page->id, v->at.page - 1, v->mem,
                             &view.was);
    if (!e)
        e = page(v, rs, frame, &view);
    return e ? e : bad;
}

enum err
page_page_versions(const struct visit *v, struct response *rs)
{
    return version_page(v, rs, FRAME_page_versions, 0);
}

enum err
page_page_versions_older(const struct visit *v, struct response *rs)
{
    return version_page(v, rs, FRAME_page_versions, 0);
}

enum err
page_page_version(const struct visit *v, struct response *rs)
{
    return version_page(v, rs, FRAME_page_version, SHOWN_ROOM / 2);
}

enum err
page_page_version_all(const struct visit *v, struct response *rs)
{
    return version_page(v, rs, FRAME_page_version, RESPONSE_BODY_MAX / 2);
}
