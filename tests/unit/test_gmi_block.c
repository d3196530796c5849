#include "gmi_page.h"

/* What becomes of a user's text in a block. */
#define assert_block(text, want)                                               \
    do {                                                                       \
        struct page *page_ = page_begin();                                     \
                                                                               \
        gmi_user_block(&page_->g, text);                                       \
        assert_page(page_, want);                                              \
    } while (0)

static void
headings_in_a_block_go_below_the_page_s_own(void **state)
{
    (void)state;
    assert_block(STR("# a\n##b\n### c\n#### d\n#\n###"),
                 STR("### a\n### b\n### c\n### # d\n #\n ###\n"));
}

static void
lists_quotes_and_blank_lines_of_a_block_stay(void **state)
{
    (void)state;
    assert_block(STR("a\n\n* b\n> c\n>d\n*e*\n"),
                 STR("a\n\n* b\n> c\n> d\n*e*\n"));
}

static void
links_of_a_block_show_their_host(void **state)
{
    (void)state;
    assert_block(STR("=> https://a.example/x  my  page"),
                 STR("=> https://a.example/x my  page (a.example)\n"));
    assert_block(STR("=>\tgemini://a.example/\ty"),
                 STR("=> gemini://a.example/ y (a.example)\n"));
    assert_block(STR("=>gemini://a.example/"), STR("=> gemini://a.example/\n"));
    assert_block(STR("=> mailto:a@b.example?subject=x Write"),
                 STR("=> mailto:a@b.example?subject=x Write (a@b.example)\n"));
}

static void
a_host_is_not_said_twice(void **state)
{
    (void)state;
    assert_block(STR("=> https://a.example/ x (a.example)"),
                 STR("=> https://a.example/ x (a.example)\n"));
    assert_block(STR("=> https://a.example/ x (b.example)"),
                 STR("=> https://a.example/ x (b.example) (a.example)\n"));
}

static void
a_date_does_not_begin_a_label_of_a_block(void **state)
{
    (void)state;
    assert_block(STR("=> https://a.example/ 2026-01-02 News"),
                 STR("=> https://a.example/ (a.example) 2026-01-02 News\n"));
}

static void
other_links_of_a_block_become_text(void **state)
{
    (void)state;
    assert_block(STR("=> /i/mod/5 cats\n=> javascript:x y\n=>\n=> "
                     "https://u@a.example/ z\n=: /x"),
                 STR(" => /i/mod/5 cats\n => javascript:x y\n =>\n => "
                     "https://u@a.example/ z\n =: /x\n"));
}

static void
fences_of_a_block_are_kept_and_shut(void **state)
{
    (void)state;
    assert_block(STR("```c\n\tx\n# y\n=> z\n``` no\n# t"),
                 STR("```c\n\tx\n# y\n=> z\n```\n### t\n"));
    assert_block(STR("```\nopen"), STR("```\nopen\n```\n"));
    assert_block(STR("```"), STR("```\n```\n"));
}

static void
what_follows_a_block_is_the_page_s_own(void **state)
{
    struct page *p = page_begin();

    (void)state;
    gmi_text(&p->g), gmi_say(&p->g, LIT("before"));
    gmi_user_block(&p->g, STR("a\n```\nb"));
    gmi_link(&p->g, (struct href){STR("/r")}), gmi_say(&p->g, LIT("Reply"));
    assert_page(p, STR("before\na\n```\nb\n```\n=> /r Reply\n"));
}

static void
every_kind_of_break_in_a_block_is_seen(void **state)
{
    (void)state;
    assert_block(STR("a\r\n=> /x\r# b\x0B=> /y\xE2\x80\xA8=> /z\xC2\x85#c"),
                 STR("a\n => /x\n### b\n => /y\n => /z\n### c\n"));
}

static void
what_hides_before_a_mark_does_not_help(void **state)
{
    (void)state;
    assert_block(STR("\x1B=> /x\n\xEF\xBB\xBF# y"), STR(" => /x\n # y\n"));
}

/* n times fill, and then text. */
static struct str
long_text(struct buf *b, size_t n, const char *fill, const char *text)
{
    buf_init(b, 1 << 16);
    for (size_t i = 0; i < n; i++)
        buf_add(b, str_of(fill));
    buf_add(b, str_of(text));
    return buf_str(b);
}

static size_t
longest_line(struct str page)
{
    size_t most = 0;

    while (page.n > 0) {
        size_t n = str_cut(&page, '\n').n;

        most = n > most ? n : most;
    }
    return most;
}

static void
long_lines_break_at_a_blank_and_are_guarded_again(void **state)
{
    struct page *p = page_begin();
    struct buf b;

    (void)state;
    gmi_user_block(&p->g, long_text(&b, 600, "=> ", "end"));
    gmi_end(&p->g);
    assert_true(longest_line(buf_str(&p->b)) <= GMI_LINE_MAX + 1);
    for (struct str rest = buf_str(&p->b); rest.n > 0;)
        assert_int_equal(str_cut(&rest, '\n').p[0], ' ');
    buf_release(&b);
    buf_release(&p->b);
    free(p);
}

static void
long_words_break_between_characters(void **state)
{
    static const char *const fills[] = {"x", "\xE6\x97\xA5", "\xCC\x81"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct page *p = page_begin();
        struct buf b;

        gmi_user_block(&p->g, long_text(&b, 3000, fills[i], ""));
        gmi_end(&p->g);
        assert_true(longest_line(buf_str(&p->b)) <= GMI_LINE_MAX + 1);
        assert_true(p->b.n >= b.n);
        assert_int_equal(p->b.n - b.n, (b.n + 1891) / 1892);
        buf_release(&b);
        buf_release(&p->b);
        free(p);
    }
}

static void
a_head_ends_between_lines_and_says_so(void **state)
{
    struct page *p = page_begin();

    (void)state;
    assert_false(gmi_user_block_head(&p->g, STR("one\n```\ntwo\nthree"), 14));
    assert_page(p, STR("one\n```\ntwo\n```\n"));
    p = page_begin();
    assert_true(gmi_user_block_head(&p->g, STR("one\ntwo"), 7));
    assert_page(p, STR("one\ntwo\n"));
    p = page_begin();
    assert_true(gmi_user_block_head(&p->g, STR("one\n\n "), 4));
    assert_page(p, STR("one\n"));
    p = page_begin();
    assert_false(gmi_user_block_head(&p->g, STR("one two three"), 9));
    assert_page(p, STR("one two \n"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_in_a_block_go_below_the_page_s_own),
        cmocka_unit_test(lists_quotes_and_blank_lines_of_a_block_stay),
        cmocka_unit_test(links_of_a_block_show_their_host),
        cmocka_unit_test(a_host_is_not_said_twice),
        cmocka_unit_test(a_date_does_not_begin_a_label_of_a_block),
        cmocka_unit_test(other_links_of_a_block_become_text),
        cmocka_unit_test(fences_of_a_block_are_kept_and_shut),
        cmocka_unit_test(what_follows_a_block_is_the_page_s_own),
        cmocka_unit_test(every_kind_of_break_in_a_block_is_seen),
        cmocka_unit_test(what_hides_before_a_mark_does_not_help),
        cmocka_unit_test(long_lines_break_at_a_blank_and_are_guarded_again),
        cmocka_unit_test(long_words_break_between_characters),
        cmocka_unit_test(a_head_ends_between_lines_and_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
