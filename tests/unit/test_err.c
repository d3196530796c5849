#include <ctype.h>

#include "assert_str.h"
#include "base/err.h"

static void
every_failure_is_named_like_its_constant(void **state)
{
#define SPELLING(name, status) #name,
    static const char *const spelled[] = {ERR_TABLE(SPELLING)};
#undef SPELLING

    (void)state;
    for (int e = 0; e < ERR_COUNT; e++) {
        const char *name = err_name((enum err)e);

        assert_int_equal(strlen(name), strlen(spelled[e]));
        for (size_t i = 0; name[i]; i++) {
            char c = spelled[e][i];

            assert_int_equal(name[i], c == '_' ? '-' : tolower(c));
        }
    }
}

static void
every_name_finds_its_failure(void **state)
{
    (void)state;
    for (int e = 0; e < ERR_COUNT; e++)
        assert_int_equal(err_find(err_name((enum err)e)), e);
}

static void
an_unknown_name_finds_nothing(void **state)
{
    (void)state;
    assert_int_equal(err_find("no-such-thing"), OK);
    assert_int_equal(err_find(""), OK);
}

static void
every_status_is_one_that_gemini_knows(void **state)
{
    static const int known[] = {10, 20, 40, 41, 44, 51, 52, 53, 59, 60, 62};

    (void)state;
    for (int e = 0; e < ERR_COUNT; e++) {
        int found = 0;

        for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
            found += known[i] == err_status((enum err)e);
        assert_int_equal(found, 1);
    }
}

static void
statuses_are_those_of_the_table(void **state)
{
    (void)state;
    assert_int_equal(err_status(E_NOT_FOUND), 51);
    assert_int_equal(err_status(E_RATE), 44);
    assert_int_equal(err_status(E_NEED_CERT), 60);
    assert_int_equal(err_status(E_MALFORMED), 59);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failure_is_named_like_its_constant),
        cmocka_unit_test(every_name_finds_its_failure),
        cmocka_unit_test(an_unknown_name_finds_nothing),
        cmocka_unit_test(every_status_is_one_that_gemini_knows),
        cmocka_unit_test(statuses_are_those_of_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
