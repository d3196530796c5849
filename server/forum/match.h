/* Do two short texts speak of the same thing? By their words, folded; without
 * a dictionary, so that it works in any language a little. */
#ifndef FORUM_MATCH_H
#define FORUM_MATCH_H

#include "base/arena.h"

#define MATCH_WORDS 64

struct match_words {
    struct str word[MATCH_WORDS]; /* folded, each once */
    int letters[MATCH_WORDS];
    int n;
};

/* The words of a text that say something; in scripts without blanks, pairs of
 * letters. They live in mem. */
void match_read(struct arena *mem, struct str text, struct match_words *out);

/* One long word, or two short ones, that both have in one form or another
 * ("weld", "welder", "welding"). */
bool match_is(const struct match_words *a, const struct match_words *b);

#endif
