/* Catch-up, between its page and what tells the places; for these two alone. */
#ifndef PAGES_CATCH_UP_H
#define PAGES_CATCH_UP_H

#include "forum/follow.h"
#include "pages/reading.h"

/* A place of which only a part is shown: how far. So many fit into a link; a
 * page that has them ends. */
#define PARTS 16

struct catch_up {
    struct news *news;
    int count;
    bool has_more; /* behind the last place there are others */
    int shown;     /* places that this page is through with */
    struct {
        int place;
        int64_t mark;
    } part[PARTS];
    int parts;
    int posts; /* read so far */
    size_t begin;
    int64_t newest; /* arrival number */
    bool is_muting, hears_chat;
    enum err bad;
};

/* Writes as many places as there is room for, and where it stopped. */
void catch_up_tell(struct gmi *g, const struct visit *v, struct catch_up *up);

/* One kept page among it; not is_whole: without its text. */
void catch_up_kept(struct gmi *g, const struct visit *v, const struct page *k,
                   bool with_community, bool is_whole);

#endif
