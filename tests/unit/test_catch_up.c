/* Catch-up in a place of many communities, one of them very loud: everybody
 * has a share, nothing is lost, and the cost has a bound. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pages/inner.h"
#include "sql.h"
#include "tests/unit/walk.h"

#define SMALL 300
#define LOUD 4000              /* posts in the loud one */
#define PAGE_MOST (1200 << 10) /* bytes */

/* Amina (member 1) joined one loud community, 1, and many small ones; each has
 * one thread and something new. */
static void
crowd_make(struct site_box *b, int loud)
{
    char *sql = NULL;
    struct db *db;
    int n = asprintf(
        &sql,
        "PRAGMA foreign_keys = ON;"
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        "                          WHERE i <= %d)"
        "INSERT INTO community (id, slug, name, fold, purpose, rules,"
        "    elsewhere, openness, founder, started_at, last_seq, last_at)"
        "SELECT i, 'c' || i, 'Place ' || i || '.', 'c' || i, '', '', '', 0, 1,"
        "       1, 0, 1 FROM n;"
        "INSERT INTO participant SELECT id, 1, 1, 0 FROM community;"
        "INSERT INTO thread (id, community, author, kind, state, title,"
        "    made_at, last_number, last_seq, last_at)"
        "SELECT id, id, 1, 0, 0, 'Thread ' || id, 1, 1, id, 1 FROM community;"
        "INSERT INTO post (id, seq, community, author, text, at, status)"
        "SELECT id << 20 | 1, id, id, 1, 'Word of place ' || id || '.', 1, 0"
        "  FROM community;"
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
        "                          WHERE i <= %d)"
        "INSERT INTO post (id, seq, community, author, text, at, status)"
        "SELECT 1 << 20 | i, 100000 + i, 1, 1,"
        "       'Loud number ' || i || '. ' || hex(zeroblob(1000)), 1, 0"
        "  FROM n;"
        "UPDATE community SET last_seq ="
        "    (SELECT max(seq) FROM post p WHERE p.community = community.id);"
        "UPDATE thread SET last_seq = 100001 + %d, last_number = 1 + %d"
        " WHERE id = 1;",
        SMALL, loud, loud, loud);

    assert_true(n > 0);
    assert_int_equal(db_open(b->database, DB_WRITE, &sql_statements, &db), OK);
    assert_int_equal(db_run(db, sql), OK);
    db_close(db);
    free(sql);
}

static int
count_of(struct str s, const char *what)
{
    int n = 0;
    const char *at = s.p;

    while ((at = memmem(at, s.n - (size_t)(at - s.p), what, strlen(what)))) {
        at += strlen(what);
        n++;
    }
    return n;
}

static void
each_community_has_its_place_beside_a_loud_one(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");

    crowd_make(*state, LOUD);
    walk_open(w, "/i/new");
    assert_int_equal(w->answer.status, 20);
    assert_true(w->answer.body.n < PAGE_MOST);
    assert_int_equal(count_of(w->answer.body, "\n## Place "), SMALL + 1);
    assert_int_equal(count_of(w->answer.body, "Word of place "), SMALL + 1);
    assert_int_equal(count_of(w->answer.body, "There is more in"), 1);
    assert_has(w, "There is more in Place 1.");
}

static void
what_had_no_room_comes_next_time_and_nothing_comes_twice(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");
    static char is_seen[LOUD + 2];
    int seen = 0, rounds = 0;

    crowd_make(*state, LOUD);
    memset(is_seen, 0, sizeof(is_seen));
    walk_open(w, "/i/new");
    while (walk_link(w, "I have read this") && rounds++ < 100) {
        const char *at = w->answer.body.p;

        while ((at = strstr(at, "Loud number "))) {
            int i = (int)strtol(at + strlen("Loud number "), NULL, 10);

            assert_true(i > 1 && i < LOUD + 2);
            assert_false(is_seen[i]);
            is_seen[i] = 1;
            seen++;
            at++;
        }
        if (rounds > 1)
            assert_no(w, "Word of place");
        walk_press(w, "I have read this");
        walk_press(w, "What is new now");
    }
    assert_int_equal(seen, LOUD);
    assert_has(w, "Nothing is new.");
}

/* The page of one device was made before the other device moved the marks. */
static void
an_old_page_never_marks_what_it_did_not_show(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");
    char *old;

    crowd_make(*state, LOUD);
    walk_open(w, "/i/new");
    old = strdup(walk_link(w, "I have read this"));
    walk_press(w, "I have read this");
    walk_press(w, "What is new now");
    for (int i = 0; i < 2; i++) {
        struct str before = w->answer.body;

        walk_open(w, old);
        walk_press(w, "What is new now");
        assert_int_equal(w->answer.body.n, before.n);
        assert_memory_equal(w->answer.body.p, before.p, before.n);
    }
    free(old);
}

static int64_t
steps_of(struct walk *w)
{
    struct loop_site *ls = w->box->loop;

    walk_open(w, "/i/new");
    (void)db_steps(ls->rd);
    walk_open(w, "/i/new");
    return db_steps(ls->rd);
}

static void
a_louder_community_costs_no_more(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");
    int64_t few, many;

    crowd_make(*state, LOUD);
    few = steps_of(w);
    {
        struct db *db;

        assert_int_equal(
            db_open(w->box->database, DB_WRITE, &sql_statements, &db), OK);
        assert_int_equal(
            db_run(db, "INSERT INTO post (id, seq, community, author, text, at,"
                       " status) SELECT id + 100000, seq + 100000, 1, 1, text,"
                       " 1, 0 FROM post WHERE id > (1 << 20 | 1)"
                       " AND id < 2 << 20;"
                       "UPDATE community SET last_seq = last_seq + 100000"
                       " WHERE id = 1;"
                       "UPDATE thread SET last_seq = last_seq + 100000,"
                       " last_number = last_number + 100000 WHERE id = 1"),
            OK);
        db_close(db);
    }
    many = steps_of(w);
    assert_true(few < 400000);
    assert_true(many < few + few / 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(each_community_has_its_place_beside_a_loud_one),
        WALK_TEST(what_had_no_room_comes_next_time_and_nothing_comes_twice),
        WALK_TEST(an_old_page_never_marks_what_it_did_not_show),
        WALK_TEST(a_louder_community_costs_no_more),
    };

    return cmocka_run_group_tests_name("catch_up", tests, NULL, NULL);
}
