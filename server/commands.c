/* What an operator can ask for, a row each, and how it is answered. */
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "command.h"
#include "report.h"

static int
init(struct call *call)
{
    if (server_init(&call->config, call->why))
        return call_failed(call->why);
    printf("%s is ready.\n", call->config.data.p);
    return DONE;
}

static int
check(struct call *call)
{
    int wrong = 0;

    if (server_check(&call->config, stdout, &wrong, call->why))
        return call_failed(call->why);
    if (wrong == 0)
        puts("Nothing is wrong.");
    return wrong == 0 ? DONE : FAILED;
}

static int
settings(struct call *call)
{
    config_print(&call->config, stdout);
    return DONE;
}

static int
bar(struct call *call)
{
    if (server_bar(&call->config, call->words[0], call->words[1], call->why))
        return call_failed(call->why);
    puts("Whoever wrote it is kept out, and reads the reason.");
    return DONE;
}

static int
unbar(struct call *call)
{
    if (server_bar(&call->config, call->words[0], NULL, call->why))
        return call_failed(call->why);
    puts("Whoever wrote it may come in again.");
    return DONE;
}

static void
copy_print(const struct call *call, const struct server_copy *copy,
           const char *sentence)
{
    struct report r;
    struct arena mem;

    arena_init(&mem, 1024);
    if (call->flags & FLAG_JSON) {
        report_begin(&r, stdout, true);
        report_text(&r, "path", "", str_of(copy->path));
        report_text(&r, "made", "", clock_stamp(&mem, copy->made));
        report_number(&r, "bytes", "", copy->bytes, "");
        report_number(&r, "dropped", "", copy->dropped, "");
        report_end(&r);
    } else {
        struct str made = clock_minute(&mem, copy->made);

        printf("%s %s, made %.*s UTC, %lld bytes.\n", sentence, copy->path,
               (int)made.n, made.p, (long long)copy->bytes);
    }
    arena_release(&mem);
}

static int
backup(struct call *call)
{
    const struct config *c = &call->config;
    const char *to = call->n ? call->words[0] : c->backup_to.p;
    struct server_copy copy;

    if (!*to)
        return call_failed("where to? Give a directory behind 'understory "
                           "backup', or set backup-to");
    if (server_backup(c, to, &copy, call->why))
        return call_failed(call->why);
    copy_print(call, &copy, "Backup");
    if (c->content.n > 0 && !(call->flags & FLAG_JSON))
        printf("Your own texts in %s are not part of it.\n", c->content.p);
    if (copy.dropped > 0 && !(call->flags & FLAG_JSON))
        printf("Older ones removed, as backup-keep says: %d.\n", copy.dropped);
    return DONE;
}

static int
verify(struct call *call)
{
    struct server_copy copy;

    if (server_verify(call->words[0], &copy, call->why))
        return call_failed(call->why);
    copy_print(call, &copy, "All is as it was made:");
    return DONE;
}

/* What the settings that came back ask for, and no backup holds. */
static void
elsewhere_print(const struct config *config)
{
    char path[4096], why[CONFIG_WHY];
    struct config back;

    (void)snprintf(path, sizeof(path), "%s/understory.ini", config->data.p);
    if (!config_init(&back) && access(path, R_OK) == 0 &&
        !config_read(&back, path, why)) {
        if (back.certificates.n > 0)
            printf("Its settings look for the certificate in %s: move "
                   "server.key and server.crt there.\n",
                   back.certificates.p);
        if (back.content.n > 0)
            printf("Its settings look for texts in %s.\n", back.content.p);
    }
    config_release(&back);
}

static int
restore(struct call *call)
{
    struct server_copy copy;

    if (server_restore(&call->config, call->words[0], &copy, call->why))
        return call_failed(call->why);
    copy_print(call, &copy, "Restored from");
    if (!(call->flags & FLAG_JSON)) {
        elsewhere_print(&call->config);
        printf("Start it with: understory serve --data %s\n",
               call->config.data.p);
    }
    return DONE;
}

static int
help(struct call *call)
{
    (void)call;
    commands_print(stdout);
    return DONE;
}

