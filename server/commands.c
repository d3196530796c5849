/* What an operator can ask for, a row each, and how it is told. */
#include <string.h>

#include "command.h"

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
     .run = init_run,
     .words = "",
     .sentence = "make data directory, certificate and database, and end",
     .more = "What is there already stays as it is; an older database is\n"
             "brought up to date, after a copy."},
    {.name = "check",
     .run = check_run,
     .words = "",
     .sentence = "look at the whole database and say what is wrong",
     .more = "A line for each thing that is wrong, and exit code 1; nothing\n"
             "is changed. A server may use it meanwhile."},
    {.name = "settings",
     .run = settings_run,
     .words = "",
     .sentence = "print every setting, in the form of a file",
     .more = ""},
    {.name = "bar",
     .run = bar_run,
     .least = 2,
     .most = 2,
     .words = "THREAD/POST REASON",
     .sentence = "keep out whoever wrote that post",
     .more = "They read what every guest reads, and the reason. Nobody learns\n"
             "who they are. 'understory unbar' lets them in again."},
    {.name = "unbar",
     .run = unbar_run,
     .least = 1,
     .most = 1,
     .words = "THREAD/POST",
     .sentence = "let them in again",
     .more = ""},
    {.name = "health",
     .run = health_run,
     .words = "",
     .sentence = "how the machine is, and what wants attention",
     .more = "Exit code 1 and a line with ! for each thing that does. Nothing\n"
             "about people.",
     .flags = FLAG_JSON},
    {.name = "stats",
     .run = stats_run,
     .words = "",
     .sentence = "versions and sizes; nothing about people",
     .more = "",
     .flags = FLAG_JSON},
    {.name = "vacuum",
     .run = vacuum_run,
     .words = "",
     .sentence = "make the database's file smaller",
     .more = "Needs twice the size of the database as free disk. A running\n"
             "server answers readers, and asks writers to wait.",
     .flags = FLAG_JSON | FLAG_YES},
    {.name = "backup",
     .run = backup_run,
     .most = 1,
     .words = "[DIR]",
     .sentence = "copy everything, also while the server runs",
     .more = "Makes a new directory below DIR, or below backup-to: database,\n"
             "key, certificate, settings, and a manifest with their digests.\n"
             "It gets its name only when it is whole and sound. backup-keep\n"
             "says how many stay.",
     .flags = FLAG_JSON},
    {.name = "verify",
     .run = verify_run,
     .least = 1,
     .most = 1,
     .words = "BACKUP",
     .sentence = "look whether a backup is as it was made",
     .more = "BACKUP is the directory that 'understory backup' printed.",
     .flags = FLAG_JSON},
    {.name = "restore",
     .run = restore_run,
     .least = 1,
     .most = 1,
     .words = "BACKUP",
     .sentence = "make the data directory from a backup",
     .more = "The data directory (--data) must be missing or empty; it gets\n"
             "all of the backup, or nothing.",
     .flags = FLAG_JSON},
    {.name = "cert show",
     .run = cert_show_run,
     .words = "",
     .sentence = "the server's certificate, and the one that will come",
     .more = "",
     .flags = FLAG_JSON},
    {.name = "cert renew",
     .run = cert_renew_run,
     .words = "",
     .sentence = "make a new certificate for the same key",
     .more = "Clients that remember the key notice nothing; others warn once.\n"
             "It speaks for every name of the setting host.",
     .flags = FLAG_JSON | FLAG_YES},
    {.name = "cert announce",
     .run = cert_announce_run,
     .words = "",
     .sentence = "make the key that will come, and show it at /keys",
     .more = "Announce it some weeks before 'understory cert change', so that\n"
             "people can compare.",
     .flags = FLAG_JSON},
    {.name = "cert change",
     .run = cert_change_run,
     .words = "",
     .sentence = "use the key that was announced from now on",
     .more = "Every client warns once. The old one stays as server.before.key\n"
             "and server.before.crt.",
     .flags = FLAG_JSON | FLAG_YES},
    {.name = "cert import",
     .run = cert_import_run,
     .least = 2,
     .most = 2,
     .words = "KEY CERTIFICATE",
     .sentence = "use a key and certificate from elsewhere (PEM files)",
     .more = "Every client warns once, unless it is the key that they know.\n"
             "The old one stays as server.before.key and server.before.crt.",
     .flags = FLAG_JSON | FLAG_YES},
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
