/* Commands about the data directory and whom it keeps out. */
#include "command.h"

int
init_run(struct call *call)
{
    if (server_init(&call->config, call->why))
        return call_failed(call->why);
    printf("%s is ready.\n", call->config.data.p);
    return DONE;
}

int
check_run(struct call *call)
{
    int wrong = 0;

    if (server_check(&call->config, stdout, &wrong, call->why))
        return call_failed(call->why);
    if (wrong == 0)
        puts("Nothing is wrong.");
    return wrong == 0 ? DONE : FAILED;
}

int
settings_run(struct call *call)
{
    config_print(&call->config, stdout);
    return DONE;
}

int
bar_run(struct call *call)
{
    if (server_bar(&call->config, call->words[0], call->words[1], call->why))
        return call_failed(call->why);
    puts("Whoever wrote it is kept out, and reads the reason.");
    return DONE;
}

int
unbar_run(struct call *call)
{
    if (server_bar(&call->config, call->words[0], NULL, call->why))
        return call_failed(call->why);
    puts("Whoever wrote it may come in again.");
    return DONE;
}
