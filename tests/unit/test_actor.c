#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "forum/actor.h"
#include "forum/member.h"
#include "tests/unit/forum_fixture.h"

static struct actor
find(struct fixture *f, const struct peer *peer)
{
    struct actor a;

    assert_int_equal(actor_find(f->db, peer, f->now, &f->mem, &a), OK);
    return a;
}

static void
without_a_certificate_one_is_a_guest(void **state)
{
    struct fixture *f = *state;
    struct peer none = {0};
    struct actor a = find(f, &none);

    assert_int_equal(a.role, ROLE_GUEST);
    assert_false(a.is_expired);
}

static void
an_unknown_certificate_is_a_stranger(void **state)
{
    struct fixture *f = *state;
    struct peer peer = fixture_peer(1);
    struct actor a = find(f, &peer);

    assert_int_equal(a.role, ROLE_STRANGER);
    assert_int_equal(a.member, 0);
    assert_false(a.is_retired);
}

static void
a_member_is_found_by_certificate(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct peer peer = fixture_peer(1);
    struct actor a = find(f, &peer);

    assert_int_equal(a.role, ROLE_MEMBER);
    assert_int_equal(a.member, amina);
    assert_true(a.certificate > 0);
    assert_true(str_eq(a.name, STR("Amina")));
}

static void
a_renewed_certificate_is_the_same_member(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct peer peer = fixture_peer(1);

    memset(peer.cert, 'n', sizeof(peer.cert));
    assert_int_equal(find(f, &peer).member, amina);
}

static void
outside_its_dates_a_certificate_is_a_guests(void **state)
{
    struct fixture *f = *state;
    struct peer peer = fixture_peer(1);

    fixture_member(f, 1, "Amina");
    f->now = peer.not_after + 1;
    assert_int_equal(find(f, &peer).role, ROLE_GUEST);
    assert_true(find(f, &peer).is_expired);
    f->now = peer.not_before - 2 * DAY;
    assert_true(find(f, &peer).is_expired);
    f->now = peer.not_after;
    assert_int_equal(find(f, &peer).role, ROLE_MEMBER);
}

static void
a_device_with_a_fast_clock_is_let_in(void **state)
{
    struct fixture *f = *state;
    struct peer peer = fixture_peer(1);

    f->now = peer.not_before - HOUR;
    assert_int_equal(find(f, &peer).role, ROLE_STRANGER);
}

static void
a_retired_certificate_is_a_stranger_and_told_so(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina"), expires;
    struct peer first = fixture_peer(1), second = fixture_peer(2);
    struct str code;
    struct actor a;

    assert_int_equal(CHANGE(f, LINK_CODE, .member = amina), OK);
    assert_int_equal(
        link_code_get(f->db, amina, f->now, &f->mem, &code, &expires), OK);
    assert_int_equal(CHANGE(f, LINK, .peer = second, .text = code), OK);
    assert_int_equal(CHANGE(f, CERT_RETIRE, .member = amina,
                            .thing = find(f, &first).certificate),
                     OK);
    a = find(f, &first);
    assert_int_equal(a.role, ROLE_STRANGER);
    assert_true(a.is_retired);
    assert_int_equal(a.member, 0);
    assert_int_equal(find(f, &second).member, amina);
    assert_int_equal(CHANGE(f, JOIN, .peer = first, .text = STR("Josef")), OK);
    assert_true(str_eq(find(f, &first).name, STR("Josef")));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_certificate_one_is_a_guest),
        TEST(an_unknown_certificate_is_a_stranger),
        TEST(a_member_is_found_by_certificate),
        TEST(a_renewed_certificate_is_the_same_member),
        TEST(outside_its_dates_a_certificate_is_a_guests),
        TEST(a_device_with_a_fast_clock_is_let_in),
        TEST(a_retired_certificate_is_a_stranger_and_told_so),
    };

    return cmocka_run_group_tests_name("actor", tests, NULL, NULL);
}
