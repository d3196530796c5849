/* Sockets that listen, and taking in who comes. Each loop has its own socket
 * per address; the system spreads the visitors over them. */
#ifndef NET_LISTEN_H
#define NET_LISTEN_H

#include <event2/event.h>
#include <event2/event_struct.h>

#include "net/net.h"

struct loop;

struct listener {
    struct loop *loop;
    int fd; /* -1: closed */
    struct event ready, again;
};

/* Opens a socket for text, "ADDR:PORT". *port 0: the one in text, and the one
 * that it got comes back; else this one. first: nobody of ours is there yet,
 * so whoever holds the port is a stranger. *fd is -1 on failure. */
enum err listen_open(struct str text, bool is_first, int *port, int *fd,
                     char why[static NET_WHY]);

/* Takes fd, also on failure. */
enum err listener_begin(struct listener *, struct loop *, int fd);
/* Takes in those who already wait, and closes. */
void listener_end(struct listener *);
/* Closes without a look. */
void listener_release(struct listener *);

#endif
