/* Links that act, prompts and uploads, as visitors meet them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/site_help.h"

static struct answer
ask(struct site_box *b, unsigned who, const char *url)
{
    struct peer peer = site_peer(who);

    return site_ask(b, &peer, url);
}

static const char *
query(struct site_box *b, const char *path, const char *typed)
{
    return arena_fmt(&b->mem, "%s?%s", path, typed).p;
}

/* The path of the link to reply, as it stands on the page. */
static const char *
reply_link(struct site_box *b, unsigned who)
{
    struct answer a = ask(b, who, "/i/t/1");

    return answer_link(b, &a, "Reply");
}

static void
a_prompt_is_asked_answered_and_followed(void **state)
{
    struct site_box *b = *state;
    const char *path = reply_link(b, JOSEF);
    struct answer a = ask(b, JOSEF, path);

    assert_int_equal(a.status, 10);
    assert_string_equal(a.meta.p, "Your reply. End with + to go on.");
    a = ask(b, JOSEF, query(b, path, ""));
    assert_int_equal(a.status, 30);
    assert_string_equal(a.meta.p, path);
    a = ask(b, JOSEF, query(b, path, "A%20float%20switch"));
    assert_int_equal(a.status, 30);
    assert_true(str_has_prefix(a.meta, STR("/i/t/1/")));
    a = ask(b, JOSEF, a.meta.p);
    assert_true(answer_has(&a, "A float switch"));
}

static void
what_can_be_mended_is_asked_again_with_the_reason(void **state)
{
    struct site_box *b = *state;
    struct answer a = ask(b, JOSEF, "/i/me/");
    const char *path = answer_link(b, &a, "Change your name"), *again;

    a = ask(b, JOSEF, query(b, path, "Amina"));
    assert_int_equal(a.status, 30);
    again = arena_fmt(&b->mem, "%s/taken", path).p;
    assert_string_equal(a.meta.p, again);
    a = ask(b, JOSEF, again);
    assert_int_equal(a.status, 10);
    assert_true(str_has_prefix(a.meta, STR("That is taken. Name ")));
    a = ask(b, JOSEF, query(b, again, "Josephine"));
    assert_true(a.status == 30 || a.status == 20);
    a = ask(b, JOSEF, "/i/");
    assert_true(answer_has(&a, "Inside as Josephine"));
}

static void
a_foreign_key_shows_the_text_and_does_nothing(void **state)
{
    struct site_box *b = *state;
    const char *path = reply_link(b, AMINA), *fresh;
    struct answer a = ask(b, JOSEF, query(b, path, "%23%20Spam%0A%3D%3E%20/x"));

    assert_int_equal(a.status, 20);
    assert_true(answer_has(&a, "# Did you mean to do this?"));
    assert_true(answer_has(&a, "would post a reply"));
    assert_true(answer_has(&a, "Spam"));
    assert_false(answer_has(&a, "\n# Spam"));
    assert_false(answer_has(&a, "\n=> /x"));
    fresh = answer_link(b, &a, "Yes, do it");
    a = ask(b, AMINA, "/i/t/1");
    assert_false(answer_has(&a, "Spam"));
    a = ask(b, JOSEF, fresh);
    assert_int_equal(a.status, 30);
    a = ask(b, AMINA, "/i/t/1");
    assert_true(answer_has(&a, "Spam"));
}

static void
a_long_text_with_a_foreign_key_is_shown_to_be_copied(void **state)
{
    struct site_box *b = *state;
    char typed[960];
    struct answer a;
    const char *fresh;

    memset(typed, 'a', sizeof(typed) - 1);
    typed[sizeof(typed) - 1] = '\0';
    a = ask(b, JOSEF, query(b, "/i/t/1/r/12345678", typed));
    assert_true(answer_has(&a, typed));
    fresh = answer_link(b, &a, "Yes, do it");
    assert_true(strlen(SITE_HOST) + strlen(fresh) <= 1024);
    a = ask(b, JOSEF, query(b, "/i/t/1/r/k/too-long-a-key", typed));
    assert_int_equal(a.status, 51);
    typed[900] = '\0';
    memcpy(typed, "%C3%A4%20", 9);
    a = ask(b, JOSEF, query(b, "/i/t/1/r/12345678", typed));
    assert_true(strlen(answer_link(b, &a, "Yes, do it")) > 900);
}

static void
an_upload_is_judged_before_its_body(void **state)
{
    static const struct {
        unsigned who;
        const char *behind;
        int status;
        const char *meta;
    } cases[] = {
        {JOSEF, ";size=5;mime=text/plain", 30, SITE_HOST "/i/t/1/"},
        {JOSEF, ";size=99999;mime=text/plain", 59,
         "Too large for here. The limit in bytes is 65536"},
        {JOSEF, ";size=5;mime=image/png", 59, "Only text"},
        {AMINA, ";size=5;mime=text/plain", 59, "This upload link"},
        {STRANGER, ";size=5;mime=text/plain", 59, "This is not yours"},
        {GUEST, ";size=5;mime=text/plain", 59, "This is not yours"},
    };
    struct site_box *b = *state;
    const char *path = reply_link(b, JOSEF);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct peer peer = site_peer(cases[i].who);
        struct str line =
            arena_fmt(&b->mem, SITE_UPLOAD "%s%s", path, cases[i].behind);
        struct answer a = site_upload(b, &peer, line.p, STR("Hello"));

        if (a.status != cases[i].status ||
            strncmp(a.meta.p, cases[i].meta, strlen(cases[i].meta)) != 0)
            fail_msg("%zu: %d %s", i, a.status, a.meta.p);
    }
}

static void
an_upload_that_is_no_text_is_refused(void **state)
{
    struct site_box *b = *state;
    struct peer josef = site_peer(JOSEF);
    struct str line =
        arena_fmt(&b->mem, SITE_UPLOAD "%s;size=2", reply_link(b, JOSEF));
    struct answer a = site_upload(b, &josef, line.p, STR("\xff\xfe"));

    assert_int_equal(a.status, 59);
    line = arena_fmt(&b->mem, SITE_UPLOAD "%s;size=0", reply_link(b, JOSEF));
    a = site_upload(b, &josef, line.p, STR(""));
    assert_int_equal(a.status, 59);
    assert_string_equal(a.meta.p, "The upload was empty. Nothing was changed.");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, town_setup, site_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_prompt_is_asked_answered_and_followed),
        TEST(what_can_be_mended_is_asked_again_with_the_reason),
        TEST(a_foreign_key_shows_the_text_and_does_nothing),
        TEST(a_long_text_with_a_foreign_key_is_shown_to_be_copied),
        TEST(an_upload_is_judged_before_its_body),
        TEST(an_upload_that_is_no_text_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
