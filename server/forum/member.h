/* Members: names, certificates, what they say of themselves. */
#ifndef FORUM_MEMBER_H
#define FORUM_MEMBER_H

#include "store/db.h"

struct member {
    int64_t id;
    struct str name, about;
    int64_t joined_at;
    bool has_words; /* recovery words are set */
    bool is_asked;  /* wants to be asked what came of answers */
};

struct certificate {
    int64_t id;
    struct str label;
    int64_t added_at, not_after;
    int64_t retired_at; /* 0: in use */
    struct str cert;    /* 32 bytes, SHA-256 of its DER */
};

enum err member_get(struct db *db, int64_t id, struct arena *mem,
                    struct member *out);
/* By a present or former name, however it is cased. E_NOT_FOUND. */
enum err member_by_name(struct db *db, struct str name, struct arena *mem,
                        struct member *out);

/* Is this name free for member (0: a newcomer)? OK, E_TOO_SHORT, E_TOO_LONG,
 * E_UNUSABLE (control characters, no letters, a path separator), E_TAKEN,
 * E_LOOKALIKE. clean gets the name as it would be stored. */
enum err member_name_check(struct db *db, struct str name, int64_t member,
                           struct arena *mem, struct str *clean);

/* What a recovery needs before its slow hash. E_NOT_FOUND, E_NO_TRIES. */
enum err member_salt(struct db *db, int64_t member, int64_t now,
                     unsigned char salt[16]);

/* Those in use first, then the retired ones; newest first. */
struct rows certificate_list(struct db *db, int64_t member);
bool certificate_next(struct rows *r, struct certificate *out);
enum err certificate_get(struct db *db, int64_t id, int64_t member,
                         struct arena *mem, struct certificate *out);

/* The code that this member shows now; empty where there is none. */
enum err link_code_get(struct db *db, int64_t member, int64_t now,
                       struct arena *mem, struct str *code, int64_t *expires);

#endif
