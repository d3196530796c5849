#include <stdalign.h>

#include "assert_str.h"
#include "base/arena.h"

static void
memory_is_zeroed_and_aligned(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 1 << 20);
    for (size_t n = 1; n < 300; n++) {
        char *p = arena_alloc(&a, n);

        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 'x', n);
    }
    arena_release(&a);
}

static void
a_piece_may_be_larger_than_a_block(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 1 << 20);
    assert_non_null(arena_alloc(&a, 100000));
    assert_non_null(arena_alloc(&a, 1));
    assert_true(a.used >= 100001);
    arena_release(&a);
}

static void
the_ceiling_makes_a_failure_that_sticks(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 100);
    assert_null(arena_alloc(&a, 101));
    assert_int_equal(a.bad, E_NOMEM);
    assert_null(arena_alloc(&a, 1));
    assert_str(arena_copy(&a, STR("abc")), STR(""));
    assert_str(arena_fmt(&a, "%d", 1), STR(""));
    assert_null(arena_z(&a, STR("abc")));
    arena_release(&a);
}

static void
a_size_near_the_largest_does_not_wrap_round(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, SIZE_MAX);
    assert_null(arena_alloc(&a, SIZE_MAX - 3));
    assert_int_equal(a.bad, E_NOMEM);
    arena_release(&a);
}

static void
copies_are_their_own(void **state)
{
    char from[] = "abc";
    struct arena a;
    struct str copy;

    (void)state;
    arena_init(&a, 1000);
    copy = arena_copy(&a, str_of(from));
    from[0] = 'x';
    assert_str(copy, STR("abc"));
    assert_string_equal(arena_z(&a, STR("de")), "de");
    assert_str(arena_fmt(&a, "%s-%d", "f", 7), STR("f-7"));
    assert_null(arena_copy(&a, (struct str){NULL, 0}).p);
    arena_release(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(a_piece_may_be_larger_than_a_block),
        cmocka_unit_test(the_ceiling_makes_a_failure_that_sticks),
        cmocka_unit_test(a_size_near_the_largest_does_not_wrap_round),
        cmocka_unit_test(copies_are_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
