#include "forum/terms.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define TYPED_MAX 1024
#define LINE_ROOM 240   /* bytes of a line that are shown */
#define LINE_BEFORE 100 /* of those, before the first word that was found */

/* The first words of what was typed between blanks or quotes. */
static enum err
term_add(struct terms *t, struct str typed, bool is_beginning,
         struct arena *mem)
{
    struct term *term = &t->term[t->n];
    struct buf words;
    size_t end = 0;
    bool is_cut;
    enum err e;

    buf_init(&words, 64 << 10);
    is_cut = text_words_asked(&words, typed);
    for (int i = 0; i < TERM_WORDS_MAX && end + 1 < words.n; i++) {
        end++;
        while (words.p[end] != ' ')
            end++;
    }
    if (end > 0 && t->n == TERMS_MAX) {
        t->was_cut = true;
    } else if (end > 0) {
        term->words = arena_copy(mem, (struct str){words.p, end});
        /* One letter of a script with spaces begins half of all words. */
        term->is_beginning =
            end + 1 >= words.n && (is_cut || (is_beginning && end > 2));
        t->was_cut |= end + 1 < words.n;
        t->n++;
    }
    e = words.bad ? words.bad : mem->bad;
    buf_release(&words);
    return e;
}

/* Up to the end of a phrase or of a run without blanks. A quote that nothing
 * closes holds all that follows. */
static struct str
piece_take(struct str *rest)
{
    struct str s = str_trim(*rest);
    size_t n = 0;
    ptrdiff_t quote;

    if (s.n > 0 && s.p[0] == '"') {
        s = str_skip(s, 1);
        quote = str_find(s, '"');
        *rest = quote < 0 ? STR("") : str_skip(s, (size_t)quote + 1);
        return quote < 0 ? s : (struct str){s.p, (size_t)quote};
    }
    while (n < s.n && s.p[n] != '"' && !strchr(" \t\r\n", s.p[n]))
        n++;
    *rest = str_skip(s, n);
    return (struct str){s.p, n};
}

static bool
star_take(struct str *piece, struct str *rest)
{
    if (str_has_suffix(*piece, STR("*")))
        return true;
    if (rest->n == 0 || rest->p[0] != '*')
        return false;
    *rest = str_skip(*rest, 1); /* behind a phrase */
    return true;
}

enum err
terms_read(struct str typed, struct arena *mem, struct terms *out)
{
    struct str rest = text_head(typed, TYPED_MAX);
    enum err e = OK;

    *out = (struct terms){.was_cut = rest.n < typed.n};
    while (!e && str_trim(rest).n > 0) {
        struct str piece = piece_take(&rest);
        bool is_beginning = star_take(&piece, &rest);

        e = term_add(out, piece, is_beginning, mem);
    }
    return e;
}

enum err
terms_read_title(struct str title, struct arena *mem, struct terms *out)
{
    struct str rest = text_head(title, TYPED_MAX);
    enum err e = OK;

    *out = (struct terms){0};
    while (!e && str_trim(rest).n > 0) {
        struct str s = str_trim(rest);
        size_t n = 0;

        while (n < s.n && !strchr(" \t\r\n\"", s.p[n]))
            n++;
        rest = str_skip(s, n == 0 ? 1 : n);
        e = term_add(out, (struct str){s.p, n}, false, mem);
    }
    return e;
}

struct str
terms_before(int64_t closed, char out[32])
{
    int n = closed ? snprintf(out, 32, ":%lld:", (long long)closed) : 0;

    return (struct str){out, (size_t)n};
}

static void
term_match(struct buf *b, const struct term *term, struct str before)
{
    struct str rest = str_skip(term->words, 1);

    buf_add_char(b, '"');
    while (rest.n > 0) {
        buf_add(b, before);
        buf_add(b, str_cut(&rest, ' '));
        buf_add_char(b, rest.n > 0 ? ' ' : '"');
    }
    if (term->is_beginning)
        buf_add(b, STR(" *"));
}

struct str
terms_era(int64_t id, char out[32])
{
    int n = id < 0 ? snprintf(out, 32, ":p")
                   : snprintf(out, 32, ":e%lld", (long long)(id >> ERA_BITS));

    return (struct str){out, (size_t)n};
}

struct str
terms_match(const struct terms *t, unsigned chosen, int64_t closed,
            struct str era, struct arena *mem)
{
    char digits[32];
    struct str before = terms_before(closed, digits), copy;
    struct buf b;

    buf_init(&b, 256 << 10);
    if (era.n > 0) {
        buf_add_char(&b, '"');
        buf_add(&b, era);
        buf_add_char(&b, '"');
    }
    for (int i = 0; i < t->n; i++) {
        if (!(chosen & 1U << i))
            continue;
        if (b.n > 0)
            buf_add(&b, STR(" AND "));
        term_match(&b, &t->term[i], before);
    }
    if (b.bad)
        mem->bad = b.bad;
    copy = arena_copy(mem, buf_str(&b));
    buf_release(&b);
    return copy;
}

/* Behind the words of a whole text stands a blank, as before each. */
static const char *
term_find(const struct term *term, struct str words)
{
    struct str rest = words;
    const char *p;

    while ((p = memmem(rest.p, rest.n, term->words.p, term->words.n))) {
        const char *end = p + term->words.n;

        if (term->is_beginning || (end < words.p + words.n && *end == ' '))
            return p;
        rest = (struct str){p + 1, (size_t)(words.p + words.n - p - 1)};
    }
    return NULL;
}

static unsigned
terms_found(const struct terms *t, struct str words)
{
    unsigned bits = 0;

    for (int i = 0; i < t->n; i++)
        if (words.n > 0 && term_find(&t->term[i], words))
            bits |= 1U << i;
    return bits;
}

enum err
terms_in(const struct terms *t, struct str text, unsigned *bits)
{
    struct buf words;
    enum err e;

    buf_init(&words, 16 << 20);
    text_words(&words, text, STR(""));
    *bits = terms_found(t, buf_str(&words));
    e = words.bad;
    buf_release(&words);
    return e;
}

static int
bits_count(unsigned bits)
{
    int n = 0;

    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

/* A long line from shortly before the first of its words on. Halving finds how
 * much of its beginning has none. */
static enum err
line_head(const struct terms *t, struct str line, struct str *out)
{
    size_t none = 0, some = line.n, at;
    enum err e = OK;

    while (!e && some - none > 1) {
        size_t half = none + (some - none) / 2;
        unsigned bits;

        if (!(e = terms_in(t, (struct str){line.p, half}, &bits)))
            *(bits ? &some : &none) = half;
    }
    at = none > LINE_BEFORE ? text_head(line, none - LINE_BEFORE).n : 0;
    if (at > 0) {
        struct str before = {line.p + at, LINE_BEFORE / 2};
        ptrdiff_t blank = str_find(before, ' ');

        at += blank < 0 ? 0 : (size_t)blank + 1;
    }
    *out = text_head(str_skip(line, at), LINE_ROOM);
    return e;
}

enum err
terms_line(const struct terms *t, struct str text, struct str *line)
{
    struct str best = STR("");
    int most = 0;
    enum err e = OK;

    while (!e && text.n > 0) {
        struct str one = str_trim(str_cut(&text, '\n'));
        unsigned bits;

        if ((e = terms_in(t, one, &bits)))
            break;
        if (bits_count(bits) > most) {
            most = bits_count(bits);
            best = one;
        }
    }
    if (e || best.n <= LINE_ROOM) {
        *line = best;
        return e;
    }
    return line_head(t, best, line);
}
