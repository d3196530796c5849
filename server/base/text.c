#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#define MARKS_MAX 8
#define BAD 0xFFFD

/* One character off *rest; false where its bytes are not UTF-8. */
static bool
decode(struct str *rest, int32_t *c)
{
    utf8proc_int32_t got;
    utf8proc_ssize_t n;

    if ((unsigned char)rest->p[0] < 0x80) { /* most text, most of the time */
        *c = (unsigned char)rest->p[0];
        *rest = (struct str){rest->p + 1, rest->n - 1};
        return true;
    }
    n = utf8proc_iterate((const utf8proc_uint8_t *)rest->p,
                         rest->n < 8 ? (utf8proc_ssize_t)rest->n : 8, &got);
    if (n <= 0) {
        *rest = str_skip(*rest, 1);
        *c = BAD;
        return false;
    }
    *rest = str_skip(*rest, (size_t)n);
    *c = got;
    return true;
}

/* Are all eight bytes between blank and tilde? Where one is not, its upper bit
 * is set, or becomes so when 1 is added to a DEL or 0x20 taken from less. */
static bool
are_plain(const char *p)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t w;

    memcpy(&w, p, sizeof(w));
    return ((w | (w + each) | (w - each * 0x20)) & each * 0x80) == 0;
}

size_t
text_plain(struct str s)
{
    size_t n = 0;

    while (s.n - n >= 8 && are_plain(s.p + n))
        n += 8;
    while (n < s.n && s.p[n] >= 0x20 && s.p[n] < 0x7F)
        n++;
    return n;
}

static bool
follows(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The length of the first character if its first bytes tell that it is shown,
 * else 0: then it is to be looked at more closely, and may be shown as well. */
static size_t
good_character(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;

    if (s.n < 2 || p[0] < 0xC2 || p[0] > 0xF0 || !follows(p[1]))
        return 0;
    if (p[0] < 0xE0)
        return p[0] > 0xC2 || p[1] >= 0xA0 ? 2 : 0;
    if (s.n < 3 || !follows(p[2]))
        return 0;
    switch (p[0]) {
    case 0xE0: /* less is overlong */
        return p[1] >= 0xA0 ? 3 : 0;
    case 0xE2: /* U+2028 to U+207F hold breaks and overrides */
        return p[1] > 0x81 || (p[1] == 0x80 && p[2] < 0xA8) ? 3 : 0;
    case 0xED: /* more is a surrogate */
        return p[1] < 0xA0 ? 3 : 0;
    case 0xEF: /* U+FDD0 to U+FDEF, BOM, U+FFF9 and above */
        return p[1] != 0xB7 && p[1] != 0xBB && p[1] != 0xBF ? 3 : 0;
    case 0xF0: /* the last two of each plane are no characters */
        return s.n > 3 && p[1] >= 0x90 && follows(p[3]) &&
                       (p[2] != 0xBF || p[3] < 0xBE)
                   ? 4
                   : 0;
    default:
        return 3;
    }
}

size_t
text_good(struct str s)
{
    size_t n = 0, more = 1;

    for (; n < s.n && more > 0; n += more) {
        struct str rest = {s.p + n, s.n - n};

        more = (unsigned char)rest.p[0] < 0x80 ? text_plain(rest)
                                               : good_character(rest);
    }
    return n;
}

int32_t
text_next(struct str *rest)
{
    int32_t c;

    if (rest->n == 0)
        return -1;
    (void)decode(rest, &c); /* c says it: U+FFFD */
    return c;
}

bool
text_is_valid(struct str s)
{
    int32_t c;

    while (s.n > 0) {
        if (!decode(&s, &c) || c == 0)
            return false;
    }
    return true;
}

enum text_kind
text_kind(int32_t c)
{
    if (c >= 0x20 && c < 0x7F)
        return TEXT_SHOWN;
    /* CR, LF, VT, FF, FS, GS, RS, NEL, LS and PS: gemtext.md 3.1. */
    if ((c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 ||
        c == 0x2028 || c == 0x2029)
        return TEXT_BREAK;
    if ((c < 0x20 && c != '\t') || (c >= 0x7F && c <= 0x9F))
        return TEXT_UNWANTED;
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F))
        return TEXT_UNWANTED;
    if (c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
        (c >= 0xE0000 && c <= 0xE007F))
        return TEXT_UNWANTED;
    /* Noncharacters are for a program's inner use, never for exchange. */
    if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF))
        return TEXT_UNWANTED;
    return TEXT_SHOWN;
}

