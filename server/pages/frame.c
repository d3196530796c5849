#include "pages/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

#define URL_ROOM 2048 /* bytes of an address */

enum line_kind {
    LINE_RAW,   /* without a hole; or a whole block between fences */
    LINE_BLANK, /* never two in a row, none at the end */
    LINE_HOLE,  /* one hole that makes lines */
    LINE_TEXT,
    LINE_H1,
    LINE_H2,
    LINE_H3,
    LINE_ITEM,
    LINE_QUOTE,
    LINE_LINK
};

/* What follows a line's mark: our words, or a hole among them. */
struct frame_part {
    struct frame_part *next;
    struct lit words;        /* counts where hole is NULL */
    const struct hole *hole; /* HOLE_WORDS */
};

struct frame_line {
    struct frame_line *next;
    enum line_kind kind;
    struct lit raw;          /* LINE_RAW: with its line breaks */
    const struct hole *hole; /* LINE_HOLE; LINE_LINK: of its address */
    struct lit address;      /* LINE_LINK: all of it, or what follows hole */
    struct frame_part *part;
};

struct parsing {
    struct str file;
    int number; /* of the line */
    const struct hole *own;
    struct arena *mem;
    struct frame_line **end;
};

static enum err
complain(const struct parsing *p, const char *what, struct str about)
{
    char line[16];
    struct str where;

    (void)snprintf(line, sizeof(line), ":%d", p->number);
    where = arena_fmt(p->mem, "%.*s%s", (int)p->file.n, p->file.p, line);
    log_event(LOG_ERROR, "content", LOG_STR("where", where),
              LOG_Z("wrong", what), LOG_STR("text", about));
    return E_UNUSABLE;
}

static struct frame_line *
line_add(struct parsing *p, enum line_kind kind)
{
    struct frame_line *line = arena_alloc(p->mem, sizeof(*line));

    if (line) {
        line->kind = kind;
        *p->end = line;
        p->end = &line->next;
    }
    return line;
}

static const struct hole *
hole_in(const struct hole *table, struct str name)
{
    for (; table && table->name; table++)
        if (str_eq(str_of(table->name), name))
            return table;
    return NULL;
}

/* Is there a hole at the head of s? Its name, and how long it is. */
static bool
hole_head(struct str s, struct str *name, size_t *n)
{
    const char *end;

    if (!str_has_prefix(s, STR("{{")))
        return false;
    end = memmem(s.p, s.n, "}}", 2);
    if (!end)
        return false;
    *n = (size_t)(end - s.p) + 2;
    *name = str_trim((struct str){s.p + 2, *n - 4});
    return true;
}

static enum err
hole_find(const struct parsing *p, struct str name, const struct hole **out)
{
    *out = hole_in(p->own, name);
    if (!*out)
        *out = hole_in(holes_standard, name);
    return *out ? OK : complain(p, "no such hole here", name);
}

/* The bytes of s before its first hole. */
static struct str
words_head(struct str s)
{
    const char *at = s.n ? memmem(s.p, s.n, "{{", 2) : NULL;

    return at ? (struct str){s.p, (size_t)(at - s.p)} : s;
}

/* The rest of a line: words and holes that only add words. */
static enum err
parts_parse(struct parsing *p, struct str s, struct frame_part **end)
{
    while (s.n > 0) {
        struct frame_part *part = arena_alloc(p->mem, sizeof(*part));
        struct str name, words = words_head(s);
        size_t n = words.n;
        enum err e;

        if (!part)
            return E_NOMEM;
        if (n == 0) {
            if (!hole_head(s, &name, &n))
                return complain(p, "a hole that does not end", s);
            if ((e = hole_find(p, name, &part->hole)))
                return e;
            if (part->hole->kind != HOLE_WORDS)
                return complain(p, "this hole can not be among words", name);
        }
        part->words.s = words;
        *end = part;
        end = &part->next;
        s = str_skip(s, n);
    }
    return OK;
}

/* "=> address label": the address is a hole, a hole and the rest of a path, or
 * somewhere else. Our own pages are never written out, for they live in two
 * trees. */
static enum err
link_parse(struct parsing *p, struct str s)
{
    struct frame_line *line = line_add(p, LINE_LINK);
    struct str name, address;
    size_t n = 0;
    enum err e;

    if (!line)
        return E_NOMEM;
    s = str_trim(s);
    if (hole_head(s, &name, &n)) {
        if ((e = hole_find(p, name, &line->hole)))
            return e;
        if (line->hole->kind != HOLE_HREF)
            return complain(p, "this hole can not be an address", name);
        s = str_skip(s, n);
    }
    address = s;
    while (s.n > 0 && !memchr(" \t", *s.p, 2))
        s = str_skip(s, 1);
    address.n -= s.n;
    line->address.s = address;
    if (memmem(address.p, address.n, "{{", 2))
        return complain(p, "an address has one hole, at its head", address);
    if (!line->hole && !memmem(address.p, address.n, "://", 3))
        return complain(p, "a link to our own pages is a hole", address);
    return parts_parse(p, str_trim(s), &line->part);
}

static enum err
marked_parse(struct parsing *p, enum line_kind kind, struct str s)
{
    struct frame_line *line = line_add(p, kind);

    return line ? parts_parse(p, s, &line->part) : E_NOMEM;
}

static enum err
raw_add(struct parsing *p, struct str text)
{
    struct frame_line *line = line_add(p, LINE_RAW);

    if (!line)
        return E_NOMEM;
    line->raw.s = text;
    return OK;
}

