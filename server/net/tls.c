#include "net/tls.h"

#include <errno.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "base/buf.h"

#define CHUNK 16384
#define READS_AT_ONCE 4
/* What may come without a word in it: a handshake with the longest chain of
 * certificates, or a record that is not all here yet. New keys, padding and
 * empty records are work for us and none for the visitor, and OpenSSL takes
 * them without end. A letter makes up for IDLE_FOR_TEXT bytes, so that even
 * records of one letter each are welcome. */
#define IDLE_MOST (64 << 10)
#define IDLE_FOR_TEXT 64

enum err
tls_init(struct tls *t, struct context *context, int fd)
{
    *t = (struct tls){.fd = fd, .ssl = context_connect(context)};
    if (t->ssl == NULL)
        return E_NOMEM;
    t->in = BIO_new(BIO_s_mem());
    t->out = BIO_new(BIO_s_mem());
    if (t->in == NULL || t->out == NULL) {
        BIO_free(t->in);
        BIO_free(t->out);
        SSL_free(t->ssl);
        t->ssl = NULL;
        return E_NOMEM;
    }
    SSL_set_bio(t->ssl, t->in, t->out);
    SSL_set_accept_state(t->ssl);
    return OK;
}

void
tls_release(struct tls *t)
{
    SSL_free(t->ssl);
    t->ssl = NULL;
}

void
tls_ready(struct tls *t)
{
    t->reads = READS_AT_ONCE;
}

/* From the socket to OpenSSL. A short read means that the socket is empty, so
 * the call that would only answer EAGAIN is saved. */
static enum tls_says
feed(struct tls *t)
{
    SCRATCH char chunk[CHUNK];
    ssize_t n;

    if (t->is_ended)
        return TLS_END;
    if (t->reads == 0)
        return TLS_MORE;
    do
        n = recv(t->fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        t->reads = 0;
        return errno == EAGAIN || errno == EWOULDBLOCK ? TLS_MORE : TLS_BROKEN;
    }
    t->reads = (size_t)n < sizeof chunk ? 0 : t->reads - 1;
    t->is_ended = n == 0;
    if (n == 0)
        return TLS_END;
    t->idle += (size_t)n;
    if (t->idle > IDLE_MOST)
        return TLS_BROKEN;
    return BIO_write(t->in, chunk, (int)n) == (int)n ? TLS_DONE : TLS_BROKEN;
}

/* What a call that did not succeed means; DONE: try again, there is more. */
static enum tls_says
after(struct tls *t, int result)
{
    enum tls_says says = TLS_BROKEN;

    switch (SSL_get_error(t->ssl, result)) {
    case SSL_ERROR_WANT_READ:
        says = feed(t);
        break;
    case SSL_ERROR_ZERO_RETURN:
        says = TLS_END;
        break;
    default: /* the alert, if there is one, waits in out */
        break;
    }
    t->is_broken = says == TLS_BROKEN;
    ERR_clear_error();
    return says;
}

enum tls_says
tls_accept(struct tls *t)
{
    enum tls_says says = TLS_DONE;
    int result;

    ERR_clear_error();
    while (says == TLS_DONE) {
        if ((result = SSL_accept(t->ssl)) == 1)
            return TLS_DONE;
        says = after(t, result);
    }
    /* Half a handshake has no polite end. */
    t->is_broken = says != TLS_MORE;
    return says;
}

enum tls_says
tls_read(struct tls *t, void *p, size_t n, size_t *got)
{
    enum tls_says says = TLS_DONE;
    int result;

    ERR_clear_error();
    while (says == TLS_DONE) {
        if ((result = SSL_read_ex(t->ssl, p, n, got)) == 1) {
            t->idle -=
                t->idle < *got * IDLE_FOR_TEXT ? t->idle : *got * IDLE_FOR_TEXT;
            return TLS_DONE;
        }
        says = after(t, result);
    }
    *got = 0;
    return says;
}

enum tls_says
tls_write(struct tls *t, struct str s)
{
    size_t n;

    ERR_clear_error();
    if (t->is_broken)
        return TLS_BROKEN;
    if (s.n == 0 || SSL_write_ex(t->ssl, s.p, s.n, &n) == 1)
        return TLS_DONE;
    t->is_broken = true;
    ERR_clear_error();
    return TLS_BROKEN;
}

void
tls_bye(struct tls *t)
{
    ERR_clear_error();
    if (!t->is_broken && SSL_is_init_finished(t->ssl))
        (void)SSL_shutdown(t->ssl); /* 0: sent, and none has come back yet */
    ERR_clear_error();
}

enum tls_says
tls_flush(struct tls *t)
{
    char *p;
    long n = BIO_get_mem_data(t->out, &p);

    while (t->sent < (size_t)n) {
        ssize_t k = send(t->fd, p + t->sent, (size_t)n - t->sent, MSG_NOSIGNAL);

        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return TLS_FULL;
        if (k < 0) {
            t->is_broken = true;
            return TLS_BROKEN;
        }
        t->sent += (size_t)k;
    }
    if (n > 0)
        (void)BIO_reset(t->out); /* can not fail in memory */
    t->sent = 0;
    return TLS_DONE;
}

enum tls_says
tls_drain(struct tls *t, size_t *budget)
{
    SCRATCH char chunk[CHUNK];
    ssize_t n;

    if (t->is_ended)
        return TLS_END;
    for (; t->reads > 0; t->reads--) {
        do
            n = recv(t->fd, chunk, sizeof chunk, 0);
        while (n < 0 && errno == EINTR);
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK ? TLS_MORE
                                                           : TLS_BROKEN;
        if (n == 0 || (size_t)n >= *budget)
            return TLS_END;
        *budget -= (size_t)n;
        if ((size_t)n < sizeof chunk)
            t->reads = 1;
    }
    return TLS_MORE;
}

struct str
tls_name(const struct tls *t)
{
    const char *name = SSL_get_servername(t->ssl, TLSEXT_NAMETYPE_host_name);

    return name == NULL ? (struct str){NULL, 0} : str_of(name);
}
