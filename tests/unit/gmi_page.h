/* A page in the making, and what it should have become. */
#ifndef TESTS_UNIT_GMI_PAGE_H
#define TESTS_UNIT_GMI_PAGE_H

#include <stdlib.h>

#include "assert_str.h"
#include "wire/gmi.h"

struct page {
    struct buf b;
    struct gmi g;
};

static inline struct page *
page_begin(void)
{
    struct page *p = calloc(1, sizeof(*p));

    assert_non_null(p);
    buf_init(&p->b, 1 << 20);
    gmi_init(&p->g, &p->b);
    return p;
}

static inline void
assert_page_at(struct page *p, struct str want, const char *file, int line)
{
    gmi_end(&p->g);
    assert_int_equal(p->b.bad, OK);
    assert_str_at(buf_str(&p->b), want, file, line);
    buf_release(&p->b);
    free(p);
}

#define assert_page(p, want) assert_page_at(p, want, __FILE__, __LINE__)

#endif
