/* Feeds as Atom: what RFC 4287 asks of them, read with another's eyes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "tests/talk/atom_check.h"
#include "wire/atom.h"

static const struct atom_feed plain_feed = {
    .id = {"gemini://x/atom.xml", 19},
    .title = {"Garden", 6},
    .self = {"gemini://x/atom.xml", 19},
    .alternate = {"gemini://x/", 11},
    .updated = {"2026-11-24T10:00:00Z", 20},
    .author = {"Garden", 6},
};

/* One entry of that text; the document lives in out. */
static void
feed_of(struct buf *out, struct str text, const char *second_id)
{
    struct atom_entry e = {
        .id = STR("gemini://x/t/1/1"),
        .title = text,
        .link = STR("gemini://x/t/1/1"),
        .published = STR("2026-11-24T09:00:00Z"),
        .updated = STR("2026-11-24T10:00:00Z"),
        .author = text,
        .text = text,
        .is_whole = true,
    };
    struct atom a;

    buf_init(out, 1 << 20);
    atom_begin(&a, &plain_feed);
    atom_entry(&a, &e);
    if (second_id) {
        e.id = str_of(second_id);
        atom_entry(&a, &e);
    }
    assert_int_equal(atom_end(&a, out), OK);
}

static void
any_text_makes_a_valid_feed(void **state)
{
    static const char turned[] = {'\xe2', '\x80', '\xae'}; /* U+202E */
    static const struct str texts[] = {
        {"plain", 5},
        {"", 0},
        {"</content><x a=\"&amp;'>]]>", 26},
        {"a\0b\x1b[31m\x7f\x0c\xff\xfe", 13},
        {"\xef\xbf\xbe\xef\xbf\xbf", 6},
        {turned, sizeof(turned)},
        {"\xed\xa0\x80\xf4\x90\x80\x80", 7},
        {"\xd0\x9f \xf0\x9f\x8c\xb1 \xe0\xa4\xb9", 11},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct buf out;
        char why[200] = "";

        feed_of(&out, texts[i], NULL);
        assert_true(atom_check(out.p, out.n, why, sizeof(why)));
        assert_string_equal(why, "");
        buf_release(&out);
    }
}

/* What checks must be able to say no. */
static void
the_check_sees_what_is_wrong(void **state)
{
    static const char *const bad[] = {
        "", "<feed/>", "<feed xmlns='http://www.w3.org/2005/Atom'/>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>gemini://x/</id>"
        "<title>t</title><updated>yesterday</updated></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>/x</id>"
        "<title>t</title><updated>2026-11-24T10:00:00Z</updated></feed>"};
    struct buf out;
    char why[200];

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(atom_check(bad[i], strlen(bad[i]), why, sizeof(why)));
    feed_of(&out, STR("x"), "gemini://x/t/1/1");
    assert_false(atom_check(out.p, out.n, why, sizeof(why)));
    buf_release(&out);
    feed_of(&out, STR("x"), "gemini://x/t/2/1");
    assert_true(atom_check(out.p, out.n, why, sizeof(why)));
    buf_release(&out);
}

static void
a_stamp_is_written_as_rfc_3339_has_it(void **state)
{
    struct arena mem;

    (void)state;
    arena_init(&mem, 4096);
    assert_true(
        str_eq(clock_stamp(&mem, 1772460309), STR("2026-03-02T14:05:09Z")));
    assert_true(str_eq(clock_stamp(&mem, 0), STR("1970-01-01T00:00:00Z")));
    arena_release(&mem);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_text_makes_a_valid_feed),
        cmocka_unit_test(the_check_sees_what_is_wrong),
        cmocka_unit_test(a_stamp_is_written_as_rfc_3339_has_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
