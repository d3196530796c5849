/* Inside the pages' machinery: what serve.c, its helpers and site.c share.
 * Handlers need none of it. */
#ifndef PAGES_INNER_H
#define PAGES_INNER_H

#include <stdatomic.h>

#include "forum/site.h"
#include "pages/site.h"
#include "pages/visit.h"

#define KEY_LENGTH 8
#define LOOPS_MAX 256

/* What a reload can change: replaced whole, shared by the loops. */
struct face {
    atomic_int holders;
    struct arena mem;
    struct content *content;
    struct str title, line, fingerprint, fingerprint_next;
    int public_port;
    int64_t cert_not_after;
};

struct site {
    char *database;
    unsigned char secret[SITE_SECRET_SIZE];
    struct writer *writer;
    struct pace *pace; /* the writer's */
    struct face *face;
    struct face *face_before; /* kept for a loop that begins meanwhile */
    struct loop_site *_Atomic loop[LOOPS_MAX];
};

struct loop_site {
    struct site *site;
    struct mailbox *home;
    struct db *rd;
    struct face *face;
};

/* serve.c */
void site_serve(void *state, struct exchange *x);
enum err site_admit(void *state, struct exchange *x);
/* Ends a visit: words the trouble where e is one, then x->finished. */
void visit_end(struct visit *v, struct response *rs, enum err e);

/* tick.c: what is due by now becomes a change. */
void site_tick(void *state);

/* change.c: what visit_change() will need; NULL where memory ran out. */
struct pending *pending_new(struct visit *v);

/* who.c: fills v->who. */
enum err visit_who(struct visit *v);
bool is_barred(const struct visit *v);

/* allow.c: finds what the path names. */
enum err visit_find(struct visit *v);
/* May this visit do that? May answer by itself: then rs->status is not 0. */
enum err visit_allow(struct visit *v, struct response *rs);

/* scope.c: looks up v->community and so on. E_NOT_FOUND: not for this visitor.
 * With is_again, what is gone meanwhile just becomes NULL. */
enum err scope_load(struct visit *v, bool is_again);

/* key.c */
enum err key_make(const struct visit *v, const struct at *at, int64_t revision,
                  int64_t month, char out[KEY_LENGTH]);
bool key_is_right(const struct visit *v, const struct at *at);
bool route_has_key(enum route_id id);

/* trouble.c: pages for those who can not go on. */
enum err page_come_inside(const struct visit *v, struct response *rs);
enum err page_new_here(const struct visit *v, struct response *rs);
enum err page_did_you_mean(const struct visit *v, struct response *rs);
void trouble(struct visit *v, struct response *rs, enum err e);
/* A bare status with its sentence. */
void refuse(const struct content *c, const struct exchange *x,
            struct response *rs, enum err e);
/* Where this visit came from, as far as its path says. */
struct href href_back(const struct visit *v);

#endif
