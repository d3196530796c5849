#include <unistd.h>

#include "assert_str.h"
#include "base/log.h"

static char caught[8192];

/* What is written to stderr by one event. */
static struct str
log_caught(enum log_level level, const char *event,
           const struct log_field *fields)
{
    int ends[2], before = dup(STDERR_FILENO);
    ssize_t n;

    assert_int_equal(pipe(ends), 0);
    assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
    log_write(level, event, fields);
    assert_true(dup2(before, STDERR_FILENO) >= 0);
    close(ends[1]);
    close(before);
    n = read(ends[0], caught, sizeof(caught));
    close(ends[0]);
    assert_true(n >= 0);
    return (struct str){caught, (size_t)n};
}

#define CATCH(level, event, ...)                                               \
    log_caught(level, event,                                                   \
               (const struct log_field[]){__VA_ARGS__, {.key = NULL}})

static void
an_event_is_time_level_name_and_fields(void **state)
{
    struct str line =
        CATCH(LOG_WARN, "started", LOG_INT("port", 1965), LOG_Z("host", "a b"));

    (void)state;
    assert_true(line.n > 20);
    assert_int_equal(line.p[10], 'T');
    assert_int_equal(line.p[19], 'Z');
    assert_str(str_skip(line, 20),
               STR(" warn started port=1965 host=\"a b\"\n"));
}

static void
no_value_can_end_its_line_or_its_quotes(void **state)
{
    struct str line =
        CATCH(LOG_INFO, "e", LOG_Z("v", "a\nb\"c\\d\r\x1b\x7f\xc3\xa9"));

    (void)state;
    assert_str(str_skip(line, 20),
               STR(" info e v=\"a\\nb\\\"c\\\\d\\x0d\\x1b\\x7f\\xc3\\xa9\"\n"));
}

static void
a_value_too_long_is_cut_and_its_line_ends(void **state)
{
    static char value[5000];
    struct str line;

    (void)state;
    memset(value, '\n', sizeof(value));
    line =
        CATCH(LOG_INFO, "e", LOG_STR("v", ((struct str){value, sizeof(value)})),
              LOG_INT("n", 1));
    assert_true(line.n < 2100);
    assert_true(str_has_suffix(line, STR("\\n\"\n")));
    assert_int_equal(str_find(line, '\n'), line.n - 1);
}

static void
quiet_events_are_dropped(void **state)
{
    (void)state;
    assert_int_equal(CATCH(LOG_DEBUG, "e", LOG_INT("n", 1)).n, 0);
    log_set_level(LOG_DEBUG);
    assert_true(CATCH(LOG_DEBUG, "e", LOG_INT("n", 1)).n > 0);
    log_set_level(LOG_ERROR);
    assert_int_equal(CATCH(LOG_WARN, "e", LOG_INT("n", 1)).n, 0);
    log_set_level(LOG_INFO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_time_level_name_and_fields),
        cmocka_unit_test(no_value_can_end_its_line_or_its_quotes),
        cmocka_unit_test(a_value_too_long_is_cut_and_its_line_ends),
        cmocka_unit_test(quiet_events_are_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
