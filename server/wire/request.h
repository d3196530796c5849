/* A request line become a request: what was asked, by whom, of which host. */
#ifndef WIRE_REQUEST_H
#define WIRE_REQUEST_H

#include "base/peer.h"
#include "wire/titan.h"

struct request {
    struct url url;
    struct str host;    /* one of ours; the first name for an address alias */
    bool is_upload;     /* titan:// with a size */
    struct titan titan; /* counts where the scheme is titan */
    bool has_input;     /* there was a '?' */
    struct str input;   /* the query, decoded, CR LF as LF; may be empty */
    struct str body;    /* of an upload, once it was read */
    struct peer peer;
};

/* The names and ports that are ours. */
struct names {
    const struct str *host; /* lower case; the first is the main one */
    int hosts;
    const int *port; /* the listening and the public ones */
    int ports;
};

/* line is without CR LF; sni is the name of the TLS handshake or empty. */
enum err request_parse(struct str line, struct str sni, const struct names *,
                       struct arena *mem, struct request *out);

#endif
