/* The manual page of the settings says what their table says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config.h"

#define PAGE_FILE "content/man/understory.conf.5"
#define PAGE_BYTES (64 * 1024)
#define ITEM ".It Cm "

struct manual {
    struct config config;
    char page[PAGE_BYTES]; /* its lines joined by spaces */
    char *table;           /* as config_print() says it */
    size_t table_n;
};

static int
setup(void **state)
{
    struct manual *m = calloc(1, sizeof(*m));
    FILE *f = fopen(PAGE_FILE, "r"), *table;

    assert_non_null(m);
    assert_non_null(f);
    assert_true(fread(m->page, 1, PAGE_BYTES, f) < PAGE_BYTES);
    fclose(f);
    for (char *p = m->page; *p; p++)
        if (*p == '\n')
            *p = ' ';
    assert_int_equal(config_init(&m->config), OK);
    table = open_memstream(&m->table, &m->table_n);
    assert_non_null(table);
    config_print(&m->config, table);
    assert_int_equal(fclose(table), 0);
    *state = m;
    return 0;
}

static int
teardown(void **state)
{
    struct manual *m = *state;

    config_release(&m->config);
    free(m->table);
    free(m);
    return 0;
}

static void
assert_in_page(const struct manual *m, const char *before, struct str text)
{
    char want[512];

    assert_true(snprintf(want, sizeof(want), "%s%.*s ", before, (int)text.n,
                         text.p) < (int)sizeof(want));
    if (!strstr(m->page, want))
        fail_msg(PAGE_FILE " does not say \"%s\"", want);
}

/* "name =", a list that is empty, stands as a remark in a file. */
static bool
is_setting(struct str line)
{
    return !str_has_prefix(line, STR("# ")) || str_has_suffix(line, STR(" ="));
}

static void
each_setting_stands_in_it_with_its_default(void **state)
{
    const struct manual *m = *state;
    struct str rest = {m->table, m->table_n};

    while (rest.n > 0) {
        struct str line = str_cut(&rest, '\n');

        if (line.n == 0 || !is_setting(line))
            continue;
        if (str_has_prefix(line, STR("# ")))
            line = str_skip(line, 2);
        /* Its default is the machine's own name. */
        if (str_has_prefix(line, STR("host =")))
            line = STR("host");
        assert_in_page(m, ITEM, line);
    }
}

static void
each_sentence_and_limit_stands_in_it(void **state)
{
    const struct manual *m = *state;
    struct str rest = {m->table, m->table_n};

    while (rest.n > 0) {
        struct str line = str_cut(&rest, '\n');

        if (line.n > 0 && !is_setting(line))
            assert_in_page(m, " ", str_skip(line, 2));
    }
}

static void
nothing_else_is_called_a_setting(void **state)
{
    const struct manual *m = *state;

    for (const char *p = m->page; (p = strstr(p, ITEM));) {
        char name[64] = "";

        p += strlen(ITEM);
        assert_int_equal(sscanf(p, "%63s", name), 1);
        if (!config_has(name))
            fail_msg("there is no setting %s", name);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_setting_stands_in_it_with_its_default, setup, teardown),
        cmocka_unit_test_setup_teardown(each_sentence_and_limit_stands_in_it,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_else_is_called_a_setting, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
