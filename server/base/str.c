#include "base/str.h"

#include <string.h>

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str
str_of(const char *z)
{
    return (struct str){z, z ? strlen(z) : 0};
}

bool
str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    }
    return true;
}

bool
str_has_prefix(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool
str_has_suffix(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

struct str
str_skip(struct str s, size_t n)
{
    if (n > s.n)
        n = s.n;
    /* No arithmetic on an absent string's NULL. */
    return n == 0 ? s : (struct str){s.p + n, s.n - n};
}

struct str
str_trim(struct str s)
{
    while (s.n > 0 && is_blank(s.p[0]))
        s = str_skip(s, 1);
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

struct str
str_cut(struct str *rest, char sep)
{
    struct str head = *rest;
    ptrdiff_t at = str_find(*rest, sep);

    if (at < 0) {
        *rest = str_skip(*rest, rest->n);
        return head;
    }
    head.n = (size_t)at;
    *rest = str_skip(*rest, head.n + 1);
    return head;
}

ptrdiff_t
str_find(struct str s, char c)
{
    const char *at = s.n > 0 ? memchr(s.p, c, s.n) : NULL;

    return at ? at - s.p : -1;
}

bool
str_to_int(struct str s, int64_t *out)
{
    int64_t n = 0;

    if (s.n < 1 || s.n > 18 || (s.p[0] == '0' && s.n > 1))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        n = n * 10 + (s.p[i] - '0');
    }
    *out = n;
    return true;
}
