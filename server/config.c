#include "config.h"

#include <assert.h>
#include <errno.h>
#include <ini.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "config_value.h"

enum { MEMORY_MAX = 1 << 20, HOST_LENGTH = 256 };

#define AT(field) offsetof(struct config, field)

static const struct setting settings[] = {
    {"data", TEXT, AT(data), "./data", 1, 0,
     "Directory of all that is kept: database, certificate, key."},
    {"listen", ADDRESSES, AT(listen), "[::]:1965 0.0.0.0:1965", 1, 8,
     "Address and port to listen on; may be given several times."},
    {"host", HOSTS, AT(host), "", 1, CONFIG_ITEMS,
     "Name or address that visitors ask for; the first is the main one."},
    {"public-port", PORTS, AT(public_port), "", 0, CONFIG_ITEMS,
     "Port that visitors see where another one leads here; may be several."},
    {"proxy-from", NETWORKS, AT(proxy_from), "", 0, CONFIG_ITEMS,
     "Address or network of a balancer, which must say for whom it comes by "
     "PROXY protocol version 2; may be given several times."},
    {"title", TEXT, AT(title), "Understory", 1, 0,
     "What this place is called."},
    {"line", TEXT, AT(line), "", 0, 0,
     "One line about it, for its first page."},
    {"content", TEXT, AT(content), "", 0, 0,
     "Directory of your own pages/, help/, handbook/ and words/; empty: "
     "none."},
    {"certificates", TEXT, AT(certificates), "", 0, 0,
     "Directory of server.key and server.crt; empty: the data directory."},
    {"backup-to", TEXT, AT(backup_to), "", 0, 0,
     "Directory in which 'understory backup' makes a new one each time."},
    {"backup-keep", NUMBER, AT(backup_keep), "0", 0, 10000,
     "How many of them are kept, the newest ones; 0: all."},
    {"user", TEXT, AT(user), "", 0, 0,
     "Whom root becomes; empty: the owner of the data directory."},
    {"jail", YES_NO, AT(jail), "auto", 0, 2,
     "Whether to open nothing but these directories and the one of this file, "
     "and make no needless system calls; auto: as far as the kernel can."},
    {"loops", NUMBER, AT(loops), "0", 0, 64,
     "Threads that serve visitors; 0: one per processor."},
    {"connections", NUMBER, AT(connections), "4096", 8, 1000000,
     "Visits at the same time, in all."},
    {"writer-queue", NUMBER, AT(queue), "1024", 1, 1000000,
     "Changes that may wait to be stored; past it visitors are asked to wait."},
    {"handshake-seconds", NUMBER, AT(handshake_seconds), "10", 1, 600,
     "How long the greeting of TLS may take."},
    {"line-seconds", NUMBER, AT(line_seconds), "10", 1, 600,
     "How long the line of a request may take."},
    {"send-seconds", NUMBER, AT(send_seconds), "60", 1, 3600,
     "How long an answer may take, and a second more per kilobyte."},
    {"upload-seconds", NUMBER, AT(upload_seconds), "60", 1, 3600,
     "How long an upload may take at most."},
    {"stop-seconds", NUMBER, AT(stop_seconds), "5", 0, 600,
     "How long visits under way may still take when the server stops."},
    {"handshakes-per-minute", NUMBER, AT(handshakes_per_minute), "300", 0,
     1000000, "Connections of one visitor in a minute; 0: no limit."},
    {"requests-per-minute", NUMBER, AT(requests_per_minute), "120", 0, 1000000,
     "Requests of one visitor in a minute; 0: no limit."},
    {"connections-at-once", NUMBER, AT(connections_at_once), "64", 0, 1000000,
     "Connections of one visitor at the same time; 0: no limit."},
    {"uploads-at-once", NUMBER, AT(uploads_at_once), "8", 0, 1000000,
     "Uploads of one visitor that arrive at the same time; 0: no limit."},
    {"visitors-per-address", NUMBER, AT(visitors_per_address), "5", 1, 1000,
     "How many times these limits all visitors of one address have together."},
    {"limit-loopback", YES_NO, AT(limits_loopback), "no", 0, 1,
     "Whether these limits count for visitors from this machine too."},
    {"posts-per-minute", NUMBER, AT(posts_per_minute), "20", 0, 1000000,
     "Posts and edits of one member in a minute; 0: no limit."},
    {"posts-per-hour", NUMBER, AT(posts_per_hour), "200", 0, 1000000,
     "Posts and edits of one member in an hour; 0: no limit."},
    {"log-level", LEVEL, AT(log_level), "info", 0, 3,
     "How much is logged: debug, info, warn or error."},
};

enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };

static_assert(SETTINGS <= CONFIG_SETTINGS, "raise CONFIG_SETTINGS");

