#include "assert_str.h"
#include "base/buf.h"
#include "wire/url.h"

#define MEMORY (64 << 10)

/* The segments as "[a][b]", with "/" behind where the path ends so. */
static struct str
shape(struct arena *a, const struct url *url)
{
    struct str s = STR("");

    for (int i = 0; i < url->segments && i < URL_SEGMENTS; i++)
        s = arena_fmt(a, "%.*s[%.*s]", (int)s.n, s.p, (int)url->segment[i].n,
                      url->segment[i].p);
    return url->ends_in_slash ? arena_fmt(a, "%.*s/", (int)s.n, s.p) : s;
}

static void
paths_come_apart_before_they_are_decoded(void **state)
{
    static const struct {
        const char *url, *shape, *path;
    } rows[] = {
        {"gemini://h", "/", "/"},
        {"gemini://h/", "/", "/"},
        {"gemini://h?q", "/", "/"},
        {"gemini://h/c", "[c]", "/c"},
        {"gemini://h/c/", "[c]/", "/c/"},
        {"gemini://h/a/b", "[a][b]", "/a/b"},
        {"gemini://h/a%2Fb", "[a/b]", "/a%2Fb"},
        {"gemini://h/a%2fb", "[a/b]", "/a%2Fb"},
        {"gemini://h//a", "[][a]", "//a"},
        {"gemini://h/../../etc/passwd", "[etc][passwd]", "/etc/passwd"},
        {"gemini://h/a/../../b", "[b]", "/b"},
        {"gemini://h/%2e%2e/", "/", "/"},
        {"gemini://h/a/./b/..", "[a]/", "/a/"},
        {"gemini://h/\xC3\xA9", "[\xC3\xA9]", "/%C3%A9"},
        {"gemini://h/%C3%A9", "[\xC3\xA9]", "/%C3%A9"},
        {"gemini://h/a+b", "[a+b]", "/a+b"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct arena a;
        struct url url;

        arena_init(&a, MEMORY);
        assert_int_equal(url_parse(str_of(rows[i].url), &a, &url), OK);
        assert_str(shape(&a, &url), str_of(rows[i].shape));
        assert_str(url.path, str_of(rows[i].path));
        arena_release(&a);
    }
}

static void
hosts_and_ports_come_out_plain(void **state)
{
    static const struct {
        const char *url, *host;
        int port;
    } rows[] = {
        {"GEMINI://H.Example/", "h.example", 0},
        {"gemini://h:1965/", "h", 1965},
        {"gemini://h:/", "h", 0},
        {"gemini://h./", "h", 0},
        {"gemini://%48/", "h", 0},
        {"gemini://[::1]:1965/", "::1", 1965},
        {"gemini://[FE80::1]/", "fe80::1", 0},
        {"gemini://127.0.0.1/", "127.0.0.1", 0},
        {"gemini://h:65535/", "h", 65535},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct arena a;
        struct url url;

        arena_init(&a, MEMORY);
        assert_int_equal(url_parse(str_of(rows[i].url), &a, &url), OK);
        assert_str(url.host, str_of(rows[i].host));
        assert_int_equal(url.port, rows[i].port);
        arena_release(&a);
    }
}

static void
queries_are_kept_as_they_came(void **state)
{
    static const struct {
        const char *url, *query;
        bool has_query;
    } rows[] = {
        {"gemini://h/", "", false},
        {"gemini://h/?", "", true},
        {"gemini://h/?a%20b", "a%20b", true},
        {"gemini://h/?a b", "a%20b", true},
        {"gemini://h/?\xC3\xA9", "%C3%A9", true},
        {"gemini://h/?a?b", "a?b", true},
        {"gemini://h/?a/../b", "a/../b", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct arena a;
        struct url url;

        arena_init(&a, MEMORY);
        assert_int_equal(url_parse(str_of(rows[i].url), &a, &url), OK);
        assert_str(url.query, str_of(rows[i].query));
        assert_int_equal(url.has_query, rows[i].has_query);
        arena_release(&a);
    }
}

static void
what_is_no_request_is_malformed(void **state)
{
    static const char *const bad[] = {
        "",
        "/",
        "//h/",
        "h/",
        "Hello Gemini!",
        "gemini:",
        "gemini:/",
        "gemini://",
        "gemini:///x",
        "gemini://:1965/",
        "gemini://./",
        "gemini://u@h/",
        "gemini://u:p@h/",
        "gemini://@h/",
        "gemini://h/#x",
        "gemini://h/?q#x",
        "gemini://h/#",
        "gemini://h:99999/",
        "gemini://h:12ab/",
        "gemini://h:0/",
        "gemini://[::1/",
        "gemini://[zz]/",
        "gemini://h/\x01",
        "gemini://h/\x7F",
        "gemini://h/a b",
        "gemini://a b/",
        "gemini://h/%",
        "gemini://h/%2",
        "gemini://h/%zz",
        "gemini://h/%00",
        "gemini://h/\xDC",
        "gemini://h/%DC",
        "gemini://\xC3\xA9/",
        "\xEF\xBB\xBFgemini://h/",
        "gemini://h/?a\nb",
        "gemini://h/a\\b",
        "gemini://h/?a<b",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct arena a;
        struct url url;
        enum err e;

        arena_init(&a, MEMORY);
        e = url_parse(str_of(bad[i]), &a, &url);
        if (e != E_MALFORMED)
            print_error("%s\n", bad[i]);
        assert_int_equal(e, E_MALFORMED);
        arena_release(&a);
    }
}

static void
a_nul_byte_is_malformed(void **state)
{
    struct arena a;
    struct url url;

    (void)state;
    arena_init(&a, MEMORY);
    assert_int_equal(url_parse(STR("gemini://h/\0x"), &a, &url), E_MALFORMED);
    assert_int_equal(url_parse(STR("gemini://h\0/"), &a, &url), E_MALFORMED);
    arena_release(&a);
}

static void
another_scheme_is_foreign(void **state)
{
    static const char *const bad[] = {"http://h/", "https://h/x?y",
                                      "gopher://h/1", "spartan://h/",
                                      "mailto:a@b.example"};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct arena a;
        struct url url;

        arena_init(&a, MEMORY);
        assert_int_equal(url_parse(str_of(bad[i]), &a, &url), E_FOREIGN);
        arena_release(&a);
    }
}

static void
a_path_of_too_many_segments_parses_and_says_so(void **state)
{
    struct arena a;
    struct url url;
    struct buf b;

    (void)state;
    arena_init(&a, MEMORY);
    buf_init(&b, URL_MAX);
    buf_add(&b, STR("gemini://h"));
    while (b.n + 2 <= URL_MAX)
        buf_add(&b, STR("/a"));
    assert_int_equal(url_parse(buf_str(&b), &a, &url), OK);
    assert_int_equal(url.segments, URL_SEGMENTS + 1);
    buf_release(&b);
    arena_release(&a);
}

static void
no_memory_is_no_malformed_url(void **state)
{
    struct arena a;
    struct url url;

    (void)state;
    arena_init(&a, 16);
    assert_int_equal(url_parse(STR("gemini://h/some/path?and-query"), &a, &url),
                     E_NOMEM);
    arena_release(&a);
}

static void
decoding_happens_once(void **state)
{
    struct arena a;
    struct str out;

    (void)state;
    arena_init(&a, MEMORY);
    assert_int_equal(url_decode(STR("a%2525+%C3%A9 \xC3\xA9"), &a, &out), OK);
    assert_str(out, STR("a%25+\xC3\xA9 \xC3\xA9"));
    assert_int_equal(url_decode(STR("%4"), &a, &out), E_MALFORMED);
    assert_int_equal(url_decode(STR("%00"), &a, &out), E_MALFORMED);
    assert_int_equal(url_decode(STR("%FF"), &a, &out), E_MALFORMED);
    arena_release(&a);
}

static void
links_of_known_schemes_show_their_host(void **state)
{
    static const struct {
        const char *url, *host;
    } rows[] = {
        {"gemini://a.example/x?y#z", "a.example"},
        {"HTTPS://A.example:8/", "A.example"},
        {"gopher://a.example/1x", "a.example"},
        {"finger://a.example", "a.example"},
        {"nex://a.example/", "a.example"},
        {"spartan://a.example/", "a.example"},
        {"http://[::1]/", "::1"},
        {"mailto:a@b.example", ""},
        {"misfin:a@b.example", ""},
    };
    struct str host;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_true(url_is_linkable(str_of(rows[i].url), &host));
        assert_str(host, str_of(rows[i].host));
    }
}

