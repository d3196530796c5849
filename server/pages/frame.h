/* A page's frame: gemtext with holes, taken apart once and filled for every
 * visit. content.c keeps them; nobody else needs to know. */
#ifndef PAGES_FRAME_H
#define PAGES_FRAME_H

#include "base/arena.h"
#include "pages/content.h"

struct frame_line;

struct frame {
    struct frame_line *line; /* the first, or NULL */
    struct lit title;        /* of the first heading, where it has no hole */
};

/* The holes that every frame may use; ends with {0}. */
extern const struct hole holes_standard[];
/* The address of a ROUTE hole; view begins with the visit. */
struct href hole_route(const void *view, int id);

/* Takes text apart; own may be NULL. file is for the log. Borrows text. */
enum err frame_parse(struct str text, struct str file, const struct hole *own,
                     struct arena *mem, struct frame *out);
void frame_fill(const struct frame *f, struct gmi *g, const void *view);

#endif
