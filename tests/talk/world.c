#include "tests/talk/world.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server.h"

/* What every world has. */
static const struct {
    const char *name, *value;
} settings[] = {
    {"listen", "127.0.0.1:0"},      {"host", "localhost"},
    {"public-port", "1965"},        {"title", "Talk"},
    {"line", "A place for tests."}, {"jail", "no"},
};

static bool
start(struct world *w, int loops)
{
    struct config c;
    char why[SERVER_WHY] = "", number[16];
    enum err e = config_init(&c);

    snprintf(number, sizeof number, "%d", loops);
    for (size_t i = 0; e == OK && i < sizeof settings / sizeof *settings; i++)
        e = config_set(&c, settings[i].name, str_of(settings[i].value),
                       FROM_COMMAND, why);
    if (e == OK)
        e = config_set(&c, "data", str_of(w->dir), FROM_COMMAND, why);
    if (e == OK)
        e = config_set(&c, "loops", str_of(number), FROM_COMMAND, why);
    for (int i = 0; e == OK && i < w->settings; i++)
        e = config_set(&c, w->setting[i].name, str_of(w->setting[i].value),
                       FROM_COMMAND, why);
    if (e == OK)
        e = server_start(&c, &w->server, why);
    config_release(&c);
    if (e != OK) {
        fprintf(stderr, "the server did not start: %s (%s)\n", why,
                err_name(e));
        return false;
    }
    w->port = server_port(w->server, 0);
    return true;
}

static void
remove_directory(const char *dir)
{
    DIR *d = opendir(dir);
    struct dirent *entry;
    char path[512];

    while (d != NULL && (entry = readdir(d)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    if (d != NULL)
        closedir(d);
    rmdir(dir);
}

bool
world_begin(struct world *w, int loops)
{
    memset(w, 0, sizeof *w);
    snprintf(w->dir, sizeof w->dir, "/tmp/understory-talk-XXXXXX");
    if (mkdtemp(w->dir) == NULL)
        return false;
    if (start(w, loops))
        return true;
    remove_directory(w->dir);
    return false;
}

bool
world_set(struct world *w, const char *name, const char *value)
{
    int i = w->settings;

    if (i == WORLD_SETTINGS)
        return false;
    w->settings++;
    snprintf(w->setting[i].name, sizeof w->setting[i].name, "%s", name);
    snprintf(w->setting[i].value, sizeof w->setting[i].value, "%s", value);
    return true;
}

bool
world_restart(struct world *w, int loops)
{
    server_stop(w->server);
    w->server = NULL;
    return start(w, loops);
}

void
world_end(struct world *w)
{
    server_stop(w->server);
    remove_directory(w->dir);
}
