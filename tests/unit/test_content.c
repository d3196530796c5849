#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pages/frame.h"
#include "pages/routes.h"
#include "sql.h"
#include "tests/unit/site_help.h"

static bool
has_word(const char *prefix, const char *name)
{
    char key[64];

    (void)snprintf(key, sizeof(key), "%s-%s", prefix, name);
    for (size_t i = 0; key[i]; i++)
        if (key[i] == '_')
            key[i] = '-';
    if (content_find_word(key) == WORD_COUNT)
        print_error("there is no word %s\n", key);
    return content_find_word(key) != WORD_COUNT;
}

static void
every_failure_has_its_words(void **state)
{
    (void)state;
    for (int e = OK + 1; e < ERR_COUNT; e++) {
        assert_true(has_word("error", err_name((enum err)e)));
        if (err_status((enum err)e) == 10)
            assert_true(has_word("why", err_name((enum err)e)));
    }
}

static void
every_link_that_acts_says_what_it_would_do(void **state)
{
    (void)state;
    for (int i = 0; i < R_COUNT; i++) {
        const struct route *row = route_row((enum route_id)i);

        if (row->kind == ROUTE_ASK || row->kind == ROUTE_DO)
            assert_true(has_word("do", row->name));
    }
}

static void
every_prompt_is_short_and_plain(void **state)
{
    (void)state;
    for (int i = 0; i < WORD_COUNT; i++) {
        struct str text = embedded_words[i].text;

        if (!str_has_prefix(str_of(embedded_words[i].name), STR("prompt-")) &&
            !str_has_prefix(str_of(embedded_words[i].name), STR("sheet-")))
            continue;
        if (text.n > 60)
            fail_msg("%s has %zu letters", embedded_words[i].name, text.n);
        for (size_t k = 0; k < text.n; k++)
            assert_true(text.p[k] >= ' ' && text.p[k] <= '~' &&
                        !strchr("<>&", text.p[k]));
    }
}

/* How many tables a step makes by those words; each has its sentence. */
static int
tables_made(const char *step, const char *by)
{
    int tables = 0;

    while ((step = strstr(step, by))) {
        char name[64];

        step += strlen(by);
        (void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(step, " (\n"),
                       step);
        assert_true(has_word("stored", name));
        tables++;
    }
    return tables;
}

static void
the_page_about_privacy_covers_every_table(void **state)
{
    int tables = 0, words = 0;

    (void)state;
    for (int i = 0; i < schema_count; i++)
        tables += tables_made(schema_steps[i], "CREATE TABLE ") +
                  tables_made(schema_steps[i], "CREATE VIRTUAL TABLE ");
    for (int i = 0; i < WORD_COUNT; i++)
        words += str_has_prefix(str_of(embedded_words[i].name), STR("stored-"));
    assert_int_equal(words, tables);
}

/* What content_load() says on stderr while it reads b's directory. */
static enum err
load(struct site_box *b, char *said, size_t room)
{
    FILE *log = tmpfile();
    struct content *c = NULL;
    int keep = dup(STDERR_FILENO);
    enum err e;

    assert_non_null(log);
    (void)fflush(stderr);
    assert_true(dup2(fileno(log), STDERR_FILENO) >= 0);
    e = content_load(str_of(b->content), &c);
    (void)fflush(stderr);
    assert_true(dup2(keep, STDERR_FILENO) >= 0);
    (void)close(keep);
    rewind(log);
    said[fread(said, 1, room - 1, log)] = '\0';
    (void)fclose(log);
    content_release(c);
    return e;
}

