/*
 * The text of a settings file. Whatever is taken and printed can be read again,
 * and then prints the same; whatever is refused says which line, and why.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "config.h"
#include "tests/fuzz/oracle.h"

static enum err
read_text(struct config *c, const char *text, size_t n, char *why)
{
    char path[64];
    int fd = memfd_create("settings", MFD_CLOEXEC);
    enum err e;

    DEMAND(fd >= 0 && write(fd, text, n) == (ssize_t)n);
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    DEMAND(config_init(c) == OK);
    e = config_read(c, path, why);
    close(fd);
    DEMAND(e == OK || strncmp(why, path, strlen(path)) == 0);
    DEMAND(e == OK || strchr(why, '\n') == NULL);
    return e;
}

static size_t
print(const struct config *c, char **text)
{
    size_t n = 0;
    FILE *out = open_memstream(text, &n);

    DEMAND(out);
    config_print(c, out);
    DEMAND(fclose(out) == 0);
    return n;
}

/* What the table of settings promises. */
static void
check(const struct config *c)
{
    DEMAND(c->data.n > 0 && c->listen.n >= 1 && c->listen.n <= 8);
    DEMAND(c->host.n >= 1 && c->host.n <= CONFIG_ITEMS);
    DEMAND(c->loops >= 0 && c->loops <= 64);
    DEMAND(c->connections >= 8 && c->queue >= 1);
    DEMAND(c->handshake_seconds >= 1 && c->send_seconds <= 3600);
    DEMAND(c->jail >= 0 && c->jail <= 2);
    DEMAND(c->log_level >= 0 && c->log_level <= 3);
    DEMAND(oracle_utf8(c->title.p, c->title.n));
    DEMAND(strlen(c->title.p) == c->title.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config first, second;
    char why[CONFIG_WHY] = "", *one = NULL, *two = NULL;
    size_t n;

    if (size > 4096)
        return 0;
    if (read_text(&first, (const char *)data, size, why) == OK) {
        check(&first);
        n = print(&first, &one);
        DEMAND(read_text(&second, one, n, why) == OK);
        DEMAND(print(&second, &two) == n && memcmp(one, two, n) == 0);
        config_release(&second);
    }
    config_release(&first);
    free(one);
    free(two);
    return 0;
}
