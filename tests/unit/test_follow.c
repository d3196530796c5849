/* Following, muting and marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "forum/follow.h"
#include "forum/inbox.h"
#include "tests/unit/forum_fixture.h"

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

/* Amina has a garden, with thread 1; Josef has not joined. */
static struct garden {
    struct fixture *f;
    int64_t amina, josef, place;
} garden_of(void **state)
{
    struct garden g = {.f = *state};

    g.amina = fixture_member(g.f, 1, "Amina");
    g.josef = fixture_member(g.f, 2, "Josef");
    g.place = fixture_community(g.f, g.amina, "Garden");
    assert_int_equal(CHANGE(g.f, THREAD, .member = g.amina,
                            .community = g.place, .title = STR("Beans"),
                            .text = STR("They grow.")),
                     OK);
    return g;
}

static void
reply(struct garden *g, const char *text)
{
    assert_int_equal(CHANGE(g->f, REPLY, .member = g->amina, .thread = 1,
                            .text = str_of(text)),
                     OK);
}

/* How many places have news for the member; *mark is that of the first. */
static int
news_of(struct garden *g, int64_t member, int64_t *mark)
{
    struct news *list;
    int n;

    assert_int_equal(
        news_list(g->f->db, member, -1, 0, 50, &g->f->mem, &list, &n), OK);
    *mark = n > 0 ? list[0].mark : 0;
    return n;
}

static void
joining_follows_from_the_newest_post_on(void **state)
{
    struct garden g = garden_of(state);
    int64_t mark;

    assert_int_equal(CHANGE(g.f, COME, .member = g.josef, .community = g.place),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 0);
    reply(&g, "Many of them.");
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(mark, 1);
    assert_int_equal(
        CHANGE(g.f, LEAVE, .member = g.josef, .community = g.place), OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 0);
}

