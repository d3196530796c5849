/* Needs and offers: how long they last, and who is told. */
#include "forum/need.h"
#include "forum/site.h"
#include "tests/unit/garden.h"

#define DAYS(n) ((int64_t)(n)*86400)

static int64_t
begin(const struct town *t, int64_t who, enum thread_kind kind,
      const char *title)
{
    assert_int_equal(CHANGE(t->f, THREAD, .member = who, .community = t->garden,
                            .value = (int)kind, .title = str_of(title),
                            .text = STR(".")),
                     OK);
    assert_int_equal(t->f->cj.out.why, OK);
    return t->f->cj.out.thread;
}

static void
tick(const struct town *t)
{
    assert_int_equal(CHANGE(t->f, TICK, .member = 0), OK);
}

static int64_t
count(const struct town *t, const char *sql)
{
    return db_number(t->f->db, sql, -1);
}

static int64_t
told(const struct town *t)
{
    return count(t, "SELECT count(*) FROM inbox WHERE kind = 9");
}

static enum thread_state
state_of(const struct town *t, int64_t thread)
{
    struct thread found;

    assert_int_equal(thread_get(t->f->db, thread, t->amina, &t->f->mem, &found),
                     OK);
    return found.state;
}

static void
a_need_ends_after_thirty_days_and_an_offer_after_ninety(void **state)
{
    struct town t = town(state);
    int64_t need = begin(&t, t.amina, KIND_NEED, "Seeds of maize");
    int64_t offer = begin(&t, t.josef, KIND_OFFER, "Bread");

    t.f->now += DAYS(30) - 1;
    tick(&t);
    assert_int_equal(state_of(&t, need), STATE_OPEN);
    t.f->now++;
    tick(&t);
    assert_int_equal(state_of(&t, need), STATE_NOT_NEEDED);
    assert_int_equal(state_of(&t, offer), STATE_OPEN);
    t.f->now += DAYS(60);
    tick(&t);
    assert_int_equal(state_of(&t, offer), STATE_NOT_NEEDED);
    assert_int_equal(count(&t, "SELECT count(*) FROM due"), 0);
}

static void
only_its_author_renews_it_and_twice_is_once(void **state)
{
    struct town t = town(state);
    int64_t need = begin(&t, t.amina, KIND_NEED, "Seeds of maize");

    t.f->now += DAYS(20);
    assert_int_equal(CHANGE(t.f, RENEW, .member = t.josef, .thread = need),
                     E_FORBIDDEN);
    assert_int_equal(CHANGE(t.f, RENEW, .member = t.amina, .thread = need), OK);
    assert_int_equal(CHANGE(t.f, RENEW, .member = t.amina, .thread = need), OK);
    assert_int_equal(count(&t, "SELECT count(*) FROM due"), 1);
    t.f->now += DAYS(29);
    tick(&t);
    assert_int_equal(state_of(&t, need), STATE_OPEN);
    assert_int_equal(CHANGE(t.f, RENEW, .member = t.amina, .thread = 99),
                     E_NOT_FOUND);
}

/* The clock was late: it was renewed between its end and the tick. */
static void
what_was_renewed_meanwhile_does_not_end(void **state)
{
    struct town t = town(state);
    int64_t need = begin(&t, t.amina, KIND_NEED, "Seeds of maize");
    const struct due d = {.kind = DUE_EXPIRES, .at = 1, .thread = need};

    t.f->now += DAYS(31);
    assert_int_equal(CHANGE(t.f, RENEW, .member = t.amina, .thread = need), OK);
    assert_int_equal(due_add(t.f->db, &d), OK);
    tick(&t);
    assert_int_equal(state_of(&t, need), STATE_OPEN);
}

