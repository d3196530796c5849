/* Threads as people read them: in slices, whole, post by post, as text. */
#include "tests/unit/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLICE_MAX 16384
#define REPLIES 45

/* Amina looks after Pumps, where she opened thread 1; Josef is a member. */
struct two {
    struct walk *amina, *josef;
};

static struct two
two_new(void **state)
{
    struct two t = {walk_join(state, 1, "Amina"), walk_join(state, 2, "Josef")};

    walk_open(t.amina, "/i/c/");
    walk_type(t.amina, "Start a community", "Keeping pumps working", "Pumps");
    walk_open(t.amina, "/i/c/pumps/");
    walk_type(t.amina, "Ask", "Pump trips after rain", "It stopped again.");
    assert_int_equal(t.amina->answer.status, 20);
    return t;
}

/* A text of n bytes made of a piece; the caller frees. */
static char *
text_of(const char *piece, size_t n)
{
    size_t length = strlen(piece);
    char *text = calloc(1, n + 1);

    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        text[i] = piece[i % length];
    return text;
}

static void
reply_long(struct walk *w, const char *piece, size_t n)
{
    char *text = text_of(piece, n);

    walk_open(w, "/i/t/1");
    walk_upload(w, "Upload a reply", text);
    assert_int_equal(w->answer.status, 20);
    free(text);
}

/* Each another text, or it would be a repeat. */
static void
reply_often(struct walk *w)
{
    char piece[40];

    for (int i = 2; i <= REPLIES; i++) {
        (void)snprintf(piece, sizeof(piece), "This is answer %d. ", i);
        reply_long(w, piece, 700);
    }
}

/* The number in the brackets that end the next line that begins so, or 0; *p
 * moves on. */
static long
number_next(const char **p, const char *begin)
{
    const char *line = *p;

    while (line && strncmp(line, begin, strlen(begin)) != 0) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    if (!line)
        return 0;
    *p = line + strcspn(line, "\n");
    for (line = *p; *line != '('; line--)
        continue;
    return strtol(line + 1, NULL, 10);
}

/* The numbers of the posts shown are *number and those that follow it. */
static void
assert_numbers(const struct walk *w, long *number)
{
    const char *p = w->answer.body.p;
    long k;

    assert_true(w->answer.body.n <= SLICE_MAX);
    while ((k = number_next(&p, "## ")))
        assert_int_equal(k, (*number)++);
}

static void
slices_hold_16_kib_at_most_and_every_post_once(void **state)
{
    struct two t = two_new(state);
    long number = 1;
    int slices = 1;

    reply_often(t.josef);
    walk_open(t.josef, "/i/t/1");
    assert_numbers(t.josef, &number);
    while (walk_link(t.josef, "Later posts")) {
        walk_press(t.josef, "Later posts");
        assert_numbers(t.josef, &number);
        slices++;
    }
    assert_int_equal(number, REPLIES + 1);
    assert_true(slices > 2);
}

static void
slices_lead_back_without_a_gap(void **state)
{
    struct two t = two_new(state);
    long first = REPLIES + 1;

    reply_often(t.josef);
    walk_open(t.josef, "/t/1");
    walk_press(t.josef, "The newest posts");
    for (;;) {
        const char *p = t.josef->answer.body.p;
        long here = number_next(&p, "## "), number = here;

        assert_numbers(t.josef, &number);
        assert_true(here < first && number >= first);
        first = here;
        if (!walk_link(t.josef, "Earlier posts"))
            break;
        walk_press(t.josef, "Earlier posts");
    }
    assert_int_equal(first, 1);
}

static void
a_slice_can_begin_at_any_post_but_no_other_number(void **state)
{
    struct two t = two_new(state);

    reply_long(t.josef, "Yes. ", 50);
    walk_open(t.josef, "/t/1/from/2");
    assert_has(t.josef, "## Josef, ");
    assert_no(t.josef, "## Amina, ");
    walk_open(t.josef, "/t/1/from/3");
    assert_int_equal(t.josef->answer.status, 51);
    walk_open(t.josef, "/t/1/from/0");
    assert_int_equal(t.josef->answer.status, 51);
}

static void
a_long_post_is_shown_by_its_head_and_a_link_with_its_size(void **state)
{
    struct two t = two_new(state);

    reply_long(t.josef, "A long story about pumps. ", 40 << 10);
    walk_open(t.amina, "/i/t/1");
    assert_true(t.amina->answer.body.n <= SLICE_MAX);
    walk_press(t.amina, "The whole post (40 KiB)");
    assert_string_equal(t.amina->at, "/i/t/1/2");
    assert_true(t.amina->answer.body.n > 40 << 10);
}

/* A heading of one letter grows to three times its size. */
static void
a_post_that_grows_in_the_page_keeps_to_the_slice(void **state)
{
    struct two t = two_new(state);

    reply_long(t.josef, "#x\n", 8000);
    reply_long(t.josef, "=> gemini://a.example x\n", 60000);
    reply_long(t.josef, "=>", 60000);
    for (int k = 1; k <= 4; k++) {
        char path[40];

        (void)snprintf(path, sizeof(path), "/i/t/1/from/%d", k);
        walk_open(t.josef, path);
        assert_int_equal(t.josef->answer.status, 20);
        assert_true(t.josef->answer.body.n <= SLICE_MAX);
    }
}

