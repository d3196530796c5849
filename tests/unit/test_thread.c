#include "sql.h"
#include "tests/unit/writing.h"

/* How many threads a list has, and in *first the newest. */
static int
list_count(struct rows r, int64_t *first)
{
    struct thread t;
    int n = 0;

    *first = 0;
    while (thread_next(&r, &t))
        if (n++ == 0)
            *first = t.id;
    assert_int_equal(rows_end(&r), OK);
    return n;
}

static void
a_thread_knows_its_opening_and_its_people(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "  Water\nand  mud ", "It rains");
    struct thread th = thread_of(&t, id);
    struct post p = post_of(&t, id, 1);

    assert_str(th.title, STR("Water and mud"));
    assert_str(th.author_name, STR("Amina"));
    assert_str(th.slug, STR("the-garden"));
    assert_string_equal(OUT(&t).slug, "the-garden");
    assert_str(th.community_name, STR("The Garden"));
    assert_int_equal(th.made_at, t.f->now);
    assert_int_equal(th.last_number, 1);
    assert_int_equal(th.last_seq, p.seq);
    assert_false(th.is_participant || th.is_steward || th.is_withdrawn);
    assert_str(p.text, STR("It rains"));
    assert_str(p.author_name, STR("Amina"));
    assert_int_equal(thread_get(t.f->db, id, t.amina, &t.f->mem, &th), OK);
    assert_true(th.is_participant && th.is_steward);
}

static void
what_is_answered_or_ends_starts_open(void **state)
{
    struct town t = town(state);

    for (int kind = 0; kind < KIND_COUNT; kind++) {
        bool is_open = kind == KIND_QUESTION || kind == KIND_REVIEW ||
                       kind == KIND_NEED || kind == KIND_OFFER;

        MUST(&t, THREAD, .member = t.josef, .community = t.garden,
             .value = kind, .title = STR("Why?"), .text = STR("Because"));
        assert_int_equal(thread_of(&t, OUT(&t).thread).kind, kind);
        assert_int_equal(thread_of(&t, OUT(&t).thread).state,
                         is_open ? STATE_OPEN : STATE_NONE);
    }
    assert_int_equal(CHANGE(t.f, THREAD, .member = t.josef,
                            .community = t.garden, .value = KIND_COUNT,
                            .title = STR("T"), .text = STR("x")),
                     E_UNUSABLE);
}

static void
a_thread_without_a_usable_title_is_kept_as_a_draft(void **state)
{
    struct town t = town(state);
    char title[LINE_MAX_BYTES + 2];

    MUST(&t, THREAD, .member = t.josef, .community = t.garden,
         .text = STR("No title"));
    assert_int_equal(OUT(&t).why, E_EMPTY);
    assert_str(text_of(&t, OUT(&t).draft), STR("No title"));

    memset(title, 'x', sizeof(title));
    MUST(&t, THREAD, .member = t.josef, .community = t.garden,
         .title = (struct str){title, sizeof(title)}, .text = STR("Long"));
    assert_int_equal(OUT(&t).why, E_TOO_LONG);
    assert_int_equal(OUT(&t).thread, 0);
    assert_str(text_of(&t, OUT(&t).draft), STR("Long"));
}

static void
a_title_alone_is_a_thread(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.josef, "Rain tomorrow", ".");

    assert_str(post_of(&t, id, 1).text, STR(""));
    assert_int_equal(CHANGE(t.f, THREAD, .member = t.josef,
                            .community = t.garden, .title = STR("T")),
                     E_EMPTY);
}

static void
an_outsider_finds_nothing_of_a_closed_community(void **state)
{
    struct town t = town(state);
    int64_t id = thread_by(&t, t.amina, "Secret", "text"), first;
    struct thread th;

    close_it(&t);
    assert_int_equal(thread_get(t.f->db, id, t.josef, &t.f->mem, &th),
                     E_NOT_FOUND);
    assert_int_equal(thread_get(t.f->db, id, 0, &t.f->mem, &th), E_NOT_FOUND);
    assert_int_equal(thread_get(t.f->db, id, t.amina, &t.f->mem, &th), OK);
    assert_int_equal(
        list_count(thread_recent(t.f->db, t.josef, INT64_MAX, 9), &first), 0);
    assert_int_equal(
        list_count(thread_recent(t.f->db, t.amina, INT64_MAX, 9), &first), 1);
    assert_int_equal(CHANGE(t.f, REPLY, .member = t.josef, .thread = id,
                            .text = STR("hello")),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(t.f, THREAD, .member = t.josef,
                            .community = t.garden, .title = STR("T"),
                            .text = STR("hello")),
                     E_NOT_FOUND);
    assert_int_equal(drafts_of(&t, t.josef), 0);
}

