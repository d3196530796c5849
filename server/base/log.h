/*
 * One line per event to stderr: time, level, event, key=value. Values are
 * escaped, so no text can make a line of its own. No names and no addresses
 * of people belong here (product.md section 2).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *key; /* NULL ends the list */
    struct str text; /* p NULL: the number counts */
    int64_t number;
};

#define LOG_STR(k, s) ((struct log_field){.key = (k), .text = (s)})
#define LOG_Z(k, z) ((struct log_field){.key = (k), .text = str_of(z)})
#define LOG_INT(k, n) ((struct log_field){.key = (k), .number = (n)})

/* log_event(LOG_INFO, "started", LOG_INT("port", 1965)); one field at least. */
#define log_event(level, event, ...)                                           \
    log_write(level, event,                                                    \
              (const struct log_field[]){__VA_ARGS__, {.key = NULL}})

/* Quieter events are dropped from now on. Default LOG_INFO. */
void log_set_level(enum log_level level);
void log_write(enum log_level level, const char *event,
               const struct log_field *fields);

#endif
