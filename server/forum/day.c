#include "forum/day.h"

#include "base/clock.h"

bool
day_is_over(int64_t day, int64_t now)
{
    return now >= day + DAY;
}

enum err
day_read(struct str typed, int64_t now, int64_t *day)
{
    struct str s = str_trim(typed);
    int64_t today = now - now % DAY, n;

    if (s.n == 0)
        return E_EMPTY;
    if (str_eq(s, STR("."))) {
        *day = 0;
        return OK;
    }
    if (str_to_int(s, &n)) {
        if (n > DAYS_MAX)
            return E_UNUSABLE;
        *day = today + n * DAY;
        return OK;
    }
    if (!clock_day(s, &n))
        return E_UNUSABLE;
    if (day_is_over(n, now))
        return E_PAST;
    if (n > today + DAYS_MAX * DAY)
        return E_UNUSABLE;
    *day = n;
    return OK;
}
