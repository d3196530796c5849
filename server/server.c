#include "server.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/jail.h"
#include "base/log.h"
#include "certs/context.h"
#include "certs/issue.h"
#include "certs/peer.h"
#include "data.h"
#include "forum/site.h"
#include "net/net.h"
#include "pages/site.h"
#include "sql.h"
#include "store/migrate.h"

enum { PATH_LENGTH = 4096, GEMINI_PORT = 1965, WARN_DAYS = 60 };

struct server {
    struct data data;
    struct site *site;
    struct net *net;
    char fingerprint[ISSUE_HEX];
};

/* What visitors are shown of us, and which names and ports are ours. */
struct face {
    struct context *tls;
    char fingerprint[ISSUE_HEX];
    char next[ISSUE_HEX]; /* of the one that was announced; or empty */
    int64_t not_after;
    int port[CONFIG_ITEMS];
    struct names names;
    char database[PATH_LENGTH];
};

static enum err
say(char why[static SERVER_WHY], enum err e, const char *words)
{
    (void)snprintf(why, SERVER_WHY, "%.500s", words);
    return e;
}

static enum err
database_path(const struct config *config, char out[static PATH_LENGTH],
              char why[static SERVER_WHY])
{
    if (snprintf(out, PATH_LENGTH, "%s/%s", config->data.p, SERVER_DATABASE) >=
        PATH_LENGTH)
        return say(why, E_IO, "data: too long a path");
    return OK;
}

static enum err
cert_read(const X509 *cert, struct face *f)
{
    struct peer peer;
    enum err e = peer_of_cert(cert, &peer);

    f->not_after = peer.not_after;
    return e ? e : issue_fingerprint(cert, f->fingerprint);
}

/* What works today and will trouble somebody tomorrow. */
static void
cert_warn(const struct config *config, X509 *cert, int64_t not_after)
{
    int64_t days = (not_after - clock_now()) / DAY;

    if (days < WARN_DAYS)
        log_event(LOG_WARN, "certificate-ends", LOG_INT("days", days),
                  LOG_Z("remedy", "understory cert renew, then SIGHUP"));
    for (int i = 0; i < config->host.n; i++)
        if (!issue_covers(cert, config->host.item[i]))
            log_event(LOG_WARN, "certificate-lacks-name",
                      LOG_STR("host", config->host.item[i]));
}

/* A key that will come one day is no reason not to serve today. */
static void
next_read(struct face *f, const char *dir)
{
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e = issue_next(dir, &id, words);

    if (!e)
        e = issue_fingerprint(id.cert, f->next);
    if (e && e != E_NOT_FOUND)
        log_event(LOG_WARN, "next-certificate", LOG_Z("why", words));
    identity_release(&id);
}

static enum err
face_certificate(struct face *f, const struct config *config,
                 char why[static SERVER_WHY])
{
    const char *dir =
        config->certificates.n > 0 ? config->certificates.p : config->data.p;
    struct identity id;
    char words[ISSUE_WHY] = "";
    enum err e =
        issue_server(dir, config->host.item, config->host.n, &id, words);

    if (e)
        return say(why, e, words);
    if ((e = context_new(&id, NULL, 0, &f->tls)))
        (void)say(why, e, "server.crt: TLS can not use this certificate");
    else if ((e = cert_read(id.cert, f)))
        (void)say(why, e, "server.crt: not enough memory to read it");
    else
        cert_warn(config, id.cert, f->not_after);
    next_read(f, dir);
    identity_release(&id);
    return e;
}

/* The port of "ADDR:PORT". */
static int
address_port(struct str address)
{
    int64_t port = 0;

    while (str_find(address, ':') >= 0)
        (void)str_cut(&address, ':');
    (void)str_to_int(address, &port); /* config took it, so it is a number */
    return (int)port;
}

static enum err
face_make(struct face *f, const struct config *config,
          char why[static SERVER_WHY])
{
    enum err e;

    memset(f, 0, sizeof(*f));
    for (int i = 0; i < config->public_port.n; i++) {
        int64_t port = 0;

        (void)str_to_int(config->public_port.item[i], &port);
        f->port[i] = (int)port;
    }
    f->names = (struct names){.host = config->host.item,
                              .hosts = config->host.n,
                              .port = f->port,
                              .ports = config->public_port.n};
    if ((e = database_path(config, f->database, why)))
        return e;
    return face_certificate(f, config, why);
}

