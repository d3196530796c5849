/* What the views of a notebook share. */
#ifndef PAGES_NOTEBOOK_H
#define PAGES_NOTEBOOK_H

#include "forum/notebook.h"
#include "pages/reading.h"

/* "Pump trips after rain, post (2)", linked where it can still be read. */
void entry_title(struct gmi *g, const struct visit *v, const struct saved *s);
/* When it was saved, and under which word. */
void entry_about(struct gmi *g, const struct visit *v, const struct saved *s);

#endif
