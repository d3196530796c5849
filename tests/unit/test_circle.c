/* Circles: who may come in, what ends them, and what is left when all that was
 * written there has been deleted. */
#include "forum/circle.h"

#include <stdio.h>

#include "forum/draft.h"
#include "forum/inbox.h"
#include "forum/post.h"
#include "forum/site.h"
#include "forum/thread.h"
#include "tests/unit/garden.h"

#define DAYS(n) ((int64_t)(n)*86400)

static int64_t
circle_begin(const struct town *t)
{
    assert_int_equal(CHANGE(t->f, CIRCLE_START, .member = t->amina,
                            .text = STR("Knots"), .title = STR("One\nTwo")),
                     OK);
    assert_int_equal(t->f->cj.out.why, OK);
    return t->f->cj.out.community;
}

static struct circle
circle_look(const struct town *t, int64_t in)
{
    struct circle c;

    assert_int_equal(circle_get(t->f->db, in, &t->f->mem, &c), OK);
    return c;
}

static enum err
come(const struct town *t, int64_t in, int64_t who)
{
    return CHANGE(t->f, COME_INVITED, .member = who, .community = in,
                  .text = circle_look(t, in).invitation);
}

static enum err
meet(const struct town *t, int64_t in)
{
    return CHANGE(t->f, CIRCLE_MEET, .member = t->amina, .community = in,
                  .title = STR("Meeting"));
}

static void
close_circle(const struct town *t, int64_t in)
{
    assert_int_equal(CHANGE(t->f, CIRCLE_CLOSE, .member = t->amina,
                            .community = in, .title = STR("Review")),
                     OK);
}

static enum err
wish(const struct town *t, int64_t in, int64_t who, enum circle_wish what)
{
    return CHANGE(t->f, CIRCLE_WISH, .member = who, .community = in,
                  .value = (int)what);
}

/* So many people beside Amina and Josef. */
static void
crowd(const struct town *t, int64_t in, int n)
{
    for (int i = 0; i < n; i++) {
        char name[16];

        snprintf(name, sizeof(name), "Friend %c", 'A' + i);
        assert_int_equal(come(t, in, fixture_member(t->f, 20 + i, name)), OK);
    }
}

static int64_t
number(const struct town *t, const char *sql)
{
    return db_number(t->f->db, sql, -1);
}

static void
say_wrong(void *arg, struct str sentence)
{
    (void)arg;
    fail_msg("%.*s", (int)sentence.n, sentence.p);
}

static void
tick(const struct town *t)
{
    do
        assert_int_equal(CHANGE(t->f, TICK, .member = 0), OK);
    while (t->f->cj.out.goes_on);
}

static void
twelve_come_in_and_no_more(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);

    crowd(&t, in, CIRCLE_MOST - 1);
    assert_int_equal(come(&t, in, t.josef), E_CROWDED);
    assert_int_equal(come(&t, in, t.amina), OK); /* in already */
}

static void
three_can_not_meet_and_four_can(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);

    crowd(&t, in, CIRCLE_LEAST - 2);
    assert_int_equal(meet(&t, in), E_TOO_FEW);
    assert_int_equal(come(&t, in, t.josef), OK);
    assert_int_equal(meet(&t, in), OK);
    assert_int_not_equal(t.f->cj.out.thread, 0);
    assert_false(t.f->cj.out.is_repeat);
    assert_int_equal(meet(&t, in), OK);
    assert_true(t.f->cj.out.is_repeat);
}

static void
who_is_not_in_changes_nothing(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);

    assert_int_equal(CHANGE(t.f, CIRCLE_PROMPT, .member = t.josef,
                            .community = in, .text = STR("Mine")),
                     E_NOT_FOUND);
    assert_int_equal(
        CHANGE(t.f, CIRCLE_INVITE, .member = t.josef, .community = in),
        E_NOT_FOUND);
    assert_int_equal(CHANGE(t.f, CIRCLE_CLOSE, .member = t.josef,
                            .community = in, .title = STR("Review")),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(t.f, CIRCLE_SHARE, .member = t.josef,
                            .community = in, .title = STR("Ours")),
                     E_NOT_FOUND);
    assert_int_equal(wish(&t, in, t.josef, WISH_DELETE), E_NOT_FOUND);
    assert_int_equal(CHANGE(t.f, CIRCLE_PROMPT, .member = t.amina,
                            .community = t.garden, .text = STR("Mine")),
                     E_NOT_FOUND);
}

