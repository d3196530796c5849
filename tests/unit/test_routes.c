#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "pages/routes.h"

static struct arena mem;

static int
setup(void **state)
{
    (void)state;
    arena_init(&mem, 1 << 20);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

static enum err
match(const char *scheme, const char *path, struct at *at)
{
    struct url url;
    struct str whole = arena_fmt(&mem, "%s://h.example%s", scheme, path);

    assert_int_equal(url_parse(whole, &mem, &url), OK);
    return route_match(&url, at);
}

static const char *
scheme_of(const struct route *row)
{
    return row->kind == ROUTE_UPLOAD ? "titan" : "gemini";
}

static void
every_path_that_is_built_is_matched_again(void **state)
{
    (void)state;
    for (int i = 0; i < R_COUNT; i++) {
        const struct route *row = route_row((enum route_id)i);
        bool has_key = strstr(row->pattern, "{key}") != NULL;
        struct at at = {.route = (enum route_id)i,
                        .is_inside = true,
                        .id = 4821,
                        .page = 7,
                        .name = STR("b\xc3\xa4r 100%/x"),
                        .key = has_key ? STR("k3v9p2qa") : STR("")};
        struct at back;
        char *path = arena_z(&mem, route_path(&at, &mem));

        assert_int_equal(match(scheme_of(row), path, &back), OK);
        if (back.route != at.route)
            fail_msg("%s is matched as %s", path, route_row(back.route)->name);
        assert_true(back.is_inside);
        assert_true(str_eq(back.key, at.key));
        assert_true(!strstr(row->pattern, "{name}") ||
                    str_eq(back.name, at.name));
        assert_true(!strstr(row->pattern, "{id}") || back.id == 4821);
        assert_true(!strstr(row->pattern, "{page}") || back.page == 7);
        assert_int_equal(back.why, OK);
    }
}

static void
only_pages_are_found_outside(void **state)
{
    (void)state;
    for (int i = 0; i < R_COUNT; i++) {
        const struct route *row = route_row((enum route_id)i);
        struct at at = {.route = (enum route_id)i,
                        .id = 1,
                        .page = 2,
                        .name = STR("x"),
                        .key = STR("k3v9p2qa")};
        struct at back;
        struct str path;

        at.is_inside = true;
        path = str_skip(route_path(&at, &mem), 2);
        assert_int_equal(match(scheme_of(row), arena_z(&mem, path), &back) ==
                                 OK &&
                             back.route == at.route,
                         row->kind == ROUTE_PAGE);
    }
}

static void
a_prompt_keeps_its_reason_in_the_path(void **state)
{
    (void)state;
    for (int i = 0; i < R_COUNT; i++) {
        struct at at = {.route = (enum route_id)i,
                        .is_inside = true,
                        .id = 1,
                        .page = 2,
                        .name = STR("x"),
                        .key = STR("12345678"),
                        .why = E_UNUSABLE};
        struct at back;

        if (route_row(at.route)->kind != ROUTE_ASK)
            continue;
        assert_int_equal(
            match("gemini", arena_z(&mem, route_path(&at, &mem)), &back), OK);
        assert_int_equal(back.route, at.route);
        assert_int_equal(back.why, E_UNUSABLE);
    }
}

static void
paths_are_read_as_they_should(void **state)
{
    static const struct {
        const char *scheme, *path;
        int route; /* -1: none */
        const char *key;
    } cases[] = {
        {"gemini", "/", R_home, ""},
        {"gemini", "", R_home, ""},
        {"gemini", "/i/", R_home, ""},
        {"gemini", "/help", R_help, ""},
        {"gemini", "/help/", R_help, ""},
        {"gemini", "/help/titan", R_help_page, ""},
        {"gemini", "/t/7/", R_thread, ""},
        {"gemini", "/t/007", -1, ""},
        {"gemini", "/t/-1", -1, ""},
        {"gemini", "/t/9999999999999999999", -1, ""},
        {"gemini", "/t/x", -1, ""},
        {"gemini", "/t/7/all", R_thread_all, ""},
        {"gemini", "/t/7/3", R_post, ""},
        {"gemini", "/nothing", -1, ""},
        {"gemini", "/c//", -1, ""},
        {"gemini", "/me/", -1, ""},
        {"gemini", "/i/me", R_me, ""},
        {"gemini", "/i/t/7/r/abcd1234", R_reply, "abcd1234"},
        {"gemini", "/i/t/7/r/wrong-or-old", R_reply, "wrong-or-old"},
        {"gemini", "/i/t/7/r", R_reply, ""},
        {"gemini", "/i/d/3/rm", R_draft_rm_sure, ""},
        {"gemini", "/i/d/3/rm/abcd1234", R_draft_rm, "abcd1234"},
        {"gemini", "/i/start/12345678/too-long", R_start, "12345678"},
        {"gemini", "/i/start/5/abcd1234", R_start_name, "abcd1234"},
        {"titan", "/i/t/7/r/abcd1234", R_reply_upload, "abcd1234"},
        {"titan", "/t/7", -1, ""},
        {"titan", "/i/", -1, ""},
        {"gemini", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", -1, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct at at;
        enum err e = match(cases[i].scheme, cases[i].path, &at);

        if ((e ? -1 : (int)at.route) != cases[i].route)
            fail_msg("%s: %s, %s", cases[i].path, err_name(e),
                     route_row(at.route)->name);
        assert_true(e || str_eq(at.key, str_of(cases[i].key)));
    }
}

static void
every_row_that_changes_something_ends_in_a_key(void **state)
{
    (void)state;
    for (int i = 0; i < R_COUNT; i++) {
        const struct route *row = route_row((enum route_id)i);

        assert_int_equal(str_has_suffix(str_of(row->pattern), STR("/{key}")),
                         row->kind != ROUTE_PAGE && row->kind != ROUTE_INSIDE);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_path_that_is_built_is_matched_again),
        TEST(only_pages_are_found_outside),
        TEST(a_prompt_keeps_its_reason_in_the_path),
        TEST(paths_are_read_as_they_should),
        TEST(every_row_that_changes_something_ends_in_a_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
