#include "wire/url.h"

#include <uriparser/Uri.h>

#include "base/text.h"

#define PORT_MAX 65535
#define HOST_MAX 253 /* bytes of a name, as the DNS has it */

/* uriparser's pieces as ours; absent where it has none. */
static struct str
piece(const UriTextRangeA *t)
{
    if (!t->first)
        return (struct str){NULL, 0};
    return (struct str){t->first, (size_t)(t->afterLast - t->first)};
}

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

enum err
url_decode(struct str s, struct arena *mem, struct str *out)
{
    char *p = arena_alloc(mem, s.n + 1);
    size_t n = 0;

    if (!p)
        return mem->bad;
    for (size_t i = 0; i < s.n; i++) {
        int high, low;

        if (s.p[i] != '%') {
            p[n++] = s.p[i];
            continue;
        }
        if (s.n - i < 3 || (high = hex_value(s.p[i + 1])) < 0 ||
            (low = hex_value(s.p[i + 2])) < 0)
            return E_MALFORMED;
        p[n++] = (char)(high << 4 | low);
        i += 2;
    }
    *out = (struct str){p, n};
    return text_is_valid(*out) ? OK : E_MALFORMED;
}

/* Where the authority ends and path or query begins; s.n where it does not. */
static size_t
authority_end(struct str s)
{
    for (size_t i = 0; i + 3 <= s.n; i++) {
        if (!str_has_prefix(str_skip(s, i), STR("://")))
            continue;
        for (i += 3; i < s.n && s.p[i] != '/' && s.p[i] != '?';)
            i++;
        return i;
    }
    return s.n;
}

/*
 * What uriparser shall not see: a fragment (RFC 3986 allows it, Gemini does
 * not) and control bytes are refused; raw UTF-8 behind the authority and raw
 * spaces in the query are percent-encoded, for clients that forget to. Titan's
 * parameters may hold a space too (titan.md section 4).
 */
static enum err
url_escape(struct str s, struct buf *out)
{
    bool is_titan =
        s.n > 6 && str_eq_nocase((struct str){s.p, 6}, STR("titan:"));
    size_t open = authority_end(s);
    bool may_have_space = false;

    if (!text_is_valid(s))
        return E_MALFORMED;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c < 0x20 || c == 0x7F || c == '#' || (c >= 0x80 && i < open) ||
            (c == ' ' && !may_have_space))
            return E_MALFORMED;
        if (i >= open && (c == '?' || (is_titan && c == ';')))
            may_have_space = true;
        if (c == ' ' || c >= 0x80)
            buf_add_percent(out, (struct str){s.p + i, 1});
        else
            buf_add_char(out, s.p[i]);
    }
    return out->bad;
}

static enum err
port_parse(struct str text, int *out)
{
    int port = 0;

    *out = 0;
    if (text.n == 0) /* "host:" is legal, and the default port */
        return OK;
    for (size_t i = 0; i < text.n; i++) {
        port = port * 10 + (text.p[i] - '0');
        if (port > PORT_MAX)
            return E_MALFORMED;
    }
    *out = port;
    return port > 0 ? OK : E_MALFORMED;
}

/* In lower case, without the one dot that a full name may end in. */
static enum err
host_parse(struct str text, struct arena *mem, struct str *out)
{
    char *p;

    if (str_has_suffix(text, STR(".")))
        text.n--;
    if (text.n == 0)
        return E_MALFORMED;
    if (!(p = arena_z(mem, text)))
        return mem->bad;
    for (size_t i = 0; i < text.n; i++) {
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] - 'A' + 'a');
    }
    *out = (struct str){p, text.n};
    return OK;
}

static struct str
path_join(const UriUriA *uri, struct arena *mem)
{
    size_t n = 0;
    char *p;

    for (const UriPathSegmentA *s = uri->pathHead; s; s = s->next)
        n += 1 + piece(&s->text).n;
    if (n == 0)
        return STR("/");
    if (!(p = arena_alloc(mem, n)))
        return STR("/");
    n = 0;
    for (const UriPathSegmentA *s = uri->pathHead; s; s = s->next) {
        struct str one = piece(&s->text);

        p[n++] = '/';
        for (size_t i = 0; i < one.n; i++)
            p[n++] = one.p[i];
    }
    return (struct str){p, n};
}

