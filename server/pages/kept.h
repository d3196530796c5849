/* What the views of a kept page share. */
#ifndef PAGES_KEPT_H
#define PAGES_KEPT_H

#include "pages/reading.h"

/* One slice of a long text, as gemtext: cut between lines, a fence that goes
 * on opened again. */
struct part_of_text {
    struct str text;
    int64_t number; /* 1 is the first */
    bool has_more;
};

/* Slice `number` of text. E_NOT_FOUND where there is none. */
enum err text_slice(struct arena *mem, struct str text, int64_t number,
                    struct part_of_text *out);

/* What changed from one text to another: lines taken out and added as quotes,
 * long stretches of what stayed left out. At most about room bytes; false
 * where there was more. */
bool changes_show(struct gmi *g, const struct visit *v, struct str was,
                  struct str is, size_t room, enum err *bad);

/* Of v->page: its newest version and by whom; whom it credits; the posts or
 * the page that it was made from; what people used it for. */
void made_show(struct gmi *g, const struct visit *v);
enum err credits_show(struct gmi *g, const struct visit *v);
enum err sources_show(struct gmi *g, const struct visit *v);
enum err used_show(struct gmi *g, const struct visit *v);
/* Links for whoever is credited by quiet names: seen by nobody else. */
enum err quiet_credits_show(struct gmi *g, const struct visit *v);
/* ": pumps, rain" into the open line; nothing where it has no tags. */
enum err page_tags_say(struct gmi *g, const struct visit *v);

/* Into the open line: the title of a post's thread; empty: it was withdrawn. */
void source_title(struct gmi *g, const struct visit *v, struct str title);

/* A doubt with its answer, if any; answerable: with links to answer it. */
void doubt_show(struct gmi *g, const struct visit *v,
                const struct page_doubt *d, bool is_answerable);
/* May this visit change v->page? */
bool may_tend(const struct visit *v);
/* "Found true on 2026-03-04, Lodwar", into the open line. */
void true_say(struct gmi *g, const struct visit *v, const struct page *p);

#endif
