/* When two names are the same, or look it. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/text.h"

#define SLUG_MIN 2
#define SLUG_MAX 32

/*
 * Letters that one can take for another, each row with the letter that stands
 * for all of it. The idea is that of the skeletons in Unicode Technical
 * Standard 39; the rows are the letters that names in Latin, Greek and
 * Cyrillic are written with, looked at in a common font. Capitals stand here
 * where they look like a Latin capital, which need not be so for the small
 * letter. i, l and 1 are one, since a capital I is a small l to the eye.
 */
static const struct look {
    const char *like, *as;
} looks[] = {
    {"Ααаɑ", "a"},       {"ΒВЬьƄ", "b"},   {"сСϲϹ", "c"},
    {"ԁԀ", "d"},         {"ΕеЕҽ", "e"},    {"Ϝ", "f"},
    {"ɡԌ", "g"},         {"ΗНһҺн", "h"},   {"iIΙιІіıӏӀ1|ǀ", "l"},
    {"јЈϳ", "j"},        {"ΚкКκ", "k"},    {"mΜМм", "rn"},
    {"ΝпПη", "n"},       {"ΟοоОσ0օ", "o"}, {"ΡρрР", "p"},
    {"ԛԚ", "q"},         {"гᴦ", "r"},      {"ѕЅ5", "s"},
    {"ΤТтτ", "t"},       {"υцս", "u"},     {"νѵѴ", "v"},
    {"wԝԜωѡ", "vv"},     {"ΧхХχ×", "x"},   {"ΥуУүҮγ", "y"},
    {"Ζ2", "z"},         {"ЗзӠӡƷʒ", "3"},  {"Чч", "4"},
    {"бϬ", "6"},         {"ȣȢ", "8"},      {"‐‑‒–—―−_ー", "-"},
    {"`´‘’‚‛ʹʻʼ′", "'"}, {"“”„‟″", "''"},  {"·•∙⋅‧", "."},
    {"‚", ","},          {"։ː∶", ":"},     {"⁄∕／", "/"},
};

/* What utf8proc makes of s; empty on failure, which sticks in mem. */
static struct str
map(struct arena *mem, struct str s, int options)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
                     &made, (utf8proc_option_t)options);
    struct str out = STR("");

    if (n > 0)
        out = arena_copy(mem, (struct str){(char *)made, (size_t)n});
    else if (n == UTF8PROC_ERROR_NOMEM)
        mem->bad = E_NOMEM;
    free(made);
    return out;
}

struct str
text_fold(struct arena *mem, struct str s)
{
    if (s.n == 0 || !text_is_valid(s))
        return STR("");
    /* Invisible characters go too: they would make two of one name. */
    s = map(mem, s,
            UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    return text_line(mem, s);
}

/* What stands for c, or NULL. */
static const char *
look_find(int32_t c)
{
    for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
        struct str like = str_of(looks[i].like);

        while (like.n > 0) {
            if (text_next(&like) == c)
                return looks[i].as;
        }
    }
    return NULL;
}

static struct str
look_all(struct arena *mem, struct str s)
{
    /* A stand-in has at most two bytes, so that no row can outgrow this. */
    char *p = arena_alloc(mem, s.n * 2 + 1);
    size_t n = 0;

    if (!p)
        return STR("");
    while (s.n > 0) {
        struct str rest = s;
        const char *as = look_find(text_next(&rest));
        struct str one = as ? str_of(as) : (struct str){s.p, s.n - rest.n};

        for (size_t i = 0; i < one.n; i++)
            p[n++] = one.p[i];
        s = rest;
    }
    return (struct str){p, n};
}

struct str
text_skeleton(struct arena *mem, struct str s)
{
    const int apart = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                      UTF8PROC_IGNORE;

    if (s.n == 0 || !text_is_valid(s))
        return STR("");
    /* Twice: capitals have looks of their own, and so has what case folding
     * makes of the rest. */
    s = look_all(mem, map(mem, s, apart));
    s = look_all(mem, map(mem, s, apart | UTF8PROC_CASEFOLD));
    return text_line(mem, s);
}

/* Letters that Unicode does not take apart into a plain one and a mark. */
static const char *
slug_find(int32_t c)
{
    switch (c) {
    case 0xE6:
        return "ae";
    case 0xF0:
    case 0x111:
        return "d";
    case 0xF8:
        return "o";
    case 0xFE:
        return "th";
    case 0x131:
        return "i";
    case 0x142:
        return "l";
    case 0x153:
        return "oe";
    default:
        return NULL;
    }
}

static bool
is_plain(int32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Between words: what a slug writes as '-'. */
static bool
is_gap(int32_t c)
{
    return c < 0x80 || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS ||
           utf8proc_category(c) == UTF8PROC_CATEGORY_PD;
}

struct str
text_slug(struct arena *mem, struct str name)
{
    char *p = arena_alloc(mem, SLUG_MAX + 2);
    bool had_gap = false;
    size_t n = 0;
    int32_t c;

    if (!p || name.n == 0 || !text_is_valid(name))
        return STR("");
    name = map(mem, name,
               UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                   UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK);
    while (n < SLUG_MAX && (c = text_next(&name)) >= 0) {
        const char *two = slug_find(c);
        size_t need = (two ? str_of(two).n : 1) + (had_gap && n > 0);

        if (!two && !is_plain(c)) {
            had_gap = had_gap || (is_gap(c) && c != '\'');
            continue;
        }
        if (n + need > SLUG_MAX)
            break;
        if (had_gap && n > 0)
            p[n++] = '-';
        had_gap = false;
        if (!two)
            p[n++] = (char)c;
        for (; two && *two; two++)
            p[n++] = *two;
    }
    return n < SLUG_MIN ? STR("") : (struct str){p, n};
}
