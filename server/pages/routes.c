#include "pages/routes.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "texts.h"

#define KEY_LENGTH 8
#define NAME_BYTES_MAX 400 /* of a {name}, decoded */

#define PAGE(id, path) [R_##id] = {#id, path, ROUTE_PAGE, ANYONE, false, 0, 0},
#define INSIDE(id, path, who)                                                  \
    [R_##id] = {#id, path, ROUTE_INSIDE, who, false, 0, 0},
#define ASK(id, path, who, prompt)                                             \
    [R_##id] = {#id, path, ROUTE_ASK, who, false, WORD_##prompt, 0},
#define ASK_SECRET(id, path, who, prompt)                                      \
    [R_##id] = {#id, path, ROUTE_ASK, who, true, WORD_##prompt, 0},
#define DO(id, path, who) [R_##id] = {#id, path, ROUTE_DO, who, false, 0, 0},
#define UPLOAD(id, path, who, max)                                             \
    [R_##id] = {#id, path, ROUTE_UPLOAD, who, false, 0, max},
static const struct route rows[R_COUNT] = {
#include "pages/routes.def"
};
#undef PAGE
#undef INSIDE
#undef ASK
#undef ASK_SECRET
#undef DO
#undef UPLOAD

/* How strictly a path is read. A key that could be ours comes first, so that
 * "/start/<key>/too-long" is never taken for "/start/<id>/<key>". */
enum reading {
    READ_EXACT, /* keys have the shape of ours */
    READ_WHY,   /* the same, and a reason behind it */
    READ_LOOSE, /* anything may stand for a key: it is a wrong one */
    READ_SHORT, /* the key is missing */
    READ_COUNT
};

const struct route *
route_row(enum route_id id)
{
    assert(id < R_COUNT);
    return &rows[id];
}

/* Made of the letters that secret_letters() uses. */
static bool
key_is_shaped(struct str s)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

    if (s.n != KEY_LENGTH)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!memchr(letters, s.p[i], sizeof(letters) - 1))
            return false;
    return true;
}

/* One segment of a pattern against one of a path. */
static bool
segment_match(struct str want, struct str got, enum reading reading,
              struct at *at)
{
    if (str_eq(want, STR("{id}")))
        return str_to_int(got, &at->id);
    if (str_eq(want, STR("{page}")))
        return str_to_int(got, &at->page);
    if (str_eq(want, STR("{name}"))) {
        at->name = got;
        return got.n > 0 && got.n <= NAME_BYTES_MAX;
    }
    if (str_eq(want, STR("{key}"))) {
        at->key = got;
        return reading == READ_LOOSE ? got.n > 0 : key_is_shaped(got);
    }
    return str_eq(want, got);
}

static bool
row_match(const struct route *row, const struct str *got, int n,
          enum reading reading, struct at *at)
{
    struct str rest = str_skip(str_of(row->pattern), 1);
    int i = 0;

    while (rest.n > 0) {
        struct str want = str_cut(&rest, '/');

        if (i == n)
            return reading == READ_SHORT && rest.n == 0 &&
                   str_eq(want, STR("{key}"));
        if (!segment_match(want, got[i++], reading, at))
            return false;
    }
    return i == n && reading != READ_SHORT;
}

/* The last part of a path as the reason of a prompt; OK where it is none. */
static enum err
why_find(struct str last)
{
    char name[24];
    enum err e;

    if (last.n == 0 || last.n >= sizeof(name))
        return OK;
    memcpy(name, last.p, last.n);
    name[last.n] = '\0';
    e = err_find(name);
    return err_status(e) == 10 ? e : OK;
}

static bool
row_fits(const struct route *row, bool is_inside, bool is_titan)
{
    if ((row->kind == ROUTE_UPLOAD) != is_titan)
        return false;
    return is_inside || row->kind == ROUTE_PAGE;
}

static bool
route_find(const struct str *part, int n, enum reading reading, bool is_titan,
           struct at *at)
{
    const struct at start = *at;

    for (int i = 0; i < R_COUNT; i++) {
        const struct route *row = &rows[i];

        if (!row_fits(row, start.is_inside, is_titan))
            continue;
        if (start.why && row->kind != ROUTE_ASK)
            continue;
        *at = start;
        at->route = (enum route_id)i;
        if (row_match(row, part, n, reading, at))
            return true;
    }
    return false;
}

enum err
route_match(const struct url *url, struct at *out)
{
    const bool is_titan = url->scheme == URL_TITAN;
    const struct str *part = url->segment;
    int n = url->segments;
    struct at at = {.route = R_home};

    if (n > URL_SEGMENTS)
        return E_NOT_FOUND;
    if (n > 0 && str_eq(part[0], STR("i"))) {
        at.is_inside = true;
        part++;
        n--;
    }
    for (int i = READ_EXACT; i < READ_COUNT; i++) {
        enum reading reading = (enum reading)i;

        *out = at;
        if (reading == READ_WHY) {
            out->why = n > 0 ? why_find(part[n - 1]) : OK;
            if (!out->why)
                continue;
        }
        if (route_find(part, n - (reading == READ_WHY), reading, is_titan, out))
            return OK;
    }
    *out = (struct at){.route = R_home};
    return E_NOT_FOUND;
}

static void
segment_put(struct buf *b, struct str want, const struct at *at)
{
    if (str_eq(want, STR("{id}")))
        buf_add_int(b, at->id);
    else if (str_eq(want, STR("{page}")))
        buf_add_int(b, at->page);
    else if (str_eq(want, STR("{name}")))
        buf_add_percent(b, at->name);
    else if (str_eq(want, STR("{key}")))
        buf_add(b, at->key);
    else
        buf_add(b, want);
}

struct str
route_path(const struct at *at, struct arena *mem)
{
    const struct route *row = route_row(at->route);
    const struct str pattern = str_of(row->pattern);
    struct str rest = str_skip(pattern, 1), path;
    struct buf b;

    buf_init(&b, 4 * NAME_BYTES_MAX);
    if (at->is_inside || row->kind != ROUTE_PAGE)
        buf_add(&b, STR("/i"));
    while (rest.n > 0) {
        buf_add_char(&b, '/');
        segment_put(&b, str_cut(&rest, '/'), at);
    }
    if (str_has_suffix(pattern, STR("/")))
        buf_add_char(&b, '/');
    if (at->why && row->kind == ROUTE_ASK) {
        buf_add_char(&b, '/');
        buf_add(&b, str_of(err_name(at->why)));
    }
    if (b.bad)
        mem->bad = b.bad;
    path = b.bad ? (struct str){NULL, 0} : arena_copy(mem, buf_str(&b));
    buf_release(&b);
    return path;
}
