/*
 * Slow, broken and hostile peers over real TLS, against the whole server in
 * this process with short deadlines. After each kind of them an ordinary
 * visitor is answered at once, and no descriptor stays open.
 *
 *     peers [PROGRAM]
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <openssl/err.h>

#include "base/clock.h"
#include "base/log.h"
#include "server.h"
#include "tests/talk/browser.h"

enum {
    CROWD = 3000,      /* handshakes without a request */
    AT_ONCE_MS = 2000, /* an ordinary visitor waits no longer */
    SETTLE_MS = 15000, /* deadlines, and a goodbye of 3 s */
    ALL = 1 << 30,     /* no end of what may be sent */
};

static const char ask[] = "gemini://localhost/\r\n";

static struct {
    char dir[64];
    struct server *server;
    struct browser guest, member;
    char upload[1100]; /* where the member may upload */
    int port, failed;
    int calm; /* descriptors that are open while nobody visits */
} town;

/* One peer: TLS over memory, so that each byte to the server is counted. */
struct peer_end {
    int fd;
    SSL_CTX *ctx;
    SSL *ssl;
    BIO *in, *out;
    size_t sent, most; /* bytes to the server, so far and at most */
    size_t chunk;      /* so many at a time */
};

static void
give_up(const char *what, const char *why)
{
    printf("not ok - %s: %s\n", what, why);
    exit(1);
}

static int
dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)town.port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval patience = {.tv_sec = 15};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        give_up("connect", strerror(errno));
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

static struct peer_end
peer_open(int version, const struct person *who)
{
    struct peer_end p = {.fd = dial(), .most = ALL, .chunk = 16384};

    p.ctx = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(p.ctx, 0);
    SSL_CTX_set_min_proto_version(p.ctx, version);
    SSL_CTX_set_max_proto_version(p.ctx, version);
    if (who != NULL &&
        (SSL_CTX_use_certificate(p.ctx, who->identity.cert) != 1 ||
         SSL_CTX_use_PrivateKey(p.ctx, who->identity.key) != 1))
        give_up("certificate", "not used");
    p.ssl = SSL_new(p.ctx);
    p.in = BIO_new(BIO_s_mem());
    p.out = BIO_new(BIO_s_mem());
    SSL_set_bio(p.ssl, p.in, p.out);
    SSL_set_connect_state(p.ssl);
    return p;
}

static void
peer_close(struct peer_end *p)
{
    SSL_free(p->ssl);
    SSL_CTX_free(p->ctx);
    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
    ERR_clear_error();
}

/* With a reset instead of an end. */
static void
peer_vanish(struct peer_end *p)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    setsockopt(p->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    peer_close(p);
}

/* What TLS made goes out; false once no more may be sent. */
static bool
peer_flush(struct peer_end *p)
{
    char bytes[16384];
    int n;

    while (p->sent < p->most && BIO_ctrl_pending(p->out) > 0) {
        size_t want = p->most - p->sent;

        want = want < p->chunk ? want : p->chunk;
        n = BIO_read(p->out, bytes, (int)want);
        if (n <= 0 || send(p->fd, bytes, (size_t)n, MSG_NOSIGNAL) != n)
            return false;
        p->sent += (size_t)n;
    }
    return BIO_ctrl_pending(p->out) == 0;
}

/* What the server says goes in; false at its end. */
static bool
peer_feed(struct peer_end *p)
{
    char bytes[16384];
    ssize_t n = recv(p->fd, bytes, sizeof bytes, 0);

    return n > 0 && BIO_write(p->in, bytes, (int)n) == n;
}

static bool
peer_shake(struct peer_end *p)
{
    int done;

    while ((done = SSL_do_handshake(p->ssl)) != 1) {
        if (SSL_get_error(p->ssl, done) != SSL_ERROR_WANT_READ ||
            !peer_flush(p) || !peer_feed(p))
            return false;
    }
    return peer_flush(p);
}

static bool
peer_write(struct peer_end *p, const char *bytes, size_t n)
{
    size_t done;

    return SSL_write_ex(p->ssl, bytes, n, &done) == 1 && peer_flush(p);
}

/* The whole answer's status; 0 where there is none. */
static int
peer_status(struct peer_end *p)
{
    char answer[65536];
    size_t got = 0, n;

    for (;;) {
        if (SSL_read_ex(p->ssl, answer + got, sizeof answer - got, &n) == 1)
            got += n;
        else if (SSL_get_error(p->ssl, 0) != SSL_ERROR_WANT_READ ||
                 !peer_feed(p))
            break;
    }
    if (got < 3 || !(SSL_get_shutdown(p->ssl) & SSL_RECEIVED_SHUTDOWN))
        return 0;
    return (answer[0] - '0') * 10 + answer[1] - '0';
}

