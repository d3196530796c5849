/*
 * What changed between two texts, line by line: the shortest list of lines
 * taken out and added (Myers), as far as that is cheap. Texts that have little
 * in common are compared piece by piece, so that time and memory stay bounded
 * whatever they hold; the list is then right, if not the shortest.
 */
#ifndef BASE_DIFF_H
#define BASE_DIFF_H

#include "base/arena.h"

enum diff_kind {
    DIFF_SAME, /* lines of both */
    DIFF_OUT,  /* lines of the old text alone */
    DIFF_IN    /* lines of the new text alone */
};

/* Some lines in a row, without the line break behind the last. Those of all
 * runs but DIFF_IN, joined by line breaks, are the old text; those of all but
 * DIFF_OUT the new one. */
struct diff_run {
    enum diff_kind kind;
    struct str text; /* borrowed from the text that has it */
    int lines;       /* at least 1 */
};

struct diff_side {
    struct str text;
    uint32_t *begin;  /* of each line, and the end behind the last */
    uint32_t *hash;   /* of each line */
    bool *is_changed; /* the other side lacks it */
    int n, at;        /* lines; the next to hand out */
};

struct diff {
    struct diff_side was, is;
    struct arena mem;
};

/* Compares; the texts are borrowed until diff_release. */
enum err diff_init(struct diff *d, struct str was, struct str is);
void diff_release(struct diff *d);
/* The next run, in order; of a change first what was taken out. */
bool diff_next(struct diff *d, struct diff_run *out);

#endif
