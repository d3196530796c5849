#include "assert_str.h"
#include "base/text.h"

struct pair {
    const char *from, *want;
};

/* Each row through a function of text.h. */
static void
assert_rows(struct str (*f)(struct arena *, struct str),
            const struct pair *rows, size_t n)
{
    struct arena a;

    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < n; i++)
        assert_str(f(&a, str_of(rows[i].from)), str_of(rows[i].want));
    assert_int_equal(a.bad, OK);
    arena_release(&a);
}

#define ASSERT_ROWS(f, ...)                                                    \
    do {                                                                       \
        static const struct pair rows[] = {__VA_ARGS__};                       \
        assert_rows(f, rows, sizeof(rows) / sizeof(*rows));                    \
    } while (0)

static void
only_whole_utf8_without_nul_is_valid(void **state)
{
    (void)state;
    assert_true(text_is_valid(STR("")));
    assert_true(text_is_valid(STR("a\xC3\xA9\xF0\x9F\x8C\xB1")));
    assert_false(text_is_valid(STR("a\0b")));
    assert_false(text_is_valid(STR("\xC3")));
    assert_false(text_is_valid(STR("\xC0\xAF")));         /* overlong */
    assert_false(text_is_valid(STR("\xED\xA0\x80")));     /* surrogate */
    assert_false(text_is_valid(STR("\xF4\x90\x80\x80"))); /* too high */
    assert_false(text_is_valid(STR("\xE2\x82")));         /* cut off */
}

static void
every_kind_of_line_break_becomes_lf(void **state)
{
    (void)state;
    ASSERT_ROWS(text_clean, {"a\r\nb\rc\nd", "a\nb\nc\nd"},
                {"a\x0B"
                 "b\x0C"
                 "c",
                 "a\nb\nc"},
                {"a\x1C"
                 "b\x1D"
                 "c\x1E"
                 "d",
                 "a\nb\nc\nd"},
                {"a\xC2\x85"
                 "b\xE2\x80\xA8"
                 "c\xE2\x80\xA9"
                 "d",
                 "a\nb\nc\nd"});
}

static void
what_must_not_reach_a_screen_goes(void **state)
{
    (void)state;
    ASSERT_ROWS(text_clean, {"a\x1B[31mb", "a[31mb"}, {"a\x7F\xC2\x9B", "a"},
                {"\xEF\xBB\xBF"
                 "a",
                 "a"},
                /* NOLINTNEXTLINE(misc-misleading-bidirectional): the test */
                {"a\xE2\x80\xAE"
                 "b\xE2\x81\xA6"
                 "c",
                 "abc"},
                {"a\xF3\xA0\x81\xA1"
                 "b",
                 "ab"},
                {"a\xEF\xBF\xB9"
                 "b",
                 "ab"});
}

