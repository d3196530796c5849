/* Commands that copy everything, and bring it back. */
#include <unistd.h>

#include "base/clock.h"
#include "command.h"
#include "report.h"

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

int
backup_run(struct call *call)
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

int
verify_run(struct call *call)
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

int
restore_run(struct call *call)
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
