/*
 * The whole server in one process: data directory, certificate, site and
 * network, in the order in which they start and stop. Tests run it like main,
 * but with jail = no: a jail is the process's, and there is no way back.
 */
#ifndef SERVER_H
#define SERVER_H

#include "config.h"

#define SERVER_WHY 512
#define SERVER_DATABASE "understory.db" /* in the data directory */

struct server;

/* config is borrowed for the call. On failure nothing is left open, and why
 * says in one line what is wrong and what to do. */
enum err server_start(const struct config *config, struct server **out,
                      char why[static SERVER_WHY]);
/* Takes new names, texts, certificate and log level; where one is wrong the
 * old ones stay, and why says so. Other settings count after a new start. */
enum err server_reload(struct server *s, const struct config *config,
                       char why[static SERVER_WHY]);
/* Does at once what is due by now; for tests that moved the clock. */
enum err server_tick(struct server *s);
/* Ends the visits under way, stores what waits, frees. NULL is fine. */
void server_stop(struct server *s);

/* The port of the i-th address of listen. */
int server_port(const struct server *s, int i);
/* SHA-256 of the certificate in hex, with a NUL; borrowed. */
const char *server_fingerprint(const struct server *s);

/* Makes data directory, certificate and database, and ends. */
enum err server_init(const struct config *config, char why[static SERVER_WHY]);
/* Looks at the whole database and prints what is wrong to out, a line each.
 * *wrong counts them; a failure says why it could not look. */
enum err server_check(const struct config *config, FILE *out, int *wrong,
                      char why[static SERVER_WHY]);
/* Keeps out whoever wrote that post ("12/3"), which tells nobody who it is; a
 * NULL reason lets them in again. */
enum err server_bar(const struct config *config, const char *post,
                    const char *reason, char why[static SERVER_WHY]);

/* A backup: a directory of its own with the files that manifest.h names. */
struct server_copy {
    char path[4096];
    int64_t made;  /* seconds since 1970 */
    int64_t bytes; /* of all its files */
    int dropped;   /* older ones that backup-keep removed */
};

/* Copies everything, as it is at one moment, into a new directory below to
 * ("": where backup-to says), looks whether the copy is sound, and then gives
 * it its name. A server may serve meanwhile. On failure nothing new is left. */
enum err server_backup(const struct config *config, const char *to,
                       struct server_copy *out, char why[static SERVER_WHY]);
/* Is everything there as it was made? Changes nothing. */
enum err server_verify(const char *from, struct server_copy *out,
                       char why[static SERVER_WHY]);
/* Makes the data directory, which is missing or empty, from a backup: all of
 * it, or nothing. */
enum err server_restore(const struct config *config, const char *from,
                        struct server_copy *out, char why[static SERVER_WHY]);
/* The newest backup below dir. E_NOT_FOUND: there is none. */
enum err server_newest(const char *dir, struct server_copy *out);

/* What an operator wants to know of a certificate of the server. */
struct server_cert {
    char fingerprint[65]; /* SHA-256 in hex */
    int64_t not_before, not_after;
    bool covers_all; /* every name of the settings stands in it */
};

/* The one in use, and the one that was announced (E_NOT_FOUND: none). */
enum err server_cert_show(const struct config *config, struct server_cert *out,
                          char why[static SERVER_WHY]);
enum err server_cert_next(const struct config *config, struct server_cert *out,
                          char why[static SERVER_WHY]);
/* A new certificate with the same key; a new key that /keys announces; that
 * one in the place of the old; one from elsewhere in its place. A running
 * server takes it at SIGHUP. */
enum err server_cert_renew(const struct config *config, struct server_cert *out,
                           char why[static SERVER_WHY]);
enum err server_cert_announce(const struct config *config,
                              struct server_cert *out,
                              char why[static SERVER_WHY]);
enum err server_cert_change(const struct config *config,
                            struct server_cert *out,
                            char why[static SERVER_WHY]);
enum err server_cert_import(const struct config *config, const char *key,
                            const char *cert, struct server_cert *out,
                            char why[static SERVER_WHY]);

/* How the machine is; sizes in bytes. */
struct server_health {
    int64_t disk_free, database, wal;
    int64_t backup_hours, cert_days;
    bool is_served, has_backup, cert_covers_all;
};

/* E_IO where data directory or certificate can not be read. */
enum err server_health(const struct config *config, struct server_health *out,
                       char why[static SERVER_WHY]);

struct server_stats {
    int64_t schema, page_bytes, pages, pages_free, database, wal, processors;
    char libraries[256];
};

enum err server_stats(const struct config *config, struct server_stats *out,
                      char why[static SERVER_WHY]);

struct server_vacuum {
    int64_t before, after; /* bytes of the database */
};

/* Writes the database anew, without what was deleted. A server that runs
 * refuses changes meanwhile, with words. E_BUSY, E_FULL: nothing changed. */
enum err server_vacuum(const struct config *config, struct server_vacuum *out,
                       char why[static SERVER_WHY]);

#endif