void
text_add_shown(struct buf *out, struct str s, bool keeps_tabs)
{
    struct str rest = s;

    /* s begins with what is good and not yet added, up to rest. */
    for (;;) {
        size_t good;
        int32_t c;
        bool is_whole;

        rest = str_skip(rest, text_good(rest));
        if (rest.n == 0)
            break;
        good = s.n - rest.n;
        is_whole = decode(&rest, &c);
        if (is_whole && text_kind(c) == TEXT_SHOWN && (c != '\t' || keeps_tabs))
            continue;
        buf_add(out, (struct str){s.p, good});
        buf_add(out, is_whole ? STR(" ") : STR("\xEF\xBF\xBD"));
        s = rest;
    }
    buf_add(out, s);
}

/* Characters on their way into memory that is large enough by reckoning. */
struct out {
    char *p;
    size_t n;
    int marks; /* in a row, so far */
};

/* Room for s, were each byte of it bad and became U+FFFD. */
static bool
out_init(struct out *o, struct arena *mem, struct str s)
{
    *o = (struct out){
        .p = arena_alloc(mem, text_is_valid(s) ? s.n + 1 : s.n * 3 + 1)};
    return o->p;
}

static struct str
out_str(const struct out *o)
{
    return (struct str){o->p, o->n};
}

static void
out_add(struct out *o, int32_t c)
{
    utf8proc_category_t kind = utf8proc_category(c);

    /* Joiners and other invisible characters do not start a new count, or
     * they could stack marks without end. */
    if (kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_ME)
        o->marks++;
    else if (kind != UTF8PROC_CATEGORY_CF)
        o->marks = 0;
    if (o->marks > MARKS_MAX &&
        (kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_ME))
        return;
    o->n += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)o->p + o->n);
}

/* Every kind of line break as LF, and nothing that is unwanted. */
static void
clean_characters(struct out *o, struct str s)
{
    int32_t c = -1, before;

    do {
        size_t plain = text_plain(s);
        enum text_kind kind;

        if (plain > 0) {
            memcpy(o->p + o->n, s.p, plain);
            o->n += plain;
            o->marks = 0;
            s = str_skip(s, plain);
            c = ' ';
        }
        before = c;
        c = text_next(&s);
        kind = text_kind(c);
        if (kind == TEXT_BREAK && !(c == '\n' && before == '\r'))
            out_add(o, '\n');
        else if (kind == TEXT_SHOWN)
            out_add(o, c);
    } while (c >= 0);
}

static struct str
trim_end(struct str s)
{
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* The lines of text, moved together in its own memory: it only shrinks. */
static struct str
clean_lines(char *p, struct str text)
{
    struct str rest = str_trim(text);
    bool is_pre = false;
    size_t n = 0, blanks = 0;

    while (rest.n > 0) {
        struct str line = trim_end(str_cut(&rest, '\n'));
        bool is_fence = str_has_prefix(line, STR("```"));

        blanks = line.n == 0 ? blanks + 1 : 0;
        if (blanks > 2)
            continue;
        if (n > 0)
            p[n++] = '\n';
        memmove(p + n, line.p, line.n);
        for (size_t i = 0; i < line.n; i++) {
            if (p[n + i] == '\t' && (!is_pre || is_fence))
                p[n + i] = ' ';
        }
        n += line.n;
        is_pre = is_pre != is_fence;
    }
    return (struct str){p, n};
}

struct str
text_clean(struct arena *mem, struct str s)
{
    struct out o;

    if (!out_init(&o, mem, s))
        return STR("");
    clean_characters(&o, s);
    return clean_lines(o.p, out_str(&o));
}

static bool
is_space(int32_t c)
{
    return c == ' ' || c == '\t' || text_kind(c) == TEXT_BREAK ||
           utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

struct str
text_line(struct arena *mem, struct str s)
{
    bool had_space = false;
    struct out o;
    int32_t c;

    if (!out_init(&o, mem, s))
        return STR("");
    while ((c = text_next(&s)) >= 0) {
        if (is_space(c)) {
            had_space = o.n > 0;
            continue;
        }
        if (text_kind(c) != TEXT_SHOWN)
            continue;
        if (had_space)
            out_add(&o, ' ');
        had_space = false;
        out_add(&o, c);
    }
    return out_str(&o);
}

bool
text_is_alnum(int32_t c)
{
    utf8proc_category_t kind = utf8proc_category(c);

    return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
           (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
}

bool
text_is_bracket(int32_t c)
{
    utf8proc_category_t kind = utf8proc_category(c);

    return kind == UTF8PROC_CATEGORY_PS || kind == UTF8PROC_CATEGORY_PE;
}
