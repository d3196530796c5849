/* What is found, by whom, and in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "forum/post.h"
#include "forum/search.h"
#include "tests/unit/assert_str.h"
#include "tests/unit/forum_fixture.h"

#define MOST 20

struct grove {
    struct fixture *f;
    int64_t amina, josef, grove;
};

static struct grove
grove_make(void **state)
{
    struct fixture *f = *state;
    struct grove g = {.f = f};

    g.amina = fixture_member(f, 1, "Amina");
    g.josef = fixture_member(f, 2, "Josef");
    g.grove = fixture_community(f, g.amina, "Grove");
    return g;
}

static int64_t
post_thread(struct grove *g, enum thread_kind kind, const char *title,
            const char *text)
{
    assert_int_equal(CHANGE(g->f, THREAD, .member = g->amina,
                            .community = g->grove, .value = (int)kind,
                            .title = str_of(title), .text = str_of(text),
                            .is_whole = true),
                     OK);
    assert_int_equal(g->f->cj.out.why, OK);
    return g->f->cj.out.thread;
}

static void
reply(struct grove *g, int64_t thread, const char *text)
{
    assert_int_equal(CHANGE(g->f, REPLY, .member = g->amina, .thread = thread,
                            .text = str_of(text), .is_whole = true),
                     OK);
}

static struct finds
find(struct grove *g, int64_t viewer, const char *typed)
{
    struct terms terms;
    struct finds finds;

    assert_int_equal(terms_read(str_of(typed), &g->f->mem, &terms), OK);
    assert_int_equal(
        search(g->f->db, &terms, viewer, 0, MOST, &g->f->mem, &finds), OK);
    return finds;
}

static void
assert_finds(struct grove *g, const char *typed, int n)
{
    struct finds finds = find(g, 0, typed);

    if (finds.n != n)
        fail_msg("%s: %d found, not %d", typed, finds.n, n);
}

static void
words_are_found_however_they_are_typed(void **state)
{
    static const char *const typed[] = {
        "pump",
        "PUMP trips",
        "trips pump",
        "\"pump trips\"",
        "cafe",
        "Cafe\u0301",
        "CAF\u00c9",
        "wat*",
        "\"the wat\"*",
        "\u6c34\u6cf5",
        "\u6cf5",
        "\u6c34\u6cf5\u574f\u4e86",
        "\u574f",
        "strasse",
        "STRASSE",
        "lodz",
        "\u043d\u0430\u0441\u043e\u0441",
        "rain)",
        "(pump) OR",
        "\"pump",
    };
    struct grove g = grove_make(state);

    post_thread(
        &g, KIND_NOTE, "Pump trips or after rain",
        "Near the caf\u00e9 in \u0141\u00f3d\u017a, on the Stra\u00dfe, "
        "the water\nis high. \u6c34\u6cf5\u574f\u4e86. "
        "\u041d\u0430\u0441\u043e\u0441");
    for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
        assert_finds(&g, typed[i], 1);
}

static void
what_is_not_there_is_not_found(void **state)
{
    static const char *const typed[] = {
        "pumps",
        "\"trips pump\"",
        "wat",
        "pump drought",
        "NOT pump",
        "pu",
        "p*",
        "\u6cf5\u6c34",
        "words:pump AND",
        "",
        "* \" ( ) AND",
    };
    struct grove g = grove_make(state);

    post_thread(&g, KIND_NOTE, "Pump trips after rain",
                "The water is high. \u6c34\u6cf5\u574f\u4e86.");
    for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
        assert_finds(&g, typed[i], 0);
}

static void
the_line_that_matches_is_shown(void **state)
{
    struct grove g = grove_make(state);
    struct finds finds;

    post_thread(&g, KIND_NOTE, "Rain",
                "It began well.\nThen the float switch stuck.\nThe end.");
    finds = find(&g, 0, "switch rain");
    assert_int_equal(finds.n, 1);
    assert_str(finds.find[0].line, STR("Then the float switch stuck."));
    assert_str(finds.find[0].title, STR("Rain"));
}

static void
a_long_line_is_shown_where_it_matches(void **state)
{
    struct grove g = grove_make(state);
    struct finds finds;
    char text[4096];
    size_t n = 0;

    for (int i = 0; i < 350; i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s",
                              i == 300 ? "the valve " : "and so on ");
    post_thread(&g, KIND_NOTE, "Rain", text);
    finds = find(&g, 0, "valve");
    assert_int_equal(finds.n, 1);
    assert_true(finds.find[0].line.n <= 240);
    assert_non_null(
        memmem(finds.find[0].line.p, finds.find[0].line.n, "the valve", 9));
}

static void
answered_questions_come_before_newer_posts(void **state)
{
    struct grove g = grove_make(state);
    int64_t asked = post_thread(&g, KIND_QUESTION, "Pump?", "What of it");
    struct finds finds;

    post_thread(&g, KIND_NOTE, "Older", "pump one");
    post_thread(&g, KIND_NOTE, "Newer", "pump two");
    finds = find(&g, 0, "pump");
    assert_int_equal(finds.n, 3);
    assert_str(finds.find[0].title, STR("Newer"));
    assert_int_equal(
        db_run(g.f->db, "UPDATE thread SET state = 3 WHERE kind = 1"), OK);
    finds = find(&g, 0, "pump");
    assert_int_equal(finds.find[0].thread, asked);
    assert_str(finds.find[1].title, STR("Newer"));
    assert_str(finds.find[2].title, STR("Older"));
}

static void
what_was_removed_or_edited_is_not_found_by_its_old_words(void **state)
{
    struct grove g = grove_make(state);
    int64_t thread = post_thread(&g, KIND_NOTE, "Pump", "opening");

    reply(&g, thread, "the cistern leaks");
    assert_finds(&g, "cistern", 1);
    assert_int_equal(CHANGE(g.f, EDIT, .member = g.amina, .thread = thread,
                            .number = 2, .text = STR("the tank leaks")),
                     OK);
    assert_finds(&g, "cistern", 0);
    assert_finds(&g, "tank", 1);
    assert_int_equal(
        CHANGE(g.f, REMOVE, .member = g.amina, .thread = thread, .number = 2),
        OK);
    assert_finds(&g, "tank", 0);
    assert_finds(&g, "leaks", 0);
    assert_int_equal(
        CHANGE(g.f, REMOVE, .member = g.amina, .thread = thread, .number = 1),
        OK);
    assert_finds(&g, "pump", 0);
    assert_int_equal(db_number(g.f->db, "SELECT count(*) FROM found_todo", -1),
                     0);
}

static void
the_title_of_a_withdrawn_thread_is_not_shown_with_its_replies(void **state)
{
    struct grove g = grove_make(state);
    int64_t thread = post_thread(&g, KIND_NOTE, "Secret", "opening");
    struct finds finds;

    reply(&g, thread, "the cistern leaks");
    assert_int_equal(
        CHANGE(g.f, REMOVE, .member = g.amina, .thread = thread, .number = 1),
        OK);
    finds = find(&g, 0, "cistern");
    assert_int_equal(finds.n, 1);
    assert_str(finds.find[0].title, STR(""));
}

static void
chat_is_not_found(void **state)
{
    struct grove g = grove_make(state);
    int64_t thread = post_thread(&g, KIND_CHAT, "Porch", "about the pump");

    reply(&g, thread, "the pump again");
    assert_int_equal(
        CHANGE(g.f, REMOVE, .member = g.amina, .thread = thread, .number = 2),
        OK);
    assert_finds(&g, "pump", 0);
    assert_finds(&g, "porch", 0);
}

static void
a_closed_community_is_found_by_its_participants_alone(void **state)
{
    struct grove g = grove_make(state);

    for (int i = 0; i < 40; i++) {
        char text[] = "trips ?";

        text[6] = (char)('A' + i);
        post_thread(&g, KIND_NOTE, "Pump", text);
    }
    assert_int_equal(find(&g, 0, "pump").n, MOST);
    assert_int_equal(CHANGE(g.f, SET_OPENNESS, .member = g.amina,
                            .community = g.grove, .value = CLOSED),
                     OK);
    post_thread(&g, KIND_NOTE, "Pump", "later");
    assert_int_equal(db_number(g.f->db, "SELECT count(*) FROM found_move", -1),
                     0);
    assert_int_equal(find(&g, 0, "pump").n, 0);
    assert_false(find(&g, 0, "pump").has_more);
    assert_int_equal(find(&g, g.josef, "pump").n, 0);
    assert_int_equal(find(&g, 0, "later").n, 0);
    assert_int_equal(find(&g, g.amina, "pump").n, MOST);
    assert_true(find(&g, g.amina, "pump").has_more);
    assert_int_equal(find(&g, g.amina, "later").n, 1);
    /* Nor by the number that stands before its words in the index. */
    assert_int_equal(find(&g, 0, ":1:pump").n, 0);
    assert_int_equal(find(&g, 0, "1*").n, 0);
    assert_int_equal(find(&g, 0, "10*").n, 0);
    assert_int_equal(CHANGE(g.f, SET_OPENNESS, .member = g.amina,
                            .community = g.grove, .value = OPEN),
                     OK);
    assert_int_equal(find(&g, 0, "later").n, 1);
    assert_int_equal(find(&g, g.amina, "later").n, 1);
}

