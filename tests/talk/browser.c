#include "tests/talk/browser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define HOST "localhost"

__attribute__((format(printf, 2, 3))) static bool
wrong(struct browser *b, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(b->why, sizeof b->why, format, ap);
    va_end(ap);
    return false;
}

void
browser_release(struct browser *b)
{
    answer_release(&b->last);
    client_close(&b->begun);
    person_release(&b->person);
}

/* What holds for every gemtext page, whoever asks (gemtext.md section 2). */
static bool
page_is_sound(struct browser *b)
{
    const char *p = b->last.body;
    bool is_pre = false, is_first = true;

    if (!text_is_valid((struct str){p, b->last.n}))
        return wrong(b, "%s: not valid UTF-8", b->path);
    for (; *p != '\0'; is_first = false) {
        size_t n = strcspn(p, "\n");

        for (size_t i = 0; i < n; i++)
            if ((unsigned char)p[i] < 0x20 && p[i] != '\t')
                return wrong(b, "%s: a control character", b->path);
        if (n > 2000)
            return wrong(b, "%s: a line of %zu bytes", b->path, n);
        if (is_first && strncmp(p, "# ", 2) != 0)
            return wrong(b, "%s: no heading in the first line", b->path);
        if (strncmp(p, "```", 3) == 0)
            is_pre = !is_pre;
        else if (!is_pre && !is_first && p[0] == '#' && p[1] != '#')
            return wrong(b, "%s: a second heading: %.*s", b->path, (int)n, p);
        p += n;
        p += *p == '\n';
    }
    return is_pre ? wrong(b, "%s: a fence stays open", b->path) : true;
}

static bool
ask(struct browser *b, const char *bytes, size_t n)
{
    struct call call = {.port = b->port, .sni = HOST, .bytes = bytes, .n = n};
    const char *bad;

    answer_release(&b->last);
    b->requests++;
    bad = client_call(&b->person, &call, &b->last);
    if (bad != NULL)
        return wrong(b, "%s: %s", b->path, bad);
    if (b->last.status == 44 &&
        (b->last.meta[0] == '0' ||
         b->last.meta[strspn(b->last.meta, "0123456789")] != '\0'))
        return wrong(b, "%s: 44 wants a bare number: %s", b->path,
                     b->last.meta);
    if (b->last.status == 20 && strncmp(b->last.meta, "text/gemini; ", 13) == 0)
        return page_is_sound(b);
    return true;
}

bool
browser_send(struct browser *b, const char *bytes, size_t n)
{
    snprintf(b->path, sizeof b->path, "(raw)");
    return ask(b, bytes, n);
}

bool
browser_get(struct browser *b, const char *path)
{
    char line[4096];
    int n = snprintf(line, sizeof line, "gemini://" HOST "%s\r\n", path);

    snprintf(b->path, sizeof b->path, "%s", path);
    return ask(b, line, (size_t)n);
}

/* Where a redirect or link leads on this host; NULL: elsewhere. */
static const char *
local_path(const char *url)
{
    const char *schemes[] = {"gemini://" HOST, "titan://" HOST};

    if (url[0] == '/' && url[1] != '/')
        return url;
    for (size_t i = 0; i < 2; i++)
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
            return strchr(url + strlen(schemes[i]), '/');
    return NULL;
}

static bool
type(struct browser *b, const char *text)
{
    struct buf url;
    char path[2048];

    buf_init(&url, sizeof path - 1);
    buf_add(&url, str_of(b->path));
    buf_add_char(&url, '?');
    buf_add_percent(&url, str_of(text));
    memcpy(path, url.p, url.n);
    path[url.n] = '\0';
    buf_release(&url);
    return browser_get(b, path);
}

bool
browser_walk(struct browser *b, const char *path, char *const *text, int texts)
{
    int hops = 0;

    if (!browser_get(b, path))
        return false;
    for (;;) {
        char to[1100];
        const char *local;

        if (b->last.status / 10 == 1 && strchr(b->path, '?') != NULL)
            return wrong(b, "%s: prompts at a URL with a query", b->path);
        if (b->last.status / 10 == 1 && texts > 0) {
            texts--;
            hops = 0;
            if (!type(b, *text++))
                return false;
            continue;
        }
        if (b->last.status / 10 != 3)
            return texts == 0 || b->last.status / 10 != 2
                       ? true
                       : wrong(b, "%s: nothing asks for \"%s\"", b->path,
                               *text);
        if (++hops > 5)
            return wrong(b, "%s: more than five redirects", b->path);
        snprintf(to, sizeof to, "%s", b->last.meta);
        if ((local = local_path(to)) == NULL)
            return wrong(b, "%s: leads away to %s", b->path, to);
        if (!browser_get(b, local))
            return false;
    }
}

bool
browser_begin(struct browser *b, const char *bytes, size_t n)
{
    struct call call = {.port = b->port, .sni = HOST};
    const char *why;
    size_t sent;

    client_close(&b->begun);
    why = client_open(&b->person, &call, &b->begun);
    if (why == NULL && SSL_write_ex(b->begun.ssl, bytes, n, &sent) != 1)
        why = "nothing could be sent";
    return why == NULL ? true : wrong(b, "%s", why);
}

bool
browser_upload(struct browser *b, const char *path, const char *text, size_t n,
               const char *mime)
{
    struct buf bytes;
    bool is_fine;
    char to[1100];

    buf_init(&bytes, 4 << 20);
    buf_fmt(&bytes, "titan://" HOST "%s;mime=%s;size=%zu\r\n", path, mime, n);
    buf_add(&bytes, (struct str){text, n});
    snprintf(b->path, sizeof b->path, "titan %s", path);
    is_fine = ask(b, bytes.p, bytes.n);
    buf_release(&bytes);
    if (!is_fine || b->last.status / 10 != 3)
        return is_fine;
    if (strncmp(b->last.meta, "gemini://", 9) != 0)
        return wrong(b, "%s: a redirect after Titan must be absolute: %s",
                     b->path, b->last.meta);
    snprintf(to, sizeof to, "%s", b->last.meta);
    return browser_walk(b, local_path(to), NULL, 0);
}

bool
browser_edit(struct browser *b, const char *path)
{
    char line[4096];
    int n = snprintf(line, sizeof line, "titan://" HOST "%s;edit\r\n", path);

    snprintf(b->path, sizeof b->path, "titan %s;edit", path);
    return ask(b, line, (size_t)n);
}

bool
browser_link(const struct browser *b, const char *label, bool by_path,
             char *out, size_t size)
{
    const char *p = b->last.body;

    for (; p != NULL && *p != '\0'; p = strchr(p, '\n'), p += p != NULL) {
        const char *url, *name, *local;
        size_t url_n;

        if (strncmp(p, "=> ", 3) != 0)
            continue;
        url = p + 3;
        url_n = strcspn(url, " \n");
        name = url + url_n + (url[url_n] == ' ');
        if (by_path ? memmem(url, url_n, label, strlen(label)) == NULL
                    : strncmp(name, label, strlen(label)) != 0)
            continue;
        snprintf(out, size, "%.*s", (int)url_n, url);
        if ((local = local_path(out)) != NULL)
            memmove(out, local, strlen(local) + 1);
        out[strcspn(out, ";")] = '\0';
        return true;
    }
    return false;
}

bool
browser_has_line(const struct browser *b, const char *line)
{
    const char *p = b->last.body;
    size_t n = strlen(line);

    for (; p != NULL && *p != '\0'; p = strchr(p, '\n'), p += p != NULL)
        if (strncmp(p, line, n) == 0 && (p[n] == '\n' || p[n] == '\0'))
            return true;
    return false;
}
