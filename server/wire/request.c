#include "wire/request.h"

#include "base/text.h"

/* An address instead of a name: it holds a ':' or nothing but digits and
 * dots. */
static bool
is_address(struct str host)
{
    if (str_find(host, ':') >= 0)
        return true;
    for (size_t i = 0; i < host.n; i++) {
        if (host.p[i] != '.' && (host.p[i] < '0' || host.p[i] > '9'))
            return false;
    }
    return host.n > 0;
}

/* Which of our names was meant; empty where none was. */
static struct str
host_find(const struct names *names, struct str host)
{
    for (int i = 0; i < names->hosts; i++) {
        if (!str_eq_nocase(names->host[i], host))
            continue;
        return names->host[is_address(host) ? 0 : i];
    }
    return STR("");
}

static bool
port_fits(const struct names *names, int port)
{
    for (int i = 0; i < names->ports; i++) {
        if (names->port[i] == port)
            return true;
    }
    return port == 0;
}

/* A certificate offered under one name does not count for another. */
static bool
sni_fits(struct str sni, struct str host)
{
    if (str_has_suffix(sni, STR(".")))
        sni.n--;
    return sni.n == 0 || str_eq_nocase(sni, host);
}

/* Line breaks of every client as LF; other controls have no place in what a
 * person typed. */
static enum err
input_lines(struct str *input, struct arena *mem)
{
    char *p = arena_alloc(mem, input->n + 1);
    size_t n = 0;

    if (!p)
        return mem->bad;
    for (size_t i = 0; i < input->n; i++) {
        char c = input->p[i];

        if (c == '\r') {
            /* The LF of a CR LF says it already. */
            if (i + 1 < input->n && input->p[i + 1] == '\n')
                continue;
            c = '\n';
        }
        if ((unsigned char)c < 0x20 && c != '\n' && c != '\t')
            return E_MALFORMED;
        p[n++] = c;
    }
    *input = (struct str){p, n};
    return OK;
}

static enum err
input_parse(struct request *rq, struct arena *mem)
{
    struct str query = rq->url.query;
    enum err e;

    rq->has_input = rq->url.has_query;
    /* Elpher and Buran append "?text" to a URL that ends in '?'. */
    if (str_has_prefix(query, STR("?")))
        query = str_skip(query, 1);
    if ((e = url_decode(query, mem, &rq->input)))
        return e;
    return input_lines(&rq->input, mem);
}

enum err
request_parse(struct str line, struct str sni, const struct names *names,
              struct arena *mem, struct request *out)
{
    enum err e;

    *out = (struct request){0};
    if (line.n > URL_MAX)
        return E_URL_TOO_LONG;
    if ((e = url_parse(line, mem, &out->url)))
        return e;
    if (out->url.scheme == URL_TITAN) {
        if ((e = titan_parse(&out->url, mem, &out->titan)))
            return e;
        out->is_upload = !out->titan.is_edit;
    }
    if ((e = input_parse(out, mem)))
        return e;
    out->host = host_find(names, out->url.host);
    if (out->host.n == 0 || !port_fits(names, out->url.port) ||
        !sni_fits(sni, out->url.host))
        return E_FOREIGN;
    return OK;
}
