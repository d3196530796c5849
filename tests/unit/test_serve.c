#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "pages/inner.h"
#include "tests/unit/site_help.h"

static struct answer
ask(struct site_box *b, unsigned who, const char *url)
{
    struct peer peer = site_peer(who);

    return site_ask(b, &peer, url);
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
            (strncmp(path, "/i/c/", 5) != 0 &&
             strncmp(path, "/i/t/", 5) != 0) ||
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
            if (a.status == 10 && at.route == R_search)
                continue; /* anyone may be asked for its words */
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

static void
the_page_of_keys_shows_one_that_was_announced(void **state)
{
    struct site_box *b = *state;
    struct peer guest = site_peer(0);

    assert_null(strstr(site_ask(b, &guest, "/keys").body.p, "FFEE"));
    b->config.fingerprint_next = STR("ffeeddccbbaa99887766554433221100"
                                     "ffeeddccbbaa99887766554433221100");
    assert_int_equal(site_reload(b->site, &b->config), OK);
    for (struct mail *m = mailbox_take(b->home), *next; m; m = next) {
        next = m->next;
        m->deliver(m);
    }
    assert_non_null(strstr(site_ask(b, &guest, "/keys").body.p, "FFEE"));
    assert_non_null(strstr(site_ask(b, &guest, "/keys").body.p, "0011"));
}

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
        TEST(every_refusal_of_the_network_has_its_words),
        TEST(menus_stay_small),
        cmocka_unit_test_setup_teardown(
            the_page_of_keys_shows_one_that_was_announced, site_setup,
            site_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