static void
a_prompt_dropped_by_two_at_once_is_one_prompt(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);
    int64_t revision = circle_look(&t, in).revision;

    for (int i = 0; i < 2; i++)
        assert_int_equal(CHANGE(t.f, CIRCLE_PROMPT_DROP, .member = t.amina,
                                .community = in, .number = 1,
                                .based_on = revision),
                         OK);
    assert_true(t.f->cj.out.is_repeat);
    assert_true(str_eq(circle_look(&t, in).prompts, STR("Two")));
}

static void
prompts_end_somewhere(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);
    char text[301];
    enum err e = OK;

    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    for (int i = 0; !e && i < 20; i++) {
        text[0] = (char)('a' + i);
        e = CHANGE(t.f, CIRCLE_PROMPT, .member = t.amina, .community = in,
                   .text = str_of(text));
    }
    assert_int_equal(e, E_TOO_LONG);
}

static void
its_people_are_told_on_the_day_that_they_chose_last(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);

    assert_int_equal(CHANGE(t.f, CIRCLE_UNTIL, .member = t.amina,
                            .community = in, .text = STR("70")),
                     OK);
    t.f->now += DAYS(60);
    tick(&t);
    assert_int_equal(number(&t, "SELECT count(*) FROM inbox"), 0);
    t.f->now += DAYS(10);
    tick(&t);
    assert_int_equal(number(&t, "SELECT count(*) FROM inbox"
                                " WHERE kind = 14 AND member = 1"),
                     1);
    assert_int_equal(number(&t, "SELECT count(*) FROM due"), 0);
}

static void
a_circle_that_has_closed_is_not_told_to_end(void **state)
{
    struct town t = town(state);

    close_circle(&t, circle_begin(&t));
    t.f->now += DAYS(60);
    tick(&t);
    assert_int_equal(number(&t, "SELECT count(*) FROM inbox"), 0);
}

static void
nothing_is_shared_unless_all_wish_so(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);

    assert_int_equal(come(&t, in, t.josef), OK);
    assert_int_equal(wish(&t, in, t.amina, WISH_SHARE), OK);
    close_circle(&t, in); /* what was wished before does not count */
    assert_int_equal(wish(&t, in, t.josef, WISH_SHARE), OK);
    assert_false(circle_look(&t, in).is_shared);
    assert_int_equal(CHANGE(t.f, CIRCLE_SHARE, .member = t.josef,
                            .community = in, .title = STR("Ours")),
                     OK);
    assert_int_equal(t.f->cj.out.draft, 0);
    assert_int_equal(wish(&t, in, t.amina, WISH_SHARE), OK);
    assert_true(circle_look(&t, in).is_shared);
    assert_int_equal(wish(&t, in, t.amina, 3), E_UNUSABLE);
}

/* A page of the circle's first thread. */
static void
page_keep(const struct town *t)
{
    int64_t draft;

    assert_int_equal(CHANGE(t->f, PAGE_KEEP, .member = t->josef, .thread = 1,
                            .is_whole = true),
                     OK);
    draft = t->f->cj.out.draft;
    assert_int_equal(
        CHANGE(t->f, SOURCE_FILL, .member = t->josef, .draft = draft), OK);
    assert_int_equal(CHANGE(t->f, DRAFT_GO, .member = t->josef, .draft = draft),
                     OK);
    assert_int_equal(t->f->cj.out.why, OK);
    assert_int_equal(number(t, "SELECT count(*) FROM page"), 1);
}

/* Something of everything, and two who wish to delete it. */
static int64_t
full_circle(const struct town *t)
{
    int64_t in = circle_begin(t);

    assert_int_equal(come(t, in, t->josef), OK);
    assert_int_equal(CHANGE(t->f, THREAD, .member = t->josef, .community = in,
                            .title = STR("Bends"), .text = STR("Which?")),
                     OK);
    assert_int_equal(CHANGE(t->f, THREAD, .member = t->josef, .community = in,
                            .value = KIND_CHAT, .title = STR("Porch"),
                            .text = STR("Tea")),
                     OK);
    assert_int_equal(CHANGE(t->f, REPLY, .member = t->amina, .thread = 1,
                            .text = STR("The sheet bend")),
                     OK);
    assert_int_equal(CHANGE(t->f, SAVE, .member = t->amina, .thread = 1,
                            .text = STR("Learn this")),
                     OK);
    assert_int_equal(CHANGE(t->f, DRAFT_OPEN, .member = t->josef,
                            .aim = AIM_REPLY, .thread = 1,
                            .text = STR("Or the bowline")),
                     OK);
    assert_int_equal(CHANGE(t->f, DRAFT_OPEN, .member = t->josef,
                            .aim = AIM_THREAD, .community = in,
                            .title = STR("Later"), .text = STR("More")),
                     OK);
    assert_int_equal(
        db_run(
            t->f->db,
            "INSERT INTO thanks (post, member, helper, text, at, may_show,"
            " is_shown) VALUES (1 << 20 | 2, 2, 1, 'For it', 0, 1, 1);"
            "INSERT INTO came (community, post, page, member, kind, text,"
            " at) SELECT community, id, 0, 2, 2, 'It held', 0 FROM post"
            " WHERE id = (1 << 20 | 2);"
            "INSERT OR IGNORE INTO follow (member, kind, thing, mark)"
            " SELECT 1, 1, 1, 0 UNION SELECT 1, 0, community, 0 FROM circle;"
            "INSERT OR IGNORE INTO mute (member, kind, thing)"
            " SELECT 2, 1, 1 UNION SELECT 2, 0, community FROM circle;"
            "INSERT INTO member (id, name, about, joined_at, tries, tries_at)"
            " VALUES (90, 'a member (Fox)', '', 0, 0, 0);"
            "INSERT INTO quiet (persona, thread, tag)"
            " VALUES (90, 1, x'01')"),
        OK);
    page_keep(t);
    close_circle(t, in);
    assert_int_equal(wish(t, in, t->josef, WISH_DELETE), OK);
    return in;
}

