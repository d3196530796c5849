/* What follows when a text was handed in. Whatever came of it, the text is a
 * post or a draft, and the answer leads to it. */
#ifndef PAGES_POSTED_H
#define PAGES_POSTED_H

#include "pages/visit.h"

/* 30 to the draft. */
enum err draft_show(const struct visit *v, struct response *rs, int64_t draft);
/* 30 to the prompt that adds to the draft and publishes it. */
enum err draft_prompt(const struct visit *v, struct response *rs,
                      int64_t draft);
/* 20: not posted, and o->why; o->draft holds the text. */
enum err draft_kept(const struct visit *v, struct response *rs,
                    const struct outcome *o);

/* An after_fn: any of the above, or 30 to the new post. A reload of that short
 * page repeats nothing. */
enum err posted_after(const struct visit *v, struct response *rs,
                      const struct outcome *o);
/* An after_fn: 30 to the draft that the change opened. */
enum err opened_after(const struct visit *v, struct response *rs,
                      const struct outcome *o);

/* The answer to ";edit": text as its author wrote it, and nothing else. */
enum err raw_text(struct response *rs, struct str text);

#endif
