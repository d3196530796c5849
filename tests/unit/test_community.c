#include "forum/draft.h"
#include "tests/unit/garden.h"

static void
two_prompts_make_a_community(void **state)
{
    struct town t = town(state);
    struct community c = look(&t, t.amina);
    struct draft d;

    assert_string_equal(t.f->cj.out.slug, "the-garden");
    assert_true(str_eq(c.name, STR("The Garden")));
    assert_true(str_eq(c.purpose, STR("To learn from one another")));
    assert_int_equal(c.openness, OPEN);
    assert_true(c.is_participant && c.is_steward);
    assert_int_equal(c.started_at, t.f->now);
    assert_int_equal(draft_get(t.f->db, t.f->cj.change.draft, t.amina, STR(""),
                               &t.f->mem, &d),
                     E_NOT_FOUND);
    assert_int_equal(acts(&t, 0, t.garden), 1);
}

static void
the_same_purpose_again_is_the_same_draft(void **state)
{
    struct town t = town(state);
    int64_t first;

    assert_int_equal(CHANGE(t.f, START, .member = t.josef, .text = STR("Bees")),
                     OK);
    first = t.f->cj.out.draft;
    assert_int_equal(
        CHANGE(t.f, START, .member = t.josef, .text = STR(" Bees ")), OK);
    assert_true(t.f->cj.out.is_repeat);
    assert_int_equal(t.f->cj.out.draft, first);
    assert_int_equal(CHANGE(t.f, START, .member = t.amina, .text = STR("Bees")),
                     OK);
    assert_int_not_equal(t.f->cj.out.draft, first);
    assert_int_equal(CHANGE(t.f, START, .member = t.josef, .text = STR(" ")),
                     E_EMPTY);
}

static void
founding_needs_ones_own_draft(void **state)
{
    struct town t = town(state);
    int64_t draft;

    assert_int_equal(CHANGE(t.f, START, .member = t.josef, .text = STR("Bees")),
                     OK);
    draft = t.f->cj.out.draft;
    assert_int_equal(CHANGE(t.f, FOUND, .member = t.amina, .draft = draft,
                            .text = STR("Bees")),
                     E_NOT_FOUND);
    assert_int_equal(
        CHANGE(t.f, FOUND, .member = t.josef, .draft = draft, .text = STR("B")),
        E_TOO_SHORT);
    assert_int_equal(CHANGE(t.f, FOUND, .member = t.josef, .draft = draft,
                            .text = STR("A name of more letters than a "
                                        "community has")),
                     E_TOO_LONG);
    assert_int_equal(CHANGE(t.f, FOUND, .member = t.josef, .draft = draft,
                            .text = STR("--")),
                     E_UNUSABLE);
    assert_int_equal(CHANGE(t.f, FOUND, .member = t.josef, .draft = draft,
                            .text = STR("Bees")),
                     OK);
}

static void
founding_again_leads_to_the_first(void **state)
{
    struct town t = town(state);
    struct change again = t.f->cj.change;

    assert_int_equal(fixture_apply(t.f, again), OK);
    assert_true(t.f->cj.out.is_repeat);
    assert_int_equal(t.f->cj.out.community, t.garden);
    assert_string_equal(t.f->cj.out.slug, "the-garden");
}

static void
short_addresses_are_unique(void **state)
{
    struct town t = town(state);

    fixture_community(t.f, t.josef, "the GARDEN");
    assert_string_equal(t.f->cj.out.slug, "the-garden-2");
    fixture_community(t.f, t.josef, "The: Garden");
    assert_string_equal(t.f->cj.out.slug, "the-garden-3");
    fixture_community(t.f, t.josef, "A name as long as forty letters can be..");
    assert_true(strlen(t.f->cj.out.slug) <= 32);
    fixture_community(t.f, t.josef, "A name as long as forty letters can be!!");
    assert_true(strlen(t.f->cj.out.slug) <= 32);
    assert_non_null(strstr(t.f->cj.out.slug, "-2"));
}

static void
a_name_without_latin_letters_gets_a_number(void **state)
{
    struct town t = town(state);
    struct str want;
    int64_t id = fixture_community(t.f, t.josef, "水と井戸");

    want = arena_fmt(&t.f->mem, "c-%d", (int)id);
    assert_true(str_eq(str_of(t.f->cj.out.slug), want));
}

static void
coming_and_leaving_can_be_repeated(void **state)
{
    struct town t = town(state);

    assert_false(look(&t, t.josef).is_participant);
    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden), OK);
    assert_false(t.f->cj.out.is_repeat);
    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden), OK);
    assert_true(t.f->cj.out.is_repeat);
    assert_true(look(&t, t.josef).is_participant);
    assert_int_equal(
        CHANGE(t.f, LEAVE, .member = t.josef, .community = t.garden), OK);
    assert_false(t.f->cj.out.is_repeat);
    assert_int_equal(
        CHANGE(t.f, LEAVE, .member = t.josef, .community = t.garden), OK);
    assert_true(t.f->cj.out.is_repeat);
    assert_false(look(&t, t.josef).is_participant);
    assert_int_equal(CHANGE(t.f, COME, .member = t.josef, .community = 99),
                     E_NOT_FOUND);
}