/* Until the server has closed, however it does. */
static void
peer_wait_end(struct peer_end *p)
{
    char bytes[16384];

    while (recv(p->fd, bytes, sizeof bytes, 0) > 0)
        continue;
}

/* How much an ordinary request sends in all. */
static size_t
ordinary(int version)
{
    struct peer_end p = peer_open(version, NULL);
    size_t n;

    if (!peer_shake(&p) || !peer_write(&p, ask, sizeof ask - 1) ||
        peer_status(&p) != 20)
        give_up("an ordinary request", "not answered");
    n = p.sent;
    peer_close(&p);
    return n;
}

/* The same, broken off after so many bytes. */
static struct peer_end
broken_off(int version, size_t after)
{
    struct peer_end p = peer_open(version, NULL);

    p.most = after;
    if (peer_shake(&p))
        (void)peer_write(&p, ask, sizeof ask - 1);
    return p;
}

/* The kinds of peers; each says whether it was met as it should be. */

static bool
come_byte_by_byte(int version)
{
    struct peer_end p = peer_open(version, NULL);
    bool is_fine;

    p.chunk = 1;
    is_fine = peer_shake(&p) && peer_write(&p, ask, sizeof ask - 1) &&
              peer_status(&p) == 20;
    peer_close(&p);
    return is_fine;
}

static bool
stop_at_every_byte(int version)
{
    size_t n = ordinary(version);
    struct peer_end *p = calloc(n, sizeof *p);

    for (size_t i = 0; i < n; i++)
        p[i] = broken_off(version, i);
    for (size_t i = 0; i < n; i++) {
        peer_wait_end(&p[i]);
        peer_close(&p[i]);
    }
    free(p);
    return true;
}

static bool
vanish_at_every_byte(int version)
{
    size_t n = ordinary(version);

    for (size_t i = 0; i <= n; i++) {
        struct peer_end p = broken_off(version, i);

        peer_vanish(&p);
    }
    return true;
}

static bool
half_close_at_every_byte(int version)
{
    size_t n = ordinary(version);
    int status = 0;

    for (size_t i = 0; i <= n; i++) {
        struct peer_end p = broken_off(version, i);

        shutdown(p.fd, SHUT_WR);
        status = peer_status(&p);
        peer_wait_end(&p);
        peer_close(&p);
    }
    return status == 20; /* the last one had asked all of it */
}

/* TLS 1.2 alone knows it; it is refused, and the request answered or not. */
static bool
renegotiate(int version)
{
    struct peer_end p = peer_open(version, NULL);
    bool is_fine = peer_shake(&p);

    for (int i = 0; i < 200 && is_fine; i++) {
        SSL_renegotiate(p.ssl);
        is_fine = SSL_do_handshake(p.ssl) != 1 && peer_flush(&p);
        if (!peer_feed(&p))
            break;
    }
    (void)peer_status(&p);
    peer_close(&p);
    return true;
}

static bool
speak_no_tls(int version)
{
    static const struct {
        const char *bytes;
        size_t n;
    } garbage[] = {
        {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 35},
        {"gemini://localhost/\r\n", 21},
        {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11},
        {"\x16\x03\x01\x00\x05\xff\xff\xff\xff\xff", 10},
        {"\x16\x03\x01\x00\x00\x16\x03\x01\x00\x00\x16\x03\x01\x00\x00", 15},
        {"\x15\x03\x01\x00\x02\x02\x28", 7},
        {"\x17\x03\x03\x00\x03xyz", 8},
        {"\x80\x2e\x01\x03\x01\x00\x15\x00\x00\x00\x10", 11},
        {"SSH-2.0-OpenSSH_9.2\r\n", 21},
        {"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16},
    };

    (void)version;
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        char first = 0x15; /* an alert, or nothing at all */
        int fd = dial();

        if (send(fd, garbage[i].bytes, garbage[i].n, MSG_NOSIGNAL) < 0)
            give_up("garbage", "not sent");
        shutdown(fd, i % 2 ? SHUT_WR : SHUT_RD);
        (void)recv(fd, &first, 1, 0);
        close(fd);
        if (first != 0x15)
            return false;
    }
    return true;
}

static bool
offer_old_versions(int version)
{
    struct peer_end p = peer_open(version, NULL);
    bool is_in;

    SSL_CTX_set_cipher_list(p.ctx, "ALL:@SECLEVEL=0");
    SSL_set_cipher_list(p.ssl, "ALL:@SECLEVEL=0");
    is_in = peer_shake(&p);
    peer_wait_end(&p);
    peer_close(&p);
    return !is_in;
}

