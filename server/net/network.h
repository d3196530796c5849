/* What an operator writes for an address to listen at, "[::]:1965", and for a
 * network: "10.0.0.0/8", "fd00::/8" or one address. */
#ifndef NET_NETWORK_H
#define NET_NETWORK_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/str.h"

struct network {
    unsigned char address[16]; /* IPv4 as ::ffff:a.b.c.d */
    int bits;                  /* of address that count, 0 to 128 */
};

struct address {
    struct sockaddr_storage to;
    socklen_t size;
};

/* ADDRESS:PORT, an IPv6 one in brackets; false: it is none. Numbers only: a
 * name here would make the start wait for name servers. */
bool address_parse(struct str, struct address *);
/* False: it is none, or has bits behind those that count. */
bool network_parse(struct str, struct network *);
/* 0.0.0.0/0 is all of IPv4 and ::/0 all of IPv6, without one another. */
bool network_has(const struct network *, const struct sockaddr *);

#endif
