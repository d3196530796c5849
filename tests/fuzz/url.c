/*
 * A URL that was taken apart is put together again and taken apart once more:
 * both views have to be the same. And no segment holds a '/' but where %2F
 * stood.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "wire/url.h"

#define MEMORY (256 << 10)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEMAND(what)                                                           \
    do {                                                                       \
        if (!(what)) {                                                         \
            fprintf(stderr, "broken: %s\n", #what);                            \
            abort();                                                           \
        }                                                                      \
    } while (0)

static void
put_together(const struct url *url, struct buf *out)
{
    bool has_colon = str_find(url->host, ':') >= 0;

    buf_add(out, url->scheme == URL_TITAN ? STR("titan://") : STR("gemini://"));
    if (has_colon)
        buf_add_char(out, '[');
    buf_add(out, url->host);
    /* One dot at the end does not count; a second one would. */
    buf_add_char(out, has_colon ? ']' : '.');
    if (url->port) {
        buf_add_char(out, ':');
        buf_add_int(out, url->port);
    }
    buf_add(out, url->path);
    if (url->has_query) {
        buf_add_char(out, '?');
        buf_add(out, url->query);
    }
}

static void
same(const struct url *a, const struct url *b)
{
    DEMAND(a->scheme == b->scheme);
    DEMAND(str_eq(a->host, b->host));
    DEMAND(a->port == b->port);
    DEMAND(str_eq(a->path, b->path));
    DEMAND(a->has_query == b->has_query);
    DEMAND(str_eq(a->query, b->query));
    DEMAND(a->segments == b->segments);
    DEMAND(a->ends_in_slash == b->ends_in_slash);
    for (int i = 0; i < a->segments && i < URL_SEGMENTS; i++)
        DEMAND(str_eq(a->segment[i], b->segment[i]));
}

/* Slashes of the raw path against segments, counted byte by byte. */
static void
segments_check(const struct url *url)
{
    size_t raw = 0, escaped = 0, inner = 0;
    int parts;

    DEMAND(url->path.n > 0 && url->path.p[0] == '/');
    for (size_t i = 0; i < url->path.n; i++) {
        unsigned char c = (unsigned char)url->path.p[i];

        DEMAND(c > ' ' && c < 0x7F && c != '#' && c != '?');
        raw += c == '/';
        escaped += c == '%' && i + 2 < url->path.n &&
                   url->path.p[i + 1] == '2' &&
                   (url->path.p[i + 2] == 'F' || url->path.p[i + 2] == 'f');
    }
    parts = (int)raw - (url->path.p[url->path.n - 1] == '/');
    DEMAND(url->segments == (parts > URL_SEGMENTS ? URL_SEGMENTS + 1 : parts));
    for (int i = 0; i < url->segments && i < URL_SEGMENTS; i++) {
        struct str s = url->segment[i];

        DEMAND(!str_eq(s, STR(".")) && !str_eq(s, STR("..")));
        for (size_t k = 0; k < s.n; k++) {
            DEMAND(s.p[k] != 0);
            inner += s.p[k] == '/';
        }
    }
    DEMAND(inner <= escaped);
    DEMAND(url->segments > URL_SEGMENTS || inner == escaped);
}

static void
linkable_check(struct str s)
{
    struct str host;

    if (!url_is_linkable(s, &host))
        return;
    DEMAND(s.n <= URL_MAX && str_find(s, ':') > 0);
    for (size_t i = 0; i < s.n; i++)
        DEMAND(s.p[i] > ' ' && s.p[i] <= '~');
    if (host.n == 0) {
        DEMAND(str_eq_nocase((struct str){s.p, 7}, STR("mailto:")) ||
               str_eq_nocase((struct str){s.p, 7}, STR("misfin:")));
        return;
    }
    DEMAND(host.p > s.p && host.p + host.n <= s.p + s.n);
    DEMAND(host.p[-1] == '/' || (host.p[-1] == '[' && host.p[-2] == '/'));
    DEMAND(str_find(host, '/') < 0 && str_find(host, '@') < 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};
    struct url one, two;
    struct arena mem;
    struct buf again;
    enum err e;

    if (size > 2 * URL_MAX)
        return 0;
    linkable_check(s);
    arena_init(&mem, MEMORY);
    buf_init(&again, MEMORY);
    e = url_parse(s, &mem, &one);
    DEMAND(!e || e == E_MALFORMED || e == E_FOREIGN);
    /* A future kind of address ("[v1.a:b]") may end in a dot of its own. */
    if (!e && one.host.p[0] != 'v') {
        put_together(&one, &again);
        DEMAND(url_parse(buf_str(&again), &mem, &two) == OK);
        same(&one, &two);
    }
    if (!e)
        segments_check(&one);
    buf_release(&again);
    arena_release(&mem);
    return 0;
}