static void
a_wrong_text_is_refused_with_its_file_and_line(void **state)
{
    static const struct {
        const char *file, *text, *where, *wrong;
    } cases[] = {
        {"pages/keys.gmi", "# K\n\n{{nonsense}}\n", "pages/keys.gmi:3",
         "no such hole"},
        {"pages/keys.gmi", "# K\nUntil {{fingerprint}}.\n", "pages/keys.gmi:2",
         "among words"},
        {"pages/keys.gmi", "# K\n=> {{help}}{{wrong}} Help\n",
         "pages/keys.gmi:2", "one hole"},
        {"pages/keys.gmi", "# K\n=> {{expiry}} Next\n", "pages/keys.gmi:2",
         "can not be an address"},
        {"pages/keys.gmi", "# K\n{{home}}\n", "pages/keys.gmi:2",
         "address can not be a line"},
        {"pages/keys.gmi", "# K\nWords {{home}}\n", "pages/keys.gmi:2",
         "among words"},
        {"pages/keys.gmi", "# K\n{{who\n", "pages/keys.gmi:2", "does not end"},
        {"pages/keys.gmi", "# K\n\n=> /help/ Help\n", "pages/keys.gmi:3",
         "is a hole"},
        {"pages/keys.gmi", "# K\n```\nopen\n", "pages/keys.gmi:2",
         "does not end"},
        {"pages/keys.gmi", "# \xff\n", "pages/keys.gmi:1", "UTF-8"},
        {"pages/keys.gmi", "# K\n\x1b[31mRed\n", "pages/keys.gmi:2",
         "control character"},
        {"words/errors.txt", "error-io: O\rh\n", "words/errors.txt:1",
         "control character"},
        {"help/titan.gmi", "# T\n{{expiry}}\n", "help/titan.gmi:2",
         "no such hole"},
        {"pages/keyz.gmi", "# K\n", "pages/keyz.gmi:1", "no text of that name"},
        {"help/new.gmi", "# K\n", "help/new.gmi:1", "no text of that name"},
        {"words/errors.txt", "# fine\nerror-io: Oh\nerror-oi: Oh\n",
         "words/errors.txt:3", "no such word"},
        {"words/errors.txt", "error-io:\n", "words/errors.txt:1", "key: text"},
    };
    struct site_box *b = *state;
    char said[4096], path[512];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        site_content(b, cases[i].file, cases[i].text);
        assert_int_equal(load(b, said, sizeof(said)), E_UNUSABLE);
        if (!strstr(said, cases[i].where) || !strstr(said, cases[i].wrong))
            fail_msg("%zu: %s", i, said);
        (void)snprintf(path, sizeof(path), "%s/%s", b->content, cases[i].file);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(load(b, said, sizeof(said)), OK);
    assert_string_equal(said, "");
}

/* Ours in its place would hide the operator's, and nobody would know why. */
static void
a_text_that_can_not_be_read_is_told_and_not_passed_over(void **state)
{
    struct site_box *b = *state;
    char said[4096], path[512];

    site_content(b, "pages/home.gmi", "# H\n");
    (void)snprintf(path, sizeof(path), "%s/pages/keys.gmi", b->content);
    assert_int_equal(symlink("keys.gmi", path), 0); /* to itself, for ever */
    assert_int_equal(load(b, said, sizeof(said)), E_UNUSABLE);
    assert_non_null(strstr(said, "pages/keys.gmi:1"));
}

static void
lines_may_end_as_editors_end_them(void **state)
{
    struct site_box *b = *state;
    struct peer guest = site_peer(0);
    struct answer a;
    struct mail *m;

    site_content(b, "pages/keys.gmi", "# K\r\n```\r\n a\r\n```\r\n");
    assert_int_equal(site_reload(b->site, &b->config), OK);
    while ((m = mailbox_take(b->home)))
        m->deliver(m);
    a = site_ask(b, &guest, "/keys");
    assert_non_null(strstr(a.body.p, "# K\n```\n a\n```\n"));
    assert_null(strchr(a.body.p, '\r'));
}

static void
an_operators_words_replace_ours_and_the_rest_stays(void **state)
{
    struct site_box *b = *state;
    struct content *c = NULL;

    site_content(b, "words/errors.txt", "error-gone:  It went.  \r\n");
    assert_int_equal(content_load(str_of(b->content), &c), OK);
    assert_true(str_eq(content_word(c, WORD_error_gone).s, STR("It went.")));
    assert_true(str_eq(content_word(c, WORD_error_io).s,
                       embedded_words[WORD_error_io].text));
    content_release(c);
}

