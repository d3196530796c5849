/* What the site does by itself when its time has come: it asks once what came
 * of an answer, lets a need expire, lets chat fade. */
#ifndef FORUM_DUE_H
#define FORUM_DUE_H

#include "forum/words.h"
#include "store/db.h"

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

#endif
