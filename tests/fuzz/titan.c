/*
 * Makes an upload's line of known parts in any order and wants the same parts
 * back; with one fault in it, it has to be refused. Whatever else comes must
 * keep the promises of titan.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "wire/titan.h"

#define MEMORY (256 << 10)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEMAND(what)                                                           \
    do {                                                                       \
        if (!(what)) {                                                         \
            fprintf(stderr, "broken: %s\n", #what);                            \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* One order of three parts for each number below six. */
static const char orders[6][4] = {"smt", "stm", "mst", "mts", "tsm", "tms"};

static const char *const faults[] = {
    ";size=1", ";mime=a/b", ";token=x", ";foo=1",
    ";",       ";edit",     ";size",    ";edit=1",
};

struct made {
    int64_t size;
    const char *mime;
    struct str token; /* printable */
    bool in_query;
};

static void
line_make(struct buf *b, const struct made *m, const char *order)
{
    buf_add(b, STR("titan://h/a/b"));
    if (m->in_query)
        buf_add(b, STR("?q"));
    for (; *order; order++) {
        if (*order == 's') {
            buf_add(b, STR(";size="));
            buf_add_int(b, m->size);
        } else if (*order == 'm') {
            buf_add(b, STR(";mime="));
            buf_add(b, str_of(m->mime));
        } else {
            buf_add(b, STR(";token="));
            buf_add_percent(b, m->token);
        }
    }
}

static enum err
parse(struct str line, struct arena *mem, struct url *url, struct titan *t)
{
    enum err e = url_parse(line, mem, url);

    return e ? e : titan_parse(url, mem, t);
}

static void
known_parts(const uint8_t *data, size_t size)
{
    static const char *const mimes[] = {"text/plain", "text/gemini",
                                        "Text%2FPlain"};
    char token[16];
    struct made m = {.size = data[0] * 65536 + data[1] * 256 + data[2],
                     .mime = mimes[data[3] % 3],
                     .token = {token, 0},
                     .in_query = data[4] & 1};
    struct arena mem;
    struct buf line;
    struct titan t;
    struct url url;

    for (size_t i = 7; i < size && m.token.n < sizeof(token); i++)
        token[m.token.n++] = (char)(' ' + data[i] % 95);
    arena_init(&mem, MEMORY);
    buf_init(&line, URL_MAX);
    line_make(&line, &m, orders[data[5] % 6]);
    DEMAND(parse(buf_str(&line), &mem, &url, &t) == OK);
    DEMAND((int64_t)t.size == m.size && !t.is_edit);
    DEMAND(str_eq(t.mime,
                  m.mime[5] == 'g' ? STR("text/gemini") : STR("text/plain")));
    DEMAND(str_eq(t.token, m.token));
    DEMAND(str_eq(url.path, STR("/a/b")) && url.segments == 2);
    DEMAND(str_eq(url.query, m.in_query ? STR("q") : STR("")));
    if (!m.in_query) {
        buf_add(&line, str_of(faults[data[6] % 8]));
        DEMAND(parse(buf_str(&line), &mem, &url, &t) == E_MALFORMED);
    }
    buf_release(&line);
    arena_release(&mem);
}

static void
anything(const uint8_t *data, size_t size)
{
    struct arena mem;
    struct buf line;
    struct titan t;
    struct url url;
    enum err e;

    arena_init(&mem, MEMORY);
    buf_init(&line, URL_MAX + 16);
    buf_add(&line, STR("titan://h/"));
    buf_add(&line, (struct str){(const char *)data, size});
    e = parse(buf_str(&line), &mem, &url, &t);
    DEMAND(e == OK || e == E_MALFORMED);
    if (!e) {
        ptrdiff_t slash = str_find(t.mime, '/');

        DEMAND(str_find(buf_str(&line), ';') > 0);
        DEMAND(str_find(url.path, ';') < 0 && url.path.p[0] == '/');
        DEMAND(t.size <= 9999999999u && (!t.is_edit || t.size == 0));
        DEMAND(slash > 0 && (size_t)slash + 1 < t.mime.n);
        for (size_t i = 0; i < t.mime.n; i++)
            DEMAND(t.mime.p[i] > ' ' && t.mime.p[i] <= '~' &&
                   !(t.mime.p[i] >= 'A' && t.mime.p[i] <= 'Z'));
        for (int i = 0; i < url.segments && i < URL_SEGMENTS; i++)
            DEMAND(!str_eq(url.segment[i], STR("..")));
    }
    buf_release(&line);
    arena_release(&mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size >= 7 && size < 40)
        known_parts(data, size);
    if (size <= URL_MAX)
        anything(data, size);
    return 0;
}
