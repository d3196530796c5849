#include "tests/bench/visitor.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Keeps the first sessions for all visits to come; a resumed visit gets no
 * new one. */
static int
keep_session(SSL *ssl, SSL_SESSION *session)
{
    struct visitor *v = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));

    int n;

    if (!v->does_resume || v->sessions == VISITOR_SESSIONS)
        return 0;
    v->session[v->sessions] = NULL;
    n = i2d_SSL_SESSION(session, &v->session[v->sessions]);
    if (n > 0)
        v->session_size[v->sessions++] = n;
    return 0;
}

bool
visitor_init(struct visitor *v, int port, const char *pem)
{
    memset(v, 0, sizeof *v);
    v->to.sin_family = AF_INET;
    v->to.sin_port = htons((uint16_t)port);
    v->to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    v->epoll = epoll_create1(EPOLL_CLOEXEC);
    v->ssl = SSL_CTX_new(TLS_client_method());
    if (v->epoll < 0 || v->ssl == NULL)
        return false;
    SSL_CTX_set_app_data(v->ssl, v);
    SSL_CTX_set_read_ahead(v->ssl, 1);
    SSL_CTX_set_mode(v->ssl, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(v->ssl, SSL_SESS_CACHE_CLIENT |
                                               SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(v->ssl, keep_session);
    return pem == NULL ||
           (SSL_CTX_use_certificate_file(v->ssl, pem, SSL_FILETYPE_PEM) == 1 &&
            SSL_CTX_use_PrivateKey_file(v->ssl, pem, SSL_FILETYPE_PEM) == 1);
}

void
visitor_release(struct visitor *v)
{
    for (int i = 0; i < v->sessions; i++)
        OPENSSL_free(v->session[i]);
    SSL_CTX_free(v->ssl);
    close(v->epoll);
}

static void
name_host(SSL *ssl)
{
    char name[] = "localhost"; /* OpenSSL's macro casts const away */

    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             name);
}

static void
offer_session(SSL *ssl, const struct visitor *v, int i)
{
    const unsigned char *p = v->session[i];
    SSL_SESSION *session = d2i_SSL_SESSION(NULL, &p, v->session_size[i]);

    if (session != NULL)
        SSL_set_session(ssl, session);
    SSL_SESSION_free(session);
}

static bool
dial(struct visit *t)
{
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET,
                            .data.ptr = t};
    int one = 1;

    t->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (t->fd < 0)
        return false;
    setsockopt(t->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if ((connect(t->fd, (struct sockaddr *)&t->of->to, sizeof t->of->to) == 0 ||
         errno == EINPROGRESS) &&
        epoll_ctl(t->of->epoll, EPOLL_CTL_ADD, t->fd, &e) == 0)
        return true;
    close(t->fd);
    return false;
}

bool
visit_begin(struct visit *t, struct visitor *v, char *say, size_t say_n,
            bool is_held)
{
    memset(t, 0, sizeof *t);
    t->of = v;
    t->say = say;
    t->say_n = say_n;
    t->is_held = is_held;
    t->ssl = SSL_new(v->ssl);
    if (t->ssl == NULL || !dial(t)) {
        SSL_free(t->ssl);
        free(say);
        t->ssl = NULL;
        return false;
    }
    SSL_set_fd(t->ssl, t->fd);
    name_host(t->ssl);
    if (v->does_resume && v->sessions == VISITOR_SESSIONS)
        offer_session(t->ssl, v, v->next_session++ % VISITOR_SESSIONS);
    SSL_set_connect_state(t->ssl);
    return true;
}

static bool
must_wait(const struct visit *t, int result)
{
    int why = SSL_get_error(t->ssl, result);

    return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
}

static enum visit_end
greet(struct visit *t)
{
    int result = SSL_connect(t->ssl), error = 0;
    socklen_t n = sizeof error;

    if (result == 1) {
        t->was_resumed = SSL_session_reused(t->ssl) == 1;
        t->at = t->is_held ? VISIT_HELD : VISIT_SAYS;
        return VISIT_GOES_ON;
    }
    if (must_wait(t, result))
        return VISIT_GOES_ON;
    getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &error, &n);
    return error != 0 || BIO_number_read(SSL_get_rbio(t->ssl)) == 0
               ? VISIT_NO_CONNECT
               : VISIT_NO_HANDSHAKE;
}

/* A refused upload may cut the writing short, so what came is read anyway. */
static void
say(struct visit *t)
{
    size_t n;
    int result = 1;

    while (t->said < t->say_n &&
           (result = SSL_write_ex(t->ssl, t->say + t->said, t->say_n - t->said,
                                  &n)) == 1)
        t->said += n;
    if (t->said == t->say_n || !must_wait(t, result))
        t->at = VISIT_READS;
}

static enum visit_end
listen_to(struct visit *t)
{
    char page[16384];
    size_t n;

    while (SSL_read_ex(t->ssl, page, sizeof page, &n) == 1) {
        if (t->got < sizeof t->head)
            memcpy(t->head + t->got, page,
                   n < sizeof t->head - t->got ? n : sizeof t->head - t->got);
        t->got += n;
    }
    if (must_wait(t, 0))
        return VISIT_GOES_ON;
    return SSL_get_shutdown(t->ssl) & SSL_RECEIVED_SHUTDOWN ? VISIT_DONE
                                                            : VISIT_NO_GOODBYE;
}

enum visit_end
visit_drive(struct visit *t)
{
    enum visit_end end = VISIT_GOES_ON;

    ERR_clear_error();
    if (t->at == VISIT_GREETS)
        end = greet(t);
    if (t->at == VISIT_SAYS)
        say(t);
    if (t->at == VISIT_READS || t->at == VISIT_HELD)
        end = listen_to(t);
    return end;
}

void
visit_drip(struct visit *t)
{
    size_t n;

    ERR_clear_error();
    if (t->said < t->say_n &&
        SSL_write_ex(t->ssl, t->say + t->said, 1, &n) == 1)
        t->said++;
}

void
visit_finish(struct visit *t)
{
    if (t->ssl == NULL)
        return;
    ERR_clear_error();
    if (SSL_is_init_finished(t->ssl))
        SSL_shutdown(t->ssl);
    t->in = BIO_number_read(SSL_get_rbio(t->ssl));
    t->out = BIO_number_written(SSL_get_wbio(t->ssl));
    SSL_free(t->ssl);
    close(t->fd);
    free(t->say);
    t->ssl = NULL;
    t->say = NULL;
}

int
visit_status(const struct visit *t, size_t *body)
{
    size_t n = t->got < sizeof t->head ? t->got : sizeof t->head;
    const char *end = memmem(t->head, n, "\r\n", 2);

    *body = 0;
    if (end == NULL || end - t->head < 3 || t->head[2] != ' ')
        return 0;
    *body = t->got - (size_t)(end + 2 - t->head);
    return (t->head[0] - '0') * 10 + t->head[1] - '0';
}
