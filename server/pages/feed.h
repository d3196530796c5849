/* The link "Follow by feed" of pages that have one. */
#ifndef PAGES_FEED_H
#define PAGES_FEED_H

#include "pages/visit.h"

/* Outside, for whoever has no certificate to show; inside where the community
 * is closed. v->community decides, where there is one. */
struct href feed_link(const struct visit *v, struct at at);

#endif
