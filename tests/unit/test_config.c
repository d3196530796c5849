#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "tests/unit/scratch.h"

static void
assert_list(const struct config_list *list, const char *const *wanted, int n)
{
    assert_int_equal(list->n, n);
    for (int i = 0; i < n; i++)
        assert_string_equal(list->item[i].p, wanted[i]);
}

/* Writes the file and reads it. */
static enum err
file_read(void **state, struct config *c, const char *text,
          char why[static CONFIG_WHY])
{
    char *path = scratch_path(state, "test.ini");
    FILE *f = fopen(path, "w");
    enum err e;

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    e = config_read(c, path, why);
    free(path);
    return e;
}

static void
without_a_word_it_serves_both_families_on_1965(void **state)
{
    const char *const listen[] = {"[::]:1965", "0.0.0.0:1965"};
    struct config c;

    (void)state;
    assert_int_equal(config_init(&c), OK);
    assert_list(&c.listen, listen, 2);
    assert_string_equal(c.host.item[0].p, "localhost");
    assert_string_equal(c.data.p, "./data");
    assert_int_equal(c.public_port.n, 0);
    config_release(&c);
}

static void
the_command_line_wins_over_the_file(void **state)
{
    const char *const listen[] = {"127.0.0.1:1", "[::1]:2"};
    const char *const host[] = {"example.org", "other.org"};
    char why[CONFIG_WHY];
    struct config c;

    assert_int_equal(config_init(&c), OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            config_set(&c, "listen", str_of(listen[i]), FROM_COMMAND, why), OK);
    assert_int_equal(config_set(&c, "loops", STR("2"), FROM_COMMAND, why), OK);
    assert_int_equal(file_read(state, &c,
                               "listen = 9.9.9.9:9\nloops = 7\n"
                               "host = Example.ORG\nhost = other.org\n"
                               "# a comment\n\nconnections = 99\n",
                               why),
                     OK);
    assert_list(&c.listen, listen, 2);
    assert_list(&c.host, host, 2);
    assert_int_equal(c.loops, 2);
    assert_int_equal(c.connections, 99);
    config_release(&c);
}

static void
a_bad_file_names_its_line_and_the_way_out(void **state)
{
    static const struct {
        const char *text, *where, *words;
    } bad[] = {
        {"title = a\nbla = 1\n", ":2: ", "no setting 'bla'"},
        {"\n\nloops = many\n", ":3: ", "a number from 0 to 64"},
        {"loops = -1\n", ":1: ", "a number from 0 to 64"},
        {"loops = 65\n", ":1: ", "a number from 0 to 64"},
        {"log-level = loud\n", ":1: ", "debug, info, warn or error"},
        {"limit-loopback = maybe\n", ":1: ", "yes or no"},
        {"limit-loopback = auto\n", ":1: ", "yes or no"},
        {"title =;one\n", ":1: ", "begin a remark"},
        {"jail = maybe\n", ":1: ", "yes, no or auto"},
        {"listen = 1965\n", ":1: ", "ADDRESS:PORT"},
        {"listen = ::1:1965\n", ":1: ", "ADDRESS:PORT"},
        {"listen = [::1:1965\n", ":1: ", "ADDRESS:PORT"},
        {"listen = 1.2.3.4:99999\n", ":1: ", "ADDRESS:PORT"},
        {"listen = 1.2.3.4.5:1965\n", ":1: ", "ADDRESS:PORT"},
        {"listen =;.0:1965\n", ":1: ", "ADDRESS:PORT"},
        {"listen = localhost:1965\n", ":1: ", "ADDRESS:PORT"},
        {"host = ex ample\n", ":1: ", "host name"},
        {"host = example.org/\n", ":1: ", "host name"},
        {"public-port = 0\n", ":1: ", "port from 1"},
        {"proxy-from = balancer\n", ":1: ", "address or network"},
        {"proxy-from = 10.0.0.1/8\n", ":1: ", "address or network"},
        {"proxy-from = 10.0.0.0/8, ::1\n", ":1: ", "address or network"},
        {"title =\n", ":1: ", "may not be empty"},
        {"title = \xff\n", ":1: ", "UTF-8"},
        {"title = a\ntitle = b\n", ":2: ", "was given before"},
        {"just words\n", ":1: ", "name = value"},
        {"[part]\ntitle = a\n", ":2: ", "no [sections]"},
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char why[CONFIG_WHY] = "";
        struct config c;

        assert_int_equal(config_init(&c), OK);
        assert_true(file_read(state, &c, bad[i].text, why) != OK);
        if (!strstr(why, bad[i].where) || !strstr(why, bad[i].words))
            fail_msg("%s says %s", bad[i].text, why);
        config_release(&c);
    }
}

