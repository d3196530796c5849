#include "certs/issue.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "base/clock.h"

#define NAME_MAX_BYTES 64 /* ub-common-name of RFC 5280 */

void
identity_release(struct identity *id)
{
    X509_free(id->cert);
    EVP_PKEY_free(id->key);
    *id = (struct identity){NULL, NULL};
}

static EVP_PKEY *
key_make(enum issue_key kind)
{
    switch (kind) {
    case ISSUE_P256:
        return EVP_EC_gen("P-256");
    case ISSUE_ED25519:
        return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    case ISSUE_RSA_2048:
        return EVP_RSA_gen(2048);
    case ISSUE_RSA_1024:
        return EVP_RSA_gen(1024);
    }
    return NULL;
}

/* The parts of an address as a certificate holds them: 4 or 16 bytes. */
static int
address_of(struct str host, unsigned char out[16])
{
    char z[INET6_ADDRSTRLEN];

    if (host.n >= sizeof z)
        return 0;
    memcpy(z, host.p, host.n);
    z[host.n] = '\0';
    if (inet_pton(AF_INET, z, out) == 1)
        return 4;
    return inet_pton(AF_INET6, z, out) == 1 ? 16 : 0;
}

static bool
names_add(GENERAL_NAMES *names, struct str host)
{
    unsigned char address[16];
    int n = address_of(host, address);
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_STRING *value =
        ASN1_STRING_type_new(n ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);

    if (name == NULL || value == NULL ||
        ASN1_STRING_set(value, n ? (const void *)address : host.p,
                        n ? n : (int)host.n) != 1) {
        GENERAL_NAME_free(name);
        ASN1_STRING_free(value);
        return false;
    }
    GENERAL_NAME_set0_value(name, n ? GEN_IPADD : GEN_DNS, value);
    if (sk_GENERAL_NAME_push(names, name) > 0)
        return true;
    GENERAL_NAME_free(name);
    return false;
}

static bool
cert_add_hosts(X509 *cert, const struct issue *want)
{
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    bool is_done = names != NULL;

    for (int i = 0; is_done && i < want->hosts; i++)
        is_done = names_add(names, want->host[i]);
    is_done = is_done &&
              X509_add1_ext_i2d(cert, NID_subject_alt_name, names, 0, 0) == 1;
    GENERAL_NAMES_free(names);
    return is_done;
}

static bool
cert_set_name(X509 *cert, struct str name)
{
    X509_NAME *subject = X509_get_subject_name(cert);

    if (name.n > 0 && name.n <= NAME_MAX_BYTES &&
        X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
                                   (const unsigned char *)name.p, (int)name.n,
                                   -1, 0) != 1)
        return false;
    return X509_set_issuer_name(cert, subject) == 1;
}

/* The bytes of a certificate travel in every full handshake: no extension but
 * the names, and a serial number that differs from one issue to the next. */
static bool
cert_fill(X509 *cert, EVP_PKEY *key, const struct issue *want)
{
    const EVP_MD *digest = want->is_old ? EVP_sha1() : EVP_sha256();

    if (EVP_PKEY_is_a(key, "ED25519"))
        digest = NULL;
    return X509_set_version(cert, want->is_old ? X509_VERSION_1
                                               : X509_VERSION_3) == 1 &&
           ASN1_INTEGER_set_int64(X509_get_serialNumber(cert), clock_now()) ==
               1 &&
           ASN1_TIME_set(X509_getm_notBefore(cert), want->not_before) != NULL &&
           ASN1_TIME_set(X509_getm_notAfter(cert), want->not_after) != NULL &&
           cert_set_name(cert, want->name) &&
           (want->hosts == 0 || cert_add_hosts(cert, want)) &&
           X509_set_pubkey(cert, key) == 1 && X509_sign(cert, key, digest) > 0;
}

enum err
issue_make(const struct issue *want, struct identity *out)
{
    *out = (struct identity){.cert = X509_new(), .key = want->key};
    if (want->key != NULL)
        EVP_PKEY_up_ref(want->key);
    else
        out->key = key_make(want->kind);
    if (out->cert != NULL && out->key != NULL &&
        cert_fill(out->cert, out->key, want))
        return OK;
    identity_release(out);
    return E_BUG;
}

bool
issue_covers(X509 *cert, struct str host)
{
    unsigned char address[16];
    int n = address_of(host, address);

    if (n > 0)
        return X509_check_ip(cert, address, (size_t)n, 0) == 1;
    return X509_check_host(cert, host.p, host.n, 0, NULL) == 1;
}

enum err
issue_fingerprint(const X509 *cert, char hex[static ISSUE_HEX])
{
    unsigned char digest[32];

    hex[0] = '\0';
    if (X509_digest(cert, EVP_sha256(), digest, NULL) != 1)
        return E_NOMEM;
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return OK;
}
