/*
 * Growing bytes with a ceiling. A failure sticks: later calls do nothing, and
 * buf->bad is checked once, at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

/* Before a large local array that is filled before it is read: builds that
 * empty every local variable leave this one, for that would cost as much as a
 * page does. */
#if __has_attribute(uninitialized)
#define SCRATCH __attribute__((uninitialized))
#else
#define SCRATCH
#endif

struct buf {
    char *p; /* n bytes, owned; not NUL-ended */
    size_t n, cap;
    size_t max;   /* ceiling in bytes; growing past it sets bad */
    enum err bad; /* OK, E_NOMEM or E_TOO_LONG */
};

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
/* Empties it and forgets the failure; keeps the memory. */
void buf_reset(struct buf *b);

void buf_add(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_add_int(struct buf *b, int64_t n);
/* As printf; for numbers and our own constants. */
void buf_fmt(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* s, percent-encoded but for RFC 3986 unreserved characters. */
void buf_add_percent(struct buf *b, struct str s);

/* Borrowed until the next call that changes b. */
struct str buf_str(const struct buf *b);

#endif
