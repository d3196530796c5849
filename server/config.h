/*
 * The settings: one table in config.c, each with a default, limits and a
 * sentence. They come from the table, then from a file, then from the command
 * line; what comes later wins. A list that is given anew replaces the old one.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdio.h>

#include "base/arena.h"

#define CONFIG_WHY 512
#define CONFIG_ITEMS 16    /* of a list, at most */
#define CONFIG_SETTINGS 40 /* in the table, at most */

enum config_from { FROM_DEFAULT, FROM_FILE, FROM_COMMAND };

struct config_list {
    struct str item[CONFIG_ITEMS];
    int n;
};

/* Texts have a NUL behind them, and live as long as the config. */
struct config {
    struct str data;         /* directory of all that is kept */
    struct str content;      /* directory of the operator's texts, or empty */
    struct str certificates; /* directory of server.key, server.crt; or empty:
                              * data */
    struct str user;         /* whom root becomes, or empty */
    struct str title, line;
    struct str backup_to; /* directory of the backups, or empty */
    struct str file;      /* the settings file that was read, or empty */
    struct config_list listen, host, public_port, proxy_from;
    int64_t backup_keep; /* how many; 0: all */
    int64_t loops, connections, queue, log_level;
    int64_t handshake_seconds, line_seconds, send_seconds, upload_seconds,
        stop_seconds;
    int64_t handshakes_per_minute, requests_per_minute;
    int64_t connections_at_once, uploads_at_once, visitors_per_address;
    int64_t posts_per_minute, posts_per_hour;
    int64_t limits_loopback; /* 0 or 1 */
    int64_t jail;            /* enum jail */

    struct arena mem;
    enum config_from from[CONFIG_SETTINGS]; /* by place in the table */
};

/* Release it also after a failure. E_NOMEM. */
enum err config_init(struct config *c);
void config_release(struct config *c);

/* Is there such a setting? */
bool config_has(const char *name);
/* E_NOT_FOUND: no such setting; E_WRONG: a bad value; why says it in one line,
 * and what is possible. What the command line said stays. */
enum err config_set(struct config *c, const char *name, struct str value,
                    enum config_from from, char why[static CONFIG_WHY]);
/* E_IO: unreadable; E_WRONG: why begins with "file:line: ". */
enum err config_read(struct config *c, const char *path,
                     char why[static CONFIG_WHY]);
/* All of them as they stand, in the form of a file. */
void config_print(const struct config *c, FILE *out);

#endif
