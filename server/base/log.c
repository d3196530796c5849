#include "base/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define LINE_MAX_BYTES 2000

/* The quietest level that is still written. */
static _Atomic int lowest = LOG_INFO;

static const char *const level_names[] = {
    [LOG_DEBUG] = "debug",
    [LOG_INFO] = "info",
    [LOG_WARN] = "warn",
    [LOG_ERROR] = "error",
};

/* A line in the making, on the stack: logging must work when memory does
 * not. What does not fit is cut off; the end of line always fits. */
struct line {
    char p[LINE_MAX_BYTES + 1];
    size_t n;
};

static void line_add(struct line *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
line_add(struct line *l, const char *format, ...)
{
    size_t room = LINE_MAX_BYTES - l->n;
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(l->p + l->n, room, format, args);
    va_end(args);
    if (n > 0)
        l->n += (size_t)n < room ? (size_t)n : room - 1;
}

/* In quotes, and nothing but printable ASCII, so that no text can end its
 * line, forge a field or move the cursor of who reads it. */
static void
line_quote(struct line *l, struct str s)
{
    line_add(l, "\"");
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (LINE_MAX_BYTES - l->n < 8) /* the longest escape and a quote */
            break;
        if (c == '"' || c == '\\')
            line_add(l, "\\%c", c);
        else if (c == '\n')
            line_add(l, "\\n");
        else if (c < 0x20 || c > 0x7e)
            line_add(l, "\\x%02x", (unsigned)c);
        else
            line_add(l, "%c", c);
    }
    line_add(l, "\"");
}

static void
line_add_time(struct line *l)
{
    time_t now = (time_t)clock_now();
    struct tm tm = {.tm_mday = 1};

    if (!gmtime_r(&now, &tm)) /* out of reach; it is shown as 1900 */
        tm = (struct tm){.tm_mday = 1};
    line_add(l, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
             tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void
log_set_level(enum log_level level)
{
    atomic_store(&lowest, (int)level);
}

void
log_write(enum log_level level, const char *event,
          const struct log_field *fields)
{
    struct line l;

    if ((int)level < atomic_load(&lowest))
        return;
    l.n = 0;
    line_add_time(&l);
    line_add(&l, " %s %s", level_names[level], event);
    for (const struct log_field *f = fields; f->key; f++) {
        if (LINE_MAX_BYTES - l.n < 64) /* a key or number is not cut */
            break;
        line_add(&l, " %s=", f->key);
        if (f->text.p)
            line_quote(&l, f->text);
        else
            line_add(&l, "%" PRId64, f->number);
    }
    l.p[l.n++] = '\n';
    /* There is nowhere to say that the log can not be written. */
    if (write(STDERR_FILENO, l.p, l.n) < 0)
        return;
}