static void
no_text_makes_a_line_of_the_page_around_it(void **state)
{
    struct two t = two_new(state);
    long number = 1;

    walk_open(t.josef, "/i/t/1");
    walk_upload(t.josef, "Upload a reply",
                "# Spoof\n## Amina, 2026-01-01 (9)\n=> /i/t/1/x/1 Remove\n"
                "=> gemini:/x y\n```\n=> /a b\n");
    walk_open(t.amina, "/i/t/1");
    assert_numbers(t.amina, &number);
    assert_int_equal(number, 3);
    assert_no(t.amina, "\n# Spoof");
    assert_no(t.amina, "\n=> /i/t/1/x/1");
    assert_no(t.amina, "\n=> gemini:/x");
    /* The fence that was left open ends before the page goes on. */
    assert_has(t.amina, "=> /a b\n```\n=> /i/t/1/r/2/");
}

static void
all_on_one_page_cuts_nothing(void **state)
{
    struct two t = two_new(state);

    reply_long(t.josef, "A long story about pumps. ", 40 << 10);
    reply_long(t.josef, "Another story about pipes. ", 40 << 10);
    walk_open(t.amina, "/t/1");
    assert_has(t.amina, "All on one page (more than 64 KiB)");
    walk_press(t.amina, "All on one page");
    assert_true(t.amina->answer.body.n > 80 << 10);
    assert_no(t.amina, "The whole post");
    assert_null(walk_link(t.amina, "Later posts"));
}

/* Headings of one letter, so that a post grows to twice its size. */
static void
what_is_too_much_for_one_page_is_linked_to(void **state)
{
    struct two t = two_new(state);
    char piece[40];

    for (int i = 0; i < 145; i++) {
        (void)snprintf(piece, sizeof(piece), "%d\n#x\n#y\n#z\n#z\n", i);
        reply_long(t.josef, piece, 65000);
    }
    walk_open(t.josef, "/t/1/all");
    assert_int_equal(t.josef->answer.status, 20);
    assert_true(t.josef->answer.body.n > 12 << 20);
    assert_true(t.josef->answer.body.n <= 16 << 20);
    walk_press(t.josef, "Later posts");
    assert_int_equal(t.josef->answer.status, 20);
    assert_has(t.josef, "## Josef, ");
}

static void
a_thread_as_text_has_72_columns_and_no_tags(void **state)
{
    struct two t = two_new(state);
    struct str rest, line;

    walk_open(t.josef, "/i/t/1");
    walk_upload(t.josef, "Upload a reply",
                "<script>alert(1)</script> a < b <!-- and <3 <?x\n\n"
                "Amina, 2026-01-01 (9)\n\nThis is a line that goes on and on "
                "and on, so that it will have to be broken somewhere.");
    walk_open(t.josef, "/t/1/txt");
    assert_string_equal(t.josef->answer.meta.p, "text/plain; charset=utf-8");
    assert_has(t.josef, "\n  < script>alert(1)< /script> a < b < !-- and <3");
    assert_has(t.josef, "\nJosef, ");
    assert_no(t.josef, "\nAmina, 2026-01-01 (9)");
    assert_has(t.josef, "gemini://example.org/t/1\n");
    rest = t.josef->answer.body;
    while (rest.n) {
        line = str_cut(&rest, '\n');
        assert_true(line.n <= 72);
    }
}

static void
a_closed_thread_is_51_to_others_on_every_path(void **state)
{
    static const char *const paths[] = {"/t/1",
                                        "/t/1/from/1",
                                        "/t/1/all",
                                        "/t/1/txt",
                                        "/t/1/1",
                                        "/t/1/1/v",
                                        "/c/pumps/",
                                        "/c/pumps/older/99",
                                        "/c/pumps/since/0",
                                        "/c/pumps/rules",
                                        "/c/pumps/elsewhere",
                                        "/c/pumps/log",
                                        "/c/pumps/log/99",
                                        "/c/pumps/desk/"};
    struct two t = two_new(state);
    struct walk *guest = walk_new(state, 0);

    walk_open(t.amina, "/i/c/pumps/desk/");
    walk_press(t.amina, "Close it");
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        char inside[64];

        (void)snprintf(inside, sizeof(inside), "/i%s", paths[i]);
        walk_open(guest, paths[i]);
        assert_int_equal(guest->answer.status, 51);
        walk_open(guest, inside);
        assert_int_equal(guest->answer.status, 51);
        walk_open(t.josef, inside);
        assert_int_equal(t.josef->answer.status, 51);
        walk_open(t.amina, paths[i]);
        assert_int_equal(t.amina->answer.status, 51);
        walk_open(t.amina, inside);
        assert_int_equal(t.amina->answer.status, 20);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(slices_hold_16_kib_at_most_and_every_post_once),
        WALK_TEST(slices_lead_back_without_a_gap),
        WALK_TEST(a_slice_can_begin_at_any_post_but_no_other_number),
        WALK_TEST(a_long_post_is_shown_by_its_head_and_a_link_with_its_size),
        WALK_TEST(a_post_that_grows_in_the_page_keeps_to_the_slice),
        WALK_TEST(no_text_makes_a_line_of_the_page_around_it),
        WALK_TEST(all_on_one_page_cuts_nothing),
        WALK_TEST(what_is_too_much_for_one_page_is_linked_to),
        WALK_TEST(a_thread_as_text_has_72_columns_and_no_tags),
        WALK_TEST(a_closed_thread_is_51_to_others_on_every_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
