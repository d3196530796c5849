/* What a user wrote as a whole text, line by line, contained. */
#include "base/text.h"
#include "wire/gmi.h"
#include "wire/url.h"

/* What one row may hold, so that its mark and a guarding space fit too. */
#define ROW_MAX (GMI_LINE_MAX - 8)
#define ALT_MAX 100  /* bytes of a fence's own description */
#define NAME_MAX 100 /* bytes of an address shown in place of a host */

/* The next line of *rest without its break, whatever kind that is, and whether
 * it can be shown as it is. */
static bool
line_next(struct str *rest, struct str *line, bool *is_good)
{
    struct str after = *rest;
    size_t good = text_good(after);
    int32_t c;

    if (rest->n == 0)
        return false;
    after = str_skip(after, good);
    do {
        *line = (struct str){rest->p, rest->n - after.n};
        c = text_next(&after);
        if (text_kind(c) == TEXT_BREAK) {
            if (c == '\r' && str_has_prefix(after, STR("\n")))
                after = str_skip(after, 1);
            break;
        }
    } while (c >= 0);
    *is_good = line->n == good;
    *rest = after;
    return true;
}

/* Takes what fits in one row off *line: up to a blank where there is one. */
static struct str
row_take(struct str *line, size_t max)
{
    struct str row = text_head(*line, max);
    size_t skip = 0;

    if (row.n < line->n) {
        size_t blank = row.n;

        while (blank > 0 && row.p[blank - 1] != ' ')
            blank--;
        if (blank > 1) {
            row.n = blank - 1;
            skip = 1;
        }
        /* One cluster of marks longer than a row: between characters then. */
        if (row.n == 0) {
            row.n = max;
            while (row.n > 1 && (line->p[row.n] & 0xC0) == 0x80)
                row.n--;
        }
    }
    *line = str_skip(*line, row.n + skip);
    return row;
}

/* One line of theirs in as many of ours as it needs. */
static void
rows(struct gmi *g, void (*first)(struct gmi *), void (*next)(struct gmi *),
     struct str line)
{
    first(g);
    gmi_user(g, row_take(&line, ROW_MAX));
    while (line.n > 0) {
        next(g);
        gmi_user(g, row_take(&line, ROW_MAX));
    }
}

/* What tells where a link leads: the host, or a mail address. */
static struct str
link_name(struct str url, struct str host)
{
    if (host.n > 0)
        return host;
    (void)str_cut(&url, ':'); /* the scheme is known */
    return text_head(str_cut(&url, '?'), NAME_MAX);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Feed readers take a link whose label begins with a date for news. */
static bool
starts_with_date(struct str s)
{
    static const char form[] = "dddd-dd-dd";

    if (s.n < sizeof(form) - 1)
        return false;
    for (size_t i = 0; i < sizeof(form) - 1; i++) {
        if (form[i] == 'd' ? !is_digit(s.p[i]) : s.p[i] != '-')
            return false;
    }
    return true;
}

static void
name_say(struct gmi *g, struct str name)
{
    gmi_say(g, LIT("("));
    gmi_user(g, name);
    gmi_say(g, LIT(")"));
}

/* Does the label say already, at its end, where the link leads? */
static bool
ends_in_name(struct str label, struct str name)
{
    if (!str_has_suffix(label, STR(")")))
        return false;
    label.n--;
    if (!str_has_suffix(label, name))
        return false;
    label.n -= name.n;
    return str_has_suffix(label, STR("("));
}

static void
block_link(struct gmi *g, struct str line)
{
    struct str label = str_trim(str_skip(line, 2));
    struct str url = str_cut(&label, ' '), host, name, row;

    label = str_trim(label);
    if (!url_is_linkable(url, &host)) {
        rows(g, gmi_text, gmi_text, line);
        return;
    }
    gmi_link(g, (struct href){url});
    if (label.n == 0) /* clients show the address, and the host with it */
        return;
    name = link_name(url, host);
    row = row_take(&label, ROW_MAX - url.n - name.n);
    if (starts_with_date(row)) {
        name_say(g, name);
        gmi_say(g, LIT(" "));
        gmi_user(g, row);
    } else {
        gmi_user(g, row);
        if (!ends_in_name(row, name)) {
            gmi_say(g, LIT(" "));
            name_say(g, name);
        }
    }
    if (label.n > 0)
        rows(g, gmi_text, gmi_text, label);
}

/* A page's own headings have two levels; a user's are the third. */
static void
block_heading(struct gmi *g, struct str line)
{
    struct str text = line;

    for (int i = 0; i < 3 && str_has_prefix(text, STR("#")); i++)
        text = str_skip(text, 1);
    text = str_trim(text);
    if (text.n == 0)
        rows(g, gmi_text, gmi_text, line);
    else
        rows(g, gmi_h3, gmi_text, text);
}

static void
block_fence(struct gmi *g, struct str line)
{
    if (g->is_pre) {
        gmi_pre_end(g);
        return;
    }
    gmi_end(g);
    buf_add(g->out, STR("```"));
    buf_add(g->out, text_head(str_trim(str_skip(line, 3)), ALT_MAX));
    buf_add_char(g->out, '\n');
    g->is_pre = true;
}

static void
block_line(struct gmi *g, struct str line)
{
    if (str_has_prefix(line, STR("```")))
        block_fence(g, line);
    else if (g->is_pre)
        rows(g, gmi_text, gmi_text, line); /* NOLINT(bugprone-branch-clone): as
                                            * the last, but before the others */
    else if (str_has_prefix(line, STR("=>")))
        block_link(g, line);
    else if (str_has_prefix(line, STR("#")))
        block_heading(g, line);
    else if (str_has_prefix(line, STR("* ")))
        rows(g, gmi_item, gmi_text, str_skip(line, 2));
    else if (str_has_prefix(line, STR("> ")))
        rows(g, gmi_quote, gmi_quote, str_skip(line, 2));
    else if (str_has_prefix(line, STR(">")))
        rows(g, gmi_quote, gmi_quote, str_skip(line, 1));
    else
        rows(g, gmi_text, gmi_text, line);
}

void
gmi_user_block(struct gmi *g, struct str text)
{
    struct buf clean;
    struct str line;
    bool is_good;

    gmi_end(g);
    /* A line that is invalid to its last byte grows threefold. */
    buf_init(&clean, text.n * 3);
    while (line_next(&text, &line, &is_good) && !g->out->bad && !clean.bad) {
        if (is_good) { /* as most are */
            block_line(g, line);
            continue;
        }
        buf_reset(&clean);
        text_add_shown(&clean, line, g->is_pre);
        block_line(g, buf_str(&clean));
    }
    if (clean.bad && !g->out->bad)
        g->out->bad = clean.bad;
    buf_release(&clean);
    /* A fence left open would swallow the page's own buttons. */
    gmi_end(g);
}

bool
gmi_user_block_head(struct gmi *g, struct str text, size_t max)
{
    struct str head = text_head(text, max);
    size_t cut = head.n;

    if (head.n < text.n) {
        while (cut > 0 && head.p[cut - 1] != '\n')
            cut--;
        if (cut == 0) {
            cut = head.n;
            while (cut > 0 && head.p[cut - 1] != ' ')
                cut--;
        }
        if (cut > 0)
            head.n = cut;
    }
    gmi_user_block(g, head);
    return str_trim(str_skip(text, head.n)).n == 0;
}
