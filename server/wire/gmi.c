#include "wire/gmi.h"

#include <string.h>

#include "base/text.h"

void
gmi_init(struct gmi *g, struct buf *out)
{
    *g = (struct gmi){.out = out};
}

static void
line_end(struct gmi *g)
{
    struct buf *out = g->out;

    if (!g->is_open)
        return;
    /* A link without a label needs no blank behind its address. */
    if (g->is_fresh && !g->is_text && !out->bad && out->n > g->begin + 4 &&
        out->p[out->n - 1] == ' ')
        out->n--;
    buf_add_char(out, '\n');
    g->is_open = false;
}

static void
line_open(struct gmi *g, struct str mark)
{
    line_end(g);
    g->begin = g->out->n;
    buf_add(g->out, mark);
    g->is_open = g->is_fresh = true;
    g->is_text = mark.n == 0;
}

void
gmi_end(struct gmi *g)
{
    gmi_pre_end(g);
    line_end(g);
}

void
gmi_h1(struct gmi *g)
{
    gmi_pre_end(g);
    line_open(g, STR("# "));
}

void
gmi_h2(struct gmi *g)
{
    gmi_pre_end(g);
    line_open(g, STR("## "));
}

void
gmi_h3(struct gmi *g)
{
    gmi_pre_end(g);
    line_open(g, STR("### "));
}

void
gmi_text(struct gmi *g)
{
    line_open(g, STR(""));
}

void
gmi_item(struct gmi *g)
{
    gmi_pre_end(g);
    line_open(g, STR("* "));
}

void
gmi_quote(struct gmi *g)
{
    gmi_pre_end(g);
    line_open(g, STR("> "));
}

void
gmi_blank(struct gmi *g)
{
    line_end(g);
    if (g->out->n == 0 || str_eq(buf_str(g->out), STR("\n")) ||
        str_has_suffix(buf_str(g->out), STR("\n\n")))
        return;
    buf_add_char(g->out, '\n');
}

void
gmi_link(struct gmi *g, struct href to)
{
    gmi_pre_end(g);
    for (size_t i = 0; i < to.url.n; i++) {
        /* Our own promise broken; a blank would let the address into the
         * label, so the label goes alone. */
        if (to.url.p[i] <= ' ' || to.url.p[i] > '~')
            to.url.n = 0;
    }
    if (to.url.n == 0) {
        gmi_text(g);
        return;
    }
    line_open(g, STR("=> "));
    buf_add(g->out, to.url);
    buf_add_char(g->out, ' ');
}

void
gmi_pre(struct gmi *g, struct lit alt)
{
    gmi_pre_end(g);
    line_end(g);
    buf_add(g->out, STR("```"));
    buf_add(g->out, alt.s);
    buf_add_char(g->out, '\n');
    g->is_pre = true;
}

void
gmi_pre_end(struct gmi *g)
{
    if (!g->is_pre)
        return;
    line_end(g);
    buf_add(g->out, STR("```\n"));
    g->is_pre = false;
}

/* Would the line be something else than text (gemtext.md 3.2)? */
static bool
starts_structure(struct str line, bool is_pre)
{
    if (str_has_prefix(line, STR("```")))
        return true;
    if (is_pre)
        return false;
    return str_has_prefix(line, STR("=>")) || str_has_prefix(line, STR("=:")) ||
           str_has_prefix(line, STR("#")) || str_has_prefix(line, STR(">")) ||
           str_has_prefix(line, STR("* "));
}

/* Gemtext has no escape character. A space before the first character makes
 * any line text, and looks at the whole line: "=" and then ">" count too. */
static void
line_guard(struct gmi *g)
{
    struct buf *out = g->out;
    struct str line;

    if (!g->is_text || out->bad || out->n <= g->begin)
        return;
    line = (struct str){out->p + g->begin, out->n - g->begin};
    if (!starts_structure(line, g->is_pre))
        return;
    buf_add_char(out, ' ');
    if (out->bad)
        return;
    memmove(out->p + g->begin + 1, out->p + g->begin, line.n);
    out->p[g->begin] = ' ';
}

/* Into the open line, as far as it takes more. */
static void
line_add(struct gmi *g, struct str s)
{
    size_t used;

    if (!g->is_open)
        line_open(g, STR(""));
    used = g->out->n - g->begin;
    if (s.n > 0 && used < GMI_LINE_MAX) {
        buf_add(g->out, text_head(s, GMI_LINE_MAX - used));
        g->is_fresh = false;
        line_guard(g);
    }
}

void
gmi_say(struct gmi *g, struct lit words)
{
    line_add(g, words.s);
}

void
gmi_user(struct gmi *g, struct str text)
{
    struct buf clean;

    /* More would be cut off anyway. */
    text = text_head(text, GMI_LINE_MAX);
    if (text_good(text) == text.n) { /* as most is */
        line_add(g, text);
        return;
    }
    buf_init(&clean, text.n * 3);
    text_add_shown(&clean, text, g->is_pre);
    line_add(g, buf_str(&clean));
    if (clean.bad && !g->out->bad)
        g->out->bad = clean.bad;
    buf_release(&clean);
}

void
gmi_int(struct gmi *g, int64_t n)
{
    struct buf digits;

    buf_init(&digits, 32);
    buf_add_int(&digits, n);
    line_add(g, buf_str(&digits));
    if (digits.bad && !g->out->bad)
        g->out->bad = digits.bad;
    buf_release(&digits);
}

static bool
is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || str_find(STR(" :-.,/+()"), c) >= 0;
}

void
gmi_plain(struct gmi *g, struct str ascii)
{
    while (ascii.n > 0) {
        size_t n = 0;

        while (n < ascii.n && is_plain(ascii.p[n]))
            n++;
        line_add(g, n > 0 ? (struct str){ascii.p, n} : STR("?"));
        ascii = str_skip(ascii, n > 0 ? n : 1);
    }
}

void
gmi_raw(struct gmi *g, struct lit lines)
{
    line_end(g);
    buf_add(g->out, lines.s);
    if (lines.s.n > 0 && lines.s.p[lines.s.n - 1] != '\n')
        buf_add_char(g->out, '\n');
}

struct href
href_external(struct lit url)
{
    return (struct href){url.s};
}