static void
bad_bytes_become_a_replacement_character(void **state)
{
    (void)state;
    ASSERT_ROWS(text_clean, {"a\xFF\xFE", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
                {"\xC3", "\xEF\xBF\xBD"});
}

static void
blanks_and_blank_lines_are_kept_within_bounds(void **state)
{
    (void)state;
    ASSERT_ROWS(text_clean, {"a  \nb\t\n", "a\nb"},
                {"a\n\n\n\n\nb", "a\n\n\nb"}, {" \n\n a \n\n", "a"},
                {"a\tb", "a b"}, {"", ""}, {" \t", ""});
}

static void
tabs_stay_between_fences(void **state)
{
    (void)state;
    ASSERT_ROWS(text_clean, {"```\n\tx\n```\na\tb", "```\n\tx\n```\na b"},
                {"```a\tb\n\tx", "```a b\n\tx"});
}

static void
long_runs_of_marks_are_cut(void **state)
{
    struct buf b;
    struct arena a;

    (void)state;
    buf_init(&b, 1000);
    arena_init(&a, 10000);
    buf_add_char(&b, 'a');
    for (int i = 0; i < 50; i++) {
        buf_add(&b, STR("\xCC\x81"));
        buf_add(&b, i % 5 ? STR("") : STR("\xE2\x80\x8D"));
    }
    /* The ten joiners do not start the count anew. */
    assert_int_equal(text_clean(&a, buf_str(&b)).n, 1 + 8 * 2 + 10 * 3);
    arena_release(&a);
    buf_release(&b);
}

static void
cleaning_twice_changes_nothing_more(void **state)
{
    static const char *const texts[] = {"\n```\n\ta\n\n\n\n\n```\r\n b \xFF",
                                        "  ```\tx\n\ty\n```\nz"};
    struct arena a;

    (void)state;
    arena_init(&a, 10000);
    for (size_t i = 0; i < 2; i++) {
        struct str once = text_clean(&a, str_of(texts[i]));

        assert_str(text_clean(&a, once), once);
    }
    arena_release(&a);
}

static void
a_line_has_no_breaks_and_single_blanks(void **state)
{
    (void)state;
    ASSERT_ROWS(text_line,
                {"  a \r\n\t b\xC2\xA0\xE3\x80\x80"
                 "c ",
                 "a b c"},
                {"a\x1B"
                 "b",
                 "ab"},
                {"\n", ""});
}

static void
folds_of_the_same_name_are_equal(void **state)
{
    (void)state;
    ASSERT_ROWS(text_fold, {"Anna  Maria", "anna maria"},
                {"STRASSE", "strasse"}, {"Straße", "strasse"},
                {"e\xCC\x81", "é"}, {"É", "é"}, {"Ａ１", "a1"},
                {"an\xE2\x80\x8Bna", "anna"}, {"\xFF", ""}, {"", ""});
}

static void
names_that_look_alike_have_one_skeleton(void **state)
{
    static const struct pair alike[] = {
        {"anna", "аnnа"}, /* Cyrillic a */
        {"Hope", "Норе"}, /* all Cyrillic */
        {"BILL", "BlLL"},    {"bill", "b1ll"},   {"BOB", "B0B"},
        {"modern", "modem"}, {"viv", "νiν"},     {"a-b", "a‐b"},
        {"ANNA", "anna"},    {"HANNA", "ΗΑΝΝΑ"}, {"o'neil", "o’neil"},
        {"anna", "𝐚𝐧𝐧𝐚"},
    };
    struct arena a;

    (void)state;
    arena_init(&a, 1 << 16);
    for (size_t i = 0; i < sizeof(alike) / sizeof(*alike); i++)
        assert_str(text_skeleton(&a, str_of(alike[i].from)),
                   text_skeleton(&a, str_of(alike[i].want)));
    arena_release(&a);
}

static void
names_that_differ_have_two_skeletons(void **state)
{
    static const struct pair apart[] = {
        {"anna", "hanna"}, {"rose", "rosa"}, {"josé", "jose"},
        {"Вера", "Вика"},  {"森", "林"},     {"u1", "u2"},
    };
    struct arena a;

    (void)state;
    arena_init(&a, 1 << 16);
    for (size_t i = 0; i < sizeof(apart) / sizeof(*apart); i++)
        assert_false(str_eq(text_skeleton(&a, str_of(apart[i].from)),
                            text_skeleton(&a, str_of(apart[i].want))));
    arena_release(&a);
}

static void
letters_are_counted_as_a_reader_does(void **state)
{
    (void)state;
    assert_int_equal(text_letters(STR("")), 0);
    assert_int_equal(text_letters(STR("abc")), 3);
    assert_int_equal(text_letters(STR("e\xCC\x81")), 1);
    assert_int_equal(text_letters(STR("👨‍👩‍👧!")), 2);
    assert_int_equal(text_letters(STR("नमस्ते")), 4);
    assert_int_equal(text_letters(STR("\xFF\xFF")), 2);
}

static void
wide_characters_take_two_columns(void **state)
{
    (void)state;
    assert_int_equal(text_columns(STR("ab")), 2);
    assert_int_equal(text_columns(STR("日本")), 4);
    assert_int_equal(text_columns(STR("e\xCC\x81")), 1);
}

static void
a_head_ends_between_clusters(void **state)
{
    (void)state;
    assert_str(text_head(STR("abc"), 3), STR("abc"));
    assert_str(text_head(STR("abc"), 2), STR("ab"));
    assert_str(text_head(STR("aé"), 2), STR("a"));
    assert_str(text_head(STR("ae\xCC\x81"), 2), STR("a"));
    assert_str(text_head(STR("ae\xCC\x81"
                             "b"),
                         4),
               STR("ae\xCC\x81"));
    assert_str(text_head(STR("abc"), 0), STR(""));
}

static void
rows_break_at_blanks_where_they_can(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 1000);
    text_wrap(&b, STR("one two three\nfour\n\nfivefivefive x"), 7);
    assert_str(buf_str(&b), STR("one two\nthree\nfour\n\nfivefiv\nefive x"));
    buf_release(&b);
}

