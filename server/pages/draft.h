/* What the pages of drafts share. */
#ifndef PAGES_DRAFT_H
#define PAGES_DRAFT_H

#include "pages/posted.h"

/* The view of every page of one draft. */
struct draft_view {
    const struct visit *visit;
    bool is_long; /* of each part only the head is shown */
};

/* True where the draft was published: rs (or *e) then leads to what it became,
 * whatever was asked of it. */
bool draft_went(const struct visit *v, struct response *rs, enum err *e);

/* Into the open line: what the draft's thread is called, or that it has no
 * name yet. */
void draft_say_title(struct gmi *g, const struct visit *v,
                     const struct draft *d);

/* Lines about the draft of a question, of any thread, of an answer, each above
 * the link that changes it. */
/* Of whom it is asked first. True where of one person, who sees who asks. */
bool draft_show_asked(struct gmi *g, const struct visit *v);
void draft_show_quiet(struct gmi *g, const struct visit *v);
void draft_show_question(struct gmi *g, const struct visit *v);
void draft_show_tags(struct gmi *g, const struct visit *v);
void draft_show_claim(struct gmi *g, const struct visit *v);
/* Of a draft of a page: the posts that it is made from, and where to choose
 * more. */
void draft_sources_show(struct gmi *g, const struct visit *v);

/* sheet.c: below a question of a worksheet that nobody answered, the link that
 * does; and what that link prompts with. */
void sheet_show(struct gmi *g, const struct visit *v, int64_t position,
                struct str text);
enum word_id sheet_prompt(const struct visit *v);

#endif
