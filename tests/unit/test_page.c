/* Kept pages, and what is shown to a newcomer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "forum/page.h"
#include "forum/start.h"
#include "tests/unit/forum_fixture.h"

struct scene {
    struct fixture *f;
    int64_t amina, josef, place, page;
};

/* A page of Amina's, made from no thread. */
static int64_t
page_made(struct scene *s, const char *title)
{
    struct fixture *f = s->f;

    f->now += 61;
    assert_int_equal(CHANGE(f, DRAFT_OPEN, .member = s->amina, .aim = AIM_PAGE,
                            .community = s->place, .title = str_of(title),
                            .text = STR("As it is.")),
                     OK);
    assert_int_equal(
        CHANGE(f, DRAFT_GO, .member = s->amina, .draft = f->cj.out.draft), OK);
    assert_int_equal(f->cj.out.why, OK);
    return f->cj.out.page;
}

static struct scene
scene_of(void **state)
{
    struct scene s = {.f = *state};

    s.amina = fixture_member(s.f, 1, "Amina");
    s.josef = fixture_member(s.f, 2, "Josef");
    s.place = fixture_community(s.f, s.amina, "Water");
    s.page = page_made(&s, "Pumps");
    return s;
}

static int
rows_of(struct rows r)
{
    int n = 0;

    while (rows_next(&r))
        n++;
    assert_int_equal(rows_end(&r), OK);
    return n;
}

static void
a_new_version_arrives_behind_all_that_was_there(void **state)
{
    struct scene s = scene_of(state);
    int64_t other = page_made(&s, "Seals"), seq;
    struct rows r = page_since(s.f->db, s.place, 0);

    assert_true(rows_next(&r));
    assert_int_equal(rows_int(&r, 0), s.page);
    assert_true(rows_next(&r));
    assert_int_equal(rows_int(&r, 0), other);
    seq = rows_int(&r, 1);
    assert_int_equal(rows_end(&r), OK);
    assert_int_equal(CHANGE(s.f, PAGE_SET, .member = s.amina, .page = s.page,
                            .value = 1, .text = STR("As it is now."),
                            .is_whole = true),
                     OK);
    r = page_since(s.f->db, s.place, seq);
    assert_true(rows_next(&r));
    assert_int_equal(rows_int(&r, 0), s.page);
    assert_false(rows_next(&r));
    assert_int_equal(rows_end(&r), OK);
}

static void
a_version_made_from_an_old_one_changes_nothing(void **state)
{
    struct scene s = scene_of(state);
    struct page p;

    assert_int_equal(CHANGE(s.f, PAGE_SET, .member = s.amina, .page = s.page,
                            .value = 1, .text = STR("Second."),
                            .is_whole = true),
                     OK);
    s.f->now += 61;
    assert_int_equal(CHANGE(s.f, PAGE_SET, .member = s.amina, .page = s.page,
                            .value = 1, .text = STR("Third."),
                            .is_whole = true),
                     OK);
    assert_int_equal(s.f->cj.out.why, E_CONFLICT);
    assert_int_equal(page_get(s.f->db, s.page, 0, &s.f->mem, &p), OK);
    assert_int_equal(p.version, 2);
    assert_true(str_eq(p.text, STR("Second.")));
}

static void
one_page_has_a_title_alone(void **state)
{
    struct scene s = scene_of(state);
    int64_t id;

    assert_int_equal(page_of_title(s.f->db, s.place, STR("pumps"), &id), OK);
    assert_int_equal(id, s.page);
    assert_int_equal(CHANGE(s.f, DRAFT_OPEN, .member = s.amina, .aim = AIM_PAGE,
                            .community = s.place, .title = STR("PUMPS"),
                            .text = STR("Another.")),
                     OK);
    assert_int_equal(
        CHANGE(s.f, DRAFT_GO, .member = s.amina, .draft = s.f->cj.out.draft),
        OK);
    assert_int_equal(s.f->cj.out.why, E_TAKEN);
}

static void
at_most_twenty_pages_are_chosen_and_one_more_changes_nothing(void **state)
{
    static const char *letters = "abcdefghijklmnopqrstu";
    struct scene s = scene_of(state);
    int64_t last = 0;
    bool is_chosen;

    for (int i = 0; i < 21; i++) {
        char title[] = "Page ?";

        title[5] = letters[i];
        last = page_made(&s, title);
        assert_int_equal(CHANGE(s.f, PAGE_CHOOSE, .member = s.josef,
                                .page = last, .value = 1),
                         OK);
    }
    assert_int_equal(rows_of(page_chosen(s.f->db, s.josef, 0)), 20);
    assert_int_equal(page_is_chosen(s.f->db, last, s.josef, &is_chosen), OK);
    assert_false(is_chosen);
    assert_int_equal(rows_of(page_chosen(s.f->db, s.amina, 0)), 0);
}

static void
only_participants_say_what_a_newcomer_sees(void **state)
{
    struct scene s = scene_of(state);

    assert_int_equal(CHANGE(s.f, START_SHOW, .member = s.josef, .page = s.page,
                            .text = STR("Begin here")),
                     E_NOT_JOINED);
    assert_int_equal(rows_of(start_list(s.f->db, s.place)), 0);
    assert_int_equal(CHANGE(s.f, START_SHOW, .member = s.amina, .page = s.page,
                            .text = STR("Begin here")),
                     OK);
    assert_int_equal(CHANGE(s.f, START_SHOW, .member = s.amina, .page = s.page,
                            .text = STR("Begin with this")),
                     OK);
    assert_int_equal(rows_of(start_list(s.f->db, s.place)), 1);
    assert_int_equal(CHANGE(s.f, START_PUT, .member = s.amina,
                            .community = s.place, .page = s.page),
                     OK);
    assert_int_equal(CHANGE(s.f, START_PUT, .member = s.amina,
                            .community = s.place, .page = s.page),
                     OK);
    assert_true(s.f->cj.out.is_repeat);
    assert_int_equal(rows_of(start_list(s.f->db, s.place)), 0);
}

static void
a_sixth_thing_to_show_needs_the_place_of_another(void **state)
{
    struct scene s = scene_of(state);

    for (int i = 0; i < 6; i++) {
        char title[] = "Page ?";
        int64_t page;

        title[5] = (char)('1' + i);
        page = page_made(&s, title);
        assert_int_equal(CHANGE(s.f, START_SHOW, .member = s.amina,
                                .page = page, .text = STR("Read")),
                         OK);
        assert_int_equal(s.f->cj.out.why, i < START_HERE_MAX ? OK : E_TAKEN);
    }
    assert_int_equal(rows_of(start_list(s.f->db, s.place)), START_HERE_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        TEST(a_new_version_arrives_behind_all_that_was_there),
        TEST(a_version_made_from_an_old_one_changes_nothing),
        TEST(one_page_has_a_title_alone),
        TEST(at_most_twenty_pages_are_chosen_and_one_more_changes_nothing),
        TEST(only_participants_say_what_a_newcomer_sees),
        TEST(a_sixth_thing_to_show_needs_the_place_of_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