static void
wrapping_to_less_than_a_character_ends(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 1000);
    text_wrap(&b, STR("日本 x"), 1);
    assert_str(buf_str(&b), STR("日\n本\nx"));
    buf_release(&b);
}

static void
plain_text_ends_before_the_first_other_byte(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        bool is_plain = byte >= 0x20 && byte < 0x7F;

        for (size_t at = 0; at < 20; at++) {
            char text[20];

            memset(text, at % 2 ? ' ' : '~', sizeof(text));
            text[at] = (char)byte;
            assert_int_equal(text_plain((struct str){text, sizeof(text)}),
                             is_plain ? sizeof(text) : at);
        }
    }
}

/* What stands at the beginning of s, read one character after the other. */
static size_t
shown_length(struct str s)
{
    struct str rest = s;

    while (rest.n > 0) {
        size_t at = s.n - rest.n;
        int32_t c = text_next(&rest);
        struct str whole = {s.p + at, s.n - rest.n - at};

        if (!text_is_valid(whole) || text_kind(c) != TEXT_SHOWN || c == '\t')
            return at;
    }
    return s.n;
}

static void
what_is_good_at_a_glance_is_shown_character_by_character(void **state)
{
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 4000000; round++) {
        unsigned char b[4];
        struct str s = {(const char *)b, sizeof(b)};

        /* Every pair of first bytes, before bytes of every kind. */
        seed = seed * 1664525 + 1013904223;
        b[0] = (unsigned char)round;
        b[1] = (unsigned char)(round >> 8);
        b[2] = (unsigned char)(seed >> 28 > 3 ? 0x80 | seed >> 24 : seed >> 16);
        b[3] = (unsigned char)(seed >> 20 & 4 ? 0x80 | seed >> 8 : 0xBE);
        if (text_good(s) > shown_length(s))
            fail_msg("%02x %02x %02x %02x", b[0], b[1], b[2], b[3]);
    }
}

static void
text_of_many_scripts_is_good_to_its_end(void **state)
{
    static const char *const texts[] = {
        "plain",
        "Übergröße, “so” — ja…",
        "Кто знает?",
        "كيف الحال",
        "घर का पानी",
        "পানি ফুটিয়ে খান",
        "日本語のテキスト。",
        "한국어",
        "ఆరోగ్యం",
        "👩🏽‍🌾 ok",
        "（全角）",
        "Ẹ kú àárọ̀",
        "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_int_equal(text_good(str_of(texts[i])), strlen(texts[i]));
}

static void
slugs_are_plain(void **state)
{
    (void)state;
    ASSERT_ROWS(text_slug, {"Garden Talk", "garden-talk"},
                {"Über uns!", "uber-uns"}, {" -- a  b -- ", "a-b"},
                {"Ærø Straße", "aero-strasse"}, {"O'Neil", "oneil"},
                {"日本", ""}, {"x", ""}, {"日本 ab", "ab"}, {"", ""},
                {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbb",
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
                {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"});
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_whole_utf8_without_nul_is_valid),
        cmocka_unit_test(every_kind_of_line_break_becomes_lf),
        cmocka_unit_test(what_must_not_reach_a_screen_goes),
        cmocka_unit_test(bad_bytes_become_a_replacement_character),
        cmocka_unit_test(blanks_and_blank_lines_are_kept_within_bounds),
        cmocka_unit_test(tabs_stay_between_fences),
        cmocka_unit_test(long_runs_of_marks_are_cut),
        cmocka_unit_test(cleaning_twice_changes_nothing_more),
        cmocka_unit_test(a_line_has_no_breaks_and_single_blanks),
        cmocka_unit_test(folds_of_the_same_name_are_equal),
        cmocka_unit_test(names_that_look_alike_have_one_skeleton),
        cmocka_unit_test(names_that_differ_have_two_skeletons),
        cmocka_unit_test(letters_are_counted_as_a_reader_does),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(a_head_ends_between_clusters),
        cmocka_unit_test(rows_break_at_blanks_where_they_can),
        cmocka_unit_test(wrapping_to_less_than_a_character_ends),
        cmocka_unit_test(plain_text_ends_before_the_first_other_byte),
        cmocka_unit_test(
            what_is_good_at_a_glance_is_shown_character_by_character),
        cmocka_unit_test(text_of_many_scripts_is_good_to_its_end),
        cmocka_unit_test(slugs_are_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