static void
a_reload_keeps_the_old_texts_where_the_new_are_wrong(void **state)
{
    struct site_box *b = *state;
    struct peer guest = site_peer(0);
    struct answer a;
    struct mail *m;

    site_content(b, "pages/keys.gmi", "# Mine: {{expiry}}\n");
    assert_int_equal(site_reload(b->site, &b->config), OK);
    while ((m = mailbox_take(b->home)))
        m->deliver(m);
    a = site_ask(b, &guest, "/keys");
    assert_true(answer_has(&a, "# Mine: 2096"));

    site_content(b, "pages/keys.gmi", "# {{wrong}}\n");
    assert_int_equal(site_reload(b->site, &b->config), E_UNUSABLE);
    assert_null(mailbox_take(b->home));
    a = site_ask(b, &guest, "/keys");
    assert_true(answer_has(&a, "# Mine: 2096"));
}

/* A view of a frame: what its holes are filled with. */
struct view {
    const char *words, *url;
    int lines;
};

static void
fill_words(struct gmi *g, const void *view)
{
    gmi_user(g, str_of(((const struct view *)view)->words));
}

static void
fill_lines(struct gmi *g, const void *view)
{
    for (int i = 0; i < ((const struct view *)view)->lines; i++) {
        gmi_item(g);
        gmi_int(g, i);
    }
}

static struct href
fill_href(const void *view)
{
    return (struct href){str_of(((const struct view *)view)->url)};
}

static const struct hole holes[] = {WORDS("words", fill_words),
                                    LINES("lines", fill_lines),
                                    HREF("to", fill_href),
                                    {0}};

