/* A disk that fails, as SQLite sees it: a layer over the system's own. */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "tests/fault/fail.h"

struct file {
    sqlite3_file base; /* first: what SQLite sees */
};

/* The system's file lies behind ours in the memory that SQLite gives. */
static sqlite3_file *
real(sqlite3_file *f)
{
    return (sqlite3_file *)((struct file *)f + 1);
}

static sqlite3_vfs *
system_vfs(sqlite3_vfs *v)
{
    return v->pAppData;
}

/* OK, or why nothing can be written. */
static int
write_refused(const char *what, int once)
{
    switch (fail_write()) {
    case DISK_FULL:
        return SQLITE_FULL;
    case DISK_READ_ONLY:
        return once;
    case DISK_WELL:
        break;
    }
    return fail_now(what) ? once : SQLITE_OK;
}

static int
file_close(sqlite3_file *f)
{
    return real(f)->pMethods->xClose(real(f));
}

static int
file_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    return fail_now("read") ? SQLITE_IOERR_READ
                            : real(f)->pMethods->xRead(real(f), p, n, at);
}

static int
file_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    int bad = write_refused("write", SQLITE_IOERR_WRITE);

    return bad ? bad : real(f)->pMethods->xWrite(real(f), p, n, at);
}

static int
file_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    int bad = write_refused("truncate", SQLITE_IOERR_TRUNCATE);

    return bad ? bad : real(f)->pMethods->xTruncate(real(f), n);
}

/* Nothing here is to outlive the test, so nothing waits for a disk. */
static int
file_sync(sqlite3_file *f, int flags)
{
    (void)f, (void)flags;
    return write_refused("sync", SQLITE_IOERR_FSYNC);
}

static int
file_size(sqlite3_file *f, sqlite3_int64 *n)
{
    return fail_now("size") ? SQLITE_IOERR_FSTAT
                            : real(f)->pMethods->xFileSize(real(f), n);
}

/* A lock may be held by another one, or not be had at all. */
static int
lock_refused(int bad)
{
    if (fail_now("a held lock"))
        return SQLITE_BUSY;
    return fail_now("lock") ? bad : SQLITE_OK;
}

static int
file_lock(sqlite3_file *f, int how)
{
    int bad = lock_refused(SQLITE_IOERR_LOCK);

    return bad ? bad : real(f)->pMethods->xLock(real(f), how);
}

static int
file_unlock(sqlite3_file *f, int how)
{
    return real(f)->pMethods->xUnlock(real(f), how);
}

static int
file_is_reserved(sqlite3_file *f, int *out)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int
file_control(sqlite3_file *f, int op, void *arg)
{
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int
file_sector(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int
file_traits(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int
shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **p)
{
    *p = NULL;
    if (fail_now("shared memory"))
        return SQLITE_IOERR_SHMMAP;
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, p);
}

static int
shm_lock(sqlite3_file *f, int at, int n, int how)
{
    int bad =
        how & SQLITE_SHM_LOCK ? lock_refused(SQLITE_IOERR_SHMLOCK) : SQLITE_OK;

    return bad ? bad : real(f)->pMethods->xShmLock(real(f), at, n, how);
}

static void
shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int
shm_unmap(sqlite3_file *f, int is_deleted)
{
    return real(f)->pMethods->xShmUnmap(real(f), is_deleted);
}

static int
page_fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **p)
{
    return real(f)->pMethods->xFetch(real(f), at, n, p);
}

static int
page_unfetch(sqlite3_file *f, sqlite3_int64 at, void *p)
{
    return real(f)->pMethods->xUnfetch(real(f), at, p);
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 3,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = page_fetch,
    .xUnfetch = page_unfetch,
};

static int
disk_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags,
          int *got)
{
    int code;

    f->pMethods = NULL;
    if (fail_now("opening a file"))
        return SQLITE_CANTOPEN;
    code = system_vfs(v)->xOpen(system_vfs(v), name, real(f), flags, got);
    if (real(f)->pMethods != NULL)
        f->pMethods = &file_methods;
    return code;
}

static int
disk_delete(sqlite3_vfs *v, const char *name, int is_synced)
{
    int bad = write_refused("delete", SQLITE_IOERR_DELETE);

    return bad ? bad : system_vfs(v)->xDelete(system_vfs(v), name, is_synced);
}

static int
disk_access(sqlite3_vfs *v, const char *name, int flags, int *out)
{
    return fail_now("access")
               ? SQLITE_IOERR_ACCESS
               : system_vfs(v)->xAccess(system_vfs(v), name, flags, out);
}

static int
disk_path(sqlite3_vfs *v, const char *name, int n, char *out)
{
    return fail_now("full path")
               ? SQLITE_CANTOPEN
               : system_vfs(v)->xFullPathname(system_vfs(v), name, n, out);
}

void
fail_sqlite_init(void)
{
    static sqlite3_vfs ours;
    sqlite3_vfs *theirs;

    if (sqlite3_initialize() != SQLITE_OK ||
        (theirs = sqlite3_vfs_find(NULL)) == NULL)
        abort();
    ours = *theirs;
    ours.szOsFile += (int)sizeof(struct file);
    ours.zName = "failing";
    ours.pNext = NULL;
    ours.pAppData = theirs;
    ours.xOpen = disk_open;
    ours.xDelete = disk_delete;
    ours.xAccess = disk_access;
    ours.xFullPathname = disk_path;
    if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK)
        abort();
}
