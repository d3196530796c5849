#include "wire/titan.h"

#include "base/text.h"

#define SIZE_DIGITS 10

/* What has been seen, so that nothing counts twice. */
struct params {
    struct titan *out;
    bool has_size, has_mime, has_token;
};

static bool
is_token_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           str_find(STR("!#$&-^_.+"), c) >= 0;
}

/* type "/" subtype; parameters behind it do not matter. */
static enum err
mime_take(struct params *p, struct str text, struct arena *mem)
{
    struct str type = str_trim(str_cut(&text, ';'));
    ptrdiff_t slash;
    char *low;

    if (p->has_mime)
        return E_MALFORMED;
    p->has_mime = true;
    if (type.n == 0) /* as good as absent, like an empty token */
        return OK;
    if (!(low = arena_z(mem, type)))
        return mem->bad;
    for (size_t i = 0; i < type.n; i++) {
        if (low[i] >= 'A' && low[i] <= 'Z')
            low[i] = (char)(low[i] - 'A' + 'a');
    }
    type.p = low;
    slash = str_find(type, '/');
    if (slash <= 0 || (size_t)slash + 1 == type.n)
        return E_MALFORMED;
    for (ptrdiff_t i = 0; i < (ptrdiff_t)type.n; i++) {
        if (i != slash && !is_token_char(low[i]))
            return E_MALFORMED;
    }
    p->out->mime = type;
    return OK;
}

static enum err
size_take(struct params *p, struct str text)
{
    size_t n = 0;

    if (p->has_size || text.n == 0 || text.n > SIZE_DIGITS)
        return E_MALFORMED;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return E_MALFORMED;
        n = n * 10 + (size_t)(text.p[i] - '0');
    }
    p->has_size = true;
    p->out->size = n;
    return OK;
}

/* One "key=value", still percent-encoded. */
static enum err
param_take(struct params *p, struct str raw, struct arena *mem)
{
    struct str value = {0}, key, rest = raw;
    bool has_value = str_find(raw, '=') >= 0;
    enum err e;

    if ((e = url_decode(str_cut(&rest, '='), mem, &key)) ||
        (e = url_decode(rest, mem, &value)))
        return e;
    key = str_trim(key);
    if (!has_value) {
        if (!str_eq(key, STR("edit")) || p->out->is_edit)
            return E_MALFORMED;
        p->out->is_edit = true;
        return OK;
    }
    if (str_eq(key, STR("size")))
        return size_take(p, value);
    if (str_eq(key, STR("mime")))
        return mime_take(p, value, mem);
    if (str_eq(key, STR("token"))) {
        if (p->has_token)
            return E_MALFORMED;
        p->has_token = true;
        p->out->token = value;
        return OK;
    }
    /* Parameters of the MIME type that a client did not encode. */
    if (str_eq(key, STR("charset")) || str_eq(key, STR("lang")))
        return OK;
    return E_MALFORMED;
}

static enum err
params_take(struct params *p, struct str list, struct arena *mem)
{
    bool has_more;
    enum err e;

    do {
        has_more = str_find(list, ';') >= 0;
        if ((e = param_take(p, str_cut(&list, ';'), mem)))
            return e;
    } while (has_more);
    /* Text either comes or is asked for, never both. */
    if (p->out->is_edit ? p->has_size || p->has_mime : !p->has_size)
        return E_MALFORMED;
    return OK;
}

/* The parameters in the path, without their first ';'. Clients write the '/'
 * of a MIME type as it is, so the last segment is no help in finding them; no
 * path of ours holds a raw ';'. */
static bool
path_cut(struct url *url, struct str *list)
{
    ptrdiff_t at = str_find(url->path, ';');

    if (at < 0)
        return false;
    *list = str_skip(url->path, (size_t)at + 1);
    url->path.n = (size_t)at;
    return true;
}

static bool
is_param(struct str s)
{
    struct str key = str_cut(&s, '=');

    return str_eq(key, STR("size")) || str_eq(key, STR("mime")) ||
           str_eq(key, STR("token")) || str_eq(key, STR("charset")) ||
           str_eq(key, STR("lang"));
}

/* gplaces puts the parameters at the end of the whole URL. What stands before
 * the first of them is the query. */
static bool
query_cut(struct url *url, struct str *list)
{
    size_t from = url->query.n, end = url->query.n;

    for (size_t i = url->query.n; i-- > 0;) {
        if (url->query.p[i] != ';')
            continue;
        if (!is_param((struct str){url->query.p + i + 1, end - i - 1}))
            break;
        from = end = i;
    }
    *list = str_skip(url->query, from + 1);
    if (from == url->query.n)
        return false;
    url->query.n = from;
    return true;
}

/* "..;size=3" was no dot segment to uriparser; now it would be one. */
static bool
ends_in_dots(struct str path)
{
    return str_has_suffix(path, STR("/.")) || str_has_suffix(path, STR("/.."));
}

enum err
titan_parse(struct url *url, struct arena *mem, struct titan *out)
{
    struct params p = {.out = out};
    struct str list;
    enum err e;

    *out = (struct titan){.mime = STR("text/gemini")};
    if (!path_cut(url, &list) && !query_cut(url, &list))
        return E_MALFORMED;
    if ((e = params_take(&p, list, mem)))
        return e;
    if (ends_in_dots(url->path))
        return E_MALFORMED;
    return url_split(url, mem);
}
