/* Inside forum/: the day by which something is needed, as people type it. */
#ifndef FORUM_DAY_H
#define FORUM_DAY_H

#include "base/err.h"
#include "base/str.h"

#define DAYS_MAX 3650 /* ahead, at most */

/* "2026-12-31", a number of days from now, or "." for none: the first second
 * of that day in UTC, or 0. E_EMPTY, E_UNUSABLE (no such day, or too far),
 * E_PAST. */
enum err day_read(struct str typed, int64_t now, int64_t *day);
/* Is the day over, in UTC? */
bool day_is_over(int64_t day, int64_t now);

#endif
