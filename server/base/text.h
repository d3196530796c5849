/*
 * What is asked of Unicode, over utf8proc: is it valid, when are two names
 * the same, and what must never reach a reader's screen.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"
#include "base/buf.h"

/* Valid UTF-8: no overlong forms, no surrogates, no NUL. */
bool text_is_valid(struct str s);

/* The next character of *rest, which moves past it: U+FFFD for a byte that is
 * not UTF-8, -1 at the end. */
int32_t text_next(struct str *rest);

/* How many bytes at the beginning of s are printable ASCII: each of them one
 * character that is TEXT_SHOWN. Most text is little else. */
size_t text_plain(struct str s);

/* How many bytes at the beginning of s are characters that are TEXT_SHOWN, as
 * far as that is seen at a glance: text in any script, but perhaps not all. */
size_t text_good(struct str s);

/* What a character may do to a page that shows it. */
enum text_kind {
    TEXT_SHOWN,    /* it stays */
    TEXT_BREAK,    /* some client or terminal ends a line at it */
    TEXT_UNWANTED, /* control, escape, direction override, tag, BOM */
};
enum text_kind text_kind(int32_t c);

/* Appends s, with a space for every character that is not TEXT_SHOWN (and for
 * a tab, unless kept) and U+FFFD for every bad byte: always one line. */
void text_add_shown(struct buf *out, struct str s, bool keeps_tabs);

/* Typed text made fit to store and show (gemtext.md 3.1): line breaks of every
 * kind become LF; control characters, terminal escapes, direction overrides,
 * tags and BOM go; runs of more than 8 combining marks are cut; more than two
 * blank lines become two; blanks at line ends and at both ends go. Tabs become
 * a space, except in lines between ``` fences. Invalid UTF-8 becomes U+FFFD. */
struct str text_clean(struct arena *mem, struct str s);

/* The same, and one line: every break and run of blanks becomes one space. */
struct str text_line(struct arena *mem, struct str s);

/* Case-folded and NFKC-normalised: equal folds are the same name. Inner blanks
 * collapse to one space. Empty where s is invalid. */
struct str text_fold(struct arena *mem, struct str s);

/* The fold with look-alike letters of Latin, Greek and Cyrillic, digits and
 * punctuation mapped together (after the idea of UTS 39 skeletons): equal
 * skeletons look alike. */
struct str text_skeleton(struct arena *mem, struct str s);

/* Characters as a reader counts them (grapheme clusters). */
size_t text_letters(struct str s);

/* Whether a character is a letter or a digit, of any script. */
bool text_is_alnum(int32_t c);

/* Whether it opens or shuts a bracket, of any shape. */
bool text_is_bracket(int32_t c);

/* The words of a text as they are searched for, each with a blank behind it
 * (and one before the first where out is empty): folded, without accents. A run
 * of a script without spaces becomes a piece of up to three letters for each
 * letter of it. `before` is put before each word. */
void text_words(struct buf *out, struct str text, struct str before);
/* The same for what somebody searches: it is in a text where these words stand
 * in a row in its own. True: of the last one only the beginning. */
bool text_words_asked(struct buf *out, struct str text);

/* Columns on a terminal (East Asian wide characters count two). */
size_t text_columns(struct str s);

/* The longest prefix of at most n bytes that ends between graphemes. */
struct str text_head(struct str s, size_t n);

/* s in lines of at most the given columns, broken at blanks where possible;
 * existing line breaks stay. Appends to out. */
void text_wrap(struct buf *out, struct str s, size_t columns);

/* A short address (a-z 0-9 -, 2 to 32) made of a name: accents dropped, other
 * scripts too. Empty where fewer than two characters remain. */
struct str text_slug(struct arena *mem, struct str name);

#endif
