#include "gmi_page.h"

static void
each_kind_of_line_has_its_mark(void **state)
{
    struct page *p = page_begin();
    struct gmi *g = &p->g;

    (void)state;
    gmi_h1(g), gmi_say(g, LIT("one"));
    gmi_h2(g), gmi_say(g, LIT("two"));
    gmi_h3(g), gmi_say(g, LIT("three"));
    gmi_text(g), gmi_say(g, LIT("text "));
    gmi_int(g, -7);
    gmi_item(g), gmi_say(g, LIT("item"));
    gmi_quote(g), gmi_say(g, LIT("quote"));
    gmi_link(g, (struct href){STR("/t/7")}), gmi_say(g, LIT("label"));
    gmi_link(g, href_external(LIT("gemini://a.example/")));
    gmi_pre(g, LIT("alt")), gmi_text(g), gmi_user(g, STR("\tx"));
    gmi_pre_end(g);
    assert_page(p, STR("# one\n## two\n### three\ntext -7\n* item\n> quote\n"
                       "=> /t/7 label\n=> gemini://a.example/\n"
                       "```alt\n\tx\n```\n"));
}

static void
there_is_one_blank_line_and_never_two(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_blank(&p->g);
    gmi_text(&p->g), gmi_say(&p->g, LIT("a"));
    gmi_blank(&p->g), gmi_blank(&p->g);
    gmi_text(&p->g), gmi_say(&p->g, LIT("b"));
    assert_page(p, STR("a\n\nb\n"));
}

static void
a_title_with_a_newline_stays_on_one_line(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_h1(&p->g);
    gmi_user(&p->g, STR("one\ntwo\r\n=> three\xE2\x80\xA8"
                        "four\x1B\xE2\x80\xAE\tfive\xFF"));
    assert_page(p, STR("# one two  => three four   five\xEF\xBF\xBD\n"));
}

static void
a_user_can_not_make_a_structure_of_a_text_line(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"=> /x", " => /x\n"}, {"# x", " # x\n"},    {"#x", " #x\n"},
        {"* x", " * x\n"},     {">x", " >x\n"},      {"```", " ```\n"},
        {"=: /x", " =: /x\n"}, {"*x*", "*x*\n"},     {"=x", "=x\n"},
        {"``", "``\n"},        {" => x", " => x\n"}, {"", "\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct page *p = page_begin();

        gmi_text(&p->g), gmi_user(&p->g, str_of(rows[i].text));
        assert_page(p, str_of(rows[i].want));
    }
}

static void
a_structure_can_not_be_put_together_from_pieces(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_text(&p->g);
    gmi_user(&p->g, STR("="));
    gmi_user(&p->g, STR("> /x"));
    gmi_text(&p->g);
    gmi_user(&p->g, STR("`"));
    gmi_say(&p->g, LIT(""));
    gmi_user(&p->g, STR("`"));
    gmi_user(&p->g, STR("`"));
    gmi_text(&p->g);
    gmi_user(&p->g, STR("*"));
    gmi_plain(&p->g, STR(" 5"));
    assert_page(p, STR(" => /x\n ```\n * 5\n"));
}

static void
a_user_can_not_leave_a_fence(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_pre(&p->g, LIT(""));
    gmi_text(&p->g), gmi_user(&p->g, STR("```\n# x"));
    gmi_text(&p->g), gmi_user(&p->g, STR("# y"));
    gmi_h2(&p->g), gmi_say(&p->g, LIT("out"));
    assert_page(p, STR("```\n ``` # x\n# y\n```\n## out\n"));
}

static void
words_without_a_line_open_one(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_user(&p->g, STR("# a"));
    assert_page(p, STR(" # a\n"));
}

static void
a_link_to_nowhere_is_text(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_link(&p->g, (struct href){STR("")}), gmi_user(&p->g, STR("=> a"));
    gmi_link(&p->g, (struct href){STR("/a b")}), gmi_user(&p->g, STR("c"));
    assert_page(p, STR(" => a\nc\n"));
}

static void
plain_text_is_letters_digits_and_a_few_signs(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_text(&p->g);
    gmi_plain(&p->g, STR("aZ09 :-.,/+()\n#=`\xC3\xA9*"));
    assert_page(p, STR("aZ09 :-.,/+()???????\n"));
}

static void
a_line_never_grows_past_its_limit(void **state)
{
    static char text[5000];
    struct page *p = page_begin();

    (void)state;
    memset(text, 'x', sizeof(text));
    gmi_h1(&p->g);
    gmi_user(&p->g, (struct str){text, sizeof(text)});
    gmi_user(&p->g, (struct str){text, sizeof(text)});
    gmi_say(&p->g, LIT("more"));
    gmi_end(&p->g);
    assert_int_equal(p->b.n, GMI_LINE_MAX + 1);
    buf_release(&p->b);
    free(p);
}

static void
raw_lines_end_the_open_one(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_text(&p->g), gmi_say(&p->g, LIT("a"));
    gmi_raw(&p->g, LIT("# b\nc"));
    gmi_raw(&p->g, LIT("d\n"));
    assert_page(p, STR("a\n# b\nc\nd\n"));
}

static void
a_failure_of_the_buffer_sticks(void **state)
{
    struct buf b;
    struct gmi g;

    (void)state;
    buf_init(&b, 10);
    gmi_init(&g, &b);
    gmi_text(&g), gmi_user(&g, STR("123456789"));
    gmi_user_block(&g, STR("=> /x\n# y\n```\nz"));
    gmi_link(&g, (struct href){STR("/a")}), gmi_user(&g, STR("b"));
    gmi_end(&g);
    assert_int_equal(b.bad, E_TOO_LONG);
    buf_release(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_line_has_its_mark),
        cmocka_unit_test(there_is_one_blank_line_and_never_two),
        cmocka_unit_test(a_title_with_a_newline_stays_on_one_line),
        cmocka_unit_test(a_user_can_not_make_a_structure_of_a_text_line),
        cmocka_unit_test(a_structure_can_not_be_put_together_from_pieces),
        cmocka_unit_test(a_user_can_not_leave_a_fence),
        cmocka_unit_test(words_without_a_line_open_one),
        cmocka_unit_test(a_link_to_nowhere_is_text),
        cmocka_unit_test(plain_text_is_letters_digits_and_a_few_signs),
        cmocka_unit_test(a_line_never_grows_past_its_limit),
        cmocka_unit_test(raw_lines_end_the_open_one),
        cmocka_unit_test(a_failure_of_the_buffer_sticks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
