#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "pages/inner.h"
#include "tests/unit/site_help.h"

/* People: Amina (1) looks after both communities, Josef (2) is a member of
 * neither, 3 is an identity that nobody knows, 0 shows none. */
enum { GUEST, AMINA, JOSEF, STRANGER };

static void
people(struct site_box *b)
{
    struct peer amina = site_peer(AMINA), josef = site_peer(JOSEF);

    site_do(b, &(struct change){
                   .kind = CHANGE_JOIN, .peer = amina, .text = STR("Amina")});
    site_do(b, &(struct change){
                   .kind = CHANGE_JOIN, .peer = josef, .text = STR("Josef")});
}

static int64_t
community(struct site_box *b, struct str name)
{
    struct outcome o = site_do(b, &(struct change){.kind = CHANGE_START,
                                                   .member = 1,
                                                   .text = STR("To grow")});

    return site_do(b, &(struct change){.kind = CHANGE_FOUND,
                                       .member = 1,
                                       .draft = o.draft,
                                       .text = name})
        .community;
}

static int64_t
thread(struct site_box *b, int64_t in, struct str title)
{
    return site_do(b, &(struct change){.kind = CHANGE_THREAD,
                                       .member = 1,
                                       .community = in,
                                       .title = title,
                                       .text = STR("The pump stopped.")})
        .thread;
}

/* /c/garden/ with /t/1, and the closed /c/cellar/ with /t/2. */
static int
town_setup(void **state)
{
    struct site_box *b;
    int64_t cellar;

    if (site_setup(state))
        return -1;
    b = *state;
    people(b);
    assert_int_equal(thread(b, community(b, STR("Garden")), STR("Pump")), 1);
    cellar = community(b, STR("Cellar"));
    assert_int_equal(thread(b, cellar, STR("Wine")), 2);
    site_do(b, &(struct change){.kind = CHANGE_SET_OPENNESS,
                                .member = 1,
                                .community = cellar,
                                .value = CLOSED});
    return 0;
}

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

static void
the_trees_answer_as_they_should(void **state)
{
    static const struct {
        unsigned who;
        const char *url;
        int status;
        const char *meta; /* its beginning; NULL: whatever */
        const char *body; /* a part of it */
    } cases[] = {
        {GUEST, "/", 20, "text/gemini", "# Understory\n"},
        {GUEST, "/i", 31, "/i/", NULL},
        {AMINA, "/i", 31, "/i/", NULL},
        {GUEST, "/i/", 60, "Choose or make", NULL},
        {STRANGER, "/i/", 20, NULL, "I am new here"},
        {AMINA, "/i/", 20, NULL, "Inside as Amina\n"},
        {GUEST, "/i/t/1", 20, NULL, "You read this as a guest.\n=> /i/ "},
        {STRANGER, "/i/t/1", 20, NULL, "not known here yet"},
        {AMINA, "/i/t/1", 20, NULL, "Inside as Amina"},
        {GUEST, "/i/me/", 20, NULL, "# Come inside first"},
        {STRANGER, "/i/me/", 20, NULL, "Add this device"},
        {GUEST, "/i/t/1/r/abcd1234", 20, NULL, "=> /i/t/1 Back"},
        {GUEST, "/i/t/1/r/abcd1234?Hi", 20, NULL, "# Come inside first"},
        {STRANGER, "/i/t/1/r/abcd1234?Hi", 20, NULL, "Add this device"},
        {AMINA, "/i/t/1/r/abcd1234?Hi", 20, NULL, "# Did you mean"},
        {AMINA, "/i/t/1/r?Hi", 20, NULL, "# Did you mean"},
        {JOSEF, "/i/t/1/x/1/abcd1234", 20, NULL, "# That can not be done"},
        {JOSEF, "/i/c/garden/desk/", 20, NULL, "# That can not be done"},
        {JOSEF, "/i/join", 30, "/i/", NULL},
        {GUEST, "/i/join", 20, NULL, "# Come inside first"},
        {GUEST, "/nothing", 51, NULL, NULL},
        {GUEST, "/i/nothing", 51, NULL, NULL},
        {GUEST, "/me/", 51, NULL, NULL},
        {GUEST, "/t/99", 51, NULL, NULL},
        {GUEST, "/robots.txt", 20, "text/plain", "Disallow: /i/\n"},
        {GUEST, "/favicon.txt", 20, "text/plain", "\xf0\x9f\x8c\xbf\n"},
        {GUEST, "/keys", 20, NULL, "0011 2233 4455 6677\n8899 AABB"},
        {GUEST, "/about", 20, NULL, "# About Understory"},
        {GUEST, "/about/privacy", 20, NULL, "* About you: "},
        {GUEST, "/about/rules", 20, NULL, "Be kind"},
        {GUEST, "/help/", 20, NULL, "=> /help/with-lagrange Lagrange"},
        {GUEST, "/help/titan", 20, NULL, "# Uploading"},
        {GUEST, "/help/nothing", 51, NULL, NULL},
        {GUEST, "/log", 20, NULL, "Amina started a community"},
        {GUEST, "titan://example.org/t/1;size=0", 59, "Nothing can be", NULL},
        {GUEST, "titan://example.org/x;size=0", 51, NULL, NULL},
    };
    struct site_box *b = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct answer a = ask(b, cases[i].who, cases[i].url);

        if (a.status != cases[i].status ||
            (cases[i].meta &&
             strncmp(a.meta.p, cases[i].meta, strlen(cases[i].meta)) != 0) ||
            (cases[i].body && !answer_has(&a, cases[i].body)))
            fail_msg("%s as %u: %d %s\n%s", cases[i].url, cases[i].who,
                     a.status, a.meta.p, a.body.p);
    }
}

