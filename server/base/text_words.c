/* The words of a text, as they are searched for. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/text.h"

#define WORD_BYTES 96 /* of a word that is looked at; the rest is cut off */
#define PIECE 3       /* letters of a piece, in scripts without spaces */

/* Letters with a stroke, which no decomposition takes from them. */
static const struct plain {
    int32_t from;
    char to;
} plains[] = {
    {0xF8, 'o'},  {0x111, 'd'}, {0x127, 'h'}, {0x131, 'i'},
    {0x142, 'l'}, {0x167, 't'}, {0x180, 'b'}, {0x268, 'i'},
};

/* First and last letters of scripts that put no spaces between words. */
static const struct range {
    int32_t first, last;
} unspaced[] = {
    {0xE01, 0xEFF},   {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x3005, 0x3007},
    {0x3041, 0x312F}, {0x31F0, 0x31FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
    {0xA9E0, 0xA9FF}, {0xAA60, 0xAA7F}, {0xF900, 0xFAFF}, {0x20000, 0x323AF},
};

static bool
is_unspaced(int32_t c)
{
    if (c < unspaced[0].first)
        return false;
    for (size_t i = 0; i < sizeof(unspaced) / sizeof(unspaced[0]); i++)
        if (c >= unspaced[i].first && c <= unspaced[i].last)
            return true;
    return false;
}

static bool
is_mark(int32_t c)
{
    utf8proc_category_t kind = utf8proc_category(c);

    return kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_MC ||
           kind == UTF8PROC_CATEGORY_ME;
}

/* What a word is made of; joiners are taken out when it is folded. */
static bool
is_of_word(int32_t c)
{
    return text_is_alnum(c) || is_mark(c) || c == 0x200C || c == 0x200D;
}

/* Accents and points that people leave out when they type. Signs that make
 * another letter of theirs (class 0 and small ones: vowels of Hindi, voiced
 * kana; around 103 to 132: vowels and tones of Thai, Lao, Tibetan) stay. */
static bool
is_accent(int32_t c)
{
    int class = utf8proc_get_property(c)->combining_class;

    return class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

static int32_t
plain_of(int32_t c)
{
    for (size_t i = 0; i < sizeof(plains) / sizeof(plains[0]); i++)
        if (plains[i].from == c)
            return plains[i].to;
    return c;
}

struct words {
    struct buf *out;
    struct str before;
    int letters; /* of the last run without spaces; 0: it was a word */
};

static void
word_end(struct words *w, struct str word)
{
    if (word.n == 0)
        return;
    buf_add(w->out, w->before);
    buf_add(w->out, text_head(word, WORD_BYTES));
    buf_add_char(w->out, ' ');
}

static void
word_plain(struct words *w, struct str word)
{
    char low[WORD_BYTES];
    size_t n = word.n < sizeof(low) ? word.n : sizeof(low);

    for (size_t i = 0; i < n; i++) {
        char c = word.p[i];

        low[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    w->letters = 0;
    word_end(w, (struct str){low, n});
}

/* A letter with the marks that follow it. */
static struct str
letter_take(struct str *run)
{
    struct str all = *run, after;

    (void)text_next(run);
    for (after = *run; after.n > 0; *run = after)
        if (!is_mark(text_next(&after)))
            break;
    return (struct str){all.p, all.n - run->n};
}

/* "abcd" becomes "abc bcd cd d": any part of it begins one of them. */
static void
pieces_add(struct words *w, struct str run)
{
    w->letters = 0;
    while (run.n > 0) {
        struct str rest = run, end;

        (void)letter_take(&rest);
        end = rest;
        for (int i = 1; i < PIECE && end.n > 0; i++)
            (void)letter_take(&end);
        word_end(w, (struct str){run.p, run.n - end.n});
        w->letters++;
        run = rest;
    }
}

/* Folded text, taken apart where the kind of script changes. */
static void
runs_add(struct words *w, struct str folded)
{
    while (folded.n > 0) {
        struct str rest = folded, run = folded;
        int32_t c = text_next(&rest);
        bool is_without = is_unspaced(c);

        if (!is_of_word(c)) {
            folded = rest;
            continue;
        }
        for (struct str at = rest; at.n > 0; rest = at) {
            c = text_next(&at);
            if (!is_of_word(c) || (!is_mark(c) && is_unspaced(c) != is_without))
                break;
        }
        run.n -= rest.n;
        if (is_without) {
            pieces_add(w, run);
        } else {
            w->letters = 0;
            word_end(w, run);
        }
        folded = rest;
    }
}

/* Case and accents away; in place, for it can only get shorter. */
static struct str
accents_drop(char *p, size_t n)
{
    struct str rest = {p, n};
    size_t used = 0;
    int32_t c;

    while ((c = text_next(&rest)) >= 0)
        if (!is_accent(c))
            used += (size_t)utf8proc_encode_char(plain_of(c),
                                                 (utf8proc_uint8_t *)p + used);
    return (struct str){p, used};
}

static void
word_fold(struct words *w, struct str word)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t n = utf8proc_map(
        (const utf8proc_uint8_t *)word.p, (utf8proc_ssize_t)word.n, &made,
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                            UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                            UTF8PROC_IGNORE));

    if (n > 0)
        runs_add(w, accents_drop((char *)made, (size_t)n));
    else if (n == UTF8PROC_ERROR_NOMEM)
        w->out->bad = E_NOMEM;
    free(made);
}

static void
words_add(struct words *w, struct str text)
{
    if (w->out->n == 0)
        buf_add_char(w->out, ' ');
    while (text.n > 0) {
        struct str rest = text, after = text;
        bool is_plain = true;
        int32_t c;

        while (after.n > 0 && is_of_word(c = text_next(&after))) {
            is_plain &= c < 0x80;
            rest = after;
        }
        if (rest.n == text.n) {
            text = after;
            continue;
        }
        text.n -= rest.n;
        if (is_plain)
            word_plain(w, text);
        else
            word_fold(w, text);
        text = rest;
    }
}

void
text_words(struct buf *out, struct str text, struct str before)
{
    struct words w = {.out = out, .before = before};

    words_add(&w, text);
}

/* Without its last n words. */
static void
words_cut(struct buf *out, int n)
{
    for (; n > 0 && !out->bad; n--) {
        out->n--;
        while (out->n > 0 && out->p[out->n - 1] != ' ')
            out->n--;
    }
}

bool
text_words_asked(struct buf *out, struct str text)
{
    struct words w = {.out = out};

    words_add(&w, text);
    if (w.letters == 0)
        return false;
    words_cut(out, w.letters < PIECE ? w.letters - 1 : PIECE - 1);
    return w.letters < PIECE;
}