/* A record that says it holds more than a record may, and holds it. */
static bool
send_large_records(int version)
{
    char zeros[16384] = "";

    for (int is_in = 0; is_in < 2; is_in++) {
        struct peer_end p = peer_open(version, NULL);
        char first[5] = {is_in ? 0x17 : 0x16, 3, is_in ? 3 : 1, -1, -1};

        if (is_in && !peer_shake(&p))
            return false;
        (void)!send(p.fd, first, sizeof first, MSG_NOSIGNAL);
        for (int i = 0; i < 4; i++)
            (void)!send(p.fd, zeros, sizeof zeros, MSG_NOSIGNAL);
        peer_wait_end(&p);
        peer_close(&p);
    }
    return true;
}

static bool
shake_hands_and_leave(int version)
{
    for (int i = 0; i < CROWD / 2; i++) {
        struct peer_end p = peer_open(version, NULL);

        if (!peer_shake(&p))
            return false;
        if (i % 2)
            peer_vanish(&p);
        else
            peer_close(&p);
    }
    return true;
}

/* Asks, and reads not a byte of the answer. */
static bool
never_read(int version)
{
    struct peer_end p[32];

    for (int i = 0; i < 32; i++) {
        p[i] = peer_open(version, NULL);
        if (!peer_shake(&p[i]) || !peer_write(&p[i], ask, sizeof ask - 1))
            return false;
    }
    poll(NULL, 0, 1500);
    for (int i = 0; i < 32; i++)
        peer_close(&p[i]);
    return true;
}

/* An upload that says one size and sends another. */
static int
upload(int version, const char *said, size_t n)
{
    struct peer_end p = peer_open(version, &town.member.person);
    char line[1300], *body = calloc(1, n + 1);
    int length = snprintf(line, sizeof line,
                          "titan://localhost%s;size=%s;mime=text/plain\r\n",
                          town.upload, said);
    int status = 0;

    memset(body, 'u', n);
    if (peer_shake(&p) && peer_write(&p, line, (size_t)length)) {
        if (n > 0)
            (void)peer_write(&p, body, n);
        status = peer_status(&p);
    }
    peer_close(&p);
    free(body);
    return status;
}

static bool
lie_about_an_upload(int version)
{
    return upload(version, "100", 99) == 59 && /* it stalls */
           upload(version, "1", 0) == 59 &&
           upload(version, "5", 200000) == 30 && /* the rest is dropped */
           upload(version, "65537", 10) == 59 &&
           upload(version, "999999999999999", 200000) == 59 &&
           upload(version, "99999999999999999999999", 10) == 59 &&
           upload(version, "-1", 10) == 59;
}

static bool
break_off_an_upload(int version)
{
    char line[1300];
    int length = snprintf(line, sizeof line,
                          "titan://localhost%s;size=3000;mime=text/plain\r\n",
                          town.upload);

    for (int i = 0; i < 60; i++) {
        struct peer_end p = peer_open(version, &town.member.person);

        if (!peer_shake(&p) || !peer_write(&p, line, (size_t)length))
            return false;
        for (int k = 0; k < i; k++)
            (void)peer_write(&p, "0123456789", 10);
        if (i % 3 == 0) {
            peer_vanish(&p);
            continue;
        }
        if (i % 3 == 1)
            shutdown(p.fd, SHUT_WR);
        if (i % 3 == 1 && peer_status(&p) != 59)
            return false;
        peer_close(&p);
    }
    return true;
}

static const struct kind {
    const char *name;
    bool (*come)(int version);
    int version;
} kinds[] = {
    {"a byte at a time", come_byte_by_byte, TLS1_3_VERSION},
    {"a byte at a time, TLS 1.2", come_byte_by_byte, TLS1_2_VERSION},
    {"silent from any byte on", stop_at_every_byte, TLS1_3_VERSION},
    {"silent from any byte on, TLS 1.2", stop_at_every_byte, TLS1_2_VERSION},
    {"gone at any byte", vanish_at_every_byte, TLS1_3_VERSION},
    {"gone at any byte, TLS 1.2", vanish_at_every_byte, TLS1_2_VERSION},
    {"half closed at any byte", half_close_at_every_byte, TLS1_3_VERSION},
    {"half closed at any byte, TLS 1.2", half_close_at_every_byte,
     TLS1_2_VERSION},
    {"renegotiating", renegotiate, TLS1_2_VERSION},
    {"speaking no TLS", speak_no_tls, 0},
    {"offering TLS 1.0", offer_old_versions, TLS1_VERSION},
    {"offering TLS 1.1", offer_old_versions, TLS1_1_VERSION},
    {"sending records too large", send_large_records, TLS1_3_VERSION},
    {"sending records too large, TLS 1.2", send_large_records, TLS1_2_VERSION},
    {"shaking hands and leaving", shake_hands_and_leave, TLS1_3_VERSION},
    {"shaking hands and leaving, TLS 1.2", shake_hands_and_leave,
     TLS1_2_VERSION},
    {"never reading", never_read, TLS1_3_VERSION},
    {"lying about an upload", lie_about_an_upload, TLS1_3_VERSION},
    {"breaking off an upload", break_off_an_upload, TLS1_3_VERSION},
    {"breaking off an upload, TLS 1.2", break_off_an_upload, TLS1_2_VERSION},
};

