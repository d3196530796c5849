/* What a notice of the inbox tells, where other pages tell it too. */
#ifndef PAGES_NOTICE_H
#define PAGES_NOTICE_H

#include "forum/inbox.h"
#include "pages/visit.h"

/* Into the open line: "Josef replied to you · Pump trips". */
void notice_say(struct gmi *g, const struct visit *v,
                const struct inbox_line *l);

#endif