static const struct setting *
setting_find(const char *name)
{
    for (int i = 0; i < SETTINGS; i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

/* The machine may be asked for by its own name. */
static enum err
hosts_default(struct config *c, char why[static CONFIG_WHY])
{
    static const char *const always[] = {"127.0.0.1", "::1"};
    const struct setting *s = setting_find("host");
    char name[HOST_LENGTH] = "";
    enum err e = value_set(c, s, STR("localhost"), why);

    if (gethostname(name, sizeof(name) - 1) == 0 && name[0])
        (void)value_set(c, s, str_of(name), why); /* left out if unusable */
    for (int i = 0; i < 2 && !e; i++)
        e = value_set(c, s, str_of(always[i]), why);
    return e;
}

enum err
config_init(struct config *c)
{
    char why[CONFIG_WHY];
    enum err e = OK;

    memset(c, 0, sizeof(*c));
    arena_init(&c->mem, MEMORY_MAX);
    for (int i = 0; i < SETTINGS && !e; i++) {
        struct str rest = str_of(settings[i].fallback);

        if (!setting_is_list(&settings[i]))
            e = value_set(c, &settings[i], rest, why);
        while (setting_is_list(&settings[i]) && rest.n > 0 && !e)
            e = value_set(c, &settings[i], str_cut(&rest, ' '), why);
    }
    return e ? e : hosts_default(c, why);
}

void
config_release(struct config *c)
{
    arena_release(&c->mem);
}

bool
config_has(const char *name)
{
    return setting_find(name) != NULL;
}

enum err
config_set(struct config *c, const char *name, struct str value,
           enum config_from from, char why[static CONFIG_WHY])
{
    const struct setting *s = setting_find(name);
    enum config_from *before;

    if (!s) {
        (void)snprintf(why, CONFIG_WHY,
                       "there is no setting '%.100s'; 'understory settings' "
                       "shows them all",
                       name);
        return E_NOT_FOUND;
    }
    before = &c->from[s - settings];
    if (*before > from)
        return OK;
    if (*before == from && from == FROM_FILE && !setting_is_list(s))
        return value_wrong(why, s, value, "was given before; keep one of them");
    if (*before < from && setting_is_list(s))
        value_clear(c, s);
    *before = from;
    return value_set(c, s, value, why);
}

/* One reading of a file. inih neither tells lines nor refuses long ones, so
 * its lines are read and counted here. */
struct reading {
    struct config *c;
    FILE *file;
    int line;
    enum err bad; /* the first failure */
    char why[CONFIG_WHY];
};

static char *
line_read(char *to, int size, void *arg)
{
    struct reading *r = arg;

    if (r->bad || !fgets(to, size, r->file))
        return NULL;
    r->line++;
    if (!strchr(to, '\n') && (int)strlen(to) == size - 1) {
        r->bad = E_WRONG;
        (void)snprintf(r->why, sizeof(r->why),
                       "a line may have %d bytes at most", size - 2);
        return NULL;
    }
    return to;
}

static int
line_take(void *arg, const char *section, const char *name, const char *value)
{
    struct reading *r = arg;

    if (r->bad)
        return 0;
    if (section[0]) {
        r->bad = E_WRONG;
        (void)snprintf(r->why, sizeof(r->why),
                       "there are no [sections] here; remove '[%.100s]'",
                       section);
        return 0;
    }
    r->bad = config_set(r->c, name, str_of(value), FROM_FILE, r->why);
    return !r->bad;
}

enum err
config_read(struct config *c, const char *path, char why[static CONFIG_WHY])
{
    struct reading r = {.c = c, .file = fopen(path, "r")};
    int bad;

    if (!r.file) {
        (void)snprintf(why, CONFIG_WHY, "%.300s: can not be read: %s", path,
                       strerror(errno));
        return E_IO;
    }
    c->file = (struct str){arena_z(&c->mem, str_of(path)), strlen(path)};
    if (c->mem.bad)
        r.bad = c->mem.bad;
    bad = ini_parse_stream(line_read, &r, line_take, &r);
    if (!r.bad && ferror(r.file)) {
        r.bad = E_IO;
        (void)snprintf(r.why, sizeof(r.why), "can not be read");
    }
    fclose(r.file);
    if (bad && !r.bad) {
        r.bad = E_WRONG;
        r.line = bad > 0 ? bad : r.line;
        (void)snprintf(r.why, sizeof(r.why), "expected 'name = value'");
    }
    if (r.bad)
        (void)snprintf(why, CONFIG_WHY, "%.200s:%d: %.290s", path, r.line,
                       r.why);
    return r.bad;
}

static void
list_print(const struct setting *s, const struct config_list *list, FILE *out)
{
    if (list->n == 0)
        fprintf(out, "# %s =\n", s->name);
    for (int i = 0; i < list->n; i++)
        fprintf(out, "%s = %s\n", s->name, list->item[i].p);
}

static void
setting_print(const struct config *c, const struct setting *s, FILE *out)
{
    const void *at = (const char *)c + s->place;
    const struct str *text = at;
    int64_t n =
        s->kind == TEXT || setting_is_list(s) ? 0 : *(const int64_t *)at;

    fprintf(out, "# %s\n", s->sentence);
    switch (s->kind) {
    case TEXT:
        fprintf(out, "%s =%s%s\n", s->name, text->n ? " " : "", text->p);
        break;
    case NUMBER:
        fprintf(out, "# From %lld to %lld.\n%s = %lld\n", (long long)s->least,
                (long long)s->most, s->name, (long long)n);
        break;
    case YES_NO:
        fprintf(out, "%s = %s\n", s->name, value_answer(n));
        break;
    case LEVEL:
        fprintf(out, "%s = %s\n", s->name, value_level(n));
        break;
    case ADDRESSES:
    case HOSTS:
    case PORTS:
    case NETWORKS:
        list_print(s, at, out);
        break;
    }
    fputc('\n', out);
}

void
config_print(const struct config *c, FILE *out)
{
    for (int i = 0; i < SETTINGS; i++)
        setting_print(c, &settings[i], out);
}
