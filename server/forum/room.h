/*
 * Inside forum/: rooms, small closed communities that the site makes: a circle,
 * a question to one person, one member's own work. All that hides a closed
 * community hides a room. It has no steward, so nobody can open it up; its
 * short address is random, so it tells nothing; no list of communities has it.
 */
#ifndef FORUM_ROOM_H
#define FORUM_ROOM_H

#include "forum/change.h"

/* Letters of a room's short address. */
#define ROOM_SLUG_LETTERS 16

/* Makes one at change.at, with change.member as its first participant. Fills
 * cj->out.community and .slug. name and purpose are clean lines. */
enum err room_make(struct db *db, struct change_job *cj, enum room_kind kind,
                   struct str name, struct str purpose);
/* One more participant; to be one already is no failure. */
enum err room_let_in(struct db *db, int64_t room, int64_t member, int64_t at);

#endif
