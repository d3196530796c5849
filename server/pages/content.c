#include "pages/content.h"

#include <dirent.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "pages/frame.h"

#define CONTENT_MAX ((size_t)16 << 20) /* bytes of all texts, taken apart */
#define FILE_MAX ((size_t)1 << 20)     /* bytes of one file */

struct content {
    atomic_int holders;
    struct arena mem;
    struct frame frame[FRAME_COUNT + 1]; /* + 1: there may be none */
    struct frame help[HELP_COUNT + 1];
    struct frame guide[GUIDE_COUNT + 1];
    struct lit word[WORD_COUNT + 1];
};

#define HOLES_ROW(frame) [FRAME_##frame] = holes_##frame,
static const struct hole *const holes_own[FRAME_COUNT + 1] = {
    FRAME_TABLE(HOLES_ROW)};
#undef HOLES_ROW

static enum err
complain(const char *file, int line, const char *what)
{
    char where[300];

    (void)snprintf(where, sizeof(where), "%s:%d", file, line);
    log_event(LOG_ERROR, "content", LOG_Z("where", where),
              LOG_Z("wrong", what));
    return E_UNUSABLE;
}

/* Editors of some systems end their lines with CR LF. */
static size_t
crlf_to_lf(char *p, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (p[i] != '\r' || i + 1 == n || p[i + 1] != '\n')
            p[kept++] = p[i];
    return kept;
}

/* What no page may hold, whoever wrote it. */
static enum err
lines_check(const char *path, struct str text)
{
    enum err first = OK;

    for (int number = 1; text.n > 0; number++) {
        struct str line = str_cut(&text, '\n');

        if (line.n > GMI_LINE_MAX)
            first = complain(path, number, "a line longer than 1900 bytes");
        for (int32_t c; (c = text_next(&line)) >= 0;)
            if (text_kind(c) != TEXT_SHOWN)
                first = complain(path, number, "a control character");
    }
    return first;
}

/* The whole file; E_NOT_FOUND where there is none. */
static enum err
file_read(struct arena *mem, const char *path, struct str *out)
{
    FILE *f = fopen(path, "rb");
    char *p;

    if (!f && (errno == ENOENT || errno == ENOTDIR))
        return E_NOT_FOUND;
    if (!f)
        return complain(path, 1, strerror(errno));
    p = arena_alloc(mem, FILE_MAX);
    out->p = p;
    out->n = p ? fread(p, 1, FILE_MAX, f) : 0;
    (void)fclose(f); /* read only: nothing can be lost */
    if (!p)
        return E_NOMEM;
    if (out->n == FILE_MAX)
        return complain(path, 1, "larger than a text should be");
    if (!text_is_valid(*out))
        return complain(path, 1, "not valid UTF-8");
    out->n = crlf_to_lf(p, out->n);
    *out = arena_copy(mem, *out);
    return mem->bad ? mem->bad : lines_check(path, *out);
}

/* Reads the operator's file into content's memory, where there is one. */
static enum err
override_read(struct content *c, struct str directory, const char *file,
              struct str *path, struct str *text)
{
    struct arena scratch;
    struct str found = {NULL, 0};
    enum err e;

    if (directory.n == 0)
        return OK;
    *path = arena_fmt(&c->mem, "%.*s/%s", (int)directory.n, directory.p, file);
    if (c->mem.bad)
        return c->mem.bad;
    arena_init(&scratch, 3 * FILE_MAX);
    e = file_read(&scratch, path->p, &found);
    if (!e)
        *text = arena_copy(&c->mem, found);
    arena_release(&scratch);
    return e == E_NOT_FOUND ? OK : e ? e : c->mem.bad;
}

static enum err
frame_load(struct content *c, struct str directory, const struct embedded *text,
           const struct hole *own, struct frame *out)
{
    struct str path = str_of(text->file), words = text->text;
    enum err e = override_read(c, directory, text->file, &path, &words);

    return e ? e : frame_parse(words, path, own, &c->mem, out);
}

/* Texts that have the shared holes alone. */
static enum err
texts_load(struct content *c, struct str directory,
           const struct embedded *texts, int count, struct frame *out)
{
    enum err first = OK;

    for (int i = 0; i < count; i++) {
        enum err e = frame_load(c, directory, &texts[i], NULL, &out[i]);

        first = first ? first : e;
    }
    return first;
}

static enum err
frames_load(struct content *c, struct str directory)
{
    enum err first = OK, e;

    for (int i = 0; i < FRAME_COUNT; i++) {
        e = frame_load(c, directory, &embedded_frames[i], holes_own[i],
                       &c->frame[i]);
        first = first ? first : e;
    }
    e = texts_load(c, directory, embedded_helps, HELP_COUNT, c->help);
    first = first ? first : e;
    e = texts_load(c, directory, embedded_guides, GUIDE_COUNT, c->guide);
    return first ? first : e;
}

static int
word_find(struct str key)
{
    int i = 0;

    while (i < WORD_COUNT && !str_eq(str_of(embedded_words[i].name), key))
        i++;
    return i;
}

/* One line of the operator's words: nothing, a remark, or "key: text". */
static enum err
word_parse(struct content *c, const char *file, int number, struct str line)
{
    struct str text = str_trim(line), key;
    int id;

    if (text.n == 0 || text.p[0] == '#')
        return OK;
    key = str_trim(str_cut(&text, ':'));
    text = str_trim(text);
    id = word_find(key);
    if (id == WORD_COUNT)
        return complain(file, number, "there is no such word");
    if (text.n == 0)
        return complain(file, number, "expected 'key: text'");
    c->word[id].s = text;
    return OK;
}