static void
a_closed_community_does_not_exist_for_others(void **state)
{
    struct town t = town(state);
    struct community c;
    struct rows r;

    close_it(&t);
    for (int64_t viewer = 0; viewer <= t.josef; viewer += t.josef) {
        assert_int_equal(
            community_by_id(t.f->db, t.garden, viewer, &t.f->mem, &c),
            E_NOT_FOUND);
        assert_int_equal(
            community_get(t.f->db, STR("the-garden"), viewer, &t.f->mem, &c),
            E_NOT_FOUND);
        r = community_list(t.f->db, viewer, false, 0, STR(""), 0);
        assert_false(community_next(&r, &c));
        assert_int_equal(rows_end(&r), OK);
        r = community_recent(t.f->db, viewer, 10);
        assert_false(community_next(&r, &c));
        assert_int_equal(rows_end(&r), OK);
        assert_int_equal(acts(&t, viewer, 0), 0);
        assert_int_equal(acts(&t, viewer, t.garden), 0);
    }
    assert_int_equal(acts(&t, t.amina, 0), 2);
    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden),
        E_NOT_FOUND);
    assert_int_equal(CHANGE(t.f, SET_NAME, .member = t.josef,
                            .community = t.garden, .text = STR("Ours")),
                     E_NOT_FOUND);
    assert_int_equal(
        CHANGE(t.f, LEAVE, .member = t.josef, .community = t.garden), OK);
    assert_int_equal(t.f->cj.out.slug[0], '\0');
}

static void
the_directory_is_alphabetical_and_goes_on(void **state)
{
    struct town t = town(state);
    static const char *const want[] = {"apples", "Bees", "The Garden", "Wells"};
    struct str fold = STR("");
    int64_t id = 0;

    fixture_community(t.f, t.josef, "Bees");
    fixture_community(t.f, t.josef, "apples");
    fixture_community(t.f, t.josef, "Wells");
    for (size_t i = 0; i < 4; i++) {
        struct rows r = community_list(t.f->db, 0, false, 0, fold, id);
        struct community c;

        assert_true(community_next(&r, &c));
        fold = arena_copy(&t.f->mem, c.fold);
        id = c.id;
        assert_true(str_eq(c.name, str_of(want[i])));
        assert_int_equal(rows_end(&r), OK);
    }
}

static void
resting_communities_stand_apart(void **state)
{
    struct town t = town(state);
    struct community c;
    struct rows r;

    t.f->now += RESTING_AFTER + 1;
    fixture_community(t.f, t.josef, "Bees");
    r = community_list(t.f->db, 0, true, t.f->now - RESTING_AFTER, STR(""), 0);
    assert_true(community_next(&r, &c));
    assert_true(str_eq(c.name, STR("The Garden")));
    assert_false(community_next(&r, &c));
    assert_int_equal(rows_end(&r), OK);
    r = community_list(t.f->db, 0, false, t.f->now - RESTING_AFTER, STR(""), 0);
    assert_true(community_next(&r, &c));
    assert_true(str_eq(c.name, STR("Bees")));
    assert_false(community_next(&r, &c));
    assert_int_equal(rows_end(&r), OK);
}

static void
ones_own_communities_are_listed(void **state)
{
    struct town t = town(state);
    struct community c;
    struct rows r;

    fixture_community(t.f, t.josef, "Bees");
    close_it(&t);
    r = community_mine(t.f->db, t.amina);
    assert_true(community_next(&r, &c));
    assert_int_equal(c.id, t.garden);
    assert_true(c.is_participant);
    assert_false(community_next(&r, &c));
    assert_int_equal(rows_end(&r), OK);
    r = community_stewards(t.f->db, t.garden);
    assert_true(rows_next(&r));
    assert_true(str_eq(rows_text(&r, 0), STR("Amina")));
    assert_false(rows_next(&r));
    assert_int_equal(rows_end(&r), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        GARDEN_TEST(two_prompts_make_a_community),
        GARDEN_TEST(the_same_purpose_again_is_the_same_draft),
        GARDEN_TEST(founding_needs_ones_own_draft),
        GARDEN_TEST(founding_again_leads_to_the_first),
        GARDEN_TEST(short_addresses_are_unique),
        GARDEN_TEST(a_name_without_latin_letters_gets_a_number),
        GARDEN_TEST(coming_and_leaving_can_be_repeated),
        GARDEN_TEST(a_closed_community_does_not_exist_for_others),
        GARDEN_TEST(the_directory_is_alphabetical_and_goes_on),
        GARDEN_TEST(resting_communities_stand_apart),
        GARDEN_TEST(ones_own_communities_are_listed),
    };

    return cmocka_run_group_tests_name("community", tests, NULL, NULL);
}
