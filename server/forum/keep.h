/*
 * Inside forum/: nothing typed is lost. What goes on, or can not be posted,
 * is kept in a draft for the same place.
 */
#ifndef FORUM_KEEP_H
#define FORUM_KEEP_H

#include "forum/place.h"

/* Bytes that a draft may hold: more than a post, so that what was too long
 * can be cut down. */
#define DRAFT_MAX ((int64_t)4 * POST_MAX)

/* The member's newest open draft for this place; 0: none. */
enum err draft_find(struct db *db, int64_t member, const struct place *p,
                    int64_t *id);
/* A new draft with this clean text, which may be empty. */
enum err draft_make(struct db *db, const struct change *c,
                    const struct place *p, struct str text, int64_t *id);
/* Does so much more text fit in? OK or E_TOO_LONG. */
enum err draft_room(struct db *db, int64_t id, struct str text);
/* Further parts at its end. E_TOO_LONG: DRAFT_MAX. */
enum err draft_append(struct db *db, const struct change *c, int64_t id,
                      struct str text);

/* Finds or makes a draft that holds this clean text, tells it in out.draft.
 * What stood in a draft is added to, never replaced; what it ends with
 * already is not added again, since clients repeat requests. */
enum err draft_keep(struct db *db, struct change_job *cj, const struct place *p,
                    struct str text);
/* A draft of its own for this text, because of why. */
enum err draft_keep_apart(struct db *db, struct change_job *cj,
                          const struct place *p, struct str text, enum err why);

#endif
