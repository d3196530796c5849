/*
 * Makes self-signed certificates: the server's own, kept in the data
 * directory for as long as possible (visitors' clients remember it), and
 * client certificates of every age and kind for the tests.
 */
#ifndef CERTS_ISSUE_H
#define CERTS_ISSUE_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/err.h"
#include "base/str.h"

#define ISSUE_WHY 256
#define ISSUE_HEX 65

/* A certificate and its private key. */
struct identity {
    X509 *cert;
    EVP_PKEY *key;
};

enum issue_key { ISSUE_P256, ISSUE_ED25519, ISSUE_RSA_2048, ISSUE_RSA_1024 };

struct issue {
    struct str name;        /* common name; empty or over 64 bytes: none */
    const struct str *host; /* alternative names: host names or addresses */
    int hosts;
    enum issue_key kind;
    EVP_PKEY *key; /* where not NULL: this key, not a new one; borrowed */
    int64_t not_before, not_after; /* seconds since 1970 */
    bool is_old; /* X.509 v1 signed with SHA-1, as some clients make them */
};

/* Release with identity_release, also after a failure (it is then empty). */
enum err issue_make(const struct issue *, struct identity *out);
void identity_release(struct identity *);

/* Loads dir/server.key and dir/server.crt, or makes what is missing: both, or
 * a certificate for the key that is there. The key can be read by its owner
 * alone. On failure why says in one line what stands where, and what to do. */
enum err issue_server(const char *dir, const struct str *host, int hosts,
                      struct identity *out, char why[static ISSUE_WHY]);

/* Those in use; nothing is made. */
enum err issue_now(const char *dir, struct identity *out,
                   char why[static ISSUE_WHY]);
/* A new certificate for the key that is there; clients that remember the key
 * notice nothing. */
enum err issue_renew(const char *dir, const struct str *host, int hosts,
                     struct identity *out, char why[static ISSUE_WHY]);
/* The key and certificate that will come, dir/server.next.*: made where there
 * are none. */
enum err issue_announce(const char *dir, const struct str *host, int hosts,
                        struct identity *out, char why[static ISSUE_WHY]);
/* Those that were announced; E_NOT_FOUND: none. */
enum err issue_next(const char *dir, struct identity *out,
                    char why[static ISSUE_WHY]);
/* They take the place of those in use, which stay as dir/server.before.*. A
 * call that was broken off is ended by the next one. */
enum err issue_change(const char *dir, struct identity *out,
                      char why[static ISSUE_WHY]);
/* The same with a key and a certificate from elsewhere, in PEM form. */
enum err issue_import(const char *dir, const char *key, const char *cert,
                      struct identity *out, char why[static ISSUE_WHY]);

/* Does the certificate speak for this host name or address? */
bool issue_covers(X509 *cert, struct str host);

/* SHA-256 of the certificate in lower-case hex, with a NUL. E_NOMEM. */
enum err issue_fingerprint(const X509 *cert, char hex[static ISSUE_HEX]);

#endif
