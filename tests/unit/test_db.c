#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/log.h"
#include "store/db.h"
#include "tests/unit/scratch.h"

enum { ADD, LIST, FIND, COUNT_UP, ADD_CHILD, BAD, STATEMENTS };

static const char count_up[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
    "FROM n WHERE i < ?1) SELECT max(i) FROM n";

static const char *const texts[] = {
    [ADD] = "INSERT INTO thing (name, data) VALUES (?1, ?2)",
    [LIST] = "SELECT id, name, data FROM thing WHERE id > ?1 ORDER BY id",
    [FIND] = "SELECT id FROM thing WHERE name = ?1",
    [COUNT_UP] = count_up,
    [ADD_CHILD] = "INSERT INTO child (thing) VALUES (?1)",
    [BAD] = "SELECT nothing FROM nowhere",
};

static const char *const names[] = {
    [ADD] = "add", [LIST] = "list",           [FIND] = "find",
    [BAD] = "bad", [ADD_CHILD] = "add_child", [COUNT_UP] = "count_up",
};

static const struct statements statements = {texts, names, STATEMENTS};

struct pair {
    struct db *write, *read;
    char *path;
};

static struct pair
pair_open(void **state)
{
    struct pair p = {.path = scratch_path(state, "test.db")};

    log_set_level(LOG_ERROR + 1);
    assert_int_equal(db_open(p.path, DB_WRITE, &statements, &p.write), OK);
    assert_int_equal(db_run(p.write,
                            "CREATE TABLE thing (id INTEGER PRIMARY KEY,"
                            " name TEXT UNIQUE, data BLOB) STRICT;"
                            "CREATE TABLE child (id INTEGER PRIMARY KEY,"
                            " thing INTEGER REFERENCES thing) STRICT"),
                     OK);
    assert_int_equal(db_open(p.path, DB_READ, &statements, &p.read), OK);
    return p;
}

static void
pair_close(struct pair *p)
{
    db_close(p->read);
    db_close(p->write);
    free(p->path);
}

static enum err
add(struct db *db, struct str name, struct str data)
{
    struct rows r = rows_start(db, ADD);

    rows_bind_text(&r, 1, name);
    rows_bind_blob(&r, 2, data);
    return rows_run(&r);
}

static int
count(struct db *db)
{
    struct rows r = rows_start(db, LIST);
    int n = 0;

    rows_bind_int(&r, 1, 0);
    while (rows_next(&r))
        n++;
    assert_int_equal(rows_end(&r), OK);
    return n;
}

static void
a_row_comes_back_as_it_went_in(void **state)
{
    struct pair p = pair_open(state);
    struct str bytes = {"a\0b", 3};
    struct rows r;

    assert_int_equal(add(p.write, STR("one"), bytes), OK);
    assert_int_equal(db_last_id(p.write), 1);
    assert_int_equal(db_changes(p.write), 1);
    r = rows_start(p.read, LIST);
    rows_bind_int(&r, 1, 0);
    assert_true(rows_next(&r));
    assert_int_equal(rows_int(&r, 0), 1);
    assert_true(str_eq(rows_text(&r, 1), STR("one")));
    assert_true(str_eq(rows_text(&r, 2), bytes));
    assert_true(str_eq(rows_text(&r, 0), STR("1")));
    assert_false(rows_next(&r));
    assert_false(rows_next(&r)); /* and does not begin again */
    assert_int_equal(rows_end(&r), OK);
    pair_close(&p);
}

static void
absent_and_empty_stay_apart(void **state)
{
    struct pair p = pair_open(state);
    struct rows r;

    assert_int_equal(add(p.write, STR(""), (struct str){NULL, 0}), OK);
    r = rows_start(p.read, LIST);
    rows_bind_int(&r, 1, 0);
    assert_true(rows_next(&r));
    assert_non_null(rows_text(&r, 1).p);
    assert_int_equal(rows_text(&r, 1).n, 0);
    assert_false(rows_is_null(&r, 1));
    assert_null(rows_text(&r, 2).p);
    assert_true(rows_is_null(&r, 2));
    assert_int_equal(rows_int(&r, 2), 0);
    assert_int_equal(rows_end(&r), OK);
    pair_close(&p);
}

static void
a_second_of_a_unique_name_is_taken(void **state)
{
    struct pair p = pair_open(state);

    assert_int_equal(add(p.write, STR("one"), STR("")), OK);
    assert_int_equal(add(p.write, STR("one"), STR("")), E_TAKEN);
    assert_int_equal(add(p.write, STR("two"), STR("")), OK);
    assert_int_equal(count(p.read), 2);
    pair_close(&p);
}

static void
a_broken_reference_is_our_bug(void **state)
{
    struct pair p = pair_open(state);
    struct rows r = rows_start(p.write, ADD_CHILD);

    rows_bind_int(&r, 1, 77);
    assert_int_equal(rows_run(&r), E_BUG);
    pair_close(&p);
}

static void
a_statement_in_use_can_not_start_again(void **state)
{
    struct pair p = pair_open(state);
    struct rows outer, inner;

    assert_int_equal(add(p.write, STR("one"), STR("")), OK);
    outer = rows_start(p.read, LIST);
    rows_bind_int(&outer, 1, 0);
    inner = rows_start(p.read, LIST);
    rows_bind_int(&inner, 1, 5);
    assert_false(rows_next(&inner));
    assert_int_equal(rows_end(&inner), E_BUG);
    assert_true(rows_next(&outer)); /* and the first one is unharmed */
    assert_int_equal(rows_end(&outer), OK);
    assert_int_equal(count(p.read), 1);
    pair_close(&p);
}

static void
a_wrong_statement_is_a_bug_and_no_crash(void **state)
{
    struct pair p = pair_open(state);
    struct rows r = rows_start(p.read, BAD);

    rows_bind_int(&r, 1, 1);
    assert_false(rows_next(&r));
    assert_int_equal(rows_int(&r, 0), 0);
    assert_int_equal(rows_end(&r), E_BUG);
    r = rows_start(p.read, STATEMENTS);
    assert_int_equal(rows_end(&r), E_BUG);
    pair_close(&p);
}

static void
a_reader_can_not_write(void **state)
{
    struct pair p = pair_open(state);

    assert_int_equal(add(p.read, STR("one"), STR("")), E_IO);
    assert_int_equal(count(p.read), 0);
    pair_close(&p);
}

static void
a_reader_sees_one_moment(void **state)
{
    struct pair p = pair_open(state);

    assert_int_equal(db_begin_read(p.read), OK);
    assert_int_equal(count(p.read), 0);
    assert_int_equal(add(p.write, STR("one"), STR("")), OK);
    assert_int_equal(count(p.read), 0);
    db_end_read(p.read);
    assert_int_equal(count(p.read), 1);
    db_end_read(p.read); /* twice does no harm */
    pair_close(&p);
}

static void
a_query_past_its_budget_ends(void **state)
{
    struct pair p = pair_open(state);
    struct rows r;

    db_set_budget(p.read, 100000);
    for (int i = 0; i < 2; i++) {
        r = rows_start(p.read, COUNT_UP);
        rows_bind_int(&r, 1, 10000000);
        assert_false(rows_next(&r));
        assert_int_equal(rows_end(&r), E_TIMEOUT_QUERY);
    }
    for (int i = 0; i < 40; i++) { /* the budget is each query's own */
        r = rows_start(p.read, COUNT_UP);
        rows_bind_int(&r, 1, 1000);
        assert_true(rows_next(&r));
        assert_int_equal(rows_int(&r, 0), 1000);
        assert_int_equal(rows_end(&r), OK);
    }
    pair_close(&p);
}

static void
the_file_is_its_owners_alone_and_a_wal(void **state)
{
    struct pair p = pair_open(state);
    struct stat st;

    assert_int_equal(stat(p.path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(db_number(p.write, "PRAGMA synchronous", -1), 2);
    assert_int_equal(db_number(p.write, "PRAGMA foreign_keys", -1), 1);
    assert_int_equal(db_number(p.write, "PRAGMA wal_autocheckpoint", -1), 0);
    assert_int_equal(db_number(p.read, "PRAGMA query_only", -1), 1);
    assert_int_equal(db_number(p.read, "SELECT * FROM nowhere", 7), 7);
    pair_close(&p);
}

static void
what_is_no_database_does_not_open(void **state)
{
    char *path = scratch_path(state, "no.db");
    FILE *f = fopen(path, "w");
    struct db *db = NULL;

    log_set_level(LOG_ERROR + 1);
    assert_non_null(f);
    for (int i = 0; i < 1000; i++)
        fputs("not a database\n", f);
    fclose(f);
    assert_int_equal(db_open(path, DB_WRITE, &statements, &db), E_IO);
    assert_null(db);
    assert_int_equal(db_open("/nowhere/x.db", DB_WRITE, &statements, &db),
                     E_IO);
    assert_null(db);
    free(path);
}

static void
a_plan_names_the_index(void **state)
{
    struct pair p = pair_open(state);
    struct arena mem;
    struct str plan;

    arena_init(&mem, 65536);
    plan = db_plan(p.read, FIND, &mem);
    assert_true(str_has_prefix(plan, STR("SEARCH thing USING")));
    assert_true(str_has_suffix(plan, STR("\n")));
    arena_release(&mem);
    pair_close(&p);
}

static void
steps_count_the_rows_passed_since_the_last_look(void **state)
{
    struct pair p = pair_open(state);
    int64_t few, many;

    assert_int_equal(add(p.write, STR("one"), STR("")), OK);
    assert_int_equal(count(p.read), 1);
    few = db_steps(p.read);
    assert_int_equal(db_steps(p.read), 0);
    for (char name[] = "a"; name[0] <= 'z'; name[0]++)
        assert_int_equal(add(p.write, str_of(name), STR("")), OK);
    assert_int_equal(count(p.read), 27);
    many = db_steps(p.read);
    assert_true(few > 0);
    assert_true(many >= few + 26);
    pair_close(&p);
}

#define IN_SCRATCH(f)                                                          \
    cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_row_comes_back_as_it_went_in),
        IN_SCRATCH(absent_and_empty_stay_apart),
        IN_SCRATCH(a_second_of_a_unique_name_is_taken),
        IN_SCRATCH(a_broken_reference_is_our_bug),
        IN_SCRATCH(a_statement_in_use_can_not_start_again),
        IN_SCRATCH(a_wrong_statement_is_a_bug_and_no_crash),
        IN_SCRATCH(a_reader_can_not_write),
        IN_SCRATCH(a_reader_sees_one_moment),
        IN_SCRATCH(a_query_past_its_budget_ends),
        IN_SCRATCH(the_file_is_its_owners_alone_and_a_wal),
        IN_SCRATCH(what_is_no_database_does_not_open),
        IN_SCRATCH(a_plan_names_the_index),
        IN_SCRATCH(steps_count_the_rows_passed_since_the_last_look),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