static int
descriptors(void)
{
    DIR *d = opendir("/proc/self/fd");
    int n = 0;

    if (d == NULL)
        give_up("descriptors", "not counted");
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n;
}

/* A visit that has just ended may still hold one for a moment, so the least
 * that was ever seen is what has to come back. */
static int
descriptors_settled(void)
{
    int n = descriptors();

    for (int64_t until = clock_ticks() + SETTLE_MS;
         n > town.calm && clock_ticks() < until; n = descriptors())
        poll(NULL, 0, 20);
    town.calm = n < town.calm ? n : town.calm;
    return n;
}

static void
settings(struct config *c)
{
    static const char *const given[][2] = {
        {"listen", "127.0.0.1:0"},  {"host", "localhost"},
        {"public-port", "1965"},    {"jail", "no"},
        {"handshake-seconds", "1"}, {"line-seconds", "1"},
        {"send-seconds", "1"},      {"upload-seconds", "1"},
        {"stop-seconds", "1"},      {"loops", "2"},
        {"log-level", "error"},     {"posts-per-minute", "0"},
        {"posts-per-hour", "0"}};
    char why[CONFIG_WHY] = "";

    if (config_init(c))
        give_up("settings", "no memory");
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (config_set(c, given[i][0], str_of(given[i][1]), FROM_COMMAND, why))
            give_up("settings", why);
    if (config_set(c, "data", str_of(town.dir), FROM_COMMAND, why))
        give_up("settings", why);
}

static void
start(void)
{
    struct config c;
    char why[SERVER_WHY] = "";

    snprintf(town.dir, sizeof town.dir, "/tmp/understory-peers-XXXXXX");
    if (mkdtemp(town.dir) == NULL)
        give_up("directory", "not made");
    settings(&c);
    if (server_start(&c, &town.server, why))
        give_up("start", why);
    config_release(&c);
    town.port = server_port(town.server, 0);
    town.guest.port = town.member.port = town.port;
}

/* A member, a community, a thread, and the address that takes a whole text. */
static void
settle(void)
{
    struct browser *b = &town.member;
    char path[1100], name[] = "Amina", text[] = "Learning together";
    char *one[] = {name}, *two[] = {text, name};

    snprintf(b->person.name, sizeof b->person.name, "amina");
    if (!person_identity(&b->person, "p256", false) ||
        !browser_get(b, "/i/join") ||
        !browser_link(b, "/join/n/", true, path, sizeof path) ||
        !browser_walk(b, path, one, 1) || !browser_get(b, "/i/c/") ||
        !browser_link(b, "/i/start/", true, path, sizeof path) ||
        !browser_walk(b, path, two, 2) ||
        !browser_link(b, "/note/", true, path, sizeof path) ||
        !browser_walk(b, path, two, 2) || !browser_get(b, "/i/t/1"))
        give_up("settling", b->why);
    if (!browser_link(b, "/i/t/1/r/", true, town.upload, sizeof town.upload))
        give_up("settling", "no address for an upload");
}

static void
meet(const struct kind *k)
{
    int after;
    bool is_met = k->come(k->version);
    int64_t asked = clock_ticks();
    bool is_served =
        browser_get(&town.guest, "/") && town.guest.last.status == 20;
    int64_t took = clock_ticks() - asked;

    after = descriptors_settled();
    if (is_met && is_served && took <= AT_ONCE_MS && after <= town.calm) {
        printf("ok - peers %s\n", k->name);
        return;
    }
    town.failed = 1;
    printf("not ok - peers %s:%s%s%s (%lld ms, %d descriptors before, %d "
           "after)\n",
           k->name, is_met ? "" : " not met as they should be",
           is_served ? "" : " a guest was not served",
           took <= AT_ONCE_MS ? "" : " a guest had to wait", (long long)took,
           town.calm, after);
}

int
main(void)
{
    struct rlimit limit;
    char remove[128];

    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    start();
    settle();
    if (!browser_get(&town.guest, "/"))
        give_up("first visit", town.guest.why);
    town.calm = descriptors();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        meet(&kinds[i]);
    browser_release(&town.guest);
    browser_release(&town.member);
    server_stop(town.server);
    snprintf(remove, sizeof remove, "rm -rf %s", town.dir);
    return system(remove) != 0 || /* NOLINT(cert-env33-c): mkdtemp's name */
           town.failed;
}
