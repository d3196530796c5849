/* Feeds: what they tell, and what they never tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "forum/own_feed.h"
#include "tests/unit/forum_fixture.h"

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

/* Amina's garden has thread 1; Josef joined and follows it. */
static struct scene {
    struct fixture *f;
    int64_t amina, josef, garden;
} scene_of(void **state)
{
    struct scene s = {.f = *state};

    s.amina = fixture_member(s.f, 1, "Amina");
    s.josef = fixture_member(s.f, 2, "Josef");
    s.garden = fixture_community(s.f, s.amina, "Garden");
    assert_int_equal(CHANGE(s.f, THREAD, .member = s.amina,
                            .community = s.garden, .title = STR("Beans"),
                            .text = STR("They grow.")),
                     OK);
    assert_int_equal(
        CHANGE(s.f, COME, .member = s.josef, .community = s.garden), OK);
    return s;
}

/* How many entries the site's feed has; *out is the newest. */
static int
public_entries(struct scene *s, struct entry *out)
{
    struct feed feed;
    struct entry e = {0};
    int n = 0;

    feed_open(&feed, s->f->db, FEED_SITE, 0);
    for (; feed_next(&feed, &e); n++)
        if (n == 0)
            *out = e;
    assert_int_equal(feed_end(&feed), OK);
    return n;
}

static int
own_entries(struct scene *s, int64_t member)
{
    struct entry list[FEED_ENTRIES];
    int n;

    assert_int_equal(own_feed(s->f->db, member, &s->f->mem, list, &n), OK);
    return n;
}

static void
close_garden(struct scene *s)
{
    assert_int_equal(CHANGE(s->f, SET_OPENNESS, .member = s->amina,
                            .community = s->garden, .value = CLOSED),
                     OK);
}

static void
updated_moves_with_the_text_and_the_rest_stays(void **state)
{
    struct scene s = scene_of(state);
    struct entry before = {0}, after = {0};

    assert_int_equal(public_entries(&s, &before), 1);
    assert_int_equal(before.updated, before.at);
    s.f->now += 3600;
    assert_int_equal(CHANGE(s.f, REPLY, .member = s.josef, .thread = 1,
                            .text = STR("Mine too.")),
                     OK);
    assert_int_equal(public_entries(&s, &after), 1);
    assert_int_equal(after.updated, before.updated);
    assert_int_equal(CHANGE(s.f, EDIT, .member = s.amina, .thread = 1,
                            .number = 1, .text = STR("They grow well.")),
                     OK);
    assert_int_equal(public_entries(&s, &after), 1);
    assert_int_equal(after.at, before.at);
    assert_int_equal(after.updated, s.f->now);
    assert_int_equal(after.thing, 1);
    assert_int_equal(after.number, 1);
}

static void
what_is_closed_or_removed_is_in_no_public_feed(void **state)
{
    struct scene s = scene_of(state);
    struct entry e = {0};

    assert_int_equal(CHANGE(s.f, THREAD, .member = s.amina,
                            .community = s.garden, .title = STR("Peas"),
                            .text = STR("They do not.")),
                     OK);
    assert_int_equal(public_entries(&s, &e), 2);
    assert_int_equal(
        CHANGE(s.f, REMOVE, .member = s.amina, .thread = 2, .number = 1), OK);
    assert_int_equal(public_entries(&s, &e), 1);
    assert_int_equal(e.thing, 1);
    close_garden(&s);
    assert_int_equal(public_entries(&s, &e), 0);
}

static void
a_private_feed_leaves_out_own_muted_and_closed(void **state)
{
    struct scene s = scene_of(state);

    assert_int_equal(own_entries(&s, s.amina), 0);
    assert_int_equal(own_entries(&s, s.josef), 1);
    assert_int_equal(CHANGE(s.f, REPLY, .member = s.josef, .thread = 1,
                            .text = STR("Mine too.")),
                     OK);
    assert_int_equal(own_entries(&s, s.josef), 1);
    assert_int_equal(own_entries(&s, s.amina), 1);
    assert_int_equal(CHANGE(s.f, MUTE, .member = s.amina,
                            .value = FOLLOW_MEMBER, .thing = s.josef),
                     OK);
    assert_int_equal(own_entries(&s, s.amina), 0);
    assert_int_equal(CHANGE(s.f, UNFOLLOW, .member = s.josef,
                            .value = FOLLOW_COMMUNITY, .thing = s.garden),
                     OK);
    assert_int_equal(own_entries(&s, s.josef), 0);
    assert_int_equal(CHANGE(s.f, FOLLOW, .member = s.josef,
                            .value = FOLLOW_THREAD, .thing = 1),
                     OK);
    assert_int_equal(own_entries(&s, s.josef), 1);
    close_garden(&s);
    assert_int_equal(own_entries(&s, s.josef), 0);
}

static void
more_than_a_feed_holds_leaves_the_newest(void **state)
{
    struct scene s = scene_of(state);
    struct entry list[FEED_ENTRIES];
    int n;

    for (int i = 2; i <= FEED_ENTRIES + 40; i++) {
        char text[32];

        (void)snprintf(text, sizeof(text), "Reply %d.", i);
        s.f->now += 600;
        assert_int_equal(CHANGE(s.f, REPLY, .member = s.amina, .thread = 1,
                                .text = str_of(text)),
                         OK);
    }
    assert_int_equal(own_feed(s.f->db, s.josef, &s.f->mem, list, &n), OK);
    assert_int_equal(n, FEED_ENTRIES);
    for (int i = 0; i < n; i++)
        assert_int_equal(list[i].number, FEED_ENTRIES + 40 - i);
}

static void
the_address_of_a_feed_is_made_once_for_each_wish(void **state)
{
    struct scene s = scene_of(state);
    int64_t owner;

    assert_int_equal(feed_owner(s.f->db, STR("none"), &owner), E_NOT_FOUND);
    assert_int_equal(CHANGE(s.f, FEED_NEW, .member = s.josef), OK);
    assert_false(s.f->cj.out.is_repeat);
    assert_int_equal(CHANGE(s.f, FEED_NEW, .member = s.josef), OK);
    assert_true(s.f->cj.out.is_repeat);
    assert_int_equal(CHANGE(s.f, FEED_DROP, .member = s.josef), OK);
    assert_int_equal(CHANGE(s.f, FEED_NEW, .member = s.josef), OK);
    assert_false(s.f->cj.out.is_repeat);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(updated_moves_with_the_text_and_the_rest_stays),
        TEST(what_is_closed_or_removed_is_in_no_public_feed),
        TEST(a_private_feed_leaves_out_own_muted_and_closed),
        TEST(more_than_a_feed_holds_leaves_the_newest),
        TEST(the_address_of_a_feed_is_made_once_for_each_wish),
    };

    return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
