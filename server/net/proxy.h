/*
 * What a balancer says before TLS about the visitor behind it: "The PROXY
 * protocol, versions 1 & 2" of HAProxy, section 2.2, the binary header.
 * Version 1 is refused: it is text, of no known length, and version 2 says
 * more. Of what follows the addresses only the checksum is looked at.
 */
#ifndef NET_PROXY_H
#define NET_PROXY_H

#include <stddef.h>
#include <sys/socket.h>

#include "base/str.h"

#define PROXY_MOST 536 /* bytes, as many as any TCP takes at once */

enum proxy_says {
    PROXY_MORE, /* it is not all here */
    PROXY_OWN,  /* the other side speaks for itself, or can not say for whom */
    PROXY_FROM, /* it speaks for from */
    PROXY_BAD
};

struct proxy {
    enum proxy_says says;
    size_t size; /* of the header, as far as it is known: no byte behind it
                  * belongs to it */
    struct sockaddr_storage from; /* with its port */
    const char *why;              /* it is bad, for the log */
};

/* came: what has come of it so far, from the first byte on. */
struct proxy proxy_read(struct str came);

#endif