static void
one_who_wishes_otherwise_keeps_it(void **state)
{
    struct town t = town(state);
    int64_t in = full_circle(&t);

    assert_int_equal(wish(&t, in, t.amina, WISH_KEEP), OK);
    assert_int_not_equal(circle_look(&t, in).closed_at, 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM thread"), 3);
}

static void
a_page_is_made_while_all_wish_so_and_not_later(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t), review, draft;

    close_circle(&t, in);
    review = t.f->cj.out.thread;
    assert_int_equal(CHANGE(t.f, REPLY, .member = t.amina, .thread = review,
                            .text = STR("Tie it twice")),
                     OK);
    assert_int_equal(wish(&t, in, t.amina, WISH_SHARE), OK);
    assert_int_equal(CHANGE(t.f, CIRCLE_SHARE, .member = t.amina,
                            .community = in, .title = STR("Ours")),
                     OK);
    draft = t.f->cj.out.draft;
    assert_int_equal(CHANGE(t.f, DRAFT_WHERE, .member = t.amina, .draft = draft,
                            .community = t.garden),
                     OK);
    assert_int_equal(wish(&t, in, t.amina, WISH_KEEP), OK);
    assert_int_equal(CHANGE(t.f, DRAFT_GO, .member = t.amina, .draft = draft),
                     OK);
    assert_int_equal(t.f->cj.out.why, E_NOT_AGREED);
    assert_int_equal(number(&t, "SELECT count(*) FROM page"), 0);
    assert_int_equal(wish(&t, in, t.amina, WISH_SHARE), OK);
    assert_int_equal(CHANGE(t.f, DRAFT_GO, .member = t.amina, .draft = draft),
                     OK);
    assert_int_equal(t.f->cj.out.why, OK);
    assert_int_equal(number(&t, "SELECT count(*) FROM page_source"), 1);
}

static void
every_word_goes_when_all_wish_so(void **state)
{
    static const char *const empty[] = {
        "thread",      "post",   "thanks",       "came",
        "inbox",       "page",   "page_version", "page_source",
        "page_credit", "circle", "circle_wish",  "mute"};
    struct town t = town(state);
    int64_t in = full_circle(&t);
    char follows[64];

    assert_int_equal(wish(&t, in, t.amina, WISH_DELETE), OK);
    assert_int_equal(t.f->cj.out.community, 0);
    for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
        char sql[64];

        snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", empty[i]);
        assert_int_equal(number(&t, sql), 0);
    }
    snprintf(follows, sizeof(follows),
             "SELECT count(*) FROM follow WHERE thing = %lld", (long long)in);
    assert_int_equal(number(&t, follows), 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM quiet"
                                " WHERE thread IS NULL AND length(tag) = 32"),
                     1);
    assert_int_equal(number(&t, "SELECT count(*) FROM participant"
                                " WHERE community <> 1"),
                     0);
    assert_int_equal(number(&t, "SELECT count(*) FROM community"
                                " WHERE name LIKE '%Knot%'"
                                " OR purpose LIKE '%Knot%'"),
                     0);
    assert_int_equal(forum_check(t.f->db, say_wrong, NULL), 0);
}

static void
what_was_not_published_stays_its_authors(void **state)
{
    struct town t = town(state);
    int64_t in = full_circle(&t);

    assert_int_equal(wish(&t, in, t.amina, WISH_DELETE), OK);
    assert_int_equal(number(&t, "SELECT count(*) FROM draft WHERE member = 2"
                                " AND community IS NULL AND thread IS NULL"
                                " AND aim = 0"),
                     2);
    assert_int_equal(number(&t, "SELECT count(*) FROM draft_part"), 2);
    assert_int_equal(number(&t, "SELECT count(*) FROM saved"), 1);
}

