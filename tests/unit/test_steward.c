#include "tests/unit/garden.h"

static void
an_invitation_opens_a_closed_community(void **state)
{
    struct town t = town(state);
    struct str secret;
    struct community c;

    close_it(&t);
    assert_int_equal(
        CHANGE(t.f, INVITATION, .member = t.amina, .community = t.garden), OK);
    secret = look(&t, t.amina).invitation;
    assert_int_equal(secret.n, 16);
    assert_int_equal(
        community_by_invitation(t.f->db, secret, t.josef, &t.f->mem, &c), OK);
    assert_int_equal(c.invitation.n, 0);
    assert_int_equal(CHANGE(t.f, COME_INVITED, .member = t.josef,
                            .community = t.garden, .text = STR("guess")),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(t.f, COME_INVITED, .member = t.josef,
                            .community = t.garden, .text = secret),
                     OK);
    c = look(&t, t.josef);
    assert_true(c.is_participant);
    assert_false(c.is_steward);
    assert_int_equal(c.invitation.n, 0);
}

static void
a_new_invitation_ends_the_old_one(void **state)
{
    struct town t = town(state);
    struct str old;

    assert_int_equal(
        CHANGE(t.f, INVITATION, .member = t.amina, .community = t.garden), OK);
    old = look(&t, t.amina).invitation;
    assert_int_equal(
        CHANGE(t.f, INVITATION, .member = t.amina, .community = t.garden), OK);
    assert_int_equal(CHANGE(t.f, COME_INVITED, .member = t.josef,
                            .community = t.garden, .text = old),
                     E_NOT_FOUND);
}

static void
only_stewards_look_after_a_community(void **state)
{
    struct town t = town(state);
    static const enum change_kind kinds[] = {
        CHANGE_SET_NAME,    CHANGE_SET_PURPOSE, CHANGE_SET_OPENNESS,
        CHANGE_STEWARD_ADD, CHANGE_INVITATION,
    };

    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden), OK);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        assert_int_equal(
            fixture_apply(t.f, (struct change){.kind = kinds[i],
                                               .member = t.josef,
                                               .community = t.garden,
                                               .text = STR("Josef")}),
            E_FORBIDDEN);
    assert_int_equal(acts(&t, 0, t.garden), 1);
}

static void
what_stewards_change_is_told_once(void **state)
{
    struct town t = town(state);

    for (int i = 0; i < 2; i++) {
        assert_int_equal(CHANGE(t.f, SET_NAME, .member = t.amina,
                                .community = t.garden,
                                .text = STR("Garden and Well")),
                         OK);
        assert_int_equal(CHANGE(t.f, SET_PURPOSE, .member = t.amina,
                                .community = t.garden,
                                .text = STR("Water that lasts")),
                         OK);
        assert_int_equal(CHANGE(t.f, SET_OPENNESS, .member = t.amina,
                                .community = t.garden, .value = JOIN_TO_WRITE),
                         OK);
        assert_int_equal(t.f->cj.out.is_repeat, i == 1);
    }
    assert_true(str_eq(look(&t, 0).name, STR("Garden and Well")));
    assert_true(str_eq(look(&t, 0).slug, STR("the-garden")));
    assert_true(str_eq(look(&t, 0).purpose, STR("Water that lasts")));
    assert_int_equal(look(&t, 0).openness, JOIN_TO_WRITE);
    assert_int_equal(acts(&t, 0, t.garden), 4);
    assert_int_equal(CHANGE(t.f, SET_OPENNESS, .member = t.amina,
                            .community = t.garden, .value = 3),
                     E_UNUSABLE);
}

static void
nobody_is_made_a_steward_who_did_not_join(void **state)
{
    struct town t = town(state);
    struct rows r;
    struct act a;

    assert_int_equal(CHANGE(t.f, STEWARD_ADD, .member = t.amina,
                            .community = t.garden, .text = STR("Josef")),
                     E_WRONG);
    assert_int_equal(CHANGE(t.f, STEWARD_ADD, .member = t.amina,
                            .community = t.garden, .text = STR("nobody")),
                     E_WRONG);
    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden), OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(CHANGE(t.f, STEWARD_ADD, .member = t.amina,
                                .community = t.garden, .text = STR("josef")),
                         OK);
    assert_true(look(&t, t.josef).is_steward);
    r = act_list(t.f->db, 0, 0, INT64_MAX);
    assert_true(act_next(&r, &a));
    assert_int_equal(a.kind, ACT_STEWARD_ADDED);
    assert_true(str_eq(a.steward, STR("Amina")));
    assert_true(str_eq(a.about, STR("Josef")));
    assert_true(act_next(&r, &a));
    assert_int_equal(a.kind, ACT_STARTED);
    assert_int_equal(rows_end(&r), OK);
}

static void
the_only_steward_stays_while_others_take_part(void **state)
{
    struct town t = town(state);

    assert_int_equal(
        CHANGE(t.f, STEWARD_DOWN, .member = t.amina, .community = t.garden),
        E_LAST_ONE);
    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden), OK);
    assert_int_equal(
        CHANGE(t.f, LEAVE, .member = t.amina, .community = t.garden),
        E_LAST_ONE);
    assert_int_equal(CHANGE(t.f, STEWARD_ADD, .member = t.amina,
                            .community = t.garden, .text = STR("Josef")),
                     OK);
    assert_int_equal(
        CHANGE(t.f, STEWARD_DOWN, .member = t.amina, .community = t.garden),
        OK);
    assert_int_equal(
        CHANGE(t.f, STEWARD_DOWN, .member = t.amina, .community = t.garden),
        OK);
    assert_true(t.f->cj.out.is_repeat);
    assert_int_equal(
        CHANGE(t.f, LEAVE, .member = t.amina, .community = t.garden), OK);
    assert_int_equal(
        CHANGE(t.f, LEAVE, .member = t.josef, .community = t.garden), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        GARDEN_TEST(an_invitation_opens_a_closed_community),
        GARDEN_TEST(a_new_invitation_ends_the_old_one),
        GARDEN_TEST(only_stewards_look_after_a_community),
        GARDEN_TEST(what_stewards_change_is_told_once),
        GARDEN_TEST(nobody_is_made_a_steward_who_did_not_join),
        GARDEN_TEST(the_only_steward_stays_while_others_take_part),
    };

    return cmocka_run_group_tests_name("steward", tests, NULL, NULL);
}
