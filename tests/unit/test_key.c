#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "pages/inner.h"

/* A visitor without a site around them. */
struct visitor {
    struct site site;
    struct loop_site loop;
    struct draft draft;
    struct visit v;
};

static void
visitor_init(struct visitor *w, int64_t member)
{
    *w = (struct visitor){.v = {.ls = &w->loop, .now = 1700000000}};
    memset(w->site.secret, 7, sizeof(w->site.secret));
    w->loop.site = &w->site;
    w->v.who.role = ROLE_MEMBER;
    w->v.who.member = member;
}

static const struct at reply = {
    .route = R_reply_to, .is_inside = true, .id = 7, .page = 3};

/* The key that w would be given for at now. */
static struct at
signed_for(const struct visitor *w, struct at at, int64_t revision,
           char key[KEY_LENGTH])
{
    assert_int_equal(key_make(&w->v, &at, revision, clock_month(w->v.now), key),
                     OK);
    at.key = (struct str){key, KEY_LENGTH};
    return at;
}

static void
a_key_works_for_its_visitor_alone(void **state)
{
    struct visitor amina, josef;
    char key[KEY_LENGTH];
    struct at at;

    (void)state;
    visitor_init(&amina, 1);
    visitor_init(&josef, 2);
    at = signed_for(&amina, reply, 0, key);
    assert_true(key_is_right(&amina.v, &at));
    assert_false(key_is_right(&josef.v, &at));
}

static void
a_key_works_for_one_thing_alone(void **state)
{
    struct visitor w;
    char key[KEY_LENGTH];
    struct at at, other;

    (void)state;
    visitor_init(&w, 1);
    at = signed_for(&w, reply, 0, key);
    other = at, other.id = 73, other.page = 0;
    assert_false(key_is_right(&w.v, &other));
    other = at, other.page = 4;
    assert_false(key_is_right(&w.v, &other));
    other = at, other.route = R_longer_to;
    assert_false(key_is_right(&w.v, &other));
    other = at, other.name = STR("x");
    assert_false(key_is_right(&w.v, &other));
    other = at, other.key.n = KEY_LENGTH - 1;
    assert_false(key_is_right(&w.v, &other));
}

static void
a_prompt_and_its_upload_share_a_key(void **state)
{
    struct visitor w;
    char key[KEY_LENGTH];
    struct at at;

    (void)state;
    visitor_init(&w, 1);
    at = signed_for(&w, reply, 0, key);
    at.route = R_reply_to_upload;
    assert_true(key_is_right(&w.v, &at));
}

static void
a_key_works_in_its_month_and_two_more(void **state)
{
    struct visitor w;
    char key[KEY_LENGTH];
    struct at at;

    (void)state;
    visitor_init(&w, 1);
    at = signed_for(&w, reply, 0, key);
    w.v.now += 62 * DAY; /* November to January */
    assert_true(key_is_right(&w.v, &at));
    w.v.now += 31 * DAY;
    assert_false(key_is_right(&w.v, &at));
}

static void
a_key_of_a_draft_works_for_one_revision(void **state)
{
    struct visitor w;
    char key[KEY_LENGTH];
    struct at at = {.route = R_draft_add, .is_inside = true, .id = 5};

    (void)state;
    visitor_init(&w, 1);
    w.draft = (struct draft){.id = 5, .revision = 3};
    w.v.draft = &w.draft;
    at = signed_for(&w, at, 3, key);
    assert_true(key_is_right(&w.v, &at));
    w.draft.revision = 4;
    assert_false(key_is_right(&w.v, &at));
}

static void
a_strangers_key_is_that_of_their_certificate(void **state)
{
    struct visitor w;
    char key[KEY_LENGTH];
    struct at at = {.route = R_join, .is_inside = true};

    (void)state;
    visitor_init(&w, 0);
    w.v.who.peer.key[0] = 1;
    at = signed_for(&w, at, 0, key);
    w.v.who.member = 9; /* joined since */
    assert_true(key_is_right(&w.v, &at));
    w.v.who.peer.key[0] = 2;
    assert_false(key_is_right(&w.v, &at));
}

static void
another_sites_key_is_wrong(void **state)
{
    struct visitor w;
    char key[KEY_LENGTH];
    struct at at;

    (void)state;
    visitor_init(&w, 1);
    at = signed_for(&w, reply, 0, key);
    w.site.secret[31] ^= 1;
    assert_false(key_is_right(&w.v, &at));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_works_for_its_visitor_alone),
        cmocka_unit_test(a_key_works_for_one_thing_alone),
        cmocka_unit_test(a_prompt_and_its_upload_share_a_key),
        cmocka_unit_test(a_key_works_in_its_month_and_two_more),
        cmocka_unit_test(a_key_of_a_draft_works_for_one_revision),
        cmocka_unit_test(a_strangers_key_is_that_of_their_certificate),
        cmocka_unit_test(another_sites_key_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
