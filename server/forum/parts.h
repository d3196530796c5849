/*
 * Inside forum/: a text and its parts. A part is a gemtext line, or a block
 * fenced with ```; it remembers how many blank lines stand before it, so that
 * joining the parts of a text gives back the very same text.
 */
#ifndef FORUM_PARTS_H
#define FORUM_PARTS_H

#include "base/arena.h"

/* As text_clean, and an open ``` is shut: what is stored. Never p NULL. */
struct str parts_clean(struct arena *mem, struct str typed);

/* How typed text ends: with + it goes on, with ++ it ends in a +. */
bool parts_goes_on(struct arena *mem, struct str *text);

struct part {
    struct str text; /* borrowed from the text that is split */
    int64_t blank;   /* blank lines before it */
};

/* Moves *rest past the next part of a clean text; false at the end. */
bool parts_next(struct str *rest, struct part *out);

/* Blank lines between the parts when the second was not written with the
 * first: none inside a list, a quote or a run of links. */
int64_t parts_gap(struct str before, struct str after);

#endif
