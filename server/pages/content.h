/*
 * The texts of content/: frames of pages with {{holes}}, help, words; built in,
 * or overridden by the operator's files of the same name. A frame is gemtext
 * with holes and nothing more.
 *
 * - A hole alone on its line is filled by a function that may open lines; where
 *   it makes nothing, the line vanishes.
 * - A hole inside a line is filled by one that may only add words.
 * - A hole as a link's address takes a struct href; where that is empty, the
 *   whole line vanishes: so a page shows a link only to those who may use it.
 * - More than one blank line in a row becomes one.
 */
#ifndef PAGES_CONTENT_H
#define PAGES_CONTENT_H

#include "texts.h"
#include "wire/gmi.h"

struct content;

enum hole_kind { HOLE_LINES, HOLE_WORDS, HOLE_HREF };

struct hole {
    const char *name; /* NULL ends a table */
    enum hole_kind kind;
    void (*fill)(struct gmi *g, const void *view);
    struct href (*href)(const void *view); /* NULL: route counts */
    int route; /* enum route_id of a page that needs no number or name */
};

/* Rows of a table:
 *     const struct hole holes_thread[] = {
 *         WORDS("title", title), LINES("posts", posts),
 *         HREF("reply", reply), ROUTE("drafts", R_drafts), {0}};            */
#define LINES(name, fn)                                                        \
    {                                                                          \
        name, HOLE_LINES, fn, NULL, 0                                          \
    }
#define WORDS(name, fn)                                                        \
    {                                                                          \
        name, HOLE_WORDS, fn, NULL, 0                                          \
    }
#define HREF(name, fn)                                                         \
    {                                                                          \
        name, HOLE_HREF, NULL, fn, 0                                           \
    }

#define ROUTE(name, id)                                                        \
    {                                                                          \
        name, HOLE_HREF, NULL, NULL, id                                        \
    }

/* Every frame has a table of that name: holes_<frame>. Address holes may be
 * followed by the rest of a path ("=> {{help}}identity Identities"). Lines that
 * begin with %% are for those who edit a text, and are left out. Holes that
 * every frame may use beside its own: who (lines: "Inside as Amina", warnings;
 * or how a guest comes inside), site (words: its title), host (words), home,
 * inside, communities, search, help, about (hrefs). */

#define HOLES_DECLARE(frame) extern const struct hole holes_##frame[];
FRAME_TABLE(HOLES_DECLARE)
#undef HOLES_DECLARE

/* Reads the built-in texts and those of directory (may be empty). E_UNUSABLE:
 * a hole is unknown, misplaced or unfilled, a file has no frame of its name, or
 * a word is missing: each is logged as file:line. */
enum err content_load(struct str directory, struct content **out);
/* Shared by loops; the last release frees. */
struct content *content_hold(struct content *c);
void content_release(struct content *c); /* NULL is fine */

struct lit content_word(const struct content *c, enum word_id id);
/* WORD_..., or WORD_COUNT where there is none of that key. */
enum word_id content_find_word(const char *key);

/* Writes frame with its holes filled from view. */
void content_fill(const struct content *c, enum frame_id frame, struct gmi *g,
                  const void *view);
/* A help page likewise, with the holes that every frame has; by name (file
 * name without .gmi). E_NOT_FOUND. Their titles for the index: first heading.
 */
enum err content_help(const struct content *c, struct str name, struct gmi *g,
                      const void *view);
/* The same for a page of the handbook. */
enum err content_guide(const struct content *c, struct str name, struct gmi *g,
                       const void *view);
struct lit content_help_title(const struct content *c, enum help_id id);

#endif
