/*
 * The commands of the program: one table in commands.c, each with its words,
 * its options and what --help says of it. A command is a function that gets a
 * call and returns how the program ends.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include "server.h"

/* How the program ends: well, with trouble, or asked for what it has not. */
enum command_end { DONE = 0, FAILED = 1, ASKED_WRONG = 2 };

/* Options without a value, which only some commands have. */
enum command_flag {
    FLAG_JSON = 1, /* the answer as one JSON object */
    FLAG_YES = 2   /* do it without asking */
};

struct command;

struct call {
    const struct command *command;
    char **words; /* what stands before the options */
    int n;        /* how many words */
    char **args;  /* the options, NULL-ended */
    unsigned flags;
    struct config config;
    char why[SERVER_WHY];
};

struct command {
    const char *name; /* one word or two */
    int (*run)(struct call *);
    int least, most;      /* words that it takes */
    const char *words;    /* how they are called */
    const char *sentence; /* for the list of all */
    const char *more;     /* what else an operator should know, or "" */
    unsigned flags;       /* those it has */
};

/* The command that args begin with, and how many of them its name is. NULL:
 * there is none, and standard error says which there are. */
const struct command *command_find(char **args, int *taken);
/* All commands and the options that all have. */
void commands_print(FILE *out);
/* How one command is called and what it does. */
void command_print(const struct command *command, FILE *out);

/* Settings from the table, the file and the command line, and the flags.
 * Whoever called releases call->config, whatever comes back. */
int call_read(struct call *call);
/* Says why on standard error. Always FAILED. */
int call_failed(const char *why);
/* Before what can not be undone: says what will be done, and asks unless --yes
 * was given. False where the answer is no, or nobody is there to ask. */
bool call_agree(const struct call *call, const char *what);

/* The commands themselves, in serve.c and command_*.c. */
int serve_run(struct call *call);
int init_run(struct call *call);
int check_run(struct call *call);
int settings_run(struct call *call);
int bar_run(struct call *call);
int unbar_run(struct call *call);
int backup_run(struct call *call);
int verify_run(struct call *call);
int restore_run(struct call *call);
int health_run(struct call *call);
int stats_run(struct call *call);
int vacuum_run(struct call *call);
int cert_show_run(struct call *call);
int cert_renew_run(struct call *call);
int cert_announce_run(struct call *call);
int cert_change_run(struct call *call);
int cert_import_run(struct call *call);

#endif
