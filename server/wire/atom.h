/*
 * Atom (RFC 4287), over libxml2's writer; the one file that knows it. Text goes
 * in as it is and comes out escaped, without the characters that XML has not.
 * Failures stick; atom_end tells.
 */
#ifndef WIRE_ATOM_H
#define WIRE_ATOM_H

#include "base/buf.h"

#define MIME_ATOM "application/atom+xml"

struct atom {
    void *writer, *xml; /* libxml2's, which nobody else need know */
    enum err bad;
};

/* id: an IRI that never changes. self and alternate: absolute addresses.
 * updated: RFC 3339. An empty subtitle is left out. */
struct atom_feed {
    struct str id, title, subtitle, self, alternate, updated, author;
};

/* An empty text is left out. One that is not whole is a summary. */
struct atom_entry {
    struct str id, title, link, published, updated, author, text;
    bool is_whole;
};

/* Once, before there are threads. */
void atom_start(void);

void atom_begin(struct atom *a, const struct atom_feed *f);
void atom_entry(struct atom *a, const struct atom_entry *e);
/* Ends it, appends it to out, and frees; whatever happened before. */
enum err atom_end(struct atom *a, struct buf *out);

#endif
