/*
 * Writes a page with hostile text between lines of its own, reads it again
 * with a parser made from the format's description alone, and compares: the
 * page's own lines stand where they were put, and nothing else became a title,
 * a section or a link that the writer did not make.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/gmi.h"

#define LONGEST 2046 /* what a client with a buffer of 2,048 bytes reads */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum kind { TEXT, LINK, FENCE, PRE, H1, H2, H3, ITEM, QUOTE };

struct line {
    enum kind kind;
    const char *p;
    size_t n;
};

#define DEMAND(what)                                                           \
    do {                                                                       \
        if (!(what)) {                                                         \
            fprintf(stderr, "broken: %s\n", #what);                            \
            abort();                                                           \
        }                                                                      \
    } while (0)

static bool
begins(const struct line *l, const char *with)
{
    size_t n = strlen(with);

    return l->n >= n && memcmp(l->p, with, n) == 0;
}

/* The kind of a line, by its first three bytes and the state. */
static void
line_type(struct line *l, bool *is_pre)
{
    if (begins(l, "```")) {
        l->kind = FENCE;
        *is_pre = !*is_pre;
    } else if (*is_pre)
        l->kind = PRE;
    else if (begins(l, "=>"))
        l->kind = LINK;
    else if (begins(l, "###"))
        l->kind = H3;
    else if (begins(l, "##"))
        l->kind = H2;
    else if (begins(l, "#"))
        l->kind = H1;
    else if (begins(l, "* "))
        l->kind = ITEM;
    else if (begins(l, ">"))
        l->kind = QUOTE;
    else
        l->kind = TEXT;
}

static bool
line_read(const char **p, const char *end, bool *is_pre, struct line *l)
{
    const char *stop;

    if (*p == end)
        return false;
    stop = memchr(*p, '\n', (size_t)(end - *p));
    DEMAND(stop); /* the last line ends too */
    *l = (struct line){TEXT, *p, (size_t)(stop - *p)};
    *p = stop + 1;
    line_type(l, is_pre);
    return true;
}

/* Bytes that no line may hold, looked for without decoding. */
static void
bytes_check(const struct line *l)
{
    const unsigned char *p = (const unsigned char *)l->p;

    DEMAND(l->n <= LONGEST);
    for (size_t i = 0; i < l->n; i++) {
        unsigned char a = p[i], b = i + 1 < l->n ? p[i + 1] : 0,
                      c = i + 2 < l->n ? p[i + 2] : 0;

        DEMAND(a >= 0x20 || (a == '\t' && l->kind == PRE));
        DEMAND(a != 0x7F && a != 0xC0 && a != 0xC1 && a < 0xF5);
        DEMAND(!(a == 0xC2 && b >= 0x80 && b <= 0x9F));
        DEMAND(!(a == 0xE2 && b == 0x80 && c >= 0xA8 && c <= 0xAE));
        DEMAND(!(a == 0xE2 && b == 0x81 && c >= 0xA6 && c <= 0xAF));
        DEMAND(!(a == 0xEF && b == 0xBB && c == 0xBF));
        DEMAND(!(a == 0xED && b >= 0xA0));
        DEMAND(!(a == 0xF3 && b == 0xA0 && (c == 0x80 || c == 0x81)));
    }
}

/* A link inside a block: absolute, of a known scheme, its host in the label. */
static void
user_link_check(const struct line *l)
{
    static const char *const schemes[] = {
        "gemini://", "https://", "http://", "gopher://", "spartan://",
        "finger://", "nex://",   "mailto:", "misfin:"};
    const char *url = l->p + 3, *end = l->p + l->n;
    const char *stop = memchr(url, ' ', (size_t)(end - url));
    size_t scheme = 0, host = 0;
    char shown[LONGEST + 3];

    DEMAND(begins(l, "=> "));
    stop = stop ? stop : end;
    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
        size_t n = strlen(schemes[i]);

        if ((size_t)(stop - url) > n && strncasecmp(url, schemes[i], n) == 0)
            scheme = n;
    }
    DEMAND(scheme > 0 && stop - url <= 1024);
    for (const char *c = url; c < stop; c++)
        DEMAND(*c > ' ' && *c <= '~');
    if (stop == end || url[scheme - 1] != '/')
        return;
    if (url[scheme] == '[') {
        scheme++;
        while (url + scheme + host < stop && url[scheme + host] != ']')
            host++;
    } else {
        while (url + scheme + host < stop &&
               !strchr("/?#:", url[scheme + host]))
            host++;
    }
    DEMAND(host > 0 && !memchr(url + scheme, '@', host));
    (void)snprintf(shown, sizeof(shown), "(%.*s)", (int)host, url + scheme);
    DEMAND(memmem(stop, (size_t)(end - stop), shown, host + 2));
}

