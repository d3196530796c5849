/* The server's key and certificate, as an operator looks after them. A server
 * that runs takes a new one at SIGHUP. */
#include <string.h>

#include "base/clock.h"
#include "certs/issue.h"
#include "certs/peer.h"
#include "server.h"

static const char *
dir_of(const struct config *config)
{
    return config->certificates.n > 0 ? config->certificates.p : config->data.p;
}

static enum err
describe(const struct config *config, struct identity *id,
         struct server_cert *out, char why[static SERVER_WHY])
{
    struct peer peer;
    enum err e = peer_of_cert(id->cert, &peer);

    memset(out, 0, sizeof(*out));
    if (!e)
        e = issue_fingerprint(id->cert, out->fingerprint);
    if (e)
        (void)snprintf(why, SERVER_WHY, "the certificate can not be read (%s)",
                       err_name(e));
    out->not_before = peer.not_before;
    out->not_after = peer.not_after;
    out->covers_all = true;
    for (int i = 0; i < config->host.n; i++)
        out->covers_all &= issue_covers(id->cert, config->host.item[i]);
    identity_release(id);
    return e;
}

/* Words of certs/ are shorter than ours. */
static enum err
told(enum err e, const char *words, char why[static SERVER_WHY])
{
    if (e)
        (void)snprintf(why, SERVER_WHY, "%s", words);
    return e;
}

enum err
server_cert_show(const struct config *config, struct server_cert *out,
                 char why[static SERVER_WHY])
{
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e = told(issue_now(dir_of(config), &id, words), words, why);

    return e ? e : describe(config, &id, out, why);
}

enum err
server_cert_next(const struct config *config, struct server_cert *out,
                 char why[static SERVER_WHY])
{
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e = told(issue_next(dir_of(config), &id, words), words, why);

    return e ? e : describe(config, &id, out, why);
}

enum err
server_cert_renew(const struct config *config, struct server_cert *out,
                  char why[static SERVER_WHY])
{
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e = told(issue_renew(dir_of(config), config->host.item,
                                  config->host.n, &id, words),
                      words, why);

    return e ? e : describe(config, &id, out, why);
}

enum err
server_cert_announce(const struct config *config, struct server_cert *out,
                     char why[static SERVER_WHY])
{
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e = told(issue_announce(dir_of(config), config->host.item,
                                     config->host.n, &id, words),
                      words, why);

    return e ? e : describe(config, &id, out, why);
}

enum err
server_cert_change(const struct config *config, struct server_cert *out,
                   char why[static SERVER_WHY])
{
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e = told(issue_change(dir_of(config), &id, words), words, why);

    return e ? e : describe(config, &id, out, why);
}

enum err
server_cert_import(const struct config *config, const char *key,
                   const char *cert, struct server_cert *out,
                   char why[static SERVER_WHY])
{
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e =
        told(issue_import(dir_of(config), key, cert, &id, words), words, why);

    return e ? e : describe(config, &id, out, why);
}
