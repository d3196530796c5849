/*
 * A visit: who, where, what was typed. serve() fills it; handlers get it
 * const, and the answer is the only thing they may alter.
 */
#ifndef PAGES_VISIT_H
#define PAGES_VISIT_H

#include "forum/actor.h"
#include "forum/change.h"
#include "forum/community.h"
#include "forum/draft.h"
#include "forum/member.h"
#include "forum/page.h"
#include "forum/post.h"
#include "forum/rules.h"
#include "forum/thread.h"
#include "pages/content.h"
#include "pages/routes.h"
#include "wire/exchange.h"
#include "wire/gmi.h"

struct loop_site; /* what one loop's thread has of the site; serve.c */

struct visit {
    struct at at;
    bool has_input;   /* something was typed (not just '?') */
    struct str input; /* decoded, LF for line breaks; not yet cleaned */
    bool is_upload;   /* input is a Titan body */
    bool is_edit;     /* titan ";edit": wants the raw text */
    bool is_stored;   /* what it changes is on the disk by now */
    struct actor who;
    struct db *rd; /* one moment of the database */
    struct arena *mem;
    int64_t now;
    struct str host; /* of this request; for absolute links */
    const struct content *content;
    /* What the path names, already found and visible; else NULL. */
    const struct community *community; /* also that of thread or page */
    const struct thread *thread;
    const struct post *post;
    const struct draft *draft;
    const struct page *page;
    struct loop_site *ls;
    struct exchange *x;
    bool came_inside;        /* asked below /i, even where a guest's page is
                              * shown (then at.is_inside is false) */
    struct pending *pending; /* a change on its way; change.c */
};

/* Every handler: enum err page_<name>(const struct visit *, struct response *).
 * OK: rs holds the answer. E_WAITING: it comes later. Anything else: serve()
 * makes the page or status that belongs to it. */
#define PAGE(name, path)                                                       \
    enum err page_##name(const struct visit *, struct response *);
#define INSIDE(name, path, who) PAGE(name, path)
#define ASK(name, path, who, prompt) PAGE(name, path)
#define ASK_SECRET(name, path, who, prompt) PAGE(name, path)
#define DO(name, path, who) PAGE(name, path)
#define UPLOAD(name, path, who, max) PAGE(name, path)
#include "pages/routes.def"
#undef PAGE
#undef INSIDE
#undef ASK
#undef ASK_SECRET
#undef DO
#undef UPLOAD

/*
 * Links. route(v, R_thread, .id = 7) stays in the tree that the visit is in;
 * rows with a key are signed for this visitor. For links below a draft the
 * draft's revision is part of the signature: pass .page etc. as the pattern
 * says, and the draft through v->draft.
 */
struct href route_at(const struct visit *v, struct at at);
#define route(v, ...)                                                          \
    route_at(                                                                  \
        v, (struct at){.is_inside = (v)->at.is_inside, .route = __VA_ARGS__})
/* The same for the other tree. */
struct href route_inside(const struct visit *v, enum route_id id);
/* Absolute, as titan://host[:port]/path and with ";edit" where asked. */
struct href route_upload(const struct visit *v, struct at at, bool is_edit);
/* A link to a draft's action when v is not itself a visit to that draft. */
struct href route_draft(const struct visit *v, enum route_id id, int64_t draft,
                        int64_t revision, int64_t number);

/* 30 to a page of ours: path-absolute, or absolute gemini:// after Titan. */
enum err redirect(const struct visit *v, struct response *rs, struct href to);

/* Hands a change to the writer; c's member, at and peer are filled in. After
 * COMMIT, on this loop and with a fresh snapshot in v, `after` makes the
 * answer. An error of the change skips `after` and is worded by serve(). */
typedef enum err after_fn(const struct visit *v, struct response *rs,
                          const struct outcome *o);
enum err visit_change_with(const struct visit *v, struct response *rs,
                           after_fn *after, const struct change *c);
#define visit_change(v, rs, after, ...)                                        \
    visit_change_with(v, rs, after, &(struct change){.kind = __VA_ARGS__})

/* Fills the frame's holes and answers 20. view is handed to the holes; its
 * first member is `const struct visit *visit`. */
enum err page(const struct visit *v, struct response *rs, enum frame_id frame,
              const void *view);
/* A short page: a heading, a sentence, links. For answers to acts. */
struct action {
    struct lit label;
    struct href to;
};
enum err page_note(const struct visit *v, struct response *rs,
                   struct lit heading, struct lit sentence,
                   const struct action *actions, int n);

/* Our own words in this visitor's language. */
struct lit word(const struct visit *v, enum word_id id);
/* "error-<name>" of content/words. */
struct lit word_error(const struct visit *v, enum err e);

/* The thread, with the one as whom this visitor acts there. E_NOT_FOUND. */
enum err thread_get_mine(const struct visit *v, int64_t id, struct thread *out);

/* Lines that many pages share (pages/lines.c). */
/* Into the open line: as much of a title as a link's label bears. */
#define LINE_LABEL_MAX 160
void line_label(struct gmi *g, struct str s);
void line_date(struct gmi *g, const struct visit *v, int64_t at); /* inline */
void line_community(struct gmi *g, const struct visit *v,
                    const struct community *c); /* a link line */
void line_thread(struct gmi *g, const struct visit *v, const struct thread *t,
                 bool with_community); /* a link line: date, title, by whom */
/* " · open · needed by 2026-03-12", where it has a state; inline. */
void line_state(struct gmi *g, const struct visit *v, const struct thread *t);
/* A link line: date, title. */
void line_page(struct gmi *g, const struct visit *v, const struct page *p,
               bool with_community);
/* A link line to their page; of a quiet name, a line. */
void line_member(struct gmi *g, const struct visit *v, struct str name);
/* An item: date, steward, what was done. */
void line_act(struct gmi *g, const struct visit *v, const struct act *a,
              bool with_community);
/* " (12 KiB)" where n is more than 8 KiB, else nothing; inline. */
void line_size(struct gmi *g, const struct visit *v, size_t n);

#endif
