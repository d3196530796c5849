/* What a question shows beside its posts: how sure an answer is, what answered
 * it, and the links of those who may say so. */
#ifndef PAGES_MARKS_H
#define PAGES_MARKS_H

#include "pages/reading.h"

/* " · worked for me, Lodwar 2024 · answered the question", into the open line;
 * the same as plain text. */
void marks_say(struct gmi *g, const struct visit *v, const struct post *p);
struct str marks_text(const struct visit *v, struct arena *mem,
                      const struct post *p);

/* Below the question: what was tried, and each marked answer by its first
 * lines. */
void marks_tried(struct gmi *g, const struct visit *v, const struct thread *t);
enum err marks_quote(struct gmi *g, const struct visit *v,
                     const struct thread *t);

/* The two links with which an answer starts. */
struct href href_worked(const struct visit *v, const struct thread *t);
struct href href_idea(const struct visit *v, const struct thread *t);
void marks_answer_links(struct gmi *g, const struct visit *v,
                        const struct thread *t);
/* In a thread: "This answered me". On the post's own page: the rest. */
void marks_link(struct gmi *g, const struct visit *v, const struct thread *t,
                const struct post *p);
enum err marks_links_rest(struct gmi *g, const struct visit *v,
                          const struct thread *t, const struct post *p);

#endif
