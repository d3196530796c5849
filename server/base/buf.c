#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUF_FIRST 256

/* Room for so many more bytes and one beyond, where printf puts its NUL; or
 * false and a sticky failure. */
static bool
buf_grow(struct buf *b, size_t more)
{
    size_t cap = b->cap ? b->cap : BUF_FIRST;
    char *p;

    if (b->bad)
        return false;
    if (b->n > b->max || more > b->max - b->n) {
        b->bad = E_TOO_LONG;
        return false;
    }
    if (b->p && more < b->cap - b->n)
        return true;
    while (cap - b->n <= more)
        cap *= 2;
    if (!(p = realloc(b->p, cap))) {
        b->bad = E_NOMEM;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

void
buf_init(struct buf *b, size_t max)
{
    /* Half of what can be counted, so that doubling never wraps round. */
    *b = (struct buf){.max = max < SIZE_MAX / 4 ? max : SIZE_MAX / 4};
}

void
buf_release(struct buf *b)
{
    free(b->p);
    *b = (struct buf){.max = b->max};
}

void
buf_reset(struct buf *b)
{
    b->n = 0;
    b->bad = OK;
}

void
buf_add(struct buf *b, struct str s)
{
    if (s.n == 0 || !buf_grow(b, s.n))
        return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void
buf_add_char(struct buf *b, char c)
{
    buf_add(b, (struct str){&c, 1});
}

void
buf_add_int(struct buf *b, int64_t n)
{
    char digits[20]; /* the least has 19 and a sign */
    char *p = digits + sizeof(digits);
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    do
        *--p = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (n < 0)
        *--p = '-';
    buf_add(b, (struct str){p, (size_t)(digits + sizeof(digits) - p)});
}

void
buf_fmt(struct buf *b, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        b->bad = b->bad ? b->bad : E_NOMEM;
        return;
    }
    if (!buf_grow(b, (size_t)n))
        return;
    va_start(args, format);
    (void)vsnprintf(b->p + b->n, (size_t)n + 1, format, args); /* n is known */
    va_end(args);
    b->n += (size_t)n;
}

static bool
is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void
buf_add_percent(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (is_unreserved(s.p[i]))
            buf_add_char(b, s.p[i]);
        else
            buf_add(b,
                    (struct str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
    }
}

struct str
buf_str(const struct buf *b)
{
    return (struct str){b->p, b->n};
}