static enum err
line_parse(struct parsing *p, struct str s)
{
    static const struct {
        struct str mark;
        enum line_kind kind;
    } marks[] = {{{"### ", 4}, LINE_H3},
                 {{"## ", 3}, LINE_H2},
                 {{"# ", 2}, LINE_H1},
                 {{"* ", 2}, LINE_ITEM},
                 {{"> ", 2}, LINE_QUOTE}};
    struct str name;
    size_t n = 0;

    if (str_has_prefix(s, STR("=>")))
        return link_parse(p, str_skip(s, 2));
    if (hole_head(s, &name, &n) && n == s.n) {
        const struct hole *hole;
        struct frame_line *line;
        enum err e = hole_find(p, name, &hole);

        if (e)
            return e;
        if (hole->kind == HOLE_HREF)
            return complain(p, "an address can not be a line", name);
        if (hole->kind == HOLE_LINES) {
            line = line_add(p, LINE_HOLE);
            if (line)
                line->hole = hole;
            return line ? OK : E_NOMEM;
        }
    }
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_has_prefix(s, marks[i].mark))
            return marked_parse(p, marks[i].kind,
                                str_trim(str_skip(s, marks[i].mark.n)));
    return marked_parse(p, LINE_TEXT, s);
}

/* One line of the text; a block between fences is taken whole. */
static enum err
text_parse(struct parsing *p, struct str *rest, struct frame *out)
{
    struct str was = *rest, line = str_cut(rest, '\n');

    p->number++;
    if (str_has_prefix(line, STR("%%")))
        return OK;
    if (str_trim(line).n == 0)
        return line_add(p, LINE_BLANK) ? OK : E_NOMEM;
    if (str_has_prefix(line, STR("```"))) {
        int fence = p->number;

        do {
            if (rest->n == 0) {
                p->number = fence;
                return complain(p, "a block that does not end", line);
            }
            line = str_cut(rest, '\n');
            p->number++;
        } while (!str_has_prefix(line, STR("```")));
        was.n -= rest->n;
        return raw_add(p, arena_fmt(p->mem, "%.*s%s", (int)was.n, was.p,
                                    was.p[was.n - 1] == '\n' ? "" : "\n"));
    }
    if (!out->title.s.p && str_has_prefix(line, STR("# ")))
        out->title.s = str_trim(str_skip(line, 2));
    while (line.n > 0 && memchr(" \t\r", line.p[line.n - 1], 3))
        line.n--;
    return line_parse(p, line);
}

enum err
frame_parse(struct str text, struct str file, const struct hole *own,
            struct arena *mem, struct frame *out)
{
    struct parsing p = {.file = file, .own = own, .mem = mem};
    enum err e = OK, first = OK;

    *out = (struct frame){.line = NULL};
    p.end = &out->line;
    while (text.n > 0) {
        e = text_parse(&p, &text, out);
        if (e == E_NOMEM)
            return e;
        first = first ? first : e;
    }
    return first;
}

static void
parts_fill(const struct frame_part *part, struct gmi *g, const void *view)
{
    for (; part; part = part->next) {
        if (part->hole)
            part->hole->fill(g, view);
        else
            gmi_say(g, part->words);
    }
}

static void
link_fill(const struct frame_line *line, struct gmi *g, const void *view)
{
    char url[URL_ROOM];
    struct href to = {.url = line->address.s};

    if (line->hole) {
        to = line->hole->href ? line->hole->href(view)
                              : hole_route(view, line->hole->route);
        if (to.url.n == 0 || to.url.n + line->address.s.n > sizeof(url))
            return;
        memcpy(url, to.url.p, to.url.n);
        if (line->address.s.n > 0)
            memcpy(url + to.url.n, line->address.s.p, line->address.s.n);
        to.url = (struct str){url, to.url.n + line->address.s.n};
    }
    gmi_link(g, to);
    parts_fill(line->part, g, view);
}

static void
line_fill(const struct frame_line *line, struct gmi *g, const void *view)
{
    static void (*const open[])(struct gmi *) = {
        [LINE_TEXT] = gmi_text, [LINE_H1] = gmi_h1,
        [LINE_H2] = gmi_h2,     [LINE_H3] = gmi_h3,
        [LINE_ITEM] = gmi_item, [LINE_QUOTE] = gmi_quote};

    switch (line->kind) {
    case LINE_BLANK:
        break;
    case LINE_RAW:
        gmi_raw(g, line->raw);
        break;
    case LINE_HOLE:
        line->hole->fill(g, view);
        break;
    case LINE_LINK:
        link_fill(line, g, view);
        break;
    case LINE_TEXT:
    case LINE_H1:
    case LINE_H2:
    case LINE_H3:
    case LINE_ITEM:
    case LINE_QUOTE:
        open[line->kind](g);
        parts_fill(line->part, g, view);
        break;
    }
}

/* A blank line waits for the next line that makes something: what vanishes
 * takes the blank before it along. */
void
frame_fill(const struct frame *f, struct gmi *g, const void *view)
{
    bool wants_blank = false;

    for (const struct frame_line *l = f->line; l; l = l->next) {
        struct gmi was;
        size_t n, start;

        if (l->kind == LINE_BLANK) {
            wants_blank = g->out->n > 0;
            continue;
        }
        gmi_end(g);
        was = *g;
        n = g->out->n;
        if (wants_blank)
            gmi_blank(g);
        start = g->out->n;
        line_fill(l, g, view);
        if (g->out->n > start) {
            wants_blank = false;
        } else {
            *g = was;
            g->out->n = n;
        }
    }
}
