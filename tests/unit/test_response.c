#include "assert_str.h"
#include "wire/response.h"

/* The header of an answer with this meta. */
static void
assert_header(int status, struct str meta, struct str want)
{
    struct response rs;
    struct buf header;

    response_init(&rs);
    buf_init(&header, 2000);
    response_say(&rs, status, meta);
    response_finish(&rs, &header);
    assert_str(buf_str(&header), want);
    buf_release(&header);
    response_release(&rs);
}

static void
a_header_is_status_space_meta_crlf(void **state)
{
    (void)state;
    assert_header(51, STR("Nothing here"), STR("51 Nothing here\r\n"));
    assert_header(44, STR("10"), STR("44 10\r\n"));
}

static void
meta_can_not_break_the_header(void **state)
{
    (void)state;
    assert_header(10,
                  STR("a\r\nb\x1B\tc\xC2\x85"
                      "d"),
                  STR("10 a  b  c d\r\n"));
    assert_header(10, STR("<b>a & b</b>"), STR("10 ba  b/b\r\n"));
    assert_header(10, STR("\xFFx"), STR("10 \xEF\xBF\xBDx\r\n"));
    assert_header(10, STR("\xEF\xBB\xBF x "), STR("10 x\r\n"));
}

static void
an_empty_meta_becomes_a_dash(void **state)
{
    (void)state;
    assert_header(51, STR(""), STR("51 -\r\n"));
    assert_header(51, STR(" \n<>"), STR("51 -\r\n"));
}

static void
a_long_meta_is_cut_between_characters(void **state)
{
    char text[1200];
    struct response rs;

    (void)state;
    for (size_t i = 0; i < sizeof(text); i += 3)
        memcpy(text + i, "\xE6\x97\xA5", 3);
    response_init(&rs);
    response_say(&rs, 10, (struct str){text, sizeof(text)});
    assert_int_equal(rs.meta.n, 999);
    memset(text, 0xFF, sizeof(text)); /* each grows to three bytes */
    response_say(&rs, 10, (struct str){text, sizeof(text)});
    assert_int_equal(rs.meta.n, 999);
    assert_int_equal(rs.meta.bad, OK);
    response_release(&rs);
}

static void
only_success_has_a_body(void **state)
{
    struct response rs;
    struct buf header;

    (void)state;
    response_init(&rs);
    buf_init(&header, 2000);
    response_say(&rs, 51, STR("no"));
    buf_add(&rs.body, STR("body"));
    response_finish(&rs, &header);
    assert_int_equal(rs.body.n, 0);
    response_reset(&rs);
    buf_reset(&header);
    buf_add(&rs.body, STR("body"));
    response_type(&rs, LIT(MIME_GEMINI));
    response_finish(&rs, &header);
    assert_str(buf_str(&header),
               STR("20 text/gemini; charset=utf-8; lang=en\r\n"));
    assert_str(buf_str(&rs.body), STR("body"));
    buf_release(&header);
    response_release(&rs);
}

static void
nothing_said_or_an_unknown_status_becomes_40(void **state)
{
    struct response rs;
    struct buf header;

    (void)state;
    response_init(&rs);
    buf_init(&header, 2000);
    response_finish(&rs, &header);
    assert_str(buf_str(&header), STR("40 -\r\n"));
    buf_release(&header);
    response_release(&rs);
    assert_header(21, STR("x"), STR("40 -\r\n"));
    assert_header(99, STR("x"), STR("40 -\r\n"));
}

static void
a_body_that_failed_becomes_41_without_a_body(void **state)
{
    struct response rs;
    struct buf header;

    (void)state;
    response_init(&rs);
    buf_init(&header, 2000);
    rs.body.max = 4;
    buf_add(&rs.body, STR("four"));
    buf_add(&rs.body, STR("more"));
    response_type(&rs, LIT(MIME_GEMINI));
    response_finish(&rs, &header);
    assert_str(buf_str(&header), STR("41 -\r\n"));
    assert_int_equal(rs.body.n, 0);
    buf_release(&header);
    response_release(&rs);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_is_status_space_meta_crlf),
        cmocka_unit_test(meta_can_not_break_the_header),
        cmocka_unit_test(an_empty_meta_becomes_a_dash),
        cmocka_unit_test(a_long_meta_is_cut_between_characters),
        cmocka_unit_test(only_success_has_a_body),
        cmocka_unit_test(nothing_said_or_an_unknown_status_becomes_40),
        cmocka_unit_test(a_body_that_failed_becomes_41_without_a_body),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
