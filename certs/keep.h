/* Inside certs/: a key and its certificate on the disk, under a stem such as
 * "server". Failures say why in one line. */
#ifndef CERTS_KEEP_H
#define CERTS_KEEP_H

#include <limits.h>

#include "certs/issue.h"

struct keep {
    const char *dir; /* borrowed */
    char key[PATH_MAX], cert[PATH_MAX];
};

/* Always E_IO, with "path: words". */
enum err keep_say(char why[static ISSUE_WHY], const char *path,
                  const char *words);
enum err keep_paths(const char *dir, const char *stem, struct keep *p,
                    char why[static ISSUE_WHY]);
/* What is not there stays NULL and is no failure. */
enum err keep_load(const struct keep *p, struct identity *out,
                   char why[static ISSUE_WHY]);
/* Whole or not at all, over what was there. */
enum err keep_key(const struct keep *p, EVP_PKEY *key,
                  char why[static ISSUE_WHY]);
enum err keep_cert(const struct keep *p, X509 *cert,
                   char why[static ISSUE_WHY]);
/* A key that is there (id->key) is used again: most clients remember the key,
 * and then do not even notice a new certificate. */
enum err keep_make(const struct keep *p, const struct str *host, int hosts,
                   struct identity *id, char why[static ISSUE_WHY]);
/* A rename lasts once its directory is on the disk. */
bool keep_sync(const char *dir);

#endif