static void
face_release(struct face *f)
{
    context_free(f->tls);
}

/* listening: the port that the first address got, or 0 before it has one. */
static struct site_config
site_config_of(const struct config *config, const struct face *f, int listening)
{
    int port = f->names.ports > 0 ? f->port[0] : listening;

    return (struct site_config){
        .database = str_of(f->database),
        .content = config->content,
        .title = config->title,
        .line = config->line,
        .names = &f->names,
        .public_port = port ? port : GEMINI_PORT,
        .fingerprint = str_of(f->fingerprint),
        .cert_not_after = f->not_after,
        .fingerprint_next = str_of(f->next),
        .queue = (size_t)config->queue,
        .pace = {config->posts_per_minute, config->posts_per_hour},
    };
}

static enum err
site_words(enum err e, int version, const char *path,
           char why[static SERVER_WHY])
{
    if (e == E_CONFLICT)
        (void)snprintf(why, SERVER_WHY,
                       "%.200s: made by a newer Understory (version %d, this "
                       "one knows %d): use the newer program, or put back "
                       "%.100s.before-%d",
                       path, version, schema_count, SERVER_DATABASE,
                       schema_count + 1);
    else if (e == E_UNUSABLE)
        (void)say(why, e,
                  "content: a text is wrong (told above); mend or "
                  "remove that file");
    else
        (void)snprintf(why, SERVER_WHY,
                       "%.200s: can not be opened (%s, told above)", path,
                       err_name(e));
    return e;
}

static struct net_config
net_config_of(const struct config *config, const struct face *f)
{
    struct net_config n = net_config_default();
    int handshakes = (int)config->handshakes_per_minute;
    int requests = (int)config->requests_per_minute;

    n.listen = config->listen.item;
    n.listens = config->listen.n;
    n.loops = (int)config->loops;
    n.connections = (int)config->connections;
    n.limits_loopback = config->limits_loopback != 0;
    for (int i = 0; i < config->proxy_from.n; i++) /* checked when it was set */
        if (network_parse(config->proxy_from.item[i], &n.balancer[n.balancers]))
            n.balancers++;
    n.times.handshake = config->handshake_seconds * 1000;
    n.times.line = config->line_seconds * 1000;
    n.times.send = config->send_seconds * 1000;
    n.times.body_most = config->upload_seconds * 1000;
    n.times.stop = config->stop_seconds * 1000;
    if (n.times.send_most < n.times.send)
        n.times.send_most = n.times.send;
    if (n.times.body > n.times.body_most)
        n.times.body = n.times.body_most;
    n.limits.of[LIMIT_HANDSHAKE] = (struct limit_rule){handshakes, handshakes};
    n.limits.of[LIMIT_REQUEST] = (struct limit_rule){requests, requests};
    n.limits.most[LIMIT_CONNECTION] = (int)config->connections_at_once;
    n.limits.most[LIMIT_UPLOAD] = (int)config->uploads_at_once;
    n.limits.crowd = (int)config->visitors_per_address;
    n.names = f->names;
    n.tls = f->tls;
    return n;
}

static enum err
site_begin(struct server *s, const struct config *config, const struct face *f,
           char why[static SERVER_WHY])
{
    struct site_config c =
        site_config_of(config, f, address_port(config->listen.item[0]));
    int version = 0;
    enum err e = site_open(&c, &s->site, &version);

    return e ? site_words(e, version, f->database, why) : OK;
}

static enum err
net_begin(struct server *s, const struct config *config, const struct face *f,
          char why[static SERVER_WHY])
{
    struct net_config n = net_config_of(config, f);
    struct service service = site_service(s->site);
    struct site_config c;
    char words[NET_WHY] = "";
    enum err e = net_start(&n, &service, &s->net, words);

    if (e) {
        bool is_address = strncmp(words, "listen ", 7) == 0;

        (void)snprintf(why, SERVER_WHY, "%s%s", words,
                       is_address ? ": stop what is there, or give another "
                                    "--listen"
                                  : "");
        return e;
    }
    if (address_port(config->listen.item[0]) != 0)
        return OK;
    /* Links that name a port learn which one the system chose. */
    c = site_config_of(config, f, net_port(s->net, 0));
    e = site_reload(s->site, &c);
    return e ? site_words(e, 0, f->database, why) : OK;
}