static void
a_reply_to_what_has_ended_is_a_reply(void **state)
{
    struct town t = town(state);
    int64_t need = begin(&t, t.amina, KIND_NEED, "Seeds of maize");

    t.f->now += DAYS(31);
    tick(&t);
    assert_int_equal(CHANGE(t.f, REPLY, .member = t.josef, .thread = need,
                            .text = STR("I have some")),
                     OK);
    assert_int_equal(t.f->cj.out.why, OK);
    assert_int_equal(state_of(&t, need), STATE_NOT_NEEDED);
    assert_int_equal(CHANGE(t.f, REOPEN, .member = t.josef, .thread = need,
                            .text = STR("Still needed?")),
                     OK);
    assert_int_equal(state_of(&t, need), STATE_OPEN);
    tick(&t);
    assert_int_equal(state_of(&t, need), STATE_OPEN);
    t.f->now += DAYS(31);
    tick(&t);
    assert_int_equal(state_of(&t, need), STATE_NOT_NEEDED);
}

static void
a_helper_is_told_twice_in_thirty_days_and_not_of_themselves(void **state)
{
    struct town t = town(state);

    begin(&t, t.josef, KIND_OFFER, "Welding of all kinds");
    begin(&t, t.josef, KIND_NEED, "Welding rods");
    assert_int_equal(told(&t), 0);
    begin(&t, t.amina, KIND_NEED, "Welding of a gate");
    begin(&t, t.amina, KIND_NEED, "Welding of a rail");
    begin(&t, t.amina, KIND_NEED, "Welding of a pipe");
    assert_int_equal(told(&t), 2);
    /* To clear the inbox makes no room for more. */
    assert_int_equal(db_run(t.f->db, "DELETE FROM inbox"), OK);
    begin(&t, t.amina, KIND_NEED, "Welding of a tank");
    assert_int_equal(told(&t), 0);
    t.f->now += DAYS(31);
    begin(&t, t.amina, KIND_NEED, "Welding of a door");
    assert_int_equal(told(&t), 1);
}

static void
the_same_need_is_told_once(void **state)
{
    struct town t = town(state);

    begin(&t, t.josef, KIND_OFFER, "Welding of all kinds");
    begin(&t, t.amina, KIND_NEED, "Welding of a gate");
    assert_int_equal(db_run(t.f->db, "DELETE FROM inbox"), OK);
    begin(&t, t.josef, KIND_OFFER, "Welding on Sundays");
    assert_int_equal(told(&t), 0);
}

static void
a_tag_that_both_have_is_enough(void **state)
{
    struct town t = town(state);
    int64_t need = begin(&t, t.amina, KIND_NEED, "Somebody for the roof");
    struct rows r;
    struct need n;

    assert_int_equal(
        db_run(t.f->db,
               "INSERT INTO tag (id, fold, name) VALUES (1, 'roof', 'roof');"
               "INSERT INTO tagged VALUES (1, 0, 1);"
               "INSERT INTO tagged VALUES (1, 0, 77)"),
        OK);
    r = need_list(t.f->db, KIND_NEED, t.garden, INT64_MAX, 77, 5);
    assert_true(need_next(&r, &n));
    assert_true(n.id == need && n.is_tagged);
    assert_int_equal(rows_end(&r), OK);
}

static void
what_ends_asks_nobody_any_more(void **state)
{
    struct town t = town(state);

    begin(&t, t.josef, KIND_OFFER, "Welding of all kinds");
    begin(&t, t.amina, KIND_NEED, "Welding of a gate");
    assert_int_equal(told(&t), 1);
    t.f->now += DAYS(31);
    tick(&t);
    assert_int_equal(told(&t), 0);
}

static int
offered(const struct town *t, int64_t viewer)
{
    struct rows r = need_offered(t->f->db, t->josef, viewer, INT64_MAX, 5);
    struct need n;
    int found = 0;

    while (need_next(&r, &n))
        found++;
    assert_int_equal(rows_end(&r), OK);
    return found;
}

static void
what_somebody_offers_is_seen_by_those_who_may_read_it(void **state)
{
    struct town t = town(state);

    begin(&t, t.josef, KIND_OFFER, "Welding of all kinds");
    begin(&t, t.josef, KIND_NEED, "Seeds of maize");
    begin(&t, t.amina, KIND_OFFER, "Bread");
    assert_int_equal(offered(&t, 0), 1);
    close_it(&t);
    assert_int_equal(offered(&t, 0), 0);
    assert_int_equal(offered(&t, t.amina), 1);
    t.f->now += DAYS(91);
    tick(&t);
    assert_int_equal(offered(&t, t.amina), 0);
}