static void
lists_go_by_the_newest_post_and_continue_by_key(void **state)
{
    struct town t = town(state);
    int64_t a = thread_by(&t, t.amina, "A", "a");
    int64_t b = thread_by(&t, t.amina, "B", "b"), first;
    struct thread th;

    assert_int_equal(
        list_count(thread_list(t.f->db, t.garden, INT64_MAX, 9), &first), 2);
    assert_int_equal(first, b);
    (void)reply_by(&t, t.josef, a, "I know");
    assert_int_equal(
        list_count(thread_list(t.f->db, t.garden, INT64_MAX, 1), &first), 1);
    assert_int_equal(first, a);
    th = thread_of(&t, a);
    assert_int_equal(
        list_count(thread_list(t.f->db, t.garden, th.last_seq, 9), &first), 1);
    assert_int_equal(first, b);
    assert_int_equal(
        list_count(thread_recent(t.f->db, 0, th.last_seq, 9), &first), 1);
    assert_int_equal(
        list_count(thread_mine(t.f->db, t.amina, th.last_seq, 9), &first), 1);
}

static void
mine_are_those_of_communities_i_joined(void **state)
{
    struct town t = town(state);
    int64_t home = t.garden, first, id;

    (void)thread_by(&t, t.amina, "A", "a");
    t.garden = fixture_community(t.f, t.josef, "The Workshop");
    id = thread_by(&t, t.josef, "B", "b");
    t.garden = home;
    (void)thread_by(&t, t.amina, "C", "c");
    assert_int_equal(
        list_count(thread_mine(t.f->db, t.josef, INT64_MAX, 9), &first), 1);
    assert_int_equal(first, id);
    assert_int_equal(
        list_count(thread_mine(t.f->db, t.amina, INT64_MAX, 9), &first), 2);
    assert_int_equal(list_count(thread_mine(t.f->db, 0, INT64_MAX, 9), &first),
                     0);
}

static void
mine_of_several_communities_go_by_the_newest_post(void **state)
{
    static const char *const title[] = {"A", "B", "C", "D"};
    struct town t = town(state);
    int64_t garden = t.garden, opened[4], before = INT64_MAX;
    int64_t workshop = fixture_community(t.f, t.amina, "The Workshop");
    struct rows r;
    struct thread th;
    int n = 4;

    for (int i = 0; i < 4; i++) {
        t.garden = i % 2 ? workshop : garden;
        opened[i] = thread_by(&t, t.amina, title[i], "a");
    }
    while (n > 0) { /* a page of two, and the next one */
        int most = 2;

        r = thread_mine(t.f->db, t.amina, before, most);
        while (thread_next(&r, &th)) {
            assert_int_equal(th.id, opened[--n]);
            before = th.last_seq;
            most--;
        }
        assert_int_equal(rows_end(&r), OK);
        assert_int_equal(most, 0);
    }
}

static void
a_withdrawn_thread_without_replies_leaves_the_lists(void **state)
{
    struct town t = town(state);
    int64_t alone = thread_by(&t, t.amina, "A", "a");
    int64_t answered = thread_by(&t, t.amina, "B", "b"), first;

    (void)reply_by(&t, t.josef, answered, "Yes");
    MUST(&t, TAKE_BACK, .member = t.amina, .thread = alone, .number = 1);
    MUST(&t, TAKE_BACK, .member = t.amina, .thread = answered, .number = 1);
    assert_true(thread_of(&t, alone).is_withdrawn);
    assert_true(thread_of(&t, answered).is_withdrawn);
    assert_int_equal(
        list_count(thread_list(t.f->db, t.garden, INT64_MAX, 9), &first), 1);
    assert_int_equal(first, answered);
    assert_int_equal(
        list_count(thread_recent(t.f->db, 0, INT64_MAX, 9), &first), 1);
    assert_int_equal(
        list_count(thread_mine(t.f->db, t.amina, INT64_MAX, 9), &first), 1);
}

static void
no_list_of_threads_walks_a_table(void **state)
{
    static const int ids[] = {
        SQL_thread_get,   SQL_thread_list,     SQL_thread_recent,
        SQL_post_slice,   SQL_post_slice_back, SQL_post_since,
        SQL_version_list, SQL_draft_list,      SQL_draft_find,
        SQL_draft_prune,  SQL_once_prune,      SQL_once_find,
        SQL_once_old,     SQL_post_next_seq};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct str plan = db_plan(f->db, ids[i], &f->mem);
        const char *z = arena_z(&f->mem, plan);

        assert_true(plan.n > 0);
        if (strstr(z, "SCAN") || strstr(z, "TEMP B-TREE"))
            fail_msg("%s: %s", sql_statements.name[ids[i]], z);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WRITING_TEST(a_thread_knows_its_opening_and_its_people),
        WRITING_TEST(what_is_answered_or_ends_starts_open),
        WRITING_TEST(a_thread_without_a_usable_title_is_kept_as_a_draft),
        WRITING_TEST(a_title_alone_is_a_thread),
        WRITING_TEST(an_outsider_finds_nothing_of_a_closed_community),
        WRITING_TEST(lists_go_by_the_newest_post_and_continue_by_key),
        WRITING_TEST(mine_are_those_of_communities_i_joined),
        WRITING_TEST(mine_of_several_communities_go_by_the_newest_post),
        WRITING_TEST(a_withdrawn_thread_without_replies_leaves_the_lists),
        WRITING_TEST(no_list_of_threads_walks_a_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