static void
near_answers_share_the_rarer_words(void **state)
{
    struct grove g = grove_make(state);
    struct find near[NEAR_MOST];
    int64_t float_switch, other;
    int n;

    for (int i = 0; i < 30; i++) {
        char text[] = "how is it with the rain ?";

        text[24] = (char)('A' + i);
        post_thread(&g, KIND_NOTE, i % 2 ? "On the way" : "At the well", text);
    }
    float_switch = post_thread(&g, KIND_QUESTION, "Float switch sticks",
                               "It rains.\nOur float switch sticks.");
    other = post_thread(&g, KIND_NOTE, "A switch", "of the float kind");
    reply(&g, float_switch, "clean the switch");
    assert_int_equal(search_near(g.f->db, STR("How to free the float switch?"),
                                 0, &g.f->mem, near, &n),
                     OK);
    assert_int_equal(n, 2);
    assert_int_equal(near[0].thread, float_switch);
    assert_str(near[0].line, STR("Our float switch sticks."));
    assert_int_equal(near[1].thread, other);
    /* Words that are nowhere do not push out those that are somewhere. */
    assert_int_equal(search_near(g.f->db,
                                 STR("Zebra quagga okapi: float switch?"), 0,
                                 &g.f->mem, near, &n),
                     OK);
    assert_true(n > 0);
    assert_int_equal(db_run(g.f->db,
                            "UPDATE thread SET kind = 1, state = 3 WHERE id = "
                            "(SELECT max(id) FROM thread)"),
                     OK);
    assert_int_equal(
        search_near(g.f->db, STR("float switch"), 0, &g.f->mem, near, &n), OK);
    assert_int_equal(near[0].thread, other);
    assert_int_equal(CHANGE(g.f, SET_OPENNESS, .member = g.amina,
                            .community = g.grove, .value = CLOSED),
                     OK);
    assert_int_equal(
        search_near(g.f->db, STR("float switch"), 0, &g.f->mem, near, &n), OK);
    assert_int_equal(n, 0);
    assert_int_equal(
        search_near(g.f->db, STR("float switch"), g.amina, &g.f->mem, near, &n),
        OK);
    assert_int_equal(n, 2);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_are_found_however_they_are_typed),
        TEST(what_is_not_there_is_not_found),
        TEST(the_line_that_matches_is_shown),
        TEST(a_long_line_is_shown_where_it_matches),
        TEST(answered_questions_come_before_newer_posts),
        TEST(what_was_removed_or_edited_is_not_found_by_its_old_words),
        TEST(the_title_of_a_withdrawn_thread_is_not_shown_with_its_replies),
        TEST(chat_is_not_found),
        TEST(a_closed_community_is_found_by_its_participants_alone),
        TEST(near_answers_share_the_rarer_words),
    };

    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