static void
a_closed_community_answers_as_if_it_never_was(void **state)
{
    struct site_box *b = *state;

    for (int i = 0; i < R_COUNT; i++) {
        struct at at = {.route = (enum route_id)i,
                        .is_inside = true,
                        .name = STR("cellar"),
                        .key = STR("abcd1234"),
                        .id = 2,
                        .page = 1};
        const char *path;

        path = arena_z(&b->mem, route_path(&at, &b->mem));
        if (route_row(at.route)->kind == ROUTE_UPLOAD ||
            (strncmp(path, "/i/c/", 5) && strncmp(path, "/i/t/", 5)) ||
            at.route == R_communities)
            continue;
        for (unsigned who = GUEST; who <= STRANGER; who++) {
            struct answer a = ask(b, who, path);
            struct answer none;

            if (who == AMINA)
                continue;
            at.name = STR("nowhere");
            at.id = 77;
            none = ask(b, who, arena_z(&b->mem, route_path(&at, &b->mem)));
            at.name = STR("cellar");
            at.id = 2;
            if (a.status != 51 || !str_eq(a.meta, none.meta) ||
                none.status != 51)
                fail_msg("%s as %u: %d %s", path, who, a.status, a.meta.p);
        }
    }
}

static void
only_one_address_asks_for_a_certificate(void **state)
{
    struct site_box *b = *state;

    for (int i = 0; i < R_COUNT; i++) {
        struct at at = {.route = (enum route_id)i,
                        .is_inside = true,
                        .name = STR("garden"),
                        .key = STR("abcd1234"),
                        .id = 1,
                        .page = 1};
        const char *path = arena_z(&b->mem, route_path(&at, &b->mem));

        for (unsigned who = GUEST; who <= STRANGER; who++) {
            struct answer a = ask(b, who, path);

            if (a.status >= 60 && at.route != R_home)
                fail_msg("%s as %u: %d", path, who, a.status);
            if (a.status == 40 || a.status == 41 || a.status == 10)
                fail_msg("%s as %u: %d %s", path, who, a.status, a.meta.p);
        }
    }
}

static void
an_expired_identity_is_told_so_at_one_address(void **state)
{
    struct site_box *b = *state;
    struct peer peer = site_peer(AMINA);
    struct answer a;

    peer.not_after = clock_now() - 1;
    a = site_ask(b, &peer, "/i/");
    assert_int_equal(a.status, 62);
    a = site_ask(b, &peer, "/i/t/1");
    assert_int_equal(a.status, 20);
    assert_true(answer_has(&a, "has expired"));
    a = site_ask(b, &peer, "/i/me/");
    assert_true(answer_has(&a, "# Come inside first"));
}

static void
an_identity_about_to_expire_is_warned_of(void **state)
{
    struct site_box *b = *state;
    struct peer peer = site_peer(AMINA);
    struct answer a;

    peer.not_after = clock_now() + 59 * DAY;
    a = site_ask(b, &peer, "/i/t/1");
    assert_true(answer_has(&a, "=> /i/me/certs Your certificates"));
    peer.not_after = clock_now() + 61 * DAY;
    a = site_ask(b, &peer, "/i/t/1");
    assert_false(answer_has(&a, "/i/me/certs"));
}

static void
outside_everybody_is_a_guest(void **state)
{
    struct site_box *b = *state;
    struct answer guest = ask(b, GUEST, "/t/1"), amina = ask(b, AMINA, "/t/1");

    assert_true(str_eq(guest.body, amina.body));
    assert_false(answer_has(&guest, "/i/t/1/"));
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

static void
every_refusal_of_the_network_has_its_words(void **state)
{
    struct site_box *b = *state;
    struct answer a;

    for (int e = OK + 1; e < ERR_COUNT; e++) {
        a = site_refuse(b, (enum err)e, 7);
        assert_true(a.status >= 40 && a.status != 61);
        assert_true(a.meta.n > 1 || e == E_RATE);
    }
    a = site_refuse(b, E_RATE, 7);
    assert_int_equal(a.status, 44);
    assert_string_equal(a.meta.p, "7");
    a = site_refuse(b, E_URL_TOO_LONG, 0);
    assert_string_equal(a.meta.p,
                        "Too long to send at once. Use Write in parts.");
}

static void
menus_stay_small(void **state)
{
    static const char *const paths[] = {"/", "/i/", "/about", "/help/"};
    struct site_box *b = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct answer a = ask(b, AMINA, paths[i]);

        assert_int_equal(a.status, 20);
        assert_in_range(a.body.n, 100, 4096);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, town_setup, site_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_trees_answer_as_they_should),
        TEST(a_closed_community_answers_as_if_it_never_was),
        TEST(only_one_address_asks_for_a_certificate),
        TEST(an_expired_identity_is_told_so_at_one_address),
        TEST(an_identity_about_to_expire_is_warned_of),
        TEST(outside_everybody_is_a_guest),
        TEST(a_prompt_is_asked_answered_and_followed),
        TEST(what_can_be_mended_is_asked_again_with_the_reason),
        TEST(a_foreign_key_shows_the_text_and_does_nothing),
        TEST(a_long_text_with_a_foreign_key_is_shown_to_be_copied),
        TEST(an_upload_is_judged_before_its_body),
        TEST(an_upload_that_is_no_text_is_refused),
        TEST(every_refusal_of_the_network_has_its_words),
        TEST(menus_stay_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