static void
no_number_is_given_again(void **state)
{
    struct town t = town(state);
    int64_t in = full_circle(&t);
    int64_t last = number(&t, "SELECT max(p, k) FROM (SELECT"
                              " coalesce((SELECT max(seq) FROM post), 0) p,"
                              " coalesce((SELECT max(seq) FROM page), 0) k)");

    assert_int_equal(wish(&t, in, t.amina, WISH_DELETE), OK);
    assert_int_equal(CHANGE(t.f, THREAD, .member = t.amina,
                            .community = t.garden, .title = STR("New"),
                            .text = STR("Begun")),
                     OK);
    assert_int_equal(t.f->cj.out.thread, 4);
    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden), OK);
    assert_int_equal(CHANGE(t.f, PAGE_KEEP, .member = t.josef, .thread = 4,
                            .is_whole = true),
                     OK);
    assert_int_equal(CHANGE(t.f, DRAFT_ADD, .member = t.josef,
                            .draft = t.f->cj.out.draft, .text = STR("Kept")),
                     OK);
    assert_int_equal(
        CHANGE(t.f, DRAFT_GO, .member = t.josef, .draft = t.f->cj.out.draft),
        OK);
    assert_int_equal(t.f->cj.out.page, 2);
    assert_int_equal(number(&t, "SELECT max(seq) FROM post"), last + 1);
    assert_true(fixture_community(t.f, t.amina, "Next") > in);
    assert_int_equal(forum_check(t.f->db, say_wrong, NULL), 0);
}

static void
who_leaves_lets_the_others_agree(void **state)
{
    struct town t = town(state);
    int64_t in = full_circle(&t);

    assert_int_equal(CHANGE(t.f, LEAVE, .member = t.amina, .community = in),
                     OK);
    assert_int_equal(number(&t, "SELECT count(*) FROM circle"), 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM post"), 0);
}

static void
a_closed_circle_that_nobody_is_in_is_deleted(void **state)
{
    struct town t = town(state);
    int64_t in = circle_begin(&t);

    close_circle(&t, in);
    assert_int_equal(CHANGE(t.f, LEAVE, .member = t.amina, .community = in),
                     OK);
    assert_int_equal(number(&t, "SELECT count(*) FROM circle"), 0);
    assert_int_equal(number(&t, "SELECT count(*) FROM post"), 0);
    in = circle_begin(&t);
    assert_int_equal(CHANGE(t.f, LEAVE, .member = t.amina, .community = in),
                     OK);
    assert_int_equal(number(&t, "SELECT count(*) FROM circle"), 1);
}

static void
a_circle_that_goes_on_asks_again(void **state)
{
    struct town t = town(state);
    int64_t in = full_circle(&t);

    assert_int_equal(CHANGE(t.f, CIRCLE_UNTIL, .member = t.amina,
                            .community = in, .text = STR("9")),
                     OK);
    assert_int_equal(circle_look(&t, in).closed_at, 0);
    assert_int_not_equal(circle_look(&t, in).invitation.n, 0);
    close_circle(&t, in);
    assert_int_equal(wish(&t, in, t.amina, WISH_DELETE), OK);
    assert_int_not_equal(circle_look(&t, in).closed_at, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        GARDEN_TEST(twelve_come_in_and_no_more),
        GARDEN_TEST(three_can_not_meet_and_four_can),
        GARDEN_TEST(who_is_not_in_changes_nothing),
        GARDEN_TEST(a_prompt_dropped_by_two_at_once_is_one_prompt),
        GARDEN_TEST(prompts_end_somewhere),
        GARDEN_TEST(its_people_are_told_on_the_day_that_they_chose_last),
        GARDEN_TEST(a_circle_that_has_closed_is_not_told_to_end),
        GARDEN_TEST(nothing_is_shared_unless_all_wish_so),
        GARDEN_TEST(one_who_wishes_otherwise_keeps_it),
        GARDEN_TEST(a_page_is_made_while_all_wish_so_and_not_later),
        GARDEN_TEST(every_word_goes_when_all_wish_so),
        GARDEN_TEST(what_was_not_published_stays_its_authors),
        GARDEN_TEST(no_number_is_given_again),
        GARDEN_TEST(who_leaves_lets_the_others_agree),
        GARDEN_TEST(a_closed_circle_that_nobody_is_in_is_deleted),
        GARDEN_TEST(a_circle_that_goes_on_asks_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
