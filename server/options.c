/* What stands behind the words of a command: settings and flags. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

static const struct flag {
    const char *name;
    enum command_flag flag;
} flags[] = {{"--json", FLAG_JSON}, {"--yes", FLAG_YES}};

enum { FLAGS = sizeof(flags) / sizeof(flags[0]), NAME_LENGTH = 64 };

int
call_failed(const char *why)
{
    fprintf(stderr, "understory: %s\n", why);
    return FAILED;
}

bool
call_agree(const struct call *call, const char *what)
{
    char answer[16] = "";

    if (call->flags & FLAG_YES)
        return true;
    if (!isatty(STDIN_FILENO)) {
        fprintf(stderr, "understory: %s Give --yes if that is right.\n", what);
        return false;
    }
    fprintf(stderr, "%s\nType yes to go on: ", what);
    return fgets(answer, sizeof(answer), stdin) && strcmp(answer, "yes\n") == 0;
}

/* Is it a flag? Then *code says whether this command has it. */
static bool
flag_take(struct call *call, const char *given, int *code)
{
    for (int i = 0; i < FLAGS; i++) {
        if (strcmp(given, flags[i].name) != 0)
            continue;
        if (call->command->flags & flags[i].flag) {
            call->flags |= flags[i].flag;
            return true;
        }
        fprintf(stderr, "understory: '%s' has no %s\n", call->command->name,
                given);
        *code = ASKED_WRONG;
        return true;
    }
    return false;
}

/* Splits "--name=value", or "--name" and the argument behind it. False where
 * there is no value. */
static bool
option_split(char ***arg, char name[static NAME_LENGTH], struct str *value)
{
    struct str rest = str_of(**arg + 2);
    bool is_joined = str_find(rest, '=') >= 0;
    struct str left = str_cut(&rest, '=');

    if (left.n == 0 || left.n >= NAME_LENGTH)
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

/* One option with its value; that of --config goes to *file. */
static int
option_take(struct call *call, char ***arg, struct str *file)
{
    const char *given = **arg;
    char name[NAME_LENGTH] = "";
    struct str value = {NULL, 0};
    bool has_value = option_split(arg, name, &value);

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
    if (strcmp(name, "config") == 0) {
        *file = value;
        return DONE;
    }
    if (!config_set(&call->config, name, value, FROM_COMMAND, call->why))
        return DONE;
    (void)call_failed(call->why);
    return ASKED_WRONG;
}

static int
options_read(struct call *call, struct str *file)
{
    int code = DONE;

    for (char **arg = call->args; *arg && code == DONE; arg++) {
        if (strncmp(*arg, "--", 2) != 0) {
            fprintf(stderr,
                    "understory: '%s' is no option; they begin with --, see "
                    "'understory help'\n",
                    *arg);
            return ASKED_WRONG;
        }
        if (!flag_take(call, *arg, &code))
            code = option_take(call, &arg, file);
    }
    return code;
}

int
call_read(struct call *call)
{
    struct str file = {NULL, 0};
    char path[4096];
    enum err e = config_init(&call->config);
    int code;

    if (e)
        return call_failed("not enough memory to start");
    if ((code = options_read(call, &file)))
        return code;
    if (!file.p) {
        if (snprintf(path, sizeof(path), "%s/understory.ini",
                     call->config.data.p) >= (int)sizeof(path))
            return call_failed("data: too long a path");
        if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
            return DONE;
        file = str_of(path);
    }
    if (config_read(&call->config, file.p, call->why))
        return call_failed(call->why);
    return DONE;
}