static void
a_line_too_long_is_refused_not_cut(void **state)
{
    char text[400], why[CONFIG_WHY] = "";
    struct config c;

    memset(text, 'x', sizeof(text));
    memcpy(text, "title = ", 8);
    memcpy(text + sizeof(text) - 2, "\n", 2);
    assert_int_equal(config_init(&c), OK);
    assert_int_equal(file_read(state, &c, text, why), E_WRONG);
    assert_non_null(strstr(why, ":1: a line may have"));
    config_release(&c);
}

static void
a_file_that_is_not_there_says_so(void **state)
{
    char why[CONFIG_WHY] = "";
    struct config c;

    (void)state;
    assert_int_equal(config_init(&c), OK);
    assert_int_equal(config_read(&c, "/nowhere/x.ini", why), E_IO);
    assert_non_null(strstr(why, "/nowhere/x.ini: can not be read"));
    config_release(&c);
}

static void
what_is_printed_can_be_read_again(void **state)
{
    char why[CONFIG_WHY] = "", *once = NULL, *twice = NULL;
    size_t n = 0;
    struct config c;
    FILE *out = open_memstream(&once, &n);

    assert_int_equal(config_init(&c), OK);
    assert_int_equal(
        config_set(&c, "title", STR("Ünder = story"), FROM_COMMAND, why), OK);
    config_print(&c, out);
    fclose(out);
    config_release(&c);
    assert_int_equal(config_init(&c), OK);
    assert_int_equal(file_read(state, &c, once, why), OK);
    assert_string_equal(c.title.p, "Ünder = story");
    out = open_memstream(&twice, &n);
    config_print(&c, out);
    fclose(out);
    assert_string_equal(once, twice);
    config_release(&c);
    free(once);
    free(twice);
}

static void
a_list_holds_no_more_than_it_may(void **state)
{
    char why[CONFIG_WHY] = "", address[32];
    enum err e = OK;
    struct config c;

    (void)state;
    assert_int_equal(config_init(&c), OK);
    for (int i = 1; i <= 8 && !e; i++) {
        snprintf(address, sizeof(address), "127.0.0.1:%d", i);
        e = config_set(&c, "listen", str_of(address), FROM_FILE, why);
    }
    assert_int_equal(e, OK);
    assert_int_equal(
        config_set(&c, "listen", STR("127.0.0.1:9"), FROM_FILE, why), E_WRONG);
    /* The same one twice is one. */
    assert_int_equal(
        config_set(&c, "listen", STR("127.0.0.1:8"), FROM_FILE, why), OK);
    assert_int_equal(c.listen.n, 8);
    config_release(&c);
}

#define IN_SCRATCH(f)                                                          \
    cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_word_it_serves_both_families_on_1965),
        IN_SCRATCH(the_command_line_wins_over_the_file),
        IN_SCRATCH(a_bad_file_names_its_line_and_the_way_out),
        IN_SCRATCH(a_line_too_long_is_refused_not_cut),
        cmocka_unit_test(a_file_that_is_not_there_says_so),
        IN_SCRATCH(what_is_printed_can_be_read_again),
        cmocka_unit_test(a_list_holds_no_more_than_it_may),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
