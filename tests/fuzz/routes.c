/*
 * A path fits the table by a checker that knows only the patterns and what
 * routes.def says of them; route_match has to agree. What it found has to give
 * a path that leads to the same place, and so has any place that is made up.
 */
#include "pages/routes.h"
#include "tests/fuzz/oracle.h"

#define MEMORY (256 << 10)

/* Digits without a zero before them, as many as a number of ours has. */
static bool
is_number(struct str s)
{
    if (s.n == 0 || s.n > 18 || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

/* Eight digits and letters without i, l, o and u: as ours look. */
static bool
is_key(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
              (s.p[i] >= 'a' && s.p[i] <= 'z' && !strchr("ilou", s.p[i]))))
            return false;
    return s.n == 8;
}

static bool
fits(const char *want, size_t n, struct str got, bool has_reason)
{
    if (n == 4 && memcmp(want, "{id}", 4) == 0)
        return is_number(got);
    if (n == 6 && memcmp(want, "{page}", 6) == 0)
        return is_number(got);
    if (n == 6 && memcmp(want, "{name}", 6) == 0)
        return got.n > 0 && got.n <= 400;
    if (n == 5 && memcmp(want, "{key}", 5) == 0)
        return has_reason ? is_key(got) : got.n > 0; /* wrong ones too */
    return got.n == n && memcmp(got.p, want, n) == 0;
}

/* The parts against a pattern; a key at the end may be missing, but not
 * before a reason. */
static bool
row_takes(const char *pattern, const struct str *part, int n, bool has_reason)
{
    int i = 0;

    for (const char *p = pattern + 1; *p;) {
        size_t length = strcspn(p, "/");

        if (i == n)
            return !has_reason && strcmp(p, "{key}") == 0;
        if (!fits(p, length, part[i++], has_reason))
            return false;
        p += length + (p[length] == '/');
    }
    return i == n;
}

/* A prompt's path may end in the reason why it is asked again. */
static bool
is_reason(struct str s)
{
    for (int e = OK + 1; e < ERR_COUNT; e++)
        if (err_status((enum err)e) == 10 &&
            str_eq(s, str_of(err_name((enum err)e))))
            return true;
    return false;
}

static bool
table_takes(const struct url *url, enum route_id id)
{
    const struct route *row = route_row(id);
    const struct str *part = url->segment;
    int n = url->segments;
    bool is_inside;

    if (n > URL_SEGMENTS)
        return false;
    is_inside = n > 0 && str_eq(part[0], STR("i"));
    part += is_inside;
    n -= is_inside;
    if ((row->kind == ROUTE_UPLOAD) != (url->scheme == URL_TITAN))
        return false;
    if (!is_inside && row->kind != ROUTE_PAGE)
        return false;
    if (row_takes(row->pattern, part, n, false))
        return true;
    return row->kind == ROUTE_ASK && n > 0 && is_reason(part[n - 1]) &&
           row_takes(row->pattern, part, n - 1, true);
}

static void
same(const struct at *a, const struct at *b)
{
    DEMAND(a->route == b->route && a->is_inside == b->is_inside);
    DEMAND(a->id == b->id && a->page == b->page && a->why == b->why);
    DEMAND(str_eq(a->name, b->name) && str_eq(a->key, b->key));
}

/* at -> path -> at. */
static void
there_and_back(const struct at *at, enum url_scheme scheme, struct arena *mem)
{
    struct str path = route_path(at, mem);
    struct url url;
    struct at again;

    DEMAND(path.n > 0 && path.p[0] == '/');
    DEMAND(url_parse(arena_fmt(mem, "gemini://h%.*s", (int)path.n, path.p), mem,
                     &url) == OK);
    DEMAND(!url.has_query);
    url.scheme = scheme;
    DEMAND(route_match(&url, &again) == OK);
    same(at, &again);
}

static void
any_path(struct str path, enum url_scheme scheme, struct arena *mem)
{
    struct url url;
    struct at at;
    bool is_taken = false;

    if (url_parse(arena_fmt(mem, "gemini://h/%.*s", (int)path.n, path.p), mem,
                  &url) ||
        url.has_query)
        return;
    url.scheme = scheme;
    for (int id = 0; id < R_COUNT && !is_taken; id++)
        is_taken = table_takes(&url, (enum route_id)id);
    if (route_match(&url, &at)) {
        DEMAND(!is_taken);
        return;
    }
    DEMAND(table_takes(&url, at.route));
    /* A wrong key is only ever shown a page; no link is made of it. */
    if (at.key.n == 8 || !strstr(route_row(at.route)->pattern, "{key}"))
        if (!memchr(at.key.p ? at.key.p : "", '%', at.key.n))
            DEMAND(route_path(&at, mem).n > 0);
}

/* Fields that the row has not stay empty, as route_match leaves them. */
static struct at
at_make(const uint8_t *data, size_t size)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    static char key[9];
    struct at at = {.route = (enum route_id)(data[0] % R_COUNT)};
    const struct route *row = route_row(at.route);
    struct str name = {(const char *)data + 12, size - 12};

    for (int i = 0; i < 8; i++)
        key[i] = letters[data[4 + i] % 32];
    at.is_inside = row->kind != ROUTE_PAGE || (data[1] & 1);
    if (strstr(row->pattern, "{id}"))
        at.id = data[2] * 65537;
    if (strstr(row->pattern, "{page}"))
        at.page = data[3] * 257;
    if (strstr(row->pattern, "{key}"))
        at.key = (struct str){key, 8};
    if (strstr(row->pattern, "{name}"))
        at.name = name;
    if (row->kind == ROUTE_ASK && (data[1] & 2))
        at.why = E_TOO_LONG;
    return at;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena mem;
    struct at at;

    if (size < 13 || size > 300)
        return 0;
    arena_init(&mem, MEMORY);
    any_path((struct str){(const char *)data + 1, size - 1},
             data[0] & 1 ? URL_TITAN : URL_GEMINI, &mem);
    at = at_make(data, size);
    /* A segment of dots is no name: paths can not hold it. */
    if (at.name.n == 0 ||
        (oracle_utf8(at.name.p, at.name.n) && !str_eq(at.name, STR(".")) &&
         !str_eq(at.name, STR(".."))))
        there_and_back(&at,
                       route_row(at.route)->kind == ROUTE_UPLOAD ? URL_TITAN
                                                                 : URL_GEMINI,
                       &mem);
    arena_release(&mem);
    return 0;
}
