/*
 * Writing quietly. Whoever asks quietly gets a quiet name, "a member (Heron)":
 * a row of member that has no certificate and no row in name. It is the author
 * of the thread and of all that they write, mark, thank and plan there, and
 * whose inbox and drafts those are; so every query and page shows the quiet
 * name without knowing. Drafts that will be asked quietly lie with a quiet
 * name of their own, the desk (its thread is NULL).
 *
 * The row of quiet names its member by a tag: HMAC(site secret, "quiet", the
 * member's id). The tag is computed from the certificate's member at each
 * visit and never stored beside a member, so nothing in the tables leads from
 * one to the other, and no command prints it.
 *
 * What this can not do. All quiet names of one member have the same tag, so
 * whoever reads the file sees that two threads have the same quiet asker.
 * Whoever holds the file AND the secret (which is in the file, table site) can
 * compute the tag of each member and compare: that takes a program written for
 * it, and only the one who runs the machine can do it. A draft that was begun
 * by name lies under the member's id until it is made quiet; a copy of the
 * file made before, or the log of the last few writes beside it, may still
 * hold that. When somebody posts, an observer of the network or of the times
 * of their other posts may guess. Signing one thread gives its sign away with
 * no trace to the others but in such copies.
 */
#ifndef FORUM_QUIET_H
#define FORUM_QUIET_H

#include "base/secret.h"
#include "forum/change.h"
#include "store/db.h"

/* What stands for the member; secret is the site's. */
enum err quiet_tag(struct str secret, int64_t member,
                   unsigned char out[DIGEST_SIZE]);
/* As whom one acts in that thread: their quiet name there, or id itself. An
 * absent tag has none. */
enum err quiet_find(struct db *db, int64_t thread, struct str tag, int64_t id,
                    int64_t *me);

/* Inside forum/, on the writer's thread. *me stays where it was in a thread
 * in which the member has no quiet name. */
enum err quiet_me(struct db *db, int64_t thread, const struct change *c,
                  int64_t *me);
/* With whom the member's quiet drafts lie. */
enum err quiet_desk(struct db *db, const struct change *c, int64_t *desk);
/* A new quiet name, c->quiet_name, for a thread that is about to be. */
enum err quiet_add(struct db *db, const struct change *c, int64_t *persona);
enum err quiet_bind(struct db *db, int64_t persona, int64_t thread,
                    struct str tag);

/* Whether the operator keeps out whom this tag stands for: why->p is NULL where
 * not. Lives in mem. */
enum err bar_find(struct db *db, struct str tag, struct arena *mem,
                  struct str *why);
/* For the operator's commands: keeps out, or lets in again, whoever wrote that
 * post, and tells nobody who that is. E_NOT_FOUND: no such post. */
enum err bar_author(struct db *db, int64_t post, struct str why, int64_t at);
enum err bar_lift(struct db *db, int64_t post, bool *was_barred);

#endif
