/* The whole server in this process, in a directory of its own; the clients of
 * tests/talk visit it. Their calls never fail: this thread is spared. */
#ifndef FAULT_HOUSE_H
#define FAULT_HOUSE_H

#include "server.h"
#include "tests/talk/browser.h"

struct house {
    char dir[64];
    struct config config;
    struct server *server; /* NULL: not started */
    int port;
    char why[SERVER_WHY];
};

/* Ends the program where even that fails. */
void house_init(struct house *h);
void house_release(struct house *h);
/* An empty directory again; the server must be stopped. */
void house_empty(struct house *h);

/* What went wrong is in h->why. k: the call that fails, 0: none. */
enum err house_start(struct house *h, int64_t k, bool *has_struck);
void house_stop(struct house *h);
/* The first page; false with its failure in why. */
bool house_answers(const struct house *h, char why[static BROWSER_WHY]);
/* How much `understory check` finds, -1: it could not look. */
int house_check(struct house *h);

#endif
