/*
 * Statements: server/forum/X.sql becomes sql.h and sql.c, server/forum/schema
 * becomes schema.c.
 *
 * A statement in a .sql file is a header and a text that ends with ';':
 *
 *     -- thread_list(community int, before int): newest first, one page
 *     SELECT id, title FROM thread WHERE community = :community ...;
 *
 * "name!(...)" marks a statement that is run to its end for its effect.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gen/embed/embed.h"

enum { ARGS_MAX = 24 };

struct arg {
    char name[NAME_LENGTH];
    char type; /* i, t or b */
    bool is_used;
};

struct statement {
    char name[NAME_LENGTH];
    bool is_change;
    int line;
    int args;
    struct arg arg[ARGS_MAX];
};

/* Reads a name made of a-z, 0-9 and '_'; false where there is none. */
static bool
take_name(const char **p, char out[NAME_LENGTH])
{
    size_t n = 0;

    while (**p == ' ')
        (*p)++;
    while (islower((unsigned char)(*p)[n]) || isdigit((unsigned char)(*p)[n]) ||
           (*p)[n] == '_')
        n++;
    if (!is_name(*p, n, '_'))
        return false;
    memcpy(out, *p, n);
    out[n] = '\0';
    *p += n;
    return true;
}

static struct arg *
arg_find(struct statement *st, const char *name)
{
    for (int i = 0; i < st->args; i++)
        if (strcmp(st->arg[i].name, name) == 0)
            return &st->arg[i];
    return NULL;
}

static void
arg_parse(const struct source *s, struct statement *st, const char **p)
{
    struct arg a = {.name = ""};
    char type[NAME_LENGTH];

    if (st->args == ARGS_MAX)
        fail(s->path, st->line, "more than %d arguments", ARGS_MAX);
    if (!take_name(p, a.name) || !take_name(p, type))
        fail(s->path, st->line, "an argument is 'name type'");
    if (strcmp(type, "int") != 0 && strcmp(type, "text") != 0 &&
        strcmp(type, "blob") != 0)
        fail(s->path, st->line, "'%s' is none of int, text, blob", type);
    if (strcmp(a.name, "db") == 0 || strcmp(a.name, "r") == 0 ||
        arg_find(st, a.name))
        fail(s->path, st->line, "'%s' can not be used here", a.name);
    a.type = type[0];
    st->arg[st->args++] = a;
    while (**p == ' ')
        (*p)++;
}

/* A header looks like "name(" or "name!("; every other comment is only one. */
static bool
header_starts(const char *p)
{
    char name[NAME_LENGTH];

    if (!take_name(&p, name))
        return false;
    return *p == '(' || (p[0] == '!' && p[1] == '(');
}

static void
header_parse(const struct source *s, struct statement *st, const char *p)
{
    (void)take_name(&p, st->name); /* header_starts() saw that it is there */
    st->is_change = *p == '!';
    p += st->is_change ? 2 : 1;
    while (*p == ' ')
        p++;
    while (*p != ')') {
        arg_parse(s, st, &p);
        if (*p != ',' && *p != ')')
            fail(s->path, st->line, "expected ',' or ')' after an argument");
        p += *p == ',';
    }
    if (p[1] != ':' || p[2 + strspn(p + 2, " ")] == '\0')
        fail(s->path, st->line, "expected '): a sentence'");
}

/* The comment lines of a header, joined by blanks. */
static void
header_take(struct source *s, struct statement *st)
{
    struct out joined = {0};

    out_open(&joined);
    st->line = s->line;
    while (strncmp(s->at, "--", 2) == 0) {
        fprintf(joined.file, "%.*s ", (int)strcspn(s->at + 2, "\n"), s->at + 2);
        line_skip(s);
    }
    fclose(joined.file);
    header_parse(s, st, joined.text);
    free(joined.text);
}

/* ":name" becomes "?N"; a doubled colon is none of SQLite's. */
static void
parameter_take(struct source *s, struct statement *st, FILE *text)
{
    char name[NAME_LENGTH];
    struct arg *a;

    s->at++;
    if (!take_name(&s->at, name))
        fail(s->path, s->line, "':' without a name");
    a = arg_find(st, name);
    if (!a)
        fail(s->path, s->line, "':%s' is not in the header of '%s'", name,
             st->name);
    a->is_used = true;
    fprintf(text, "?%d", (int)(a - st->arg) + 1);
}

static void
quote_take(struct source *s, FILE *text)
{
    char quote = *s->at;
    int line = s->line;

    do {
        s->line += *s->at == '\n';
        fputc(*s->at++, text);
    } while (*s->at && *s->at != quote);
    if (!*s->at)
        fail(s->path, line, "a quote that never ends");
    fputc(*s->at++, text);
}

/* The text up to its ';', without comments. */
static void
body_take(struct source *s, struct statement *st, FILE *text)
{
    while (*s->at && *s->at != ';') {
        if (*s->at == '\'' || *s->at == '"') {
            quote_take(s, text);
        } else if (*s->at == ':') {
            parameter_take(s, st, text);
        } else if (strncmp(s->at, "--", 2) == 0) {
            s->at += strcspn(s->at, "\n");
        } else {
            s->line += *s->at == '\n';
            fputc(*s->at++, text);
        }
    }
    if (!*s->at)
        fail(s->path, st->line, "'%s' does not end with ';'", st->name);
    s->at++;
    for (int i = 0; i < st->args; i++)
        if (!st->arg[i].is_used)
            fail(s->path, st->line, "'%s' never uses ':%s'", st->name,
                 st->arg[i].name);
}

