/*
 * The gemtext writer, and the only one. Text has an origin: gmi_say takes our
 * own words, gmi_user what a member wrote, gmi_link an address that route() or
 * href_external() made; one for another does not compile. Opening a line ends
 * the one before, and a user's text only goes into an open line, so it can not
 * make a line of its own. Failures stick in the buffer.
 */
#ifndef WIRE_GMI_H
#define WIRE_GMI_H

#include "base/buf.h"

struct href {
    struct str url; /* empty: no link */
};

/* Bytes of a line at most: some clients read 2,047 and take what follows for
 * a line of its own. What is longer is broken in a block, and cut elsewhere. */
#define GMI_LINE_MAX 1900

struct gmi {
    struct buf *out;
    bool is_open;  /* a line has been begun */
    bool is_fresh; /* nothing is in it yet but its mark */
    bool is_pre;   /* between fences */
    bool is_text;  /* the open line has no mark of its own */
    size_t begin;  /* where in out the open line begins */
};

void gmi_init(struct gmi *g, struct buf *out);
/* Ends the open line and an open fence. */
void gmi_end(struct gmi *g);

void gmi_h1(struct gmi *g);
void gmi_h2(struct gmi *g);
void gmi_h3(struct gmi *g);
void gmi_text(struct gmi *g); /* a paragraph */
void gmi_item(struct gmi *g); /* "* " */
void gmi_quote(struct gmi *g);
void gmi_blank(struct gmi *g); /* one blank line, never two */
void gmi_link(struct gmi *g, struct href to);
/* Opens and closes a block; alt is ours. Inside, gmi_text opens its lines. */
void gmi_pre(struct gmi *g, struct lit alt);
void gmi_pre_end(struct gmi *g);

/* Into the open line. gmi_say may hold no line break. */
void gmi_say(struct gmi *g, struct lit words);
void gmi_user(struct gmi *g, struct str text);
void gmi_int(struct gmi *g, int64_t n);
/* Dates and sizes, in ASCII that we made (clock_date, ...): nothing but
 * letters, digits and " :-.,/+()"; anything else becomes '?'. */
void gmi_plain(struct gmi *g, struct str ascii);

/* A whole post (gemtext.md section 3): headings go below the page's own two
 * levels, links with a known scheme stay links and show their host, other
 * links become text, an open fence is shut, over-long lines are broken. */
void gmi_user_block(struct gmi *g, struct str text);
/* The same, at most about max bytes of it, cut between lines (or at a blank
 * where the first line alone is longer). False where something was left out. */
bool gmi_user_block_head(struct gmi *g, struct str text, size_t max);

/* A frame of content/: raw lines of ours, already whole ("# Title\n"). */
void gmi_raw(struct gmi *g, struct lit lines);

/* A link to elsewhere that we chose ourselves (help pages). */
struct href href_external(struct lit url);

#endif