enum err
url_split(struct url *url, struct arena *mem)
{
    struct str rest = str_skip(url->path, 1);
    enum err e;

    url->segments = 0;
    url->ends_in_slash = str_has_suffix(url->path, STR("/"));
    while (rest.n > 0) {
        struct str raw = str_cut(&rest, '/'), one;

        /* All are looked at, even those that find no room. */
        if ((e = url_decode(raw, mem, &one)))
            return e;
        if (url->segments < URL_SEGMENTS)
            url->segment[url->segments] = one;
        if (url->segments <= URL_SEGMENTS)
            url->segments++;
    }
    return mem->bad;
}

static enum url_scheme
scheme_find(struct str s)
{
    if (str_eq_nocase(s, STR("gemini")))
        return URL_GEMINI;
    return str_eq_nocase(s, STR("titan")) ? URL_TITAN : URL_OTHER;
}

/* From uriparser's view to ours, and the rules that are Gemini's own. */
static enum err
url_take(const UriUriA *uri, struct arena *mem, struct url *out)
{
    enum err e;

    if (!uri->scheme.first)
        return E_MALFORMED;
    out->scheme = scheme_find(piece(&uri->scheme));
    if (out->scheme == URL_OTHER)
        return E_FOREIGN;
    if (uri->userInfo.first || uri->fragment.first)
        return E_MALFORMED;
    if ((e = host_parse(piece(&uri->hostText), mem, &out->host)) ||
        (e = port_parse(piece(&uri->portText), &out->port)))
        return e;
    out->path = path_join(uri, mem);
    out->has_query = uri->query.first;
    out->query = arena_copy(mem, piece(&uri->query));
    return url_split(out, mem);
}

enum err
url_parse(struct str s, struct arena *mem, struct url *out)
{
    struct str whole;
    struct buf text;
    UriUriA uri;
    int bad;
    enum err e;

    *out = (struct url){.scheme = URL_OTHER};
    buf_init(&text, s.n * 3);
    if ((e = url_escape(s, &text)))
        goto out;
    /* All escapes are looked at before "/%00/.." takes one away. */
    if ((e = url_decode(buf_str(&text), mem, &whole)))
        goto out;
    e = E_MALFORMED;
    if (text.n == 0)
        goto out;
    bad = uriParseSingleUriExA(&uri, text.p, text.p + text.n, NULL);
    if (bad == URI_ERROR_MALLOC)
        e = E_NOMEM;
    if (bad != URI_SUCCESS)
        goto out;
    if (uriNormalizeSyntaxExA(&uri, URI_NORMALIZE_PATH | URI_NORMALIZE_HOST) !=
        URI_SUCCESS)
        e = E_NOMEM;
    else
        e = url_take(&uri, mem, out);
    uriFreeUriMembersA(&uri);
out:
    buf_release(&text);
    return e;
}

/* Schemes that may stand in a user's link, and whether they name a host. No
 * titan: it would open an upload to an address of the poster's choice. */
static const struct {
    const char *name;
    bool has_host;
} linkable[] = {
    {"gemini", true}, {"https", true},   {"http", true},
    {"gopher", true}, {"spartan", true}, {"finger", true},
    {"nex", true},    {"mailto", false}, {"misfin", false},
};

static bool
scheme_fits(struct str scheme, bool has_host)
{
    for (size_t i = 0; i < sizeof(linkable) / sizeof(*linkable); i++) {
        if (str_eq_nocase(scheme, str_of(linkable[i].name)))
            return linkable[i].has_host == has_host;
    }
    return false;
}

bool
url_is_linkable(struct str s, struct str *host)
{
    bool fits;
    UriUriA uri;
    int port;

    *host = (struct str){NULL, 0};
    if (s.n == 0 || s.n > URL_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] <= 0x20 || s.p[i] > 0x7E)
            return false;
    }
    if (uriParseSingleUriExA(&uri, s.p, s.p + s.n, NULL) != URI_SUCCESS)
        return false;
    *host = piece(&uri.hostText);
    fits = scheme_fits(piece(&uri.scheme), uri.hostText.first) &&
           host->n <= HOST_MAX && !uri.userInfo.first &&
           (uri.hostText.first ? host->n > 0 : uri.pathHead != NULL) &&
           port_parse(piece(&uri.portText), &port) == OK;
    uriFreeUriMembersA(&uri);
    if (!fits || host->n == 0)
        *host = (struct str){NULL, 0};
    return fits;
}