static void
a_mark_never_moves_backwards_nor_past_the_newest(void **state)
{
    struct garden g = garden_of(state);
    int64_t mark;

    assert_int_equal(CHANGE(g.f, COME, .member = g.josef, .community = g.place),
                     OK);
    reply(&g, "Two.");
    reply(&g, "Three.");
    assert_int_equal(CHANGE(g.f, MOVE_MARK, .member = g.josef, .thing = 2), OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(mark, 2);
    assert_int_equal(CHANGE(g.f, MOVE_MARK, .member = g.josef, .thing = 1), OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(mark, 2);
    assert_int_equal(CHANGE(g.f, MOVE_MARK, .member = g.josef, .thing = 1000),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 0);
    reply(&g, "Four.");
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(mark, 3);
}

static void
stops_that_make_no_sense_move_nothing(void **state)
{
    static const char *const wrong[] = {
        "0", "0.0", "x-y", "0.0-9.0-1", "0.0-9.0-1.x", "0.0-9.0-1.1.1.1", "-"};
    struct garden g = garden_of(state);
    int64_t mark;

    assert_int_equal(CHANGE(g.f, COME, .member = g.josef, .community = g.place),
                     OK);
    reply(&g, "Two.");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(CHANGE(g.f, MOVE_MARK, .member = g.josef, .thing = 2,
                                .text = str_of(wrong[i])),
                         E_NOT_FOUND);
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
}

static void
a_place_outside_of_the_page_keeps_its_mark(void **state)
{
    struct garden g = garden_of(state);
    int64_t other = fixture_community(g.f, g.amina, "Water"), mark;

    assert_int_equal(CHANGE(g.f, COME, .member = g.josef, .community = g.place),
                     OK);
    assert_int_equal(CHANGE(g.f, COME, .member = g.josef, .community = other),
                     OK);
    reply(&g, "Two.");
    assert_int_equal(CHANGE(g.f, THREAD, .member = g.amina, .community = other,
                            .title = STR("Pump"), .text = STR("It trips.")),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 2);
    assert_int_equal(CHANGE(g.f, MOVE_MARK, .member = g.josef, .thing = 3,
                            .text = STR("0.0-0.1")),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(mark, 0);
}

static void
a_muted_place_keeps_its_mark(void **state)
{
    struct garden g = garden_of(state);
    int64_t mark;

    assert_int_equal(CHANGE(g.f, COME, .member = g.josef, .community = g.place),
                     OK);
    reply(&g, "Two.");
    assert_int_equal(CHANGE(g.f, MUTE, .member = g.josef,
                            .value = FOLLOW_COMMUNITY, .thing = g.place),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 0);
    assert_int_equal(CHANGE(g.f, MOVE_MARK, .member = g.josef, .thing = 2), OK);
    assert_int_equal(CHANGE(g.f, UNMUTE, .member = g.josef,
                            .value = FOLLOW_COMMUNITY, .thing = g.place),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(mark, 1);
}

static void
a_thread_in_a_followed_community_is_told_of_once(void **state)
{
    struct garden g = garden_of(state);
    int64_t mark;

    assert_int_equal(CHANGE(g.f, FOLLOW, .member = g.josef,
                            .value = FOLLOW_THREAD, .thing = 1),
                     OK);
    reply(&g, "Two.");
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(CHANGE(g.f, FOLLOW, .member = g.josef,
                            .value = FOLLOW_COMMUNITY, .thing = g.place),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 0);
    reply(&g, "Three.");
    assert_int_equal(news_of(&g, g.josef, &mark), 1);
    assert_int_equal(CHANGE(g.f, MOVE_MARK, .member = g.josef, .thing = 3), OK);
    assert_int_equal(CHANGE(g.f, UNFOLLOW, .member = g.josef,
                            .value = FOLLOW_COMMUNITY, .thing = g.place),
                     OK);
    assert_int_equal(news_of(&g, g.josef, &mark), 0);
}

static int64_t
inbox_size(struct garden *g)
{
    return db_number(g->f->db, "SELECT count(*) FROM inbox", -1);
}

static void
notice(struct garden *g, enum inbox_kind kind)
{
    struct notice n = {.kind = kind,
                       .member = g->josef,
                       .other = g->amina,
                       .post = POST_ID(1, 1)};

    assert_int_equal(inbox_add(g->f->db, &n, g->f->now), OK);
}

static void
the_inbox_leaves_out_whom_and_what_one_mutes_but_a_stewards_note(void **state)
{
    struct garden g = garden_of(state);

    assert_int_equal(CHANGE(g.f, MUTE, .member = g.josef,
                            .value = FOLLOW_MEMBER, .thing = g.amina),
                     OK);
    notice(&g, INBOX_REPLY);
    assert_int_equal(inbox_size(&g), 0);
    assert_int_equal(CHANGE(g.f, UNMUTE, .member = g.josef,
                            .value = FOLLOW_MEMBER, .thing = g.amina),
                     OK);
    assert_int_equal(CHANGE(g.f, MUTE, .member = g.josef,
                            .value = FOLLOW_THREAD, .thing = 1),
                     OK);
    notice(&g, INBOX_REPLY);
    assert_int_equal(inbox_size(&g), 0);
    notice(&g, INBOX_NOTE);
    assert_int_equal(inbox_size(&g), 1);
    assert_int_equal(CHANGE(g.f, UNMUTE, .member = g.josef,
                            .value = FOLLOW_THREAD, .thing = 1),
                     OK);
    notice(&g, INBOX_REPLY);
    assert_int_equal(inbox_size(&g), 2);
}

/* Under a tag come the opening posts of new threads, the newest last. */
static void
a_tag_brings_new_threads_that_nothing_else_brings(void **state)
{
    struct garden g = garden_of(state);
    struct news tag = {.kind = FOLLOW_TAG, .thing = 1, .mark = 0};
    struct tag_news *news;
    bool has_more;
    int n;

    assert_int_equal(db_run(g.f->db, "INSERT INTO tag (id, fold, name) VALUES"
                                     " (1, 'beans', 'Beans');"
                                     "INSERT INTO tagged VALUES (1, 0, 1)"),
                     OK);
    assert_int_equal(
        CHANGE(g.f, FOLLOW, .member = g.josef, .value = FOLLOW_TAG, .thing = 1),
        OK);
    assert_int_equal(
        news_of_tag(g.f->db, &tag, g.josef, &g.f->mem, &news, &n, &has_more),
        OK);
    assert_int_equal(n, 1);
    assert_int_equal(news[0].thing, 1);
    assert_false(has_more);
    tag.mark = 1;
    assert_int_equal(
        news_of_tag(g.f->db, &tag, g.josef, &g.f->mem, &news, &n, &has_more),
        OK);
    assert_int_equal(n, 0);
    tag.mark = 0;
    assert_int_equal(CHANGE(g.f, COME, .member = g.josef, .community = g.place),
                     OK);
    assert_int_equal(
        news_of_tag(g.f->db, &tag, g.josef, &g.f->mem, &news, &n, &has_more),
        OK);
    assert_int_equal(n, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(joining_follows_from_the_newest_post_on),
        TEST(a_mark_never_moves_backwards_nor_past_the_newest),
        TEST(stops_that_make_no_sense_move_nothing),
        TEST(a_place_outside_of_the_page_keeps_its_mark),
        TEST(a_muted_place_keeps_its_mark),
        TEST(a_thread_in_a_followed_community_is_told_of_once),
        TEST(the_inbox_leaves_out_whom_and_what_one_mutes_but_a_stewards_note),
        TEST(a_tag_brings_new_threads_that_nothing_else_brings),
    };

    return cmocka_run_group_tests_name("follow", tests, NULL, NULL);
}
