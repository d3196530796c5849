/* Communities: people around a purpose. Every query takes the viewer; a closed
 * community does not exist for those who are not its participants. Lists leave
 * rooms out (forum/room.h). */
#ifndef FORUM_COMMUNITY_H
#define FORUM_COMMUNITY_H

#include "forum/words.h"
#include "store/db.h"

struct community {
    int64_t id;
    struct str slug, name, fold, purpose, rules, elsewhere;
    enum openness openness;
    enum room_kind room; /* not in lists: those hold no rooms */
    int64_t started_at, last_seq, last_at;
    bool is_participant, is_steward; /* of the viewer */
    struct str invitation;           /* for stewards; else empty */
    int64_t book;                    /* bytes of its kept pages, about */
};

/* viewer: a member, or 0 for a guest. E_NOT_FOUND. */
enum err community_get(struct db *db, struct str slug, int64_t viewer,
                       struct arena *mem, struct community *out);
enum err community_by_id(struct db *db, int64_t id, int64_t viewer,
                         struct arena *mem, struct community *out);
/* By the secret of an invitation, whatever its openness. E_NOT_FOUND. */
enum err community_by_invitation(struct db *db, struct str secret,
                                 int64_t viewer, struct arena *mem,
                                 struct community *out);

/* The alphabetical directory behind (fold, id); start with "" and 0. Rows have
 * id, slug, name, fold, purpose, openness, last_at, is_participant set; text is
 * borrowed until the next row. Resting: nothing happened since `since`. */
struct rows community_list(struct db *db, int64_t viewer, bool is_resting,
                           int64_t since, struct str after_fold,
                           int64_t after_id);
/* Those the member joined, alphabetical (at most 200). */
struct rows community_mine(struct db *db, int64_t member);
/* Those that were active last, newest first, at most limit. */
struct rows community_recent(struct db *db, int64_t viewer, int64_t limit);
bool community_next(struct rows *r, struct community *out);

/* Names of the stewards, oldest first; column 0 is the name. */
struct rows community_stewards(struct db *db, int64_t community);

struct act {
    int64_t id, at;
    enum act_kind kind;
    int64_t post;                                     /* POST_ID, or 0 */
    struct str slug, community, steward, about, text; /* until the next row */
};

/* The public log, newest first, before act id `before` (INT64_MAX: all).
 * community 0: every community that the viewer may read. */
struct rows act_list(struct db *db, int64_t community, int64_t viewer,
                     int64_t before);
bool act_next(struct rows *r, struct act *out);

#endif
