/*
 * The pieces of the build step that makes C of SQL and of texts. Whatever goes
 * wrong ends the program with one line, file:line, so nothing here returns a
 * failure.
 */
#ifndef GEN_EMBED_H
#define GEN_EMBED_H

#include <stdbool.h>
#include <stdio.h>

enum { NAME_LENGTH = 64, NAMES_MAX = 4096 };

#define MADE "/* Made by gen/embed; do not edit. */\n"
/* Ahead of a file with texts longer than C promises to take. */
#define OVERLENGTH "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"

/* A file in memory and the place in it; errors name its line. */
struct source {
    const char *path;
    char *text; /* owned, NUL-ended */
    const char *at;
    int line;
};

/* A file to be, in memory. */
struct out {
    FILE *file;
    char *text;
    size_t size;
};

/* The names given so far, so that a second one is refused. */
struct names {
    char *name[NAMES_MAX];
    int count;
};

void fail(const char *path, int line, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));

void names_add(struct names *n, const char *name, const char *path, int line);
void names_release(struct names *n);
/* Made of a-z, 0-9 and also, and not too long. */
bool is_name(const char *s, size_t n, char also);

void source_open(struct source *s, const char *path);
void line_skip(struct source *s);
/* Calls each() for every file that fits, in the order of their names. */
void files_each(const char *pattern, void (*each)(const char *, void *),
                void *arg);

/* out stays where it is until it is closed or appended. */
void out_open(struct out *out);
/* Writes the file where it is not the same already. */
void out_close(struct out *out, const char *dir, const char *name);
void out_append(struct out *to, struct out *from);
/* A C string literal, one piece per line of text. */
void literal(FILE *f, const char *p, size_t n);

void sql_make(const char *dir);
void schema_make(const char *dir);
void texts_make(const char *dir);

#endif
