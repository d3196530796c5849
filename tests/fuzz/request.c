/*
 * Accepts or refuses a gemini:// line byte by byte, after gemini.md sections 2
 * and 8 alone, and compares that with request_parse.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/request.h"

#define MEMORY (256 << 10)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEMAND(what)                                                           \
    do {                                                                       \
        if (!(what)) {                                                         \
            fprintf(stderr, "broken: %s\n", #what);                            \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* "h" or "h.", then nothing, ":" or ":" and 1965 with any zeros before. */
static bool
is_our_authority(const char *p, size_t n)
{
    size_t i = 0;

    if (n == 0 || (p[i] != 'h' && p[i] != 'H'))
        return false;
    i++;
    i += i < n && p[i] == '.';
    if (i == n)
        return true;
    if (p[i++] != ':')
        return false;
    if (i == n)
        return true;
    while (i < n && p[i] == '0')
        i++;
    return n - i == 4 && memcmp(p + i, "1965", 4) == 0;
}

static int
hex(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)((at - digits) % 16) : -1;
}

/* Is it UTF-8, without NUL? By the table of RFC 3629. */
static bool
is_utf8(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        unsigned char a = p[i], low = 0x80, high = 0xBF;
        size_t more = a < 0x80 ? 0 : a < 0xE0 ? 1 : a < 0xF0 ? 2 : 3;

        if (a == 0 || (a >= 0x80 && a < 0xC2) || a > 0xF4 || i + more >= n)
            return false;
        if (a == 0xE0)
            low = 0xA0;
        if (a == 0xED)
            high = 0x9F;
        if (a == 0xF0)
            low = 0x90;
        if (a == 0xF4)
            high = 0x8F;
        for (size_t k = 1; k <= more; k++) {
            if (p[i + k] < low || p[i + k] > high)
                return false;
            low = 0x80;
            high = 0xBF;
        }
        i += more + 1;
    }
    return true;
}

/* Path or query: allowed bytes, whole escapes, and text behind them. */
static bool
is_part(const char *p, size_t n, bool is_query)
{
    static unsigned char out[2048];
    size_t made = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];

        if (c == '%') {
            if (n - i < 3 || hex(p[i + 1]) < 0 || hex(p[i + 2]) < 0)
                return false;
            c = (unsigned char)(hex(p[i + 1]) * 16 + hex(p[i + 2]));
            i += 2;
            if (is_query && c < 0x20 && !strchr("\t\n\r", c))
                return false;
        } else if (c < 0x80 && !strchr("abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789-._~!$&'()*+,;=:@/",
                                       c)) {
            if (!is_query || (c != '?' && c != ' '))
                return false;
        }
        if (c == 0)
            return false;
        out[made++] = c;
    }
    return is_utf8(out, made);
}

static bool
should_accept(const char *p, size_t n)
{
    size_t open = 9, query;

    if (n > 1024 || n < open || strncasecmp(p, "gemini://", open) != 0)
        return false;
    /* Half a character raw and half escaped is not UTF-8 on the wire. */
    if (!is_utf8((const unsigned char *)p, n))
        return false;
    while (open < n && p[open] != '/' && p[open] != '?')
        open++;
    if (!is_our_authority(p + 9, open - 9))
        return false;
    for (query = open; query < n && p[query] != '?';)
        query++;
    if (!is_part(p + open, query - open, false))
        return false;
    return query == n || is_part(p + query + 1, n - query - 1, true);
}

/* Is the host written with escapes? Those this checker does not know. */
static bool
has_escaped_host(const char *p, size_t n)
{
    for (size_t i = 9; i < n && p[i] != '/' && p[i] != '?'; i++) {
        if (p[i] == '%')
            return true;
    }
    return false;
}

static void
check(struct str line)
{
    static const struct str host = {"h", 1};
    static const int port = 1965;
    const struct names names = {&host, 1, &port, 1};
    struct request rq;
    struct arena mem;
    enum err e;

    if (line.n >= 6 && strncasecmp(line.p, "titan:", 6) == 0)
        return;
    if (line.n > 9 && has_escaped_host(line.p, line.n))
        return;
    arena_init(&mem, MEMORY);
    e = request_parse(line, STR("h"), &names, &mem, &rq);
    DEMAND(e == OK || e == E_MALFORMED || e == E_FOREIGN ||
           e == E_URL_TOO_LONG);
    DEMAND((e == OK) == should_accept(line.p, line.n));
    if (!e) {
        DEMAND(str_eq(rq.host, host) && !rq.is_upload);
        DEMAND(rq.has_input == (memchr(line.p, '?', line.n) != NULL));
        for (size_t i = 0; i < rq.input.n; i++)
            DEMAND(rq.input.p[i] != '\r' && rq.input.p[i] != 0);
    }
    arena_release(&mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char line[2048] = "gemini://h";

    if (size == 0 || size > 1200)
        return 0;
    if (data[0] & 1) { /* anything, else what begins well */
        check((struct str){(const char *)data + 1, size - 1});
        return 0;
    }
    memcpy(line + 10, data + 1, size - 1);
    check((struct str){line, 10 + size - 1});
    return 0;
}