static void
other_addresses_are_not_linkable(void **state)
{
    static const char *const bad[] = {
        "",
        "/i/mod/5",
        "x",
        "?q",
        "//a.example/",
        "about:blank",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:x",
        "kristall+ctrl:x",
        "titan://a.example/",
        "https://u@a.example/",
        "https://@a.example/",
        "gemini:///x",
        "gemini:x",
        "gemini:",
        "mailto:",
        "https://a.example/\xC3\xA9",
        "https://a.example/a b",
        "https://a.example:99999/",
        "https://a.example/%zz",
        "https://a.example/\x1B",
        "mailto://a.example/",
    };
    struct str host;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        bool is = url_is_linkable(str_of(bad[i]), &host);

        if (is)
            print_error("%s\n", bad[i]);
        assert_false(is);
        assert_int_equal(host.n, 0);
    }
}

static void
a_link_has_at_most_1024_bytes(void **state)
{
    char text[URL_MAX + 1];
    struct str host;

    (void)state;
    memset(text, 'a', sizeof(text));
    memcpy(text, "gemini://a/", 11);
    assert_true(url_is_linkable((struct str){text, URL_MAX}, &host));
    assert_false(url_is_linkable((struct str){text, URL_MAX + 1}, &host));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_come_apart_before_they_are_decoded),
        cmocka_unit_test(hosts_and_ports_come_out_plain),
        cmocka_unit_test(queries_are_kept_as_they_came),
        cmocka_unit_test(what_is_no_request_is_malformed),
        cmocka_unit_test(a_nul_byte_is_malformed),
        cmocka_unit_test(another_scheme_is_foreign),
        cmocka_unit_test(a_path_of_too_many_segments_parses_and_says_so),
        cmocka_unit_test(no_memory_is_no_malformed_url),
        cmocka_unit_test(decoding_happens_once),
        cmocka_unit_test(links_of_known_schemes_show_their_host),
        cmocka_unit_test(other_addresses_are_not_linkable),
        cmocka_unit_test(a_link_has_at_most_1024_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
