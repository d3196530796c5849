/*
 * An answer to whoever runs the server: a line for each thing, or one JSON
 * object for a script (RFC 8259).
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdio.h>

#include "base/str.h"

struct report {
    FILE *out;
    bool is_json;
    int fields;
};

void report_begin(struct report *r, FILE *out, bool is_json);
/* key: for scripts, in lower case with '_'. label: for people. */
void report_text(struct report *r, const char *key, const char *label,
                 struct str value);
/* unit stands behind the number for people; "" where it needs none. */
void report_number(struct report *r, const char *key, const char *label,
                   int64_t value, const char *unit);
void report_truth(struct report *r, const char *key, const char *label,
                  bool value);
void report_end(struct report *r);

#endif
