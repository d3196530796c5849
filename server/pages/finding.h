/* What the pages share that show what was found. */
#ifndef PAGES_FINDING_H
#define PAGES_FINDING_H

#include "forum/search.h"
#include "pages/visit.h"

/* A link line: date, title, where; below it the line that matches, if any. */
void line_find(struct gmi *g, const struct visit *v, const struct find *f);
/* A tag: of the site, or of the community that the visit is in. */
struct tag;
struct href href_tag(const struct visit *v, const struct tag *t);
/* A kept page. */
struct href href_page(const struct visit *v, int64_t page);

#endif
