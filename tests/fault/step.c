#include "tests/fault/step.h"

#include <dirent.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLD 8 /* failures of a scenario that are told */

static int
entries(const char *path)
{
    DIR *d = opendir(path);
    int n = 0;

    while (d != NULL && readdir(d) != NULL)
        n++;
    if (d != NULL)
        closedir(d);
    return n;
}

int
descriptors_count(void)
{
    return entries("/proc/self/fd");
}

int
threads_count(void)
{
    return entries("/proc/self/task");
}

/* A thread that was joined is listed for a moment longer. */
int
threads_settle(int want)
{
    int n;

    for (int i = 0; (n = threads_count()) != want && i < 500; i++)
        poll(NULL, 0, 2);
    return n;
}

void
step_begin(struct step *s, const char *name)
{
    *s = (struct step){.name = name, .k = 1, .stride = 1, .what = "none"};
    s->descriptors = descriptors_count();
    s->threads = threads_count();
}

void
step_size(struct step *s, int64_t calls, int most)
{
    const char *how = getenv("FAULT");
    long only = how != NULL ? strtol(how, NULL, 10) : 0;

    if (only > 0) {
        s->k = only;
        s->stride = INT32_MAX;
    } else if (calls > most && (how == NULL || strcmp(how, "all") != 0)) {
        s->stride = calls / most + 1;
    }
}

bool
step_next(struct step *s, bool has_struck)
{
    if (!has_struck)
        return false;
    s->tried++;
    s->k += s->stride;
    return true;
}

void
step_wrong(struct step *s, const char *format, ...)
{
    va_list args;

    if (s->wrong++ >= TOLD)
        return;
    printf("# %s, k %" PRId64 " (%s): ", s->name, s->k, s->what);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

int
step_end(struct step *s)
{
    int open = descriptors_count(), threads = threads_settle(s->threads);

    if (open != s->descriptors)
        step_wrong(s, "%d descriptors, %d before", open, s->descriptors);
    if (threads != s->threads)
        step_wrong(s, "%d threads, %d before", threads, s->threads);
    printf("%s - %s", s->wrong > 0 ? "not ok" : "ok", s->name);
    if (s->tried > 0)
        printf(": %" PRId64 " of %" PRId64 " calls failed in turn", s->tried,
               s->k - 1);
    putchar('\n');
    return s->wrong > 0;
}
