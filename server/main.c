/*
 * Start and stop: finds the command that is asked for, reads its options and
 * runs it. What the commands do is in commands.c, serve.c and server.c.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"

/* Wherever it stands, a wish for help or the version comes first. */
static bool
was_asked(char **args, const char *option)
{
    for (; *args; args++)
        if (strcmp(*args, option) == 0)
            return true;
    return false;
}

/* Takes the words that stand before the options. */
static bool
words_take(struct call *call)
{
    const struct command *c = call->command;

    while (*call->args && strncmp(*call->args, "--", 2) != 0)
        call->args++, call->n++;
    if (call->n >= c->least && call->n <= c->most)
        return true;
    if (call->n > c->most)
        fprintf(stderr,
                "understory: '%s' is one word too many; it is 'understory "
                "%s%s%s', and options begin with --\n",
                call->words[c->most], c->name, *c->words ? " " : "", c->words);
    else
        fprintf(stderr,
                "understory: it is 'understory %s %s'; see 'understory %s "
                "--help'\n",
                c->name, c->words, c->name);
    return false;
}

static int
run(struct call *call)
{
    int code = ASKED_WRONG;

    if (!words_take(call))
        return code;
    umask(077);
    code = call_read(call);
    if (code == DONE)
        code = call->command->run(call);
    config_release(&call->config);
    return code;
}

int
main(int argc, char **argv)
{
    struct call call = {.n = 0};
    bool wants_help = was_asked(argv + 1, "--help");
    int taken = 0;

    if (argc < 2) {
        commands_print(stderr);
        return ASKED_WRONG;
    }
    if (was_asked(argv + 1, "--version")) {
        puts("understory " VERSION);
        return DONE;
    }
    if (wants_help && argv[1][0] == '-') {
        commands_print(stdout);
        return DONE;
    }
    if (!(call.command = command_find(argv + 1, &taken)))
        return ASKED_WRONG;
    if (wants_help) {
        command_print(call.command, stdout);
        return DONE;
    }
    call.words = call.args = argv + 1 + taken;
    return run(&call);
}
