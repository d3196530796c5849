/*
 * Borrowed bytes. A struct str points into memory that somebody else keeps;
 * it is never NUL-ended by promise. A struct lit is text that we wrote (a
 * literal, or a file of content/), and can not be made from anything else.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p; /* may be NULL where n is 0: "absent" */
    size_t n;
};

struct lit {
    struct str s;
};

/* Our own words. LIT(variable) does not compile: "" "x" only joins literals. */
#define LIT(text) ((struct lit){{"" text, sizeof(text) - 1}})
#define STR(text) ((struct str){"" text, sizeof(text) - 1})

/* The bytes of a NUL-ended string; borrowed as long as z lives. */
struct str str_of(const char *z);

bool str_eq(struct str a, struct str b);
/* Equal, but for the case of ASCII letters. */
bool str_eq_nocase(struct str a, struct str b);
bool str_has_prefix(struct str s, struct str prefix);
bool str_has_suffix(struct str s, struct str suffix);

/* s without its first n bytes; empty where it has no more. */
struct str str_skip(struct str s, size_t n);
/* s without spaces, tabs and line breaks at both ends. */
struct str str_trim(struct str s);
/* What stands before the first sep; *rest moves past it (empty at the end). */
struct str str_cut(struct str *rest, char sep);
/* The place of the first c, or -1. */
ptrdiff_t str_find(struct str s, char c);

/* A plain decimal of 1 to 18 digits, without sign or leading zeros ("0" is
 * fine). False, and *out untouched, for anything else. */
bool str_to_int(struct str s, int64_t *out);

#endif
