/*
 * Inside forum/: the functions behind change_apply, one per row of
 * CHANGE_TABLE, and what they share. Each runs inside the writer's savepoint:
 * answering a failure takes back all that it did.
 */
#ifndef FORUM_APPLY_H
#define FORUM_APPLY_H

#include "forum/change.h"
#include "forum/post.h"

/* Each reads cj->change, fills cj->out and takes memory from cj->mem, which
 * change_apply frees. change.member is not 0 for kinds that need a member. */
#define APPLY_DECLARE(name, function)                                          \
    enum err function(struct db *db, struct change_job *cj);
CHANGE_TABLE(APPLY_DECLARE)
#undef APPLY_DECLARE

/* Writes a row of the public log: change.member did it in change.community.
 * about: whom it concerned, or 0. */
enum err act_add(struct db *db, const struct change *c, enum act_kind kind,
                 int64_t about, struct str text);

/* May the member write this now? Else cj->out.why is E_RATE, and cj->out.wait
 * for how long. */
bool may_write_now(struct change_job *cj);

/* The post goes, its number and a marker stay; its text goes into a draft of
 * its author, out.draft. */
enum err post_withdraw(struct db *db, struct change_job *cj,
                       const struct post *post, enum post_status status);

/* One line as it would be stored: E_EMPTY, E_TOO_LONG (LINE_MAX_BYTES). */
enum err line_clean(struct arena *mem, struct str typed, struct str *out);

/* claim and where as they would be stored; a typed "." is no where. E_UNUSABLE,
 * E_EMPTY, E_TOO_LONG. */
enum err claim_clean(struct change_job *cj);

/* A sentence: one line, as long as one prompt can hold, so that what was typed
 * is never too long. E_EMPTY. */
#define SENTENCE_MAX_BYTES 1024
enum err sentence_clean(struct arena *mem, struct str typed, struct str *out);

/* A community's name as it would be stored: a line of 2 to 40 letters with two
 * letters or digits. E_EMPTY, E_TOO_SHORT, E_TOO_LONG, E_UNUSABLE. */
#define COMMUNITY_NAME_MIN 2
#define COMMUNITY_NAME_MAX 40
enum err community_name_clean(struct arena *mem, struct str typed,
                              struct str *out);

#endif
