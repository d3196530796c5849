/* The time, in one place, so that tests can move it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#include "base/arena.h"

#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Seconds since 1970, UTC, plus what tests added. */
int64_t clock_now(void);
/* Milliseconds of a clock that only goes forward; for deadlines. */
int64_t clock_ticks(void);
/* Tests only: moves clock_now() by so many seconds from the real time. */
void clock_shift(int64_t seconds);

/* "2026-03-02" in UTC. */
struct str clock_date(struct arena *mem, int64_t at);
/* "2026-03-02 14:05" in UTC. */
struct str clock_minute(struct arena *mem, int64_t at);
/* The first second of a day written as 2026-03-02, in UTC. False, and *at
 * untouched, where that is no day between 1970 and 9999. */
bool clock_day(struct str date, int64_t *at);
/* "2026-03-02T14:05:09Z", as RFC 3339 writes it. */
struct str clock_stamp(struct arena *mem, int64_t at);
/* Months since year 0: year * 12 + month; the month of a key. */
int64_t clock_month(int64_t at);

#endif
