/* What the files of store/ share and nobody else sees. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include <sqlite3.h>

#include "store/db.h"

/* The statements of transactions, which are store/'s own. */
enum own {
    OWN_BEGIN_READ,
    OWN_BEGIN_WRITE,
    OWN_COMMIT,
    OWN_ROLLBACK,
    OWN_SAVE,    /* a savepoint around one job */
    OWN_RELEASE, /* keeps what the job did */
    OWN_UNDO,    /* forgets what the job did; the savepoint stays */
    OWN_COUNT
};

struct db {
    sqlite3 *handle;
    const struct statements *statements;
    sqlite3_stmt **st; /* by id; NULL until first used */
    bool *is_open;     /* by id: between rows_start and rows_end */
    sqlite3_stmt *own[OWN_COUNT];
    int open;       /* how many are open */
    int64_t budget; /* steps per query; 0: no limit */
    int64_t left;   /* of the budget */
    int wal_pages;  /* in the WAL after the last commit */
};

/* What SQLite's result code means here. */
enum err db_err(int code);
enum err db_own(struct db *db, enum own id);
/* Ends whatever was left open. */
void db_end_all(struct db *db);

#endif
