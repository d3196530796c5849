/* What the site does by itself when its time has come: it asks once what came
 * of an answer, lets a need expire, lets chat fade. */
#ifndef FORUM_DUE_H
#define FORUM_DUE_H

#include "base/arena.h"
#include "forum/words.h"
#include "store/db.h"

/* What is done when it is due: the kind, and its function. A kind without a
 * row is forgotten when its time comes. */
#define DUE_TABLE(X)                                                           \
    X(WHAT_CAME, due_what_came)                                                \
    X(STILL, due_still)                                                        \
    X(UNANSWERED, due_unanswered)                                              \
    X(EXPIRES, due_expires)                                                    \
    X(FADES, due_fades)                                                        \
    X(CIRCLE, due_circle)

/* Which fields count stands at enum due_kind; the others are 0. */
struct due {
    enum due_kind kind;
    int64_t at; /* when */
    int64_t member, thread, number, thing;
};

/* Plans it, inside the writer's transaction. */
enum err due_add(struct db *db, const struct due *d);
/* Forgets what was planned of that kind for a thread. */
enum err due_drop(struct db *db, enum due_kind kind, int64_t thread);
/* Is there anything to do by now? */
enum err due_is_there(struct db *db, int64_t now, bool *is_there);

/* Each runs on the writer's thread, inside a savepoint of its own, after its
 * row has gone. What it plans anew counts from the next tick on; what fails is
 * tried again an hour later. */
#define DUE_DECLARE(name, function)                                            \
    enum err function(struct db *db, struct arena *mem, const struct due *d,   \
                      int64_t now);
DUE_TABLE(DUE_DECLARE)
#undef DUE_DECLARE

#endif
