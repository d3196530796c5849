/* What the makers of C share: reading, failing with file:line, writing. */
#include <ctype.h>
#include <glob.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "gen/embed/embed.h"

void
fail(const char *path, int line, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", path, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

void
names_add(struct names *n, const char *name, const char *path, int line)
{
    for (int i = 0; i < n->count; i++)
        if (strcmp(n->name[i], name) == 0)
            fail(path, line, "a second '%s'", name);
    if (n->count == NAMES_MAX || !(n->name[n->count++] = strdup(name)))
        fail(path, line, "too many names");
}

void
names_release(struct names *n)
{
    for (int i = 0; i < n->count; i++)
        free(n->name[i]);
    n->count = 0;
}

bool
is_name(const char *s, size_t n, char also)
{
    if (n == 0 || n >= NAME_LENGTH)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!islower((unsigned char)s[i]) && !isdigit((unsigned char)s[i]) &&
            s[i] != also)
            return false;
    return true;
}

/* The whole file, NUL-ended; NULL where it can not be read. */
static char *
file_read(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    struct out out = {0};
    char block[4096];
    size_t got;

    if (!f)
        return NULL;
    out_open(&out);
    while ((got = fread(block, 1, sizeof(block), f)) > 0)
        fwrite(block, 1, got, out.file);
    fclose(f);
    fclose(out.file);
    *n = out.size;
    return out.text;
}

void
source_open(struct source *s, const char *path)
{
    size_t n = 0;

    s->path = path;
    s->text = file_read(path, &n);
    s->at = s->text;
    s->line = 1;
    if (!s->text)
        fail(path, 0, "can not be read");
    if (strlen(s->text) != n)
        fail(path, 0, "holds a NUL byte");
}

void
line_skip(struct source *s)
{
    s->at += strcspn(s->at, "\n");
    if (*s->at) {
        s->at++;
        s->line++;
    }
}

/* Calls each() for every file that fits, in the order of their names. */
void
files_each(const char *pattern, void (*each)(const char *, void *), void *arg)
{
    glob_t g;

    if (glob(pattern, 0, NULL, &g) != 0)
        return;
    for (size_t i = 0; i < g.gl_pathc; i++)
        each(g.gl_pathv[i], arg);
    globfree(&g);
}

void
out_open(struct out *out)
{
    out->file = open_memstream(&out->text, &out->size);
    if (!out->file)
        exit(1);
}

/* Writes the file where it is not the same already. */
void
out_close(struct out *out, const char *dir, const char *name)
{
    char path[4096];
    char *old;
    size_t n = 0;
    FILE *f;

    fclose(out->file);
    if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))
        fail(dir, 0, "too long a path");
    old = file_read(path, &n);
    if (!old || n != out->size || memcmp(old, out->text, n) != 0) {
        f = fopen(path, "wb");
        if (!f || fwrite(out->text, 1, out->size, f) != out->size || fclose(f))
            fail(path, 0, "can not be written");
    }
    free(old);
    free(out->text);
}

void
out_append(struct out *to, struct out *from)
{
    fclose(from->file);
    fwrite(from->text, 1, from->size, to->file);
    free(from->text);
}

/* A C string literal, one piece per line of text. Octal escapes have three
 * digits, so that no digit behind them joins in; '?' is escaped because of
 * trigraphs. */
void
literal(FILE *f, const char *p, size_t n)
{
    fputs("\"", f);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];

        if (c == '\n')
            fputs(i + 1 < n ? "\\n\"\n    \"" : "\\n", f);
        else if (c == '"' || c == '\\' || c == '?')
            fprintf(f, "\\%c", c);
        else if (c < 32 || c > 126)
            fprintf(f, "\\%03o", c);
        else
            fputc(c, f);
    }
    fputs("\"", f);
}
