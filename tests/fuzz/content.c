/*
 * The text of a frame with holes, as an operator may write it. A scanner that
 * knows nothing but "{{name}}" says whether there is a hole of an unknown name;
 * such a frame has to be refused. One that is taken, filled with hostile text
 * and addresses, has to be a page that any client can show.
 */
#include "base/log.h"
#include "pages/frame.h"
#include "tests/fuzz/oracle.h"

#define MEMORY (1 << 20)

static const struct str hostile = {"\n# planted\n=> gemini://x planted\n```",
                                   36};

static void
fill_words(struct gmi *g, const void *view)
{
    (void)view;
    gmi_user(g, hostile);
}

static void
fill_lines(struct gmi *g, const void *view)
{
    (void)view;
    gmi_text(g);
    gmi_user(g, hostile);
    gmi_user_block(g, hostile);
}

static void
fill_nothing(struct gmi *g, const void *view)
{
    (void)g, (void)view;
}

static struct href
address(const void *view)
{
    (void)view;
    return (struct href){STR("/i/t/1")};
}

static struct href
no_address(const void *view)
{
    (void)view;
    return (struct href){STR("")};
}

/* The standard names too, which need a visit otherwise. */
static const struct hole own[] = {
    WORDS("words", fill_words), WORDS("none", fill_nothing),
    LINES("lines", fill_lines), LINES("nothing", fill_nothing),
    HREF("link", address),      HREF("no-link", no_address),
    LINES("who", fill_lines),   WORDS("site", fill_words),
    WORDS("host", fill_words),  HREF("home", address),
    HREF("inside", address),    HREF("communities", address),
    HREF("help", address),      HREF("search", address),
    HREF("about", no_address),  {0}};

static bool
is_known(const char *p, size_t n)
{
    while (n > 0 && strchr(" \t\r", *p))
        p++, n--;
    while (n > 0 && strchr(" \t\r", p[n - 1]))
        n--;
    for (const struct hole *h = own; h->name; h++)
        if (strlen(h->name) == n && memcmp(h->name, p, n) == 0)
            return true;
    return false;
}

/* Is there a hole of a name that nobody knows? Fenced blocks and remarks hold
 * what they like. */
static bool
has_stranger(const char *p, size_t n)
{
    const char *end = p + n;
    bool is_pre = false;

    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        const char *open, *shut;

        stop = stop ? stop : end;
        if (stop - p >= 3 && memcmp(p, "```", 3) == 0)
            is_pre = !is_pre;
        else if (!is_pre && !(stop - p >= 2 && memcmp(p, "%%", 2) == 0))
            while ((open = memmem(p, (size_t)(stop - p), "{{", 2))) {
                open += 2;
                shut = memmem(open, (size_t)(stop - open), "}}", 2);
                if (!shut || !is_known(open, (size_t)(shut - open)))
                    return true;
                p = shut + 2;
            }
        p = stop + 1;
    }
    return false;
}

/* No control characters, no endless line. */
static bool
is_readable(const char *p, size_t n)
{
    size_t length = 0;

    for (size_t i = 0; i < n; i++) {
        if (((unsigned char)p[i] < 0x20 && p[i] != '\n' && p[i] != '\t') ||
            p[i] == 0x7F || ++length > 1900)
            return false;
        if (p[i] == '\n')
            length = 0;
    }
    return true;
}

/* The hostile text reached no line's beginning. */
static void
planted_check(const char *p, size_t n)
{
    DEMAND(!memmem(p, n, "\n# planted", 10));
    DEMAND(!memmem(p, n, "=> gemini://x planted\n", 22));
}

static bool
has_many_titles(const char *p, size_t n)
{
    int titles = 0;

    for (size_t i = 0; i + 1 < n; i++)
        titles +=
            p[i] == '#' && p[i + 1] == ' ' && (i == 0 || p[i - 1] == '\n');
    return titles > 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct frame frame;
    struct arena mem;
    struct buf out;
    struct gmi g;
    enum err e;

    /* Such a file was refused before. */
    if (size == 0 || size > 8192 || !oracle_utf8(text.p, text.n) ||
        !is_readable(text.p, text.n))
        return 0;
    log_set_level((enum log_level)(LOG_ERROR + 1));
    arena_init(&mem, MEMORY);
    buf_init(&out, 4 << 20);
    e = frame_parse(text, STR("f"), own, &mem, &frame);
    DEMAND(e == OK || e == E_UNUSABLE);
    DEMAND(e != OK || !has_stranger(text.p, text.n));
    if (e == OK) {
        gmi_init(&g, &out);
        frame_fill(&frame, &g, &g);
        gmi_end(&g);
        DEMAND(!out.bad);
        if (out.n > 0 && !memmem(text.p, text.n, "planted", 7))
            planted_check(out.p, out.n);
        /* How many titles a page has is the operator's own affair. */
        if (!has_many_titles(text.p, text.n))
            oracle_gemtext(out.p, out.n);
    }
    buf_release(&out);
    arena_release(&mem);
    return 0;
}
