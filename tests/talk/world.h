/* The whole server, in this process, on a free port and a directory of its own:
 * what talk files and the matrix run against. */
#ifndef TESTS_TALK_WORLD_H
#define TESTS_TALK_WORLD_H

#include <stdbool.h>

struct server;

#define WORLD_SETTINGS 8

struct world {
    char dir[64]; /* made by mkdtemp, removed at the end */
    struct server *server;
    int port;
    struct {
        char name[32], value[32];
    } setting[WORLD_SETTINGS]; /* beside those of every world */
    int settings;
};

/* False, with a line on stderr. loops: 0 is one per core. */
bool world_begin(struct world *w, int loops);
/* From the next start on. False: too many. */
bool world_set(struct world *w, const char *name, const char *value);
/* Stops the server and starts it again on the same data. */
bool world_restart(struct world *w, int loops);
void world_end(struct world *w);

#endif