static const struct command commands[] = {
    {.name = "serve",
     .run = serve_run,
     .words = "",
     .sentence = "serve visitors until a signal ends it",
     .more = "The first start makes data directory, certificate and database.\n"
             "SIGTERM and Ctrl-C end it; SIGHUP reads settings, texts and\n"
             "certificate again."},
    {.name = "init",
     .run = init,
     .words = "",
     .sentence = "make data directory, certificate and database, and end",
     .more = "What is there already stays as it is; an older database is\n"
             "brought up to date, after a copy."},
    {.name = "check",
     .run = check,
     .words = "",
     .sentence = "look at the whole database and say what is wrong",
     .more = "A line for each thing that is wrong, and exit code 1; nothing\n"
             "is changed. A server may use it meanwhile."},
    {.name = "settings",
     .run = settings,
     .words = "",
     .sentence = "print every setting, in the form of a file",
     .more = ""},
    {.name = "bar",
     .run = bar,
     .least = 2,
     .most = 2,
     .words = "THREAD/POST REASON",
     .sentence = "keep out whoever wrote that post",
     .more = "They read what every guest reads, and the reason. Nobody learns\n"
             "who they are. 'understory unbar' lets them in again."},
    {.name = "unbar",
     .run = unbar,
     .least = 1,
     .most = 1,
     .words = "THREAD/POST",
     .sentence = "let them in again",
     .more = ""},
    {.name = "backup",
     .run = backup,
     .most = 1,
     .words = "[DIR]",
     .sentence = "copy everything, also while the server runs",
     .more = "Makes a new directory below DIR, or below backup-to: database,\n"
             "key, certificate, settings, and a manifest with their digests.\n"
             "It gets its name only when it is whole and sound. backup-keep\n"
             "says how many stay.",
     .flags = FLAG_JSON},
    {.name = "verify",
     .run = verify,
     .least = 1,
     .most = 1,
     .words = "BACKUP",
     .sentence = "look whether a backup is as it was made",
     .more = "BACKUP is the directory that 'understory backup' printed.",
     .flags = FLAG_JSON},
    {.name = "restore",
     .run = restore,
     .least = 1,
     .most = 1,
     .words = "BACKUP",
     .sentence = "make the data directory from a backup",
     .more = "The data directory (--data) must be missing or empty; it gets\n"
             "all of the backup, or nothing.",
     .flags = FLAG_JSON},
    {.name = "help",
     .run = help,
     .words = "",
     .sentence = "print this",
     .more = ""},
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

/* How many of args the name of the command takes; 0: they say another. */
static int
name_matches(const char *name, char **args)
{
    struct str rest = str_of(name);
    int n = 0;

    while (rest.n > 0) {
        struct str word = str_cut(&rest, ' ');

        if (!args[n] || !str_eq(word, str_of(args[n])))
            return 0;
        n++;
    }
    return n;
}

/* Does the name have a second word behind this one? */
static bool
is_first_word(const char *name, const char *word)
{
    size_t n = strlen(word);

    return strncmp(name, word, n) == 0 && name[n] == ' ';
}

const struct command *
command_find(char **args, int *taken)
{
    const char *sep = "";
    bool is_begun = false;

    for (int i = 0; i < COMMANDS; i++)
        if ((*taken = name_matches(commands[i].name, args)))
            return &commands[i];
    for (int i = 0; i < COMMANDS; i++)
        is_begun |= is_first_word(commands[i].name, args[0]);
    fprintf(stderr, "understory: there is no command '%s%s%s'; possible are",
            args[0], is_begun && args[1] ? " " : "",
            is_begun && args[1] ? args[1] : "");
    for (int i = 0; i < COMMANDS; i++)
        if (!is_begun || is_first_word(commands[i].name, args[0])) {
            fprintf(stderr, "%s %s", sep, commands[i].name);
            sep = ",";
        }
    fputc('\n', stderr);
    return NULL;
}

void
commands_print(FILE *out)
{
    fputs("Understory serves text communities over Gemini.\n\n"
          "  understory COMMAND [--OPTION VALUE]...\n\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-18s%s\n", commands[i].name, commands[i].sentence);
    fputs("\nOptions:\n"
          "  --data DIR          where everything is kept (./data)\n"
          "  --listen ADDR:PORT  where to listen; several times for several\n"
          "  --host NAME         what visitors ask for; several times for "
          "several\n"
          "  --config FILE       read settings from here, not from\n"
          "                      understory.ini in the data directory\n"
          "  --SETTING VALUE     any other setting that 'understory settings' "
          "shows\n"
          "  --help, --version   behind a command: of that command\n",
          out);
}

void
command_print(const struct command *c, FILE *out)
{
    fprintf(out, "understory %s%s%s [--OPTION VALUE]...\n\n  %s\n", c->name,
            *c->words ? " " : "", c->words, c->sentence);
    if (*c->more)
        fprintf(out, "\n%s\n", c->more);
    if (c->flags)
        fputc('\n', out);
    if (c->flags & FLAG_JSON)
        fputs("  --json  answer with one JSON object\n", out);
    if (c->flags & FLAG_YES)
        fputs("  --yes   do it without asking\n", out);
    fputs("\n  0 it was done; 1 it could not be done, and a line says why; 2 "
          "asked wrongly\n"
          "  'understory help' shows the options that all commands have.\n",
          out);
}