struct reader {
    const char *p, *end;
    bool is_pre;
};

/* The page's own next line, which has to be of this kind and begin so. */
static void
own(struct reader *r, enum kind kind, const char *with)
{
    struct line l;

    DEMAND(line_read(&r->p, r->end, &r->is_pre, &l));
    bytes_check(&l);
    DEMAND(l.kind == kind);
    DEMAND(begins(&l, with));
    DEMAND(l.kind != TEXT || !begins(&l, "=:"));
}

/* Lines of a block, up to the page's own line of this kind and beginning. */
static void
block(struct reader *r, enum kind kind, const char *with)
{
    struct line l;

    for (;;) {
        DEMAND(line_read(&r->p, r->end, &r->is_pre, &l));
        bytes_check(&l);
        if (l.kind == kind && begins(&l, with))
            return;
        DEMAND(l.kind != H1 && l.kind != H2);
        DEMAND(l.kind != TEXT || !begins(&l, "=:"));
        if (l.kind == LINK)
            user_link_check(&l);
    }
}

static void
page_write(struct gmi *g, struct str a, struct str b)
{
    gmi_h1(g), gmi_user(g, a);
    gmi_text(g), gmi_user(g, a), gmi_user(g, b);
    gmi_link(g, (struct href){STR("/own")}), gmi_user(g, a);
    gmi_user_block(g, b);
    gmi_h2(g), gmi_say(g, LIT("middle ")), gmi_user(g, b);
    gmi_item(g), gmi_user(g, a);
    gmi_quote(g), gmi_user(g, b);
    gmi_pre(g, LIT("alt"));
    gmi_text(g), gmi_user(g, b);
    gmi_text(g), gmi_plain(g, a);
    gmi_pre_end(g);
    (void)gmi_user_block_head(g, b, a.n); /* either answer is fine */
    gmi_link(g, (struct href){STR("/last")}), gmi_say(g, LIT("Reply"));
    gmi_end(g);
}

static void
page_read(struct str page)
{
    struct reader r = {page.p, page.p + page.n, false};

    own(&r, H1, "# ");
    own(&r, TEXT, "");
    own(&r, LINK, "=> /own");
    block(&r, H2, "## middle ");
    own(&r, ITEM, "* ");
    own(&r, QUOTE, "> ");
    own(&r, FENCE, "```alt");
    own(&r, PRE, "");
    own(&r, PRE, "");
    own(&r, FENCE, "```");
    block(&r, LINK, "=> /last Reply");
    DEMAND(r.p == r.end);
    DEMAND(!r.is_pre);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t cut = size > 0 ? data[0] : 0;
    struct str all = {(const char *)data, size};
    struct str a, b = str_skip(all, 1 + cut);
    struct buf out;
    struct gmi g;

    a = str_skip(all, 1);
    a.n -= b.n;
    buf_init(&out, 1 << 20);
    gmi_init(&g, &out);
    page_write(&g, a, b);
    DEMAND(!out.bad);
    page_read(buf_str(&out));
    buf_release(&out);
    return 0;
}
