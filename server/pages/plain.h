/* Plain text of 72 columns, to print, to mail or to keep. */
#ifndef PAGES_PLAIN_H
#define PAGES_PLAIN_H

#include "base/arena.h"
#include "base/buf.h"

/* s, with a blank behind every '<' that could begin a tag. */
struct str plain_inert(struct arena *mem, struct str s);
/* s wrapped, each of its lines that far to the right. */
void plain_add(struct buf *out, struct arena *mem, struct str s, size_t indent);

#endif
