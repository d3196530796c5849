#include "tests/talk/client.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

bool
person_identity(struct person *p, const char *kind, bool renew)
{
    int64_t now = clock_now();
    struct issue is = {.name = str_of(p->name),
                       .not_before = now - DAY,
                       .not_after = now + 3650 * DAY};
    struct identity made;

    if (strcmp(kind, "ed25519") == 0)
        is.kind = ISSUE_ED25519;
    else if (strcmp(kind, "rsa") == 0 || strcmp(kind, "old") == 0)
        is.kind = ISSUE_RSA_2048;
    else if (strcmp(kind, "rsa1024") == 0)
        is.kind = ISSUE_RSA_1024;
    is.is_old = strcmp(kind, "old") == 0;
    if (strcmp(kind, "expired") == 0)
        is.not_after = now - HOUR;
    if (strcmp(kind, "future") == 0)
        is.not_before = now + 3 * DAY;
    if (strcmp(kind, "ending") == 0)
        is.not_after = now + 30 * DAY;
    if (renew)
        is.key = p->identity.key;
    if (issue_make(&is, &made) != OK)
        return false;
    if (p->has_identity)
        identity_release(&p->identity);
    p->identity = made;
    p->has_identity = true;
    SSL_SESSION_free(p->session);
    p->session = NULL;
    return true;
}

void
person_release(struct person *p)
{
    if (p->has_identity)
        identity_release(&p->identity);
    SSL_SESSION_free(p->session);
    memset(p, 0, sizeof *p);
}

void
answer_release(struct answer *a)
{
    free(a->body);
    a->body = NULL;
    a->n = 0;
}

static int
dial(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    struct timeval wait = {.tv_sec = 20};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    to.sin_port = htons((uint16_t)port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

static int
keep_session(SSL *ssl, SSL_SESSION *session)
{
    struct person *p = SSL_get_app_data(ssl);

    if (p == NULL || !p->does_resume)
        return 0;
    SSL_SESSION_free(p->session);
    p->session = session;
    return 1;
}

static SSL_CTX *
make_context(struct person *p)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

    if (ctx == NULL)
        return NULL;
    SSL_CTX_set_security_level(ctx, 0);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT |
                                            SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(ctx, keep_session);
    if (p->tls != 0) {
        SSL_CTX_set_min_proto_version(ctx, p->tls);
        SSL_CTX_set_max_proto_version(ctx, p->tls);
    }
    if (p->has_identity &&
        (SSL_CTX_use_certificate(ctx, p->identity.cert) != 1 ||
         SSL_CTX_use_PrivateKey(ctx, p->identity.key) != 1)) {
        SSL_CTX_free(ctx);
        return NULL;
    }
    return ctx;
}

/* OpenSSL's macro for this casts const away. */
static void
name_host(SSL *ssl, const char *sni)
{
    char name[256];

    if (strlen(sni) < sizeof name) {
        memcpy(name, sni, strlen(sni) + 1);
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 name);
    }
}

/* Everything up to close_notify. A refused upload may cut our writing short,
 * so a failed write still reads what came. */
static const char *
talk(SSL *ssl, const struct call *call, struct answer *out, char **raw,
     size_t *got)
{
    size_t sent = 0, cap = 1 << 16, n;

    if (call->n > 0 && SSL_write_ex(ssl, call->bytes, call->n, &sent) != 1)
        ERR_clear_error();
    if (call->half_closes)
        SSL_shutdown(ssl);
    out->was_resumed = SSL_session_reused(ssl) == 1;
    if ((*raw = malloc(cap)) == NULL)
        return "no memory";
    while (SSL_read_ex(ssl, *raw + *got, cap - *got, &n) == 1) {
        *got += n;
        if (*got == CLIENT_BODY_MAX)
            return "an endless answer";
        if (*got == cap) {
            char *more = realloc(*raw, cap *= 2);

            if (more == NULL)
                return "no memory";
            *raw = more;
        }
    }
    if ((SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN) == 0)
        return *got == 0 ? "no answer" : "no close_notify at the end";
    return NULL;
}

/* ^[1-6][0-9] [^control]{1,1000}\r\n (gemini.md section 11, row 56). */
static const char *
split(const char *raw, size_t n, struct answer *out)
{
    const char *end = memmem(raw, n, "\r\n", 2);
    size_t meta;

    if (end == NULL)
        return "no CR LF after the header";
    meta = (size_t)(end - raw);
    if (meta < 4 || raw[0] < '1' || raw[0] > '6' || raw[1] < '0' ||
        raw[1] > '9' || raw[2] != ' ' || raw[3] == ' ')
        return "a header against the grammar";
    meta -= 3;
    if (meta > 1000 || !text_is_valid((struct str){raw + 3, meta}))
        return "a meta that is too long or not UTF-8";
    for (size_t i = 0; i < meta; i++)
        if ((unsigned char)raw[3 + i] < 0x20 || raw[3 + i] == 0x7f)
            return "a control character in the header";
    out->status = (raw[0] - '0') * 10 + raw[1] - '0';
    memcpy(out->meta, raw + 3, meta);
    out->meta[meta] = '\0';
    out->n = n - meta - 5;
    if ((out->body = malloc(out->n + 1)) == NULL)
        return "no memory";
    memcpy(out->body, end + 2, out->n);
    out->body[out->n] = '\0';
    if (out->status / 10 != 2 && out->n > 0)
        return "a body behind a header that is not 2x";
    return NULL;
}

const char *
client_open(struct person *p, const struct call *call, struct line *l)
{
    *l = (struct line){.fd = dial(call->port), .ctx = make_context(p)};
    l->ssl = l->ctx == NULL ? NULL : SSL_new(l->ctx);
    if (l->ssl == NULL || l->fd < 0)
        return "no connection";
    SSL_set_app_data(l->ssl, p);
    SSL_set_fd(l->ssl, l->fd);
    if (call->sni != NULL)
        name_host(l->ssl, call->sni);
    if (p->does_resume && p->session != NULL)
        SSL_set_session(l->ssl, p->session);
    return SSL_connect(l->ssl) == 1 ? NULL : "no TLS handshake";
}

void
client_close(struct line *l)
{
    SSL_free(l->ssl);
    SSL_CTX_free(l->ctx);
    if (l->fd > 0) /* 0 is nobody's connection */
        close(l->fd);
    memset(l, 0, sizeof *l);
    ERR_clear_error();
}

const char *
client_call(struct person *p, const struct call *call, struct answer *out)
{
    struct line l;
    char *raw = NULL;
    size_t got = 0;
    const char *wrong = client_open(p, call, &l);

    memset(out, 0, sizeof *out);
    if (wrong == NULL)
        wrong = talk(l.ssl, call, out, &raw, &got);
    if (wrong == NULL)
        wrong = split(raw, got, out);
    if (l.ssl != NULL)
        SSL_shutdown(l.ssl);
    free(raw);
    client_close(&l);
    return wrong;
}
