/* cmocka's assertions know NUL-ended strings; these know struct str. */
#ifndef TESTS_UNIT_ASSERT_STR_H
#define TESTS_UNIT_ASSERT_STR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#define assert_str(got, want) assert_str_at(got, want, __FILE__, __LINE__)

static inline void
assert_str_at(struct str got, struct str want, const char *file, int line)
{
    if (str_eq(got, want))
        return;
    print_error("got  \"%.*s\"\nwant \"%.*s\"\n", (int)got.n, got.p,
                (int)want.n, want.p);
    _fail(file, line);
}

#endif
