/* What a site remembers of itself, and how its database is opened. */
#ifndef FORUM_SITE_H
#define FORUM_SITE_H

#include "store/db.h"

#define SITE_SECRET_SIZE 32

/* Opens for writing, migrates (backup first), makes the secret on first start.
 * E_CONFLICT: *version is that of a newer program. */
enum err forum_open(const char *path, struct db **out, int *version);
/* A reader's connection. */
enum err forum_open_reader(const char *path, struct db **out);
enum err forum_secret(struct db *db, unsigned char out[SITE_SECRET_SIZE]);

/* Looks for broken promises (integrity, foreign keys, numbering of posts,
 * last_* columns, names without members ...). Calls say for each with a
 * sentence; returns how many, or -1 where it could not look. */
int forum_check(struct db *db, void (*say)(void *arg, struct str sentence),
                void *arg);

#endif
