/*
 * Texts: content/ becomes texts.h and texts.c. A file of pages/, help/
 * or handbook/ is one text; words/X.txt holds one per line, as "key: text".
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gen/embed/embed.h"

/* One family of texts: its enum, its table, and the literals of the table. */
struct texts_out {
    const char *prefix;                    /* FRAME, HELP, WORD */
    struct out ids, rows, literals, table; /* table: of an X macro */
    struct names seen;
};

static void
text_add(struct texts_out *o, const char *path, int line, const char *name,
         size_t name_n, const char *text, size_t text_n)
{
    char id[NAME_LENGTH];

    if (!is_name(name, name_n, '-'))
        fail(path, line, "a name is made of a-z, 0-9 and '-', at most %d",
             NAME_LENGTH - 1);
    for (size_t i = 0; i <= name_n; i++)
        id[i] = i == name_n ? '\0' : name[i] == '-' ? '_' : name[i];
    names_add(&o->seen, id, path, line);
    fprintf(o->ids.file, "    %s_%s,\n", o->prefix, id);
    fprintf(o->table.file, " \\\n    X(%s)", id);
    fprintf(o->literals.file, "static const char %s_%s_text[] =\n    ",
            o->prefix, id);
    literal(o->literals.file, text, text_n);
    fputs(";\n", o->literals.file);
    fprintf(o->rows.file,
            "    [%s_%s] = {\"%.*s\", \"%s\",\n        {%s_%s_text,"
            " sizeof(%s_%s_text) - 1}},\n",
            o->prefix, id, (int)name_n, name, path + strlen("content/"),
            o->prefix, id, o->prefix, id);
}

/* A whole file is one text, named as the file. */
static void
text_file(const char *path, void *arg)
{
    const char *name = strrchr(path, '/') + 1;
    struct source s;

    source_open(&s, path);
    text_add(arg, path, 1, name, strcspn(name, "."), s.text, strlen(s.text));
    free(s.text);
}

/* Every line "key: text" is one text. */
static void
word_file(const char *path, void *arg)
{
    struct source s;

    source_open(&s, path);
    while (*s.at) {
        size_t n = strcspn(s.at, "\n");
        size_t key = strcspn(s.at, ":\n");
        const char *text = s.at + key + 1;

        while (n > 0 && isspace((unsigned char)s.at[n - 1]))
            n--;
        if (n > 0 && *s.at != '#') {
            if (key >= n || n < key + 2)
                fail(path, s.line, "expected 'key: text'");
            text += strspn(text, " ");
            text_add(arg, path, s.line, s.at, key, text,
                     (size_t)(s.at + n - text));
        }
        line_skip(&s);
    }
    free(s.text);
}

static void
texts_family(struct out *head, struct out *body, const char *prefix,
             const char *lower, const char *pattern,
             void (*each)(const char *, void *))
{
    struct texts_out o = {.prefix = prefix};

    out_open(&o.ids);
    out_open(&o.rows);
    out_open(&o.literals);
    out_open(&o.table);
    files_each(pattern, each, &o);
    fprintf(head->file, "\nenum %s_id {\n", lower);
    out_append(head, &o.ids);
    fprintf(head->file,
            "    %s_COUNT\n};\n\n"
            "extern const struct embedded embedded_%ss[];\n",
            prefix, lower);
    fprintf(head->file, "\n#define %s_TABLE(X)", prefix);
    out_append(head, &o.table);
    fputc('\n', head->file);
    out_append(body, &o.literals);
    fprintf(body->file, "\nconst struct embedded embedded_%ss[] = {\n", lower);
    out_append(body, &o.rows);
    fprintf(body->file, "    [%s_COUNT] = {NULL, NULL, {NULL, 0}}};\n\n",
            prefix);
    names_release(&o.seen);
}

void
texts_make(const char *dir)
{
    struct out head = {0}, body = {0};

    out_open(&head);
    out_open(&body);
    fputs(MADE
          "#ifndef GEN_TEXTS_H\n#define GEN_TEXTS_H\n\n"
          "#include \"base/str.h\"\n\n"
          "struct embedded {\n"
          "    const char *name; /* as in content/: the file, or the key */\n"
          "    const char *file; /* path below content/ */\n"
          "    struct str text;\n"
          "};\n",
          head.file);
    fputs(MADE "#include \"texts.h\"\n\n" OVERLENGTH, body.file);
    texts_family(&head, &body, "FRAME", "frame", "content/pages/*.gmi",
                 text_file);
    texts_family(&head, &body, "HELP", "help", "content/help/*.gmi", text_file);
    texts_family(&head, &body, "GUIDE", "guide", "content/handbook/*.gmi",
                 text_file);
    texts_family(&head, &body, "WORD", "word", "content/words/*.txt",
                 word_file);
    fputs("\n#endif\n", head.file);
    out_close(&head, dir, "texts.h");
    out_close(&body, dir, "texts.c");
}
