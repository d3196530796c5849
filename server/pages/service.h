/* What a need, an offer, a review and a piece of work show in their thread. */
#ifndef PAGES_SERVICE_H
#define PAGES_SERVICE_H

#include "pages/reading.h"

/* Below the posts: until when, and the links of this kind. */
void service_lines(struct gmi *g, const struct visit *v,
                   const struct thread *t);
/* Below a post: what its author may make of it. */
void service_post_link(struct gmi *g, const struct visit *v,
                       const struct thread *t, const struct post *p);

/* The four questions of a review. */
enum { REVIEW_PARTS = 4 };
extern const struct review_part {
    enum post_claim claim;
    const char *name; /* in its path */
    enum route_id say;
    enum word_id heading;
} review_parts[REVIEW_PARTS];

/* May this visit close the review? */
bool review_may_close(const struct visit *v, const struct thread *t);

#endif
