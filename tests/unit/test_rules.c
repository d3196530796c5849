#include "forum/rules.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
who_may_write_depends_on_openness(void **state)
{
    static const struct {
        enum openness openness;
        bool is_participant;
        int64_t member;
        enum err expected;
    } rows[] = {
        {OPEN, false, 7, OK},
        {OPEN, true, 7, OK},
        {OPEN, false, 0, E_FORBIDDEN},
        {JOIN_TO_WRITE, false, 7, E_NOT_JOINED},
        {JOIN_TO_WRITE, true, 7, OK},
        {JOIN_TO_WRITE, false, 0, E_FORBIDDEN},
        {CLOSED, false, 7, E_NOT_FOUND},
        {CLOSED, true, 7, OK},
        {CLOSED, false, 0, E_FORBIDDEN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct community c = {.openness = rows[i].openness,
                              .is_participant = rows[i].is_participant};
        struct thread t = {.openness = rows[i].openness,
                           .is_participant = rows[i].is_participant};

        assert_int_equal(rules_may_write(&c, rows[i].member), rows[i].expected);
        assert_int_equal(rules_may_reply(&t, rows[i].member), rows[i].expected);
    }
}

static void
nobody_replies_in_a_withdrawn_thread(void **state)
{
    struct thread t = {.openness = OPEN, .is_withdrawn = true};

    (void)state;
    assert_int_equal(rules_may_reply(&t, 7), E_GONE);
}

static void
only_the_author_takes_back_and_only_in_time(void **state)
{
    struct post p = {.author = 7, .at = 1000};

    (void)state;
    assert_int_equal(rules_may_take_back(&p, 7, 1000 + TAKE_BACK_SECONDS), OK);
    assert_int_equal(rules_may_take_back(&p, 7, 1001 + TAKE_BACK_SECONDS),
                     E_TOO_LATE);
    assert_int_equal(rules_may_take_back(&p, 8, 1000), E_FORBIDDEN);
    assert_int_equal(rules_may_take_back(&p, 0, 1000), E_FORBIDDEN);
    p.status = POST_REMOVED;
    assert_int_equal(rules_may_take_back(&p, 7, 1000), E_GONE);
}

static void
only_the_author_edits_what_is_there(void **state)
{
    struct post p = {.author = 7};

    (void)state;
    assert_int_equal(rules_may_edit(&p, 7), OK);
    assert_int_equal(rules_may_edit(&p, 8), E_FORBIDDEN);
    p.status = POST_TAKEN_BACK;
    assert_int_equal(rules_may_edit(&p, 7), E_GONE);
    p.author = 0;
    assert_int_equal(rules_may_edit(&p, 0), E_FORBIDDEN);
}

static void
only_stewards_look_after_a_community(void **state)
{
    struct community c = {.is_participant = true};

    (void)state;
    assert_int_equal(rules_may_steward(&c, 7), E_FORBIDDEN);
    c.is_steward = true;
    assert_int_equal(rules_may_steward(&c, 7), OK);
    assert_int_equal(rules_may_steward(&c, 0), E_FORBIDDEN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_write_depends_on_openness),
        cmocka_unit_test(nobody_replies_in_a_withdrawn_thread),
        cmocka_unit_test(only_the_author_takes_back_and_only_in_time),
        cmocka_unit_test(only_the_author_edits_what_is_there),
        cmocka_unit_test(only_stewards_look_after_a_community),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
