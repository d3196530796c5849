/*
 * What a backup holds: a file "manifest" beside the others, in lines that a
 * person can read and `sha256sum` can confirm:
 *
 *     understory-backup 1
 *     made 2026-11-24T16:05:00Z
 *     schema 2
 *     file understory.db 4096 <SHA-256 in hex>
 *     end <SHA-256 of all lines before>
 *
 * There is a line "file" for each; the database and the key always stand in it.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "base/secret.h"

#define MANIFEST_NAME "manifest"
#define MANIFEST_WHY 512
#define MANIFEST_HEX (2 * DIGEST_SIZE + 1)

enum manifest_file {
    MANIFEST_DATABASE,
    MANIFEST_KEY,
    MANIFEST_CERTIFICATE,
    MANIFEST_NEXT_KEY, /* the key that was announced, and its certificate */
    MANIFEST_NEXT_CERTIFICATE,
    MANIFEST_SETTINGS,
    MANIFEST_FILES
};

struct manifest {
    int64_t made; /* seconds since 1970 */
    int schema;   /* PRAGMA user_version of the database */
    struct {
        bool is_there;
        int64_t size; /* in bytes */
        char sha256[MANIFEST_HEX];
    } file[MANIFEST_FILES];
};

/* "understory.db" and so on. */
const char *manifest_name(enum manifest_file file);

/* Copies from into dir as that file, to the disk, readable for its owner alone,
 * and notes its size and digest. On failure dir may hold a part of it. */
enum err manifest_copy(struct manifest *m, enum manifest_file file,
                       const char *from, const char *dir,
                       char why[static MANIFEST_WHY]);
/* Notes size and digest of a file that stands in dir already. */
enum err manifest_note(struct manifest *m, enum manifest_file file,
                       const char *dir, char why[static MANIFEST_WHY]);
/* To dir/manifest, and to the disk. */
enum err manifest_write(const struct manifest *m, const char *dir,
                        char why[static MANIFEST_WHY]);
/* E_NOT_FOUND: dir holds none, so it is no backup; E_UNUSABLE: it is damaged,
 * or written by something else. */
enum err manifest_read(struct manifest *m, const char *dir,
                       char why[static MANIFEST_WHY]);
/* Is that file in dir what the manifest says? E_UNUSABLE, E_IO. */
enum err manifest_verify(const struct manifest *m, enum manifest_file file,
                         const char *dir, char why[static MANIFEST_WHY]);

/* Removes what a backup can hold from dir, and dir itself. E_IO where there is
 * anything else in it. */
enum err manifest_remove(const char *dir);

#endif
