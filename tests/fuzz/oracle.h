/* What several fuzz targets demand, written after the specifications alone. */
#ifndef TESTS_FUZZ_ORACLE_H
#define TESTS_FUZZ_ORACLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEMAND(what)                                                           \
    do {                                                                       \
        if (!(what)) {                                                         \
            fprintf(stderr, "broken: %s\n", #what);                            \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* UTF-8 by the table of RFC 3629, without NUL. */
static inline bool
oracle_utf8(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;

    for (size_t i = 0; i < n;) {
        unsigned char a = p[i], low = 0x80, high = 0xBF;
        size_t more = a < 0x80 ? 0 : a < 0xE0 ? 1 : a < 0xF0 ? 2 : 3;

        if (a == 0 || (a >= 0x80 && a < 0xC2) || a > 0xF4 || i + more >= n)
            return false;
        low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : low;
        high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : high;
        for (size_t k = 1; k <= more; k++, low = 0x80, high = 0xBF)
            if (p[i + k] < low || p[i + k] > high)
                return false;
        i += more + 1;
    }
    return true;
}

/* A page that any client can show (gemtext.md section 2): lines of bounded
 * length, no control character, every fence shut, every link with an address,
 * and at most one title. */
static inline void
oracle_gemtext(const char *p, size_t n)
{
    const char *end = n > 0 ? p + n : p; /* p may be NULL then */
    bool is_pre = false;
    int titles = 0;

    DEMAND(oracle_utf8(p, n));
    DEMAND(n == 0 || end[-1] == '\n');
    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t length = (size_t)(stop - p);

        DEMAND(length <= 2046);
        for (size_t i = 0; i < length; i++)
            DEMAND((unsigned char)p[i] >= 0x20 || p[i] == '\t');
        if (length >= 3 && memcmp(p, "```", 3) == 0)
            is_pre = !is_pre;
        else if (!is_pre && length >= 2 && memcmp(p, "# ", 2) == 0)
            titles++;
        else if (!is_pre && length >= 2 && memcmp(p, "=>", 2) == 0)
            DEMAND(length > 3 && p[2] == ' ' && p[3] != ' ');
        p = stop + 1;
    }
    DEMAND(!is_pre);
    DEMAND(titles <= 1);
}

#endif
