/* What the visitors of a load ask for. */
#include "tests/bench/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
give_up(const char *what)
{
    fprintf(stderr, "load: %s\n", what);
    exit(2);
}

static void
line_add(struct load *l, const char *path)
{
    size_t n = (size_t)l->lines + 1;

    l->line = realloc(l->line, n * sizeof *l->line);
    l->size = realloc(l->size, n * sizeof *l->size);
    if (l->line == NULL || l->size == NULL ||
        (l->line[l->lines] = strdup(path)) == NULL)
        give_up("no memory");
    l->size[l->lines++] = SIZE_MAX;
}

void
load_lines(struct load *l)
{
    char path[1024];
    FILE *f;

    if (l->paths == NULL) {
        line_add(l, l->path);
        return;
    }
    if ((f = fopen(l->paths, "re")) == NULL)
        give_up("paths: no such file");
    while (fgets(path, sizeof path, f) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        line_add(l, path);
    }
    fclose(f);
    if (l->lines == 0)
        give_up("paths: an empty file");
}

/* Each upload is another text: the server takes the same one twice for one. */
static char *
upload_say(const struct load *l, const char *path, size_t *n)
{
    size_t room = strlen(path) + 128 + (size_t)l->upload,
           size = (size_t)l->upload;
    char *say = malloc(room);
    int head, text;

    if (say == NULL)
        give_up("no memory");
    head =
        snprintf(say, room, "titan://localhost%s;mime=text/plain;size=%zu\r\n",
                 path, size);
    memset(say + head, 'u', size);
    for (size_t i = 63; i < size; i += 64)
        say[(size_t)head + i] = '\n';
    text = snprintf(say + head, size, "%d.%d.%lld", l->pid, l->begun,
                    (long long)meter_now());
    say[head + text] = ' ';
    *n = (size_t)head + size;
    return say;
}

char *
load_say(struct load *l, size_t *n, int *which)
{
    const char *path;
    size_t room;
    char *say;

    *which = l->next++ % l->lines;
    path = l->line[*which];
    if (l->upload > 0)
        return upload_say(l, path, n);
    room = strlen(path) + 32;
    if ((say = malloc(room)) == NULL)
        give_up("no memory");
    *n = (size_t)snprintf(say, room, "gemini://localhost%s\r\n", path);
    return say;
}

void
load_lines_release(struct load *l)
{
    for (int i = 0; i < l->lines; i++)
        free(l->line[i]);
    free(l->line);
    free(l->size);
}
