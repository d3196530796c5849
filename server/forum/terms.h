/*
 * What somebody searches for, taken apart: words, "phrases" and beginnings*.
 * Whatever else was typed is text like any other, so nothing can be wrong with
 * it. Knows how FTS5 is asked for it, and by which line a text answers.
 */
#ifndef FORUM_TERMS_H
#define FORUM_TERMS_H

#include "base/arena.h"

#define TERMS_MAX 12
#define TERM_WORDS_MAX 24

struct term {
    struct str words;  /* " word word": folded, each with a blank before it */
    bool is_beginning; /* of the last word */
};

struct terms {
    struct term term[TERMS_MAX];
    int n;
    bool was_cut; /* there were more */
};

/* Lives in mem. No terms where nothing typed is a letter or a digit. */
enum err terms_read(struct str typed, struct arena *mem, struct terms *out);
/* Each word by itself, whatever stands around it. */
enum err terms_read_title(struct str title, struct arena *mem,
                          struct terms *out);

/* The words of a place that only some may read have its number before them in
 * the index, so that whoever may not can not even ask for them. 0: anyone. */
struct str terms_before(int64_t closed, char out[32]);
/* The word beside them: of a page (id < 0), or of the quarter of a million to
 * which a post belongs. */
#define ERA_BITS 18
struct str terms_era(int64_t id, char out[32]);
/* For MATCH: all of the chosen terms (a bit for each), in one place; era may be
 * empty. */
struct str terms_match(const struct terms *t, unsigned chosen, int64_t closed,
                       struct str era, struct arena *mem);

/* Which of the terms are in a text (a bit for each). */
enum err terms_in(const struct terms *t, struct str text, unsigned *bits);
/* The line of text that has most of them (the first of those), from near the
 * first of its words on; empty where none has any. Borrowed from text. */
enum err terms_line(const struct terms *t, struct str text, struct str *line);

#endif