/* The directory in which a file stands that may be a link to elsewhere. */
static void
room_of_file(char path[static PATH_MAX], const char *dir, const char *name,
             struct jail_room *room)
{
    char file[PATH_LENGTH];

    *room = (struct jail_room){.path = ""}; /* there is none of that name */
    if (snprintf(file, sizeof(file), "%s%s", dir, name) < PATH_LENGTH &&
        realpath(file, path))
        room->path = dirname(path);
}

/* What a reload reads and the database needs. Editors and certbots put a new
 * file in the place of the old one, so a file is allowed by its directory. */
static enum err
files_confine(const struct config *config, char why[static SERVER_WHY])
{
    const char *certs =
        config->certificates.n > 0 ? config->certificates.p : config->data.p;
    char path[3][PATH_MAX];
    struct jail_room room[] = {
        {config->data.p, true},     {certs, true}, {config->content.p, false},
        {"/dev/urandom", false},
        /* SQLite's */ {"", false}, {"", false},   {"", false},
    };
    char words[JAIL_WHY] = "";
    enum err e;

    room_of_file(path[0], certs, "/server.crt", &room[4]);
    room_of_file(path[1], certs, "/server.key", &room[5]);
    if (config->file.n > 0)
        room_of_file(path[2], config->file.p, "", &room[6]);
    e = jail_files((enum jail)config->jail, room,
                   sizeof(room) / sizeof(room[0]), words);
    return e ? say(why, e, words) : OK;
}

static enum err
calls_confine(const struct config *config, char why[static SERVER_WHY])
{
    char words[JAIL_WHY] = "";
    enum err e = jail_calls((enum jail)config->jail, words);

    return e ? say(why, e, words) : OK;
}

enum err
server_start(const struct config *config, struct server **out,
             char why[static SERVER_WHY])
{
    struct server *s = calloc(1, sizeof(*s));
    struct face f = {.tls = NULL};
    enum err e;

    *out = NULL;
    if (!s)
        return say(why, E_NOMEM, "not enough memory to start");
    log_set_level((enum log_level)config->log_level);
    /* A thread passes its rooms on, so they come before the first one; the
     * list of calls reaches all, so it comes after the last. */
    if (!(e = data_take(config->data.p, config->user.p, &s->data, why)) &&
        !(e = face_make(&f, config, why)) &&
        !(e = files_confine(config, why)) &&
        !(e = site_begin(s, config, &f, why)) &&
        !(e = net_begin(s, config, &f, why)) &&
        !(e = calls_confine(config, why))) {
        memcpy(s->fingerprint, f.fingerprint, sizeof(s->fingerprint));
        if (geteuid() == 0)
            log_event(LOG_WARN, "runs-as-root",
                      LOG_Z("remedy", "give the data directory to another "
                                      "user with chown -R, or set user"));
        *out = s;
    }
    face_release(&f);
    if (e)
        server_stop(s);
    return e;
}

enum err
server_reload(struct server *s, const struct config *config,
              char why[static SERVER_WHY])
{
    struct face f;
    enum err e = face_make(&f, config, why);
    struct site_config c;

    if (!e) {
        c = site_config_of(config, &f, net_port(s->net, 0));
        if ((e = site_reload(s->site, &c)))
            (void)site_words(e, 0, f.database, why);
    }
    if (!e && (e = net_reload(s->net, &f.names, f.tls)))
        (void)say(why, e, "the network keeps its old names and certificate");
    if (!e) {
        log_set_level((enum log_level)config->log_level);
        memcpy(s->fingerprint, f.fingerprint, sizeof(s->fingerprint));
    }
    face_release(&f);
    return e;
}

enum err
server_tick(struct server *s)
{
    return site_tick_now(s->site);
}

/* The loops end first, so that nobody posts to the writer any more; what
 * belongs to them is freed last, since the writer still posts to them. */
void
server_stop(struct server *s)
{
    if (!s)
        return;
    if (s->net)
        net_stop(s->net);
    site_close(s->site);
    net_free(s->net);
    data_release(&s->data);
    free(s);
}

int
server_port(const struct server *s, int i)
{
    return net_port(s->net, i);
}

const char *
server_fingerprint(const struct server *s)
{
    return s->fingerprint;
}