static void
nobody_is_told_of_what_they_can_not_read(void **state)
{
    struct town t = town(state);

    begin(&t, t.josef, KIND_OFFER, "Welding of all kinds");
    close_it(&t);
    begin(&t, t.amina, KIND_NEED, "Welding of a gate");
    assert_int_equal(told(&t), 0);
}

static void
matches_are_a_number_that_makes_sense(void **state)
{
    struct town t = town(state);

    assert_int_equal(CHANGE(t.f, MATCHES, .member = t.josef, .value = -1),
                     E_UNUSABLE);
    assert_int_equal(
        CHANGE(t.f, MATCHES, .member = t.josef, .value = MATCHES_MOST + 1),
        E_UNUSABLE);
    assert_int_equal(CHANGE(t.f, MATCHES, .member = t.josef, .value = 0), OK);
    begin(&t, t.josef, KIND_OFFER, "Welding of all kinds");
    begin(&t, t.amina, KIND_NEED, "Welding of a gate");
    assert_int_equal(told(&t), 0);
}

static void
a_review_is_closed_by_those_who_joined(void **state)
{
    struct town t = town(state);
    int64_t review = begin(&t, t.amina, KIND_REVIEW, "The new pump");
    int64_t note = begin(&t, t.amina, KIND_NOTE, "A note");

    assert_int_equal(CHANGE(t.f, CLOSE, .member = t.josef, .thread = review,
                            .text = STR("Enough")),
                     E_NOT_JOINED);
    assert_int_equal(CHANGE(t.f, CLOSE, .member = t.amina, .thread = note,
                            .text = STR("Enough")),
                     E_FORBIDDEN);
    assert_int_equal(
        CHANGE(t.f, COME, .member = t.josef, .community = t.garden), OK);
    assert_int_equal(CHANGE(t.f, CLOSE, .member = t.josef, .thread = review,
                            .text = STR("Enough")),
                     OK);
    assert_int_equal(state_of(&t, review), STATE_ANSWERED);
}

static void
ones_own_room_is_one_and_can_not_be_left(void **state)
{
    struct town t = town(state);
    int64_t room;

    for (int i = 0; i < 2; i++)
        assert_int_equal(CHANGE(t.f, WORK_ALONE, .member = t.amina,
                                .title = i ? STR("Maps") : STR("Knots"),
                                .where = STR("Mine")),
                         OK);
    room = t.f->cj.out.community;
    assert_int_equal(count(&t, "SELECT count(*) FROM community"), 2);
    assert_int_equal(CHANGE(t.f, LEAVE, .member = t.amina, .community = room),
                     OK);
    assert_int_equal(count(&t, "SELECT count(*) FROM participant"), 2);
    assert_int_equal(CHANGE(t.f, WORK_ALONE, .member = t.josef,
                            .title = STR(""), .where = STR("Mine")),
                     E_EMPTY);
    assert_int_equal(count(&t, "SELECT count(*) FROM community"), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        GARDEN_TEST(a_need_ends_after_thirty_days_and_an_offer_after_ninety),
        GARDEN_TEST(only_its_author_renews_it_and_twice_is_once),
        GARDEN_TEST(what_was_renewed_meanwhile_does_not_end),
        GARDEN_TEST(a_reply_to_what_has_ended_is_a_reply),
        GARDEN_TEST(
            a_helper_is_told_twice_in_thirty_days_and_not_of_themselves),
        GARDEN_TEST(the_same_need_is_told_once),
        GARDEN_TEST(a_tag_that_both_have_is_enough),
        GARDEN_TEST(what_ends_asks_nobody_any_more),
        GARDEN_TEST(what_somebody_offers_is_seen_by_those_who_may_read_it),
        GARDEN_TEST(nobody_is_told_of_what_they_can_not_read),
        GARDEN_TEST(matches_are_a_number_that_makes_sense),
        GARDEN_TEST(a_review_is_closed_by_those_who_joined),
        GARDEN_TEST(ones_own_room_is_one_and_can_not_be_left),
    };

    return cmocka_run_group_tests_name("need", tests, NULL, NULL);
}
