/*
 * Start and stop: reads the command line, starts what it asks for, waits for
 * signals. Everything else is in server.c.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "server.h"

/* How the program ends: well, with trouble, or asked for what it has not. */
enum { DONE = 0, FAILED = 1, ASKED_WRONG = 2 };

struct call {
    char **words; /* what stands before the options */
    char **args;  /* the options, NULL-ended */
    struct config config;
    char why[SERVER_WHY];
};

struct command {
    const char *name;
    int (*run)(struct call *);
    int words; /* how many stand between its name and the options */
    const char *sentence;
};

static int serve(struct call *);
static int init(struct call *);
static int check(struct call *);
static int settings(struct call *);
static int bar(struct call *);
static int unbar(struct call *);
static int help(struct call *);

static const struct command commands[] = {
    {"serve", serve, 0, "serve visitors until a signal ends it"},
    {"init", init, 0, "make data directory, certificate and database, and end"},
    {"check", check, 0, "look at the whole database and say what is wrong"},
    {"settings", settings, 0, "print every setting, in the form of a file"},
    {"bar", bar, 2, "THREAD/POST REASON: keep out whoever wrote that"},
    {"unbar", unbar, 1, "THREAD/POST: let them in again"},
    {"help", help, 0, "print this"},
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void
help_print(FILE *out)
{
    fputs("Understory serves text communities over Gemini.\n\n"
          "  understory COMMAND [--OPTION VALUE]...\n\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-10s%s\n", commands[i].name, commands[i].sentence);
    fputs("\nOptions:\n"
          "  --data DIR          where everything is kept (./data)\n"
          "  --listen ADDR:PORT  where to listen; several times for several\n"
          "  --host NAME         what visitors ask for; several times for "
          "several\n"
          "  --config FILE       read settings from here, not from\n"
          "                      understory.ini in the data directory\n"
          "  --SETTING VALUE     any other setting that 'understory settings' "
          "shows\n"
          "  --help, --version\n",
          out);
}

static int
help(struct call *call)
{
    (void)call;
    help_print(stdout);
    return DONE;
}

static int
failed(const char *why)
{
    fprintf(stderr, "understory: %s\n", why);
    return FAILED;
}

/* Splits "--name=value", or "--name" and the argument behind it. False where
 * there is no value. */
static bool
option_split(char ***arg, char name[static 64], struct str *value)
{
    struct str rest = str_of(**arg + 2);
    bool is_joined = str_find(rest, '=') >= 0;
    struct str left = str_cut(&rest, '=');

    if (left.n == 0 || left.n >= 64)
        return false;
    memcpy(name, left.p, left.n);
    name[left.n] = '\0';
    *value = rest;
    if (is_joined)
        return true;
    (*arg)++;
    if (!**arg)
        return false;
    *value = str_of(**arg);
    return true;
}

/* Takes all options but --config, whose value goes to *file. */
static int
options_read(struct call *call, struct str *file)
{
    for (char **arg = call->args; *arg; arg++) {
        const char *given = *arg;
        char name[64] = "";
        struct str value;
        bool has_value;
        enum err e = OK;

        if (strncmp(given, "--", 2) != 0) {
            fprintf(stderr,
                    "understory: '%s' is no option; they begin with --, see "
                    "'understory help'\n",
                    given);
            return ASKED_WRONG;
        }
        has_value = option_split(&arg, name, &value);
        if (strcmp(name, "config") != 0 && !config_has(name)) {
            fprintf(stderr,
                    "understory: there is no option '--%s'; possible are "
                    "--data, --listen, --host, --config, --help, --version, "
                    "and every name that 'understory settings' shows\n",
                    name);
            return ASKED_WRONG;
        }
        if (!has_value) {
            fprintf(stderr,
                    "understory: '%s' needs a value behind it, see "
                    "'understory help'\n",
                    given);
            return ASKED_WRONG;
        }
        if (strcmp(name, "config") == 0)
            *file = value;
        else
            e = config_set(&call->config, name, value, FROM_COMMAND, call->why);
        if (e) {
            (void)failed(call->why);
            return ASKED_WRONG;
        }
    }
    return DONE;
}

/* Settings from the table, the file and the command line. */
static int
config_make(struct call *call)
{
    struct str file = {NULL, 0};
    char path[4096];
    enum err e = config_init(&call->config);
    int code;

    if (e)
        return failed("not enough memory to start");
    if ((code = options_read(call, &file)))
        return code;
    if (!file.p) {
        if (snprintf(path, sizeof(path), "%s/understory.ini",
                     call->config.data.p) >= (int)sizeof(path))
            return failed("data: too long a path");
        if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
            return DONE;
        file = str_of(path);
    }
    if (config_read(&call->config, file.p, call->why))
        return failed(call->why);
    return DONE;
}

static int
settings(struct call *call)
{
    config_print(&call->config, stdout);
    return DONE;
}

static int
init(struct call *call)
{
    if (server_init(&call->config, call->why))
        return failed(call->why);
    printf("%s is ready.\n", call->config.data.p);
    return DONE;
}

static int
check(struct call *call)
{
    int wrong = 0;

    if (server_check(&call->config, stdout, &wrong, call->why))
        return failed(call->why);
    if (wrong == 0)
        puts("Nothing is wrong.");
    return wrong == 0 ? DONE : FAILED;
}

static int
bar(struct call *call)
{
    if (server_bar(&call->config, call->words[0], call->words[1], call->why))
        return failed(call->why);
    puts("Whoever wrote it is kept out, and reads the reason.");
    return DONE;
}

static int
unbar(struct call *call)
{
    if (server_bar(&call->config, call->words[0], NULL, call->why))
        return failed(call->why);
    puts("Whoever wrote it may come in again.");
    return DONE;
}

/* Every visit is a descriptor, and the system gives few unless asked. */
static void
descriptors_raise(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        log_event(LOG_WARN, "few-descriptors", LOG_Z("why", strerror(errno)));
}

static void
greeting_print(const struct call *call, const struct server *s)
{
    const struct config *c = &call->config;
    char *data = realpath(c->data.p, NULL);
    int port = server_port(s, 0);

    puts("Understory is open:");
    for (int i = 0; i < c->host.n; i++) {
        bool is_v6 = str_find(c->host.item[i], ':') >= 0;

        printf("  gemini://%s%s%s", is_v6 ? "[" : "", c->host.item[i].p,
               is_v6 ? "]" : "");
        if (port != 1965)
            printf(":%d", port);
        puts("/");
    }
    printf("Fingerprint  SHA-256 %s\n", server_fingerprint(s));
    printf("Data         %s\n", data ? data : c->data.p);
    puts("Any Gemini client opens it: Lagrange, Kristall, Amfora, Bombadillo "
         "or\nElpher on a desktop, Lagrange, Elaho or Buran on a phone. "
         "Ctrl-C stops it.");
    fflush(stdout);
    free(data);
}

static void
reload(const struct call *old, struct server *s)
{
    struct call fresh = {.args = old->args};

    if (config_make(&fresh) != DONE)
        log_event(LOG_ERROR, "reload-refused",
                  LOG_Z("kept", "settings, texts and certificate"));
    else if (server_reload(s, &fresh.config, fresh.why))
        log_event(LOG_ERROR, "reload-refused", LOG_Z("why", fresh.why));
    else
        log_event(LOG_INFO, "reloaded",
                  LOG_Z("certificate", server_fingerprint(s)));
    config_release(&fresh.config);
}

/* The signals are blocked before any thread begins, so all of them come here,
 * one at a time. */
static void
signals_wait(const struct call *call, struct server *s, const sigset_t *ours)
{
    int got;

    while ((got = sigwaitinfo(ours, NULL)) == SIGHUP || got < 0)
        if (got == SIGHUP)
            reload(call, s);
    log_event(LOG_INFO, "stopping",
              LOG_Z("signal", got == SIGTERM ? "TERM" : "INT"));
    /* Whoever asks a second time does not want to wait. */
    (void)sigprocmask(SIG_UNBLOCK, ours, NULL);
}

static int
serve(struct call *call)
{
    struct server *s = NULL;
    sigset_t ours;

    (void)sigemptyset(&ours); /* none of these can fail */
    (void)sigaddset(&ours, SIGTERM);
    (void)sigaddset(&ours, SIGINT);
    (void)sigaddset(&ours, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &ours, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    descriptors_raise();
    if (server_start(&call->config, &s, call->why))
        return failed(call->why);
    greeting_print(call, s);
    signals_wait(call, s, &ours);
    server_stop(s);
    log_event(LOG_INFO, "stopped", LOG_INT("open", 0));
    return DONE;
}

static const struct command *
command_find(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    fprintf(stderr, "understory: there is no command '%s'; possible are", name);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(stderr, "%s %s", i ? "," : "", commands[i].name);
    fputc('\n', stderr);
    return NULL;
}

/* Wherever it stands, a wish for help or the version comes first. */
static bool
was_asked(char **args, const char *option)
{
    for (; *args; args++)
        if (strcmp(*args, option) == 0)
            return true;
    return false;
}

/* Steps over the words that the command needs before its options. */
static bool
words_take(struct call *call, const struct command *command)
{
    for (int i = 0; i < command->words; i++, call->args++)
        if (!*call->args || strncmp(*call->args, "--", 2) == 0) {
            fprintf(stderr, "understory: %s needs %s\n", command->name,
                    command->sentence);
            return false;
        }
    return true;
}

int
main(int argc, char **argv)
{
    struct call call = {.words = argc > 1 ? argv + 2 : argv};
    const struct command *command;
    int code;

    if (argc < 2) {
        help_print(stderr);
        return ASKED_WRONG;
    }
    if (was_asked(argv + 1, "--help"))
        return help(&call);
    if (was_asked(argv + 1, "--version")) {
        puts("understory " VERSION);
        return DONE;
    }
    call.args = call.words;
    if (!(command = command_find(argv[1])) || !words_take(&call, command))
        return ASKED_WRONG;
    umask(077);
    code = config_make(&call);
    if (code == DONE)
        code = command->run(&call);
    config_release(&call.config);
    return code;
}
