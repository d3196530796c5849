#include "tests/fault/house.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/fault/fail.h"

static const struct {
    const char *name, *value;
} settings[] = {
    {"listen", "127.0.0.1:0"},
    {"host", "localhost"},
    {"public-port", "1965"},
    {"loops", "1"},
    {"jail", "no"},
    {"stop-seconds", "1"},
    {"posts-per-minute", "0"},
    {"posts-per-hour", "0"},
};

static void
set(struct house *h, const char *name, const char *value)
{
    if (config_set(&h->config, name, str_of(value), FROM_COMMAND, h->why) !=
        OK) {
        printf("not ok - settings: %s\n", h->why);
        exit(1);
    }
}

void
house_init(struct house *h)
{
    memset(h, 0, sizeof *h);
    snprintf(h->dir, sizeof h->dir, "/tmp/understory-fault-XXXXXX");
    if (mkdtemp(h->dir) == NULL || config_init(&h->config) != OK) {
        printf("not ok - a directory\n");
        exit(1);
    }
    set(h, "data", h->dir);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        set(h, settings[i].name, settings[i].value);
}

void
house_empty(struct house *h)
{
    DIR *d = opendir(h->dir);
    struct dirent *entry;
    char path[512];

    while (d != NULL && (entry = readdir(d)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", h->dir, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    if (d != NULL)
        closedir(d);
}

void
house_release(struct house *h)
{
    house_stop(h);
    house_empty(h);
    rmdir(h->dir);
    config_release(&h->config);
}

enum err
house_start(struct house *h, int64_t k, bool *has_struck)
{
    enum err e;

    h->why[0] = '\0';
    fail_spare(false);
    fail_arm(k);
    e = server_start(&h->config, &h->server, h->why);
    *has_struck = fail_disarm();
    fail_spare(true);
    if (e == OK)
        h->port = server_port(h->server, 0);
    return e;
}

void
house_stop(struct house *h)
{
    server_stop(h->server);
    h->server = NULL;
}

bool
house_answers(const struct house *h, char why[static BROWSER_WHY])
{
    struct browser guest = {.port = h->port};
    bool is_fine = browser_get(&guest, "/") && guest.last.status == 20;

    snprintf(why, BROWSER_WHY, "%d %.200s %.200s", guest.last.status,
             guest.last.meta, guest.why);
    browser_release(&guest);
    return is_fine;
}

int
house_check(struct house *h)
{
    int wrong = 0;

    return server_check(&h->config, stdout, &wrong, h->why) == OK ? wrong : -1;
}
