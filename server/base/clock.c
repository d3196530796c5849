#include "base/clock.h"

#include <stdatomic.h>
#include <time.h>

/* What tests added; the one thing here that can change. */
static _Atomic int64_t shift;

int64_t
clock_now(void)
{
    return (int64_t)time(NULL) + atomic_load(&shift);
}

int64_t
clock_ticks(void)
{
    struct timespec t = {0};

    /* It can not fail for a clock that every system of ours has. */
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
clock_shift(int64_t seconds)
{
    atomic_store(&shift, seconds);
}

static struct tm
broken_down(int64_t at)
{
    time_t t = (time_t)at;
    struct tm tm = {.tm_mday = 1};

    /* A year that does not fit an int is shown as 1900-01-01. */
    if (!gmtime_r(&t, &tm))
        tm = (struct tm){.tm_mday = 1};
    return tm;
}

struct str
clock_date(struct arena *mem, int64_t at)
{
    struct tm tm = broken_down(at);

    return arena_fmt(mem, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
                     tm.tm_mday);
}

struct str
clock_minute(struct arena *mem, int64_t at)
{
    struct tm tm = broken_down(at);

    return arena_fmt(mem, "%04d-%02d-%02d %02d:%02d", tm.tm_year + 1900,
                     tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
}

int64_t
clock_month(int64_t at)
{
    struct tm tm = broken_down(at);

    return (int64_t)(tm.tm_year + 1900) * 12 + tm.tm_mon + 1;
}
