/* The site: everything between an exchange and its page. net knows it as a
 * struct service; main makes it and hands it over. */
#ifndef PAGES_SITE_H
#define PAGES_SITE_H

#include "base/log.h"
#include "forum/pace.h"
#include "wire/exchange.h"

struct site;

/* Strings are borrowed for the call; the site keeps copies. */
struct site_config {
    struct str database;       /* path of the file */
    struct str content;        /* directory of the operator's texts; or empty */
    struct str title;          /* of the site */
    struct str line;           /* what it is, one line */
    const struct names *names; /* host[0] is the main one */
    int public_port;           /* as it stands in links; 1965 is left out */
    struct str fingerprint;    /* of the server's certificate, for /keys */
    int64_t cert_not_after;    /* of the same, seconds since 1970 */
    struct str fingerprint_next; /* of the one that was announced; or empty */
    size_t queue;                /* changes that may wait for the writer */
    struct pace_rules pace;      /* of each member; a reload keeps the first */
};

/* Opens the database (migrating it), reads the texts, starts the writer.
 * E_CONFLICT: *version is the newer database's; E_UNUSABLE: a text of content/
 * is wrong (logged with file:line). */
enum err site_open(const struct site_config *config, struct site **out,
                   int *version);
/* Takes new names, texts and certificate; the old ones stay where the new are
 * wrong. Loops learn of it by mail. */
enum err site_reload(struct site *site, const struct site_config *config);
/* Stops the writer (all loops have ended) and frees. NULL is fine. */
void site_close(struct site *site);

/* Does all that is due by now, and waits for it; loops do the same by
 * themselves, a little at a time. For tests that moved the clock. */
enum err site_tick_now(struct site *site);

/* Borrowed as long as the site lives. */
struct service site_service(struct site *site);

#endif