static void
frames_are_filled_as_they_stand(void **state)
{
    static const struct {
        struct view view;
        const char *frame, *page;
    } cases[] = {
        {{"a", "/x", 2},
         "# T {{words}}!\n\n{{lines}}\n\nEnd\n",
         "# T a!\n\n* 0\n* 1\n\nEnd\n"},
        {{"a", "/x", 0}, "# T\n\n{{lines}}\n\nEnd\n", "# T\n\nEnd\n"},
        {{"a", "/x", 0}, "# T\n\n{{lines}}\n\n\n", "# T\n"},
        {{"", "/x", 0}, "# T\n\n{{words}}\n\nEnd\n", "# T\n\nEnd\n"},
        {{"a", "/x", 0}, "=> {{to}} Go {{words}}\n", "=> /x Go a\n"},
        {{"a", "/x/", 0}, "=> {{to}}y  Go\n", "=> /x/y Go\n"},
        {{"a", "", 0}, "# T\n=> {{to}} Go\n=> {{to}}y Go\nE\n", "# T\nE\n"},
        {{"a", "", 0},
         "# T\n=> gemini://h.example/ Out\n",
         "# T\n=> gemini://h.example/ Out\n"},
        {{"a", "", 0}, "%% remark\n# T\n%% other\n", "# T\n"},
        {{"=> /evil Go", "", 0}, "{{words}}\n", " => /evil Go\n"},
        {{"a\n# b", "", 0}, "Say {{words}}\n", "Say a # b\n"},
        {{"a", "", 1}, "{{lines}}\n{{lines}}\n", "* 0\n* 0\n"},
        {{"a", "", 0},
         "A\n```alt\n\n\n  {{words}}\n```\nB\n",
         "A\n```alt\n\n\n  {{words}}\n```\nB\n"},
        {{"a", "", 0},
         "> {{words}}\n* b {{words}}\n## c\n### d",
         "> a\n* b a\n## c\n### d\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena mem;
        struct frame f;
        struct gmi g;
        struct buf b;

        arena_init(&mem, 1 << 20);
        buf_init(&b, 1 << 16);
        gmi_init(&g, &b);
        assert_int_equal(
            frame_parse(str_of(cases[i].frame), STR("test"), holes, &mem, &f),
            OK);
        frame_fill(&f, &g, &cases[i].view);
        gmi_end(&g);
        if (!str_eq(buf_str(&b), str_of(cases[i].page)))
            fail_msg("%zu:\n%.*s", i, (int)b.n, b.p);
        buf_release(&b);
        arena_release(&mem);
    }
}

static void
every_help_page_has_a_title(void **state)
{
    struct content *c = NULL;

    (void)state;
    assert_int_equal(content_load(STR(""), &c), OK);
    for (int i = 0; i < HELP_COUNT; i++)
        assert_true(content_help_title(c, (enum help_id)i).s.n > 0);
    content_release(c);
}

/* For those who read in a second language, on a phone, over a weak link. */
static void
every_page_of_the_handbook_is_short_and_in_its_index(void **state)
{
    struct content *c = NULL;

    (void)state;
    assert_int_equal(content_load(STR(""), &c), OK);
    assert_true(GUIDE_COUNT >= 11);
    for (int i = 0; i < GUIDE_COUNT; i++) {
        const struct embedded *guide = &embedded_guides[i];
        char link[80];

        (void)snprintf(link, sizeof(link), "=> {{help}}handbook/%s ",
                       guide->name);
        assert_true(guide->text.n < 4096);
        assert_true(str_has_prefix(guide->text, STR("# ")));
        if (!strstr(embedded_frames[FRAME_handbook].text.p, link))
            fail_msg("%s is not in the index", guide->name);
    }
    content_release(c);
}

/* One walk through each page and each link that leads on from it. */
static void
every_link_of_the_handbook_leads_somewhere(void **state)
{
    struct site_box *b = *state;
    struct peer guest = site_peer(0);

    for (int i = 0; i < GUIDE_COUNT; i++) {
        char path[80];
        struct answer a;
        struct str rest;

        (void)snprintf(path, sizeof(path), "/help/handbook/%s",
                       embedded_guides[i].name);
        a = site_ask(b, &guest, path);
        assert_int_equal(a.status, 20);
        assert_true(answer_has(&a, "=> /help/handbook/ The handbook"));
        rest = a.body;
        while (rest.n > 0) {
            struct str line = str_cut(&rest, '\n');

            if (!str_has_prefix(line, STR("=> /")))
                continue;
            line = str_skip(line, 3);
            line = str_cut(&line, ' ');
            (void)snprintf(path, sizeof(path), "%.*s", (int)line.n, line.p);
            if (site_ask(b, &guest, path).status != 20)
                fail_msg("%s: %s", embedded_guides[i].name, path);
        }
    }
    assert_int_equal(site_ask(b, &guest, "/help/handbook/none").status, 51);
    assert_int_equal(site_ask(b, &guest, "/help/handbook").status, 20);
}

#define SITE_TEST(name)                                                        \
    cmocka_unit_test_setup_teardown(name, site_setup, site_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failure_has_its_words),
        cmocka_unit_test(every_link_that_acts_says_what_it_would_do),
        cmocka_unit_test(every_prompt_is_short_and_plain),
        cmocka_unit_test(the_page_about_privacy_covers_every_table),
        SITE_TEST(a_wrong_text_is_refused_with_its_file_and_line),
        SITE_TEST(a_text_that_can_not_be_read_is_told_and_not_passed_over),
        SITE_TEST(lines_may_end_as_editors_end_them),
        SITE_TEST(an_operators_words_replace_ours_and_the_rest_stays),
        SITE_TEST(a_reload_keeps_the_old_texts_where_the_new_are_wrong),
        cmocka_unit_test(frames_are_filled_as_they_stand),
        cmocka_unit_test(every_help_page_has_a_title),
        cmocka_unit_test(every_page_of_the_handbook_is_short_and_in_its_index),
        SITE_TEST(every_link_of_the_handbook_leads_somewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
