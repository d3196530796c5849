/*
 * What the pages share on which people read: a post with its head and its
 * links, slices of posts that fit into a reader's patience, the words for
 * kinds and states. A slice is written until it is full; what was too much is
 * taken back, so its size is that of the bytes that are sent.
 */
#ifndef PAGES_READING_H
#define PAGES_READING_H

#include "pages/visit.h"

#define SLICE_ROOM (12 << 10)     /* bytes of posts; the frame has 4 KiB more */
#define POST_WHOLE_ROOM (8 << 10) /* a longer one is shown by its head */
#define POST_HEAD_SIZE (4 << 10)  /* bytes of that head */
#define MENU_ROOM 2560            /* bytes of links in a menu */

/* A place in a page to go back to, undoing what came after it. Taking it ends
 * the open line. */
struct mark {
    struct gmi g;
    size_t n;
};

struct mark mark_take(struct gmi *g);
void mark_back(struct gmi *g, const struct mark *m);

/* May this visit act at all? A member, below /i. */
bool is_acting(const struct visit *v);

/* A post below the heading that says who wrote it. */
void post_show(struct gmi *g, const struct visit *v, const struct thread *t,
               const struct post *p, bool is_whole);
/* The marker of a post that was taken away, and by whom. */
struct lit post_gone_word(const struct visit *v, enum post_status status);
/* Its text, or the marker of a post that was taken away; where it is too long
 * and not is_whole, its head and a link. True where something was left out. */
bool post_body(struct gmi *g, const struct visit *v, const struct post *p,
               bool is_whole);
/* A post among others of all kinds: its head is a link to it. */
void post_new(struct gmi *g, const struct visit *v, const struct thread *t,
              const struct post *p, bool is_whole);
/* "Name, 2026-03-02 (7)", into the open line. */
void post_by_name(struct gmi *g, const struct visit *v, const struct post *p);
/* The same, and how sure it is and what the asker said of it. */
void post_by(struct gmi *g, const struct visit *v, const struct post *p);
/* Its first lines, at most about so many bytes, each as a quote. */
void post_quote(struct gmi *g, const struct post *p, size_t size);

/* Below a post: what came of it, the newest first, and the thanks that both
 * sides show. A slice shows a few lines, the post's own page more. */
void post_value(struct gmi *g, const struct visit *v, const struct post *p,
                bool is_own_page);
/* Links to thank for it and to tell what came of it: for answers everywhere,
 * for other posts on their own page. */
void post_value_links(struct gmi *g, const struct visit *v,
                      const struct thread *t, const struct post *p,
                      bool is_own_page);
/* Lines of what came of it, of one post or page: until `most` are shown. The
 * id of the last one shown where there are more, else 0. The lines of the
 * visitor have a link that takes them away. */
struct came_lines {
    struct rows rows;
    int most;
    bool has_own_links;
    int64_t last;
    enum err bad;
};
void came_show(struct gmi *g, const struct visit *v, struct came_lines *c);
/* One line as a link to its post or page, its sentence below it. */
struct came;
void came_link(struct gmi *g, const struct visit *v, const struct came *w);

/* Posts of a thread, and what became of writing them. */
struct slice {
    int64_t from;    /* number of the first */
    size_t room;     /* bytes; at least one post is shown */
    bool is_whole;   /* long posts are not cut */
    int64_t next;    /* the first that had no room; 0: all were shown */
    bool is_shorter; /* the head of a post stands for the whole */
    enum err bad;
};

void slice_show(struct gmi *g, const struct visit *v, const struct thread *t,
                struct slice *s);
/* Where the slice begins that ends with post `last`. */
enum err slice_back(const struct visit *v, const struct thread *t, int64_t last,
                    int64_t *from);

/* Does this visitor write quietly in this thread? And a line that says so. */
bool is_quiet_here(const struct visit *v, const struct thread *t);
/* At the head of a question to one person (pair.c). */
void pair_lines(struct gmi *g, const struct visit *v, const struct thread *t);
void quiet_show(struct gmi *g, const struct visit *v, const struct thread *t);

/* The title, or a word in its place where it was withdrawn. */
void thread_name(struct gmi *g, const struct visit *v, const struct thread *t);
/* A link line to the community: "In Water · question · open". */
void thread_place(struct gmi *g, const struct visit *v, const struct thread *t);
/* To make a page of its posts, for those who may. */
struct href thread_keep(const struct visit *v);
/* "question · open · needed by 2026-03-12", into the open line. */
void thread_kind_say(struct gmi *g, const struct visit *v,
                     const struct thread *t);
/* What anyone may do in a community so open, as a sentence. */
struct lit openness_word(const struct visit *v, enum openness openness);

/* The same address inside, for a guest who wants to write; else empty. */
struct href come_inside(const struct visit *v, struct at at);

/* The address in full, as one passes it on: gemini://host[:port]/path. */
struct href address(const struct visit *v, struct at at);

#endif
