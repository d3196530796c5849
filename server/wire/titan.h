/* The parameters of a Titan upload (titan.md section 1). */
#ifndef WIRE_TITAN_H
#define WIRE_TITAN_H

#include "wire/url.h"

struct titan {
    bool is_edit;     /* ";edit": asks for the raw text, no upload */
    size_t size;      /* bytes that follow the line */
    struct str mime;  /* type/subtype in lower case; default text/gemini */
    struct str token; /* empty: none */
};

/* Takes the parameters off the URL's last segment and path, or off the end of
 * its query. E_MALFORMED for a missing, doubled, unknown or bad parameter. */
enum err titan_parse(struct url *url, struct arena *mem, struct titan *out);

#endif
