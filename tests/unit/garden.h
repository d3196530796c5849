/* A small town for tests of communities: two people, and a garden. */
#ifndef TESTS_GARDEN_H
#define TESTS_GARDEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "forum/community.h"
#include "tests/unit/forum_fixture.h"

/* Two people, and a community that the first of them started. */
struct town {
    struct fixture *f;
    int64_t amina, josef, garden;
};

static inline struct town
town(void **state)
{
    struct town t = {.f = *state};

    t.amina = fixture_member(t.f, 1, "Amina");
    t.josef = fixture_member(t.f, 2, "Josef");
    t.garden = fixture_community(t.f, t.amina, "The Garden");
    return t;
}

static inline struct community
look(const struct town *t, int64_t viewer)
{
    struct community c;

    assert_int_equal(
        community_by_id(t->f->db, t->garden, viewer, &t->f->mem, &c), OK);
    return c;
}

static inline void
close_it(const struct town *t)
{
    assert_int_equal(CHANGE(t->f, SET_OPENNESS, .member = t->amina,
                            .community = t->garden, .value = CLOSED),
                     OK);
}

/* How many rows the public log has for viewer. */
static inline int
acts(const struct town *t, int64_t viewer, int64_t community)
{
    struct rows r = act_list(t->f->db, community, viewer, INT64_MAX);
    struct act a;
    int n = 0;

    while (act_next(&r, &a))
        n++;
    assert_int_equal(rows_end(&r), OK);
    return n;
}

#define GARDEN_TEST(name)                                                      \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
