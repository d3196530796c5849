#include "tests/bench/meter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t
read_clock(clockid_t clock)
{
    struct timespec t;

    if (clock_gettime(clock, &t) != 0)
        return -1;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t
meter_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t
meter_cpu(pid_t pid)
{
    clockid_t clock;

    return clock_getcpuclockid(pid, &clock) == 0 ? read_clock(clock) : -1;
}

int64_t
meter_memory(pid_t pid, const char *field)
{
    char path[64], line[256];
    size_t n = strlen(field);
    int64_t kb = -1;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    if ((f = fopen(path, "re")) == NULL)
        return -1;
    while (kb < 0 && fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, field, n) == 0 && line[n] == ':')
            kb = strtoll(line + n + 1, NULL, 10);
    fclose(f);
    return kb;
}

void
times_add(struct times *t, int64_t ns)
{
    if (t->n == t->cap) {
        size_t cap = t->cap == 0 ? 4096 : t->cap * 2;
        int64_t *more = realloc(t->at, cap * sizeof *more);

        if (more == NULL)
            abort();
        t->at = more;
        t->cap = cap;
    }
    t->at[t->n++] = ns;
}

static int
by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

int64_t
times_mille(struct times *t, int mille)
{
    if (t->n == 0)
        return 0;
    qsort(t->at, t->n, sizeof *t->at, by_size);
    return t->at[(t->n - 1) * (size_t)mille / 1000];
}

void
times_release(struct times *t)
{
    free(t->at);
    *t = (struct times){.at = NULL};
}
