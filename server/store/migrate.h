/* The schema's versions: PRAGMA user_version, one step per file of schema/,
 * each in its own transaction, with a backup of the file before each. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

/* step[i] leads from version i to i + 1. The backup of version v goes to
 * "<path>.before-<v+1>" (an existing one is replaced; none for a new file).
 * E_CONFLICT: the database is newer than the program; *found says which. */
enum err migrate(struct db *db, const char *path, const char *const *step,
                 int steps, int *found);

/* A consistent copy of a database in use, through SQLite's backup interface;
 * dest appears whole or not at all. E_IO, E_FULL. */
enum err backup(struct db *db, const char *dest);

#endif