static void
binder_head(FILE *f, const struct statement *st, char space)
{
    fprintf(f, "%s%c%c_%s(struct db *db",
            st->is_change ? "enum err" : "struct rows", space,
            st->is_change ? 'x' : 'q', st->name);
    for (int i = 0; i < st->args; i++)
        fprintf(f, ", %s %s", st->arg[i].type == 'i' ? "int64_t" : "struct str",
                st->arg[i].name);
    fputc(')', f);
}

static void
binder_body(FILE *f, const struct statement *st)
{
    static const char *const type[] = {
        ['i'] = "int", ['t'] = "text", ['b'] = "blob"};

    fprintf(f, "\n{\n    struct rows r = rows_start(db, SQL_%s);\n\n",
            st->name);
    for (int i = 0; i < st->args; i++)
        fprintf(f, "    rows_bind_%s(&r, %d, %s);\n",
                type[(unsigned char)st->arg[i].type], i + 1, st->arg[i].name);
    fprintf(f, "    return %s;\n}\n", st->is_change ? "rows_run(&r)" : "r");
}

/* The four places that grow by one entry per statement. */
struct sql_out {
    struct out ids, heads, texts, names, bodies;
    struct names seen;
};

static void
statement_take(struct source *s, struct sql_out *o)
{
    struct statement st = {.name = ""};
    struct out text = {0};

    header_take(s, &st);
    names_add(&o->seen, st.name, s->path, st.line);
    out_open(&text);
    body_take(s, &st, text.file);
    fclose(text.file);

    fprintf(o->ids.file, "    SQL_%s,\n", st.name);
    binder_head(o->heads.file, &st, ' ');
    fputs(";\n", o->heads.file);
    /* In parentheses, since compilers suspect a forgotten comma between the
     * lines of a text. */
    fprintf(o->texts.file, "    [SQL_%s] = (", st.name);
    literal(o->texts.file, text.text, text.size);
    fputs("),\n", o->texts.file);
    fprintf(o->names.file, "    [SQL_%s] = \"%s\",\n", st.name, st.name);
    fputc('\n', o->bodies.file);
    binder_head(o->bodies.file, &st, '\n');
    binder_body(o->bodies.file, &st);
    free(text.text);
}

static void
sql_file(const char *path, void *arg)
{
    struct source s;

    source_open(&s, path);
    while (*s.at) {
        if (*s.at == '\n' || *s.at == ' ')
            s.line += *s.at++ == '\n';
        else if (strncmp(s.at, "--", 2) != 0)
            fail(path, s.line, "a statement without '-- name(...): ...'");
        else if (header_starts(s.at + 2))
            statement_take(&s, arg);
        else
            line_skip(&s);
    }
    free(s.text);
}

void
sql_make(const char *dir)
{
    const char *from = "server/forum/*.sql";
    struct out head = {0}, body = {0};
    struct sql_out o = {0};

    out_open(&head);
    out_open(&body);
    out_open(&o.ids);
    out_open(&o.heads);
    out_open(&o.texts);
    out_open(&o.names);
    out_open(&o.bodies);
    files_each(from, sql_file, &o);
    fputs(MADE
          "#ifndef GEN_SQL_H\n#define GEN_SQL_H\n\n#include \"store/db.h\"\n\n"
          "enum sql_id {\n",
          head.file);
    out_append(&head, &o.ids);
    fputs("    SQL_COUNT\n};\n\nextern const struct statements sql_statements;"
          "\nextern const char *const schema_steps[];\n"
          "extern const int schema_count;\n\n",
          head.file);
    out_append(&head, &o.heads);
    fputs("\n#endif\n", head.file);
    out_close(&head, dir, "sql.h");

    fputs(MADE "#include \"sql.h\"\n\n" OVERLENGTH, body.file);
    fputs("static const char *const texts[] = {\n", body.file);
    out_append(&body, &o.texts);
    fputs("    NULL};\n\nstatic const char *const names[] = {\n", body.file);
    out_append(&body, &o.names);
    fputs("    NULL};\n\nconst struct statements sql_statements = {\n"
          "    .text = texts, .name = names, .count = SQL_COUNT};\n",
          body.file);
    out_append(&body, &o.bodies);
    out_close(&body, dir, "sql.c");
    names_release(&o.seen);
}

struct schema_out {
    struct out out;
    int count;
};

static void
schema_file(const char *path, void *arg)
{
    struct schema_out *o = arg;
    struct source s;
    char expected[32];

    (void)snprintf(expected, sizeof(expected), "/%04d.sql", ++o->count);
    if (!strstr(path, expected))
        fail(path, 0, "the next step must be called %s", expected + 1);
    source_open(&s, path);
    fputs("    (", o->out.file);
    literal(o->out.file, s.text, strlen(s.text));
    fputs("),\n", o->out.file);
    free(s.text);
}

void
schema_make(const char *dir)
{
    const char *from = "server/forum/schema/[0-9]*.sql";
    struct schema_out o = {0};

    out_open(&o.out);
    fputs(MADE "#include \"sql.h\"\n\n" OVERLENGTH, o.out.file);
    fputs("const char *const schema_steps[] = {\n", o.out.file);
    files_each(from, schema_file, &o);
    fprintf(o.out.file, "    NULL};\n\nconst int schema_count = %d;\n",
            o.count);
    out_close(&o.out, dir, "schema.c");
}
