/* What a community's front page lists, each a hole of its frame. */
#ifndef PAGES_COMMUNITY_LISTS_H
#define PAGES_COMMUNITY_LISTS_H

#include "pages/reading.h"

struct community_view {
    const struct visit *visit; /* first */
    const struct community *community;
    int64_t before; /* threads that were active before this arrival number */
    int64_t *older; /* where the next page of threads begins; 0: no more */
    enum err *bad;
    bool is_followed, is_muted; /* by the visitor */
};

/* Those last written in; where they have no more room, *older says so. */
void front_threads(struct gmi *g, const void *view);
/* The newest kept pages, under their heading; nothing where there is none. */
void front_pages(struct gmi *g, const void *view);
/* One line of names, or nothing. */
void front_stewards(struct gmi *g, const void *view);

#endif
