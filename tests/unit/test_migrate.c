#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "store/migrate.h"
#include "tests/unit/scratch.h"

static const struct statements none = {.text = NULL, .name = NULL, .count = 0};

static const char *const steps[] = {
    "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE part (thing INTEGER REFERENCES thing)",
    "ALTER TABLE thing ADD COLUMN size INTEGER;"
    "UPDATE thing SET size = length(name)",
    "CREATE TABLE oops (x); CREATE TABLE oops (x)",
};

static struct db *
open_at(const char *path)
{
    struct db *db = NULL;

    log_set_level(LOG_ERROR + 1);
    assert_int_equal(db_open(path, DB_WRITE, &none, &db), OK);
    return db;
}

static bool
is_file(const char *path, const char *suffix)
{
    char name[4096];

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    return access(name, F_OK) == 0;
}

static void
a_new_file_goes_to_the_newest_version_without_backup(void **state)
{
    char *path = scratch_path(state, "test.db");
    struct db *db = open_at(path);
    int found = -1;

    assert_int_equal(migrate(db, path, steps, 2, &found), OK);
    assert_int_equal(found, 0);
    assert_int_equal(db_number(db, "PRAGMA user_version", -1), 2);
    assert_int_equal(db_number(db, "PRAGMA foreign_keys", -1), 1);
    assert_false(is_file(path, ".before-1"));
    assert_false(is_file(path, ".before-2"));
    db_close(db);
    free(path);
}

static void
an_old_file_is_kept_before_the_step(void **state)
{
    char *path = scratch_path(state, "test.db");
    char *kept = scratch_path(state, "test.db.before-2");
    struct db *db = open_at(path);
    struct stat st;
    int found = -1;

    assert_int_equal(migrate(db, path, steps, 1, &found), OK);
    assert_int_equal(db_run(db, "INSERT INTO thing VALUES (1, 'four')"), OK);
    assert_int_equal(migrate(db, path, steps, 2, &found), OK);
    assert_int_equal(found, 1);
    assert_int_equal(db_number(db, "SELECT size FROM thing", -1), 4);
    db_close(db);
    assert_false(is_file(path, ".before-1"));
    assert_int_equal(stat(kept, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    db = open_at(kept);
    assert_int_equal(db_number(db, "PRAGMA user_version", -1), 1);
    assert_int_equal(db_number(db, "SELECT count(*) FROM thing", -1), 1);
    db_close(db);
    free(kept);
    free(path);
}

static void
a_file_that_is_up_to_date_is_left_alone(void **state)
{
    char *path = scratch_path(state, "test.db");
    struct db *db = open_at(path);
    int found = -1;

    assert_int_equal(migrate(db, path, steps, 2, &found), OK);
    assert_int_equal(migrate(db, path, steps, 2, &found), OK);
    assert_int_equal(found, 2);
    assert_false(is_file(path, ".before-3"));
    db_close(db);
    free(path);
}

static void
a_newer_file_is_refused_and_named(void **state)
{
    char *path = scratch_path(state, "test.db");
    struct db *db = open_at(path);
    int found = -1;

    assert_int_equal(db_run(db, "PRAGMA user_version = 9"), OK);
    assert_int_equal(migrate(db, path, steps, 2, &found), E_CONFLICT);
    assert_int_equal(found, 9);
    assert_int_equal(db_number(db, "PRAGMA user_version", -1), 9);
    db_close(db);
    free(path);
}

static void
a_failed_step_leaves_nothing_behind(void **state)
{
    char *path = scratch_path(state, "test.db");
    struct db *db = open_at(path);
    int found = -1;

    assert_int_equal(migrate(db, path, steps, 2, &found), OK);
    assert_int_equal(migrate(db, path, steps, 3, &found), E_BUG);
    assert_int_equal(db_number(db, "PRAGMA user_version", -1), 2);
    assert_int_equal(db_number(db, "SELECT count(*) FROM oops", -1), -1);
    assert_true(is_file(path, ".before-3"));
    db_close(db);
    free(path);
}

static void
a_step_that_breaks_a_reference_is_taken_back(void **state)
{
    static const char *const breaking[] = {
        "CREATE TABLE thing (id INTEGER PRIMARY KEY);"
        "CREATE TABLE part (thing INTEGER REFERENCES thing);"
        "INSERT INTO part VALUES (5)",
    };
    char *path = scratch_path(state, "test.db");
    struct db *db = open_at(path);
    int found = -1;

    assert_int_equal(migrate(db, path, breaking, 1, &found), E_BUG);
    assert_int_equal(db_number(db, "PRAGMA user_version", -1), 0);
    db_close(db);
    free(path);
}

static void
a_backup_of_a_file_in_use_is_whole(void **state)
{
    char *path = scratch_path(state, "test.db");
    char *copy = scratch_path(state, "copy.db");
    struct db *db = open_at(path), *reader = NULL, *other;
    int found;

    assert_int_equal(migrate(db, path, steps, 2, &found), OK);
    assert_int_equal(db_run(db, "INSERT INTO thing VALUES (1, 'a', 1)"), OK);
    assert_int_equal(db_open(path, DB_READ, &none, &reader), OK);
    assert_int_equal(db_run(db, "BEGIN; INSERT INTO thing VALUES "
                                "(2, 'not yet', 7)"),
                     OK);
    assert_int_equal(backup(reader, copy), OK);
    assert_int_equal(backup(reader, copy), OK); /* takes the old one's place */
    assert_int_equal(db_run(db, "COMMIT"), OK);
    assert_false(is_file(copy, ".part"));
    other = open_at(copy);
    assert_int_equal(db_number(other, "SELECT count(*) FROM thing", -1), 1);
    db_close(other);
    assert_int_equal(backup(reader, "/nowhere/copy.db"), E_IO);
    db_close(reader);
    db_close(db);
    free(copy);
    free(path);
}

#define IN_SCRATCH(f)                                                          \
    cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_new_file_goes_to_the_newest_version_without_backup),
        IN_SCRATCH(an_old_file_is_kept_before_the_step),
        IN_SCRATCH(a_file_that_is_up_to_date_is_left_alone),
        IN_SCRATCH(a_newer_file_is_refused_and_named),
        IN_SCRATCH(a_failed_step_leaves_nothing_behind),
        IN_SCRATCH(a_step_that_breaks_a_reference_is_taken_back),
        IN_SCRATCH(a_backup_of_a_file_in_use_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
