#include "assert_str.h"
#include "wire/titan.h"

#define MEMORY (64 << 10)

struct upload {
    struct arena mem;
    struct url url;
    struct titan titan;
    enum err e;
};

static struct upload
upload(const char *line)
{
    struct upload u = {.e = OK};

    arena_init(&u.mem, MEMORY);
    u.e = url_parse(str_of(line), &u.mem, &u.url);
    if (!u.e)
        u.e = titan_parse(&u.url, &u.mem, &u.titan);
    return u;
}

static void
parameters_leave_the_path_in_any_order(void **state)
{
    static const char *const lines[] = {
        "titan://h/b/new;size=3;mime=text/plain",
        "titan://h/b/new;mime=text/plain;size=3",
        "titan://h:1965/b/new;mime=text%2Fplain;size=3;token=",
        "titan://h/b/new;mime=Text/Plain%3Bcharset=utf-8;size=3",
        "titan://h/b/new;mime=text/plain;charset=utf-8;size=3",
        "titan://h/b/new;mime=text/plain; lang=en;size=3",
        "titan://h/b/new;size=003;mime=text/plain",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct upload u = upload(lines[i]);

        if (u.e)
            print_error("%s\n", lines[i]);
        assert_int_equal(u.e, OK);
        assert_int_equal(u.titan.size, 3);
        assert_str(u.titan.mime, STR("text/plain"));
        assert_int_equal(u.titan.token.n, 0);
        assert_false(u.titan.is_edit);
        assert_str(u.url.path, STR("/b/new"));
        assert_int_equal(u.url.segments, 2);
        assert_str(u.url.segment[1], STR("new"));
        arena_release(&u.mem);
    }
}

static void
without_a_mime_it_is_gemtext(void **state)
{
    struct upload u = upload("titan://h/x;size=0");

    (void)state;
    assert_int_equal(u.e, OK);
    assert_int_equal(u.titan.size, 0);
    assert_str(u.titan.mime, STR("text/gemini"));
    arena_release(&u.mem);
}

static void
a_token_is_decoded(void **state)
{
    struct upload u = upload("titan://h/x;size=1;token=a%20b%3Bc");

    (void)state;
    assert_int_equal(u.e, OK);
    assert_str(u.titan.token, STR("a b;c"));
    arena_release(&u.mem);
}

static void
edit_asks_for_the_text_and_has_no_size(void **state)
{
    struct upload u = upload("titan://h:1965/b/x/5;edit");

    (void)state;
    assert_int_equal(u.e, OK);
    assert_true(u.titan.is_edit);
    assert_str(u.url.path, STR("/b/x/5"));
    arena_release(&u.mem);
}

static void
parameters_may_end_the_query(void **state)
{
    struct upload u = upload("titan://h/b/new?q=1;mime=text/plain;size=3");

    (void)state;
    assert_int_equal(u.e, OK);
    assert_int_equal(u.titan.size, 3);
    assert_str(u.titan.mime, STR("text/plain"));
    assert_str(u.url.query, STR("q=1"));
    assert_str(u.url.path, STR("/b/new"));
    arena_release(&u.mem);
    u = upload("titan://h/b/new?a;b;size=3;token=t");
    assert_int_equal(u.e, OK);
    assert_str(u.url.query, STR("a;b"));
    arena_release(&u.mem);
}

static void
a_slash_before_the_parameters_stays(void **state)
{
    struct upload u = upload("titan://h/c/;size=1");

    (void)state;
    assert_int_equal(u.e, OK);
    assert_str(u.url.path, STR("/c/"));
    assert_true(u.url.ends_in_slash);
    assert_int_equal(u.url.segments, 1);
    arena_release(&u.mem);
}

static void
bad_parameters_are_malformed(void **state)
{
    static const char *const lines[] = {
        "titan://h/x",
        "titan://h/x;mime=text/plain",
        "titan://h/x;size=",
        "titan://h/x;size",
        "titan://h/x;size=-1",
        "titan://h/x;size=+1",
        "titan://h/x;size=1e3",
        "titan://h/x;size=12345678901",
        "titan://h/x;size=1;size=1",
        "titan://h/x;size=1;mime=a/b;mime=a/b",
        "titan://h/x;size=1;token=a;token=a",
        "titan://h/x;size=1;foo=1",
        "titan://h/x;foo=1/y;size=1",
        "titan://h/x;size=1;",
        "titan://h/x;;size=1",
        "titan://h/x;size=1;mime=text",
        "titan://h/x;size=1;mime=/plain",
        "titan://h/x;size=1;mime=text/",
        "titan://h/x;size=1;mime=a/b/c",
        "titan://h/x;size=1;mime=te%20xt/plain",
        "titan://h/x;edit;size=1",
        "titan://h/x;edit;edit",
        "titan://h/x;edit=1",
        "titan://h/a/..;size=1",
        "titan://h/a/%2e;size=1",
        "titan://h/x?q",
        "titan://h/x?size=1",
        "titan://h/x?q;size=1;size=2",
        "titan://h/x;token=a?q;size=1",
        "titan://h/x;size=%zz",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct upload u = upload(lines[i]);

        if (u.e != E_MALFORMED)
            print_error("%s\n", lines[i]);
        assert_int_equal(u.e, E_MALFORMED);
        arena_release(&u.mem);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_leave_the_path_in_any_order),
        cmocka_unit_test(without_a_mime_it_is_gemtext),
        cmocka_unit_test(a_token_is_decoded),
        cmocka_unit_test(edit_asks_for_the_text_and_has_no_size),
        cmocka_unit_test(parameters_may_end_the_query),
        cmocka_unit_test(a_slash_before_the_parameters_stays),
        cmocka_unit_test(bad_parameters_are_malformed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
