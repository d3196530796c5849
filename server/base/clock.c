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

/* Of the calendar in UTC; a time that no calendar of four digits reaches is
 * shown as 1900-01-01. */
struct date {
    int year, month, day;
};

/* From the first day of year 1 to the first of that year. */
static int64_t
days_before(int year)
{
    int64_t y = year - 1;

    return y * 365 + y / 4 - y / 100 + y / 400;
}

/* By reckoning: the C library would look after its time zone each time, and
 * every post of a page has a date. */
static struct date
date_of(int64_t at)
{
    static const int before[] = {0,   31,  59,  90,  120, 151,
                                 181, 212, 243, 273, 304, 334};
    struct date d = {1900, 1, 1};
    int64_t first = -days_before(1970) * DAY, day;
    int leap;

    if (at < first || at >= first + days_before(10000) * DAY)
        return d;
    day = (at - first) / DAY;
    d.year = (int)(day / 366) + 1;
    while (days_before(d.year + 1) <= day)
        d.year++;
    day -= days_before(d.year);
    leap = days_before(d.year + 1) - days_before(d.year) == 366;
    d.month = 12;
    while (day < before[d.month - 1] + (d.month > 2 && leap))
        d.month--;
    d.day = (int)day - before[d.month - 1] - (d.month > 2 && leap) + 1;
    return d;
}

static void
digits(char *p, int count, int n)
{
    for (; count > 0; count--, n /= 10)
        p[count - 1] = (char)('0' + n % 10);
}

struct str
clock_minute(struct arena *mem, int64_t at)
{
    struct date d = date_of(at);
    char text[] = "0000-00-00 00:00";
    int minutes = (int)((at % DAY + DAY) % DAY / MINUTE);

    digits(text, 4, d.year);
    digits(text + 5, 2, d.month);
    digits(text + 8, 2, d.day);
    digits(text + 11, 2, minutes / 60);
    digits(text + 14, 2, minutes % 60);
    return arena_copy(mem, str_of(text));
}

struct str
clock_date(struct arena *mem, int64_t at)
{
    struct str s = clock_minute(mem, at);

    return (struct str){s.p, s.n < 10 ? s.n : 10};
}

struct str
clock_stamp(struct arena *mem, int64_t at)
{
    struct str s = clock_minute(mem, at);

    if (s.n < 16)
        return s;
    return arena_fmt(mem, "%.10sT%.5s:%02dZ", s.p, s.p + 11,
                     (int)((at % MINUTE + MINUTE) % MINUTE));
}

int64_t
clock_month(int64_t at)
{
    struct date d = date_of(at);

    return (int64_t)d.year * 12 + d.month;
}

/* Digits alone, as many as s has. */
static bool
number_of(struct str s, int *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return s.n > 0;
}

bool
clock_day(struct str date, int64_t *at)
{
    struct date want, found;
    int64_t day;

    if (date.n != 10 || date.p[4] != '-' || date.p[7] != '-' ||
        !number_of((struct str){date.p, 4}, &want.year) ||
        !number_of((struct str){date.p + 5, 2}, &want.month) ||
        !number_of((struct str){date.p + 8, 2}, &want.day))
        return false;
    if (want.year < 1970 || want.month < 1 || want.month > 12 || want.day < 1 ||
        want.day > 31)
        return false;
    /* Months differ in length, so look for the day near where it must be. */
    day = days_before(want.year) - days_before(1970) + (want.month - 1) * 30 +
          want.day - 1;
    for (int i = -2; i <= 6; i++) {
        found = date_of((day + i) * DAY);
        if (found.year != want.year || found.month != want.month ||
            found.day != want.day)
            continue;
        *at = (day + i) * DAY;
        return true;
    }
    return false;
}
