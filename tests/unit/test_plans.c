/* Every statement's plan: nothing reads a whole table or sorts what it found,
 * but for the few that say here why they may. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "sql.h"
#include "tests/unit/forum_fixture.h"

static const struct pardon {
    const char *name, *why;
} pardons[] = {
    {"tag_used_by", "the newest 200 that have a tag"},
    {"tag_used_by_page", "the same"},
    {"inbox_list", "the notices of one slice, which were taken in order"},
    {"community_joined", "one person's own communities, by name"},
};

static bool
is_pardoned(const char *name)
{
    for (size_t i = 0; i < sizeof(pardons) / sizeof(pardons[0]); i++)
        if (strcmp(pardons[i].name, name) == 0)
            return true;
    return strncmp(name, "check_", 6) == 0; /* by the operator, at leisure */
}

static bool
has(struct str text, const char *what)
{
    return text.n > 0 && memmem(text.p, text.n, what, strlen(what));
}

static bool
is_dear(struct str plan)
{
    /* "SCAN CONSTANT ROW" reads nothing, and thread_mine's queue, which SQLite
     * keeps in order of itself, has a row for each community joined. A search
     * in the index of words (":M", MATCH) is called a scan, too. */
    while (plan.n > 0) {
        struct str line = str_cut(&plan, '\n');

        if (has(line, "USE TEMP B-TREE") ||
            (has(line, "SCAN") && !has(line, "SCAN CONSTANT ROW") &&
             !has(line, "SCAN newest") &&
             !(has(line, "VIRTUAL TABLE INDEX") && has(line, ":M"))))
            return true;
    }
    return false;
}

static void
no_statement_reads_all_or_sorts(void **state)
{
    struct fixture *f = *state;
    int dear = 0;

    for (int id = 0; id < sql_statements.count; id++) {
        const char *name = sql_statements.name[id];
        struct str plan = db_plan(f->db, id, &f->mem);

        if (is_dear(plan) && !is_pardoned(name)) {
            print_error("%s:\n%.*s\n", name, (int)plan.n, plan.p);
            dear++;
        }
    }
    assert_int_equal(f->mem.bad, OK);
    assert_int_equal(dear, 0);
}

/* A pardon that nothing needs would hide the next mistake. */
static void
every_pardon_is_needed(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(pardons) / sizeof(pardons[0]); i++) {
        bool is_needed = false;

        for (int id = 0; id < sql_statements.count; id++)
            if (strcmp(sql_statements.name[id], pardons[i].name) == 0)
                is_needed = is_dear(db_plan(f->db, id, &f->mem));
        if (!is_needed)
            fail_msg("%s needs no pardon", pardons[i].name);
        assert_true(strlen(pardons[i].why) > 0);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_statement_reads_all_or_sorts),
        TEST(every_pardon_is_needed),
    };

    return cmocka_run_group_tests_name("plans", tests, NULL, NULL);
}
