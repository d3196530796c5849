#include "assert_str.h"
#include "wire/request.h"

#define MEMORY (64 << 10)

static const struct str hosts[] = {
    {"forest.example", 14}, {"moss.example", 12}, {"127.0.0.1", 9}, {"::1", 3}};
static const int ports[] = {1965, 11965};
static const struct names names = {hosts, 4, ports, 2};

struct asked {
    struct arena mem;
    struct request rq;
    enum err e;
};

static struct asked
ask_as(struct str line, const char *sni)
{
    struct asked a;

    arena_init(&a.mem, MEMORY);
    a.e = request_parse(line, str_of(sni), &names, &a.mem, &a.rq);
    return a;
}

static enum err
answer_as(const char *line, const char *sni)
{
    struct asked a = ask_as(str_of(line), sni);

    arena_release(&a.mem);
    return a.e;
}

static enum err
answer(const char *line)
{
    return answer_as(line, "");
}

static void
our_names_and_ports_are_served(void **state)
{
    static const char *const lines[] = {
        "gemini://forest.example/",      "gemini://forest.example",
        "gemini://forest.example:1965/", "gemini://forest.example:/",
        "GEMINI://FOREST.EXAMPLE/",      "gemini://forest.example./",
        "gemini://moss.example/x",       "gemini://forest.example:11965/",
        "gemini://[::1]:1965/",          "gemini://127.0.0.1/",
        "titan://forest.example/x;edit", "gemini://forest.example?abc",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
        assert_int_equal(answer(lines[i]), OK);
}

static void
others_names_ports_and_schemes_are_foreign(void **state)
{
    static const char *const lines[] = {
        "gemini://example.com/",      "gemini://forest.example:443/",
        "gemini://xforest.example/",  "gemini://127.0.0.2/",
        "https://forest.example/",    "titan://example.com/x;size=1",
        "gemini://forest.example../",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
        assert_int_equal(answer(lines[i]), E_FOREIGN);
}

static void
the_name_of_the_handshake_has_to_be_the_url_s(void **state)
{
    const char *line = "gemini://forest.example/";

    (void)state;
    assert_int_equal(answer_as(line, ""), OK);
    assert_int_equal(answer_as(line, "Forest.Example"), OK);
    assert_int_equal(answer_as(line, "forest.example."), OK);
    assert_int_equal(answer_as(line, "moss.example"), E_FOREIGN);
    assert_int_equal(answer_as(line, "example.com"), E_FOREIGN);
}

static void
an_address_stands_for_the_first_name(void **state)
{
    struct asked a = ask_as(STR("gemini://[::1]/"), "");

    (void)state;
    assert_str(a.rq.host, STR("forest.example"));
    arena_release(&a.mem);
    a = ask_as(STR("gemini://MOSS.example/"), "");
    assert_str(a.rq.host, STR("moss.example"));
    arena_release(&a.mem);
}

static void
a_line_may_have_1024_bytes_and_no_more(void **state)
{
    char line[1025];
    struct asked a;

    (void)state;
    memset(line, 'a', sizeof(line));
    memcpy(line, "gemini://forest.example/", 24);
    a = ask_as((struct str){line, 1024}, "");
    assert_int_equal(a.e, OK);
    arena_release(&a.mem);
    a = ask_as((struct str){line, 1025}, "");
    assert_int_equal(a.e, E_URL_TOO_LONG);
    arena_release(&a.mem);
}

static void
what_is_typed_arrives_decoded(void **state)
{
    static const struct {
        const char *query, *input;
    } rows[] = {
        {"a%20b%0Ac%0D%0Ad", "a b\nc\nd"},
        {"a+b", "a+b"},
        {"a b", "a b"},
        {"", ""},
        {"?text", "text"},
        {"%3Ftext", "?text"},
        {"??text", "?text"},
        {"%D0%BC\xD0\xBC", "\xD0\xBC\xD0\xBC"},
        {"a%09b", "a\tb"},
        {"a%0Db", "a\nb"},
        {"old?new", "old?new"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char line[100];
        struct asked a;

        (void)snprintf(line, sizeof(line), "gemini://forest.example/x?%s",
                       rows[i].query);
        a = ask_as(str_of(line), "");
        assert_int_equal(a.e, OK);
        assert_true(a.rq.has_input);
        assert_str(a.rq.input, str_of(rows[i].input));
        arena_release(&a.mem);
    }
}

static void
without_a_question_mark_nothing_was_typed(void **state)
{
    struct asked a = ask_as(STR("gemini://forest.example/x"), "");

    (void)state;
    assert_int_equal(a.e, OK);
    assert_false(a.rq.has_input);
    assert_int_equal(a.rq.input.n, 0);
    assert_false(a.rq.is_upload);
    arena_release(&a.mem);
}

static void
controls_and_bad_escapes_in_what_is_typed_are_malformed(void **state)
{
    static const char *const lines[] = {
        "gemini://forest.example/?%00", "gemini://forest.example/?%1B",
        "gemini://forest.example/?%zz", "gemini://forest.example/?%",
        "gemini://forest.example/?%FF", "gemini://forest.example/?%01",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
        assert_int_equal(answer(lines[i]), E_MALFORMED);
}

static void
an_upload_has_a_size_and_an_edit_has_none(void **state)
{
    struct asked a =
        ask_as(STR("titan://forest.example:1965/x;mime=text/plain;size=3"),
               "forest.example");

    (void)state;
    assert_int_equal(a.e, OK);
    assert_true(a.rq.is_upload);
    assert_int_equal(a.rq.titan.size, 3);
    assert_str(a.rq.url.path, STR("/x"));
    arena_release(&a.mem);
    a = ask_as(STR("titan://forest.example/x;edit"), "");
    assert_int_equal(a.e, OK);
    assert_false(a.rq.is_upload);
    assert_true(a.rq.titan.is_edit);
    arena_release(&a.mem);
    assert_int_equal(answer("titan://forest.example/x"), E_MALFORMED);
}

static void
a_semicolon_means_nothing_to_gemini(void **state)
{
    struct asked a = ask_as(STR("gemini://forest.example/x;size=3"), "");

    (void)state;
    assert_int_equal(a.e, OK);
    assert_str(a.rq.url.segment[0], STR("x;size=3"));
    arena_release(&a.mem);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_names_and_ports_are_served),
        cmocka_unit_test(others_names_ports_and_schemes_are_foreign),
        cmocka_unit_test(the_name_of_the_handshake_has_to_be_the_url_s),
        cmocka_unit_test(an_address_stands_for_the_first_name),
        cmocka_unit_test(a_line_may_have_1024_bytes_and_no_more),
        cmocka_unit_test(what_is_typed_arrives_decoded),
        cmocka_unit_test(without_a_question_mark_nothing_was_typed),
        cmocka_unit_test(
            controls_and_bad_escapes_in_what_is_typed_are_malformed),
        cmocka_unit_test(an_upload_has_a_size_and_an_edit_has_none),
        cmocka_unit_test(a_semicolon_means_nothing_to_gemini),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