static enum err
words_override(struct content *c, struct str directory, const char *file)
{
    struct str path = {NULL, 0}, rest = {NULL, 0};
    enum err e = override_read(c, directory, file, &path, &rest), first = e;

    for (int number = 1; !e && rest.n > 0; number++) {
        struct str line = str_cut(&rest, '\n');
        enum err bad = word_parse(c, path.p, number, line);

        first = first ? first : bad;
    }
    return first;
}

static enum err
word_check(const char *prefix, enum err e)
{
    char key[48];

    (void)snprintf(key, sizeof(key), "%s-%s", prefix, err_name(e));
    return content_find_word(key) == WORD_COUNT
               ? complain(key, 0, "this word is missing")
               : OK;
}

/* Every failure has a sentence; what can be mended has a prompt's opening. */
static enum err
words_check(void)
{
    enum err first = OK;

    for (int i = OK + 1; i < ERR_COUNT; i++) {
        enum err e = (enum err)i, bad = word_check("error", e);

        if (!bad && err_status(e) == 10)
            bad = word_check("why", e);
        first = first ? first : bad;
    }
    return first;
}

static enum err
words_load(struct content *c, struct str directory)
{
    enum err first = words_check();
    const char *file = "";

    for (int i = 0; i < WORD_COUNT; i++)
        c->word[i].s = embedded_words[i].text;
    for (int i = 0; i < WORD_COUNT; i++) {
        if (strcmp(file, embedded_words[i].file) != 0) {
            enum err e;

            file = embedded_words[i].file;
            e = words_override(c, directory, file);
            first = first ? first : e;
        }
    }
    return first;
}

static bool
file_is_in(const struct embedded *texts, int count, const char *file)
{
    for (int i = 0; i < count; i++)
        if (strcmp(texts[i].file, file) == 0)
            return true;
    return false;
}

static bool
file_is_known(const char *file)
{
    return file_is_in(embedded_frames, FRAME_COUNT, file) ||
           file_is_in(embedded_helps, HELP_COUNT, file) ||
           file_is_in(embedded_guides, GUIDE_COUNT, file) ||
           file_is_in(embedded_words, WORD_COUNT, file);
}

/* A file that overrides nothing was meant for something: say so. */
static enum err
directory_check(struct content *c, struct str directory, const char *part)
{
    struct str path =
        arena_fmt(&c->mem, "%.*s/%s", (int)directory.n, directory.p, part);
    struct dirent *entry;
    enum err first = OK;
    DIR *d;

    if (c->mem.bad)
        return c->mem.bad;
    d = opendir(path.p);
    while (d && (entry = readdir(d))) {
        char file[300];
        struct str name = str_of(entry->d_name);

        if (!str_has_suffix(name, STR(".gmi")) &&
            !str_has_suffix(name, STR(".txt")))
            continue;
        (void)snprintf(file, sizeof(file), "%s/%s", part, entry->d_name);
        if (!file_is_known(file))
            first = complain(file, 1, "no text of that name is used");
    }
    if (d)
        (void)closedir(d); /* was only read */
    return first;
}

static enum err
content_read(struct content *c, struct str directory)
{
    enum err e = words_load(c, directory), next = frames_load(c, directory);

    e = e ? e : next;
    if (directory.n > 0) {
        static const char *const part[] = {"pages", "help", "handbook",
                                           "words"};

        for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
            next = directory_check(c, directory, part[i]);
            e = e ? e : next;
        }
    }
    return e;
}

enum err
content_load(struct str directory, struct content **out)
{
    struct content *c = calloc(1, sizeof(*c));
    enum err e;

    *out = NULL;
    if (!c)
        return E_NOMEM;
    atomic_init(&c->holders, 1);
    arena_init(&c->mem, CONTENT_MAX);
    e = content_read(c, directory);
    if (e)
        content_release(c);
    else
        *out = c;
    return e;
}

struct content *
content_hold(struct content *c)
{
    atomic_fetch_add(&c->holders, 1);
    return c;
}

void
content_release(struct content *c)
{
    if (!c || atomic_fetch_sub(&c->holders, 1) > 1)
        return;
    arena_release(&c->mem);
    free(c);
}

struct lit
content_word(const struct content *c, enum word_id id)
{
    return id < WORD_COUNT ? c->word[id] : LIT("");
}

enum word_id
content_find_word(const char *key)
{
    return (enum word_id)word_find(str_of(key));
}

void
content_fill(const struct content *c, enum frame_id frame, struct gmi *g,
             const void *view)
{
    frame_fill(&c->frame[frame], g, view);
}

static enum err
text_fill(const struct embedded *texts, int count, const struct frame *frames,
          struct str name, struct gmi *g, const void *view)
{
    for (int i = 0; i < count; i++) {
        if (str_eq(str_of(texts[i].name), name)) {
            frame_fill(&frames[i], g, view);
            return OK;
        }
    }
    return E_NOT_FOUND;
}

enum err
content_help(const struct content *c, struct str name, struct gmi *g,
             const void *view)
{
    return text_fill(embedded_helps, HELP_COUNT, c->help, name, g, view);
}

enum err
content_guide(const struct content *c, struct str name, struct gmi *g,
              const void *view)
{
    return text_fill(embedded_guides, GUIDE_COUNT, c->guide, name, g, view);
}

struct lit
content_help_title(const struct content *c, enum help_id id)
{
    return c->help[id].title;
}
