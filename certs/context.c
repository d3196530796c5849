#include "certs/context.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/err.h>

#define CERT_LIST_MAX (32 << 10) /* bytes of certificates a client may send */

struct host {
    char *name;
    SSL_CTX *ssl;
};

struct context {
    atomic_int owners;
    SSL_CTX *ssl; /* of the certificate that is shown by default */
    int hosts;
    struct host host[];
};

/* Certificates are self-signed by nature. Refusing one here would only show
 * as a broken connection; the site says 62 in words instead. */
static int
accept_any(X509_STORE_CTX *store, void *arg)
{
    (void)arg;
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
}

/* Called for every hello, with a name or without. A resumed visitor holds a
 * ticket that is still good: another one would only cost bytes. */
static int
/* NOLINTNEXTLINE(readability-non-const-parameter): OpenSSL gives the type */
on_hello(SSL *ssl, int *alert, void *arg)
{
    const struct context *c = arg;
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);

    (void)alert;
    if (SSL_session_reused(ssl))
        (void)SSL_set_num_tickets(ssl, 0); /* at worst one is sent */
    for (int i = 0; name != NULL && i < c->hosts; i++)
        if (strcasecmp(name, c->host[i].name) == 0) {
            (void)SSL_set_SSL_CTX(ssl, c->host[i].ssl); /* NULL: no memory,
                                                         * the default stays */
            break;
        }
    return SSL_TLSEXT_ERR_OK;
}

/* Sessions stay with us and the visitor gets a number for them: a ticket that
 * holds the session would carry the visitor's certificate to and fro. */
static bool
set_sessions(SSL_CTX *ssl)
{
    static const unsigned char id[] = "understory";

    SSL_CTX_set_options(ssl, SSL_OP_NO_TICKET);
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_SERVER);
    SSL_CTX_sess_set_cache_size(ssl, CONTEXT_SESSIONS);
    SSL_CTX_set_timeout(ssl, CONTEXT_SESSION_SECONDS);
    /* Without this a resumed visitor with a certificate is turned away. */
    return SSL_CTX_set_session_id_context(ssl, id, sizeof id - 1) == 1 &&
           SSL_CTX_set_num_tickets(ssl, 1) == 1 &&
           SSL_CTX_set_max_early_data(ssl, 0) == 1;
}

static bool
set_ciphers(SSL_CTX *ssl)
{
    int groups[] = {NID_X25519, NID_X9_62_prime256v1, NID_secp384r1};

    /* Level 2 looks at what we offer; clients' certificates are not held to
     * it, since accept_any stands in for the whole check. */
    SSL_CTX_set_security_level(ssl, 2);
    SSL_CTX_set_options(ssl, SSL_OP_CIPHER_SERVER_PREFERENCE |
                                 SSL_OP_PRIORITIZE_CHACHA |
                                 SSL_OP_NO_RENEGOTIATION);
    return SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(ssl, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set1_groups(ssl, groups, 3) == 1 &&
           SSL_CTX_set_cipher_list(ssl, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
           SSL_CTX_set_ciphersuites(ssl, "TLS_AES_128_GCM_SHA256:"
                                         "TLS_CHACHA20_POLY1305_SHA256:"
                                         "TLS_AES_256_GCM_SHA384") == 1;
}

static bool
shake_hands(SSL *server, SSL *visitor)
{
    BIO *one, *other;

    if (BIO_new_bio_pair(&one, 0, &other, 0) != 1)
        return false;
    SSL_set_bio(server, one, one);
    SSL_set_bio(visitor, other, other);
    SSL_set_accept_state(server);
    SSL_set_connect_state(visitor);
    for (int flights = 0; flights < 8; flights++) {
        (void)SSL_do_handshake(visitor); /* asked below */
        (void)SSL_do_handshake(server);
    }
    return SSL_is_init_finished(server) && SSL_is_init_finished(visitor);
}

/* OpenSSL leaves out, and says nothing, each algorithm for which it found no
 * memory. A server that starts must be one that visitors can reach. */
static bool
can_speak(SSL_CTX *ssl, int version)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    SSL *visitor = ctx == NULL ? NULL : SSL_new(ctx);
    SSL *server = SSL_new(ssl);
    bool is_done = visitor != NULL && server != NULL;

    if (is_done)
        is_done = SSL_set_min_proto_version(visitor, version) == 1 &&
                  SSL_set_max_proto_version(visitor, version) == 1 &&
                  shake_hands(server, visitor);
    SSL_free(server);
    SSL_free(visitor);
    SSL_CTX_free(ctx);
    ERR_clear_error();
    return is_done;
}

static SSL_CTX *
policy(const struct identity *shown)
{
    SSL_CTX *ssl = SSL_CTX_new(TLS_server_method());

    if (ssl == NULL)
        return NULL;
    SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_cert_verify_callback(ssl, accept_any, NULL);
    SSL_CTX_set_max_cert_list(ssl, CERT_LIST_MAX);
    /* Trying it leaves no sessions behind. */
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    if (set_ciphers(ssl) && SSL_CTX_use_certificate(ssl, shown->cert) == 1 &&
        SSL_CTX_use_PrivateKey(ssl, shown->key) == 1 &&
        SSL_CTX_check_private_key(ssl) == 1 && can_speak(ssl, TLS1_3_VERSION) &&
        can_speak(ssl, TLS1_2_VERSION) && set_sessions(ssl))
        return ssl;
    SSL_CTX_free(ssl);
    return NULL;
}

static bool
host_init(struct host *h, const struct context_row *row)
{
    h->name = strndup(row->host.p, row->host.n);
    h->ssl = policy(row->shown);
    return h->name != NULL && h->ssl != NULL;
}

enum err
context_new(const struct identity *shown, const struct context_row *row,
            int rows, struct context **out)
{
    struct context *c = calloc(1, sizeof *c + (size_t)rows * sizeof c->host[0]);

    *out = NULL;
    if (c == NULL)
        return E_NOMEM;
    atomic_init(&c->owners, 1);
    c->ssl = policy(shown);
    for (int i = 0; i < rows; i++, c->hosts++)
        if (!host_init(&c->host[i], &row[i])) {
            c->hosts++;
            context_free(c);
            return E_BUG;
        }
    if (c->ssl == NULL) {
        context_free(c);
        return E_BUG;
    }
    SSL_CTX_set_tlsext_servername_callback(c->ssl, on_hello);
    SSL_CTX_set_tlsext_servername_arg(c->ssl, c);
    *out = c;
    return OK;
}

struct context *
context_keep(struct context *c)
{
    atomic_fetch_add(&c->owners, 1);
    return c;
}

void
context_free(struct context *c)
{
    if (c == NULL || atomic_fetch_sub(&c->owners, 1) > 1)
        return;
    for (int i = 0; i < c->hosts; i++) {
        free(c->host[i].name);
        SSL_CTX_free(c->host[i].ssl);
    }
    SSL_CTX_free(c->ssl);
    free(c);
}

SSL *
context_connect(struct context *c)
{
    return SSL_new(c->ssl);
}
