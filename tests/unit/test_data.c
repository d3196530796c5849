#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data.h"
#include "tests/unit/scratch.h"

static void
a_missing_directory_is_made_for_its_owner_alone(void **state)
{
    char *dir = scratch_path(state, "data"), why[DATA_WHY] = "";
    struct data d;
    struct stat st;

    assert_int_equal(data_take(dir, "", &d, why), OK);
    assert_int_equal(stat(dir, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    data_release(&d);
    free(dir);
}

static void
two_can_not_have_it_and_the_next_one_can(void **state)
{
    char *dir = scratch_path(state, "data"), why[DATA_WHY] = "";
    struct data one, two;

    assert_int_equal(data_take(dir, "", &one, why), OK);
    assert_int_equal(data_take(dir, "", &two, why), E_TAKEN);
    assert_non_null(strstr(why, "another Understory"));
    data_release(&one);
    assert_int_equal(data_take(dir, "", &two, why), OK);
    data_release(&two);
    free(dir);
}

static void
what_can_not_be_a_directory_is_refused(void **state)
{
    char *file = scratch_path(state, "file"), why[DATA_WHY] = "";
    struct data d;
    FILE *f = fopen(file, "w");

    assert_non_null(f);
    fclose(f);
    assert_int_equal(data_take(file, "", &d, why), E_IO);
    assert_non_null(strstr(why, "is not a directory"));
    assert_int_equal(data_take("/nowhere/data", "", &d, why), E_IO);
    assert_non_null(strstr(why, "parent is missing"));
    free(file);
}

static void
another_users_directory_is_refused(void **state)
{
    char why[DATA_WHY] = "";
    struct data d;

    if (geteuid() != 0) {
        /* The root directory is always somebody else's then. */
        assert_int_equal(data_take("/", "", &d, why), E_FORBIDDEN);
    } else {
        char *dir = scratch_path(state, "data");

        assert_int_equal(mkdir(dir, 0700), 0);
        assert_int_equal(chown(dir, 12345, 12345), 0);
        assert_int_equal(data_take(dir, "root", &d, why), E_FORBIDDEN);
        free(dir);
    }
    assert_non_null(strstr(why, "is owned by another user"));
}

/* Becoming another is for good, so a child does it; 0 where all is well. */
static int
take_as(const char *dir, const char *user)
{
    char why[DATA_WHY] = "";
    struct data d;
    struct stat st;

    if (data_take(dir, user, &d, why) || stat(dir, &st) || geteuid() == 0)
        return 1;
    return st.st_uid == geteuid() && fstat(d.lock, &st) == 0 &&
                   st.st_uid == geteuid()
               ? 0
               : 2;
}

static void
in_a_child(const char *dir, const char *user)
{
    pid_t child = fork();
    int status = -1;

    assert_true(child >= 0);
    if (child == 0)
        _exit(take_as(dir, user));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void
root_makes_no_file_of_its_own_where_another_owns(void **state)
{
    char *theirs, *made;

    if (geteuid() != 0)
        skip();
    theirs = scratch_path(state, "theirs");
    made = scratch_path(state, "made");
    assert_int_equal(chmod(*state, 0711), 0);
    assert_int_equal(mkdir(theirs, 0700), 0);
    assert_int_equal(chown(theirs, 12345, 12345), 0);
    in_a_child(theirs, "");
    in_a_child(made, "nobody");
    free(theirs);
    free(made);
}

#define IN_SCRATCH(f)                                                          \
    cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_missing_directory_is_made_for_its_owner_alone),
        IN_SCRATCH(two_can_not_have_it_and_the_next_one_can),
        IN_SCRATCH(what_can_not_be_a_directory_is_refused),
        IN_SCRATCH(another_users_directory_is_refused),
        IN_SCRATCH(root_makes_no_file_of_its_own_where_another_owns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
