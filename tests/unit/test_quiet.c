/* Asking quietly: no row leads from a quiet name to its member, signing does,
 * and whoever must be kept out is kept out unnamed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/clock.h"
#include "forum/inbox.h"
#include "forum/quiet.h"
#include "forum/site.h"
#include "forum/thread.h"
#include "sql.h"
#include "tests/unit/forum_fixture.h"

/* Members whose numbers stand nowhere by chance. */
#define NUMBERS                                                                \
    "INSERT INTO member (id, name, about, joined_at, tries, "                  \
    "tries_at) VALUES (700000000, 'x', '', 0, 0, 0)"
#define STEP 61 /* no two changes have one time */

struct scene {
    struct fixture *f;
    int64_t amina, josef, place, thread, me;
    unsigned char bytes[DIGEST_SIZE];
    struct str tag;
};

#define AS_AMINA .member = s->amina, .tag = s->tag
#define MUST(s, name, ...)                                                     \
    ((s)->f->now += STEP,                                                      \
     assert_int_equal(CHANGE((s)->f, name, __VA_ARGS__), OK))

static void
scene_begin(struct fixture *f, struct scene *s)
{
    unsigned char secret[SITE_SECRET_SIZE];

    *s = (struct scene){.f = f};
    assert_int_equal(db_run(f->db, NUMBERS), OK);
    s->amina = fixture_member(f, 1, "Amina");
    f->now += STEP;
    s->josef = fixture_member(f, 2, "Josef");
    f->now += STEP;
    s->place = fixture_community(f, s->josef, "Water");
    assert_int_equal(forum_secret(f->db, secret), OK);
    assert_int_equal(
        quiet_tag((struct str){(const char *)secret, sizeof(secret)}, s->amina,
                  s->bytes),
        OK);
    s->tag = (struct str){(const char *)s->bytes, sizeof(s->bytes)};
    MUST(s, COME, AS_AMINA, .community = s->place);
}

/* Amina asks quietly, from a draft that she began by name. */
static void
scene_ask(struct scene *s)
{
    int64_t draft;

    MUST(s, DRAFT_OPEN, AS_AMINA, .aim = AIM_THREAD, .community = s->place,
         .value = KIND_QUESTION, .title = STR("Is my pump beyond hope?"));
    draft = s->f->cj.out.draft;
    MUST(s, DRAFT_QUIET, AS_AMINA, .draft = draft, .value = 1);
    MUST(s, DRAFT_ADD, AS_AMINA, .draft = draft, .text = STR("It is old."));
    MUST(s, DRAFT_GO, AS_AMINA, .draft = draft,
         .quiet_name = STR("a member (Heron)"));
    assert_int_equal(s->f->cj.out.why, OK);
    s->thread = s->f->cj.out.thread;
    assert_int_equal(quiet_find(s->f->db, s->thread, s->tag, s->amina, &s->me),
                     OK);
    assert_int_not_equal(s->me, s->amina);
}

/* Everything that an asker does afterwards. */
static void
scene_go_on(struct scene *s)
{
    MUST(s, REPLY, .member = s->josef, .thread = s->thread,
         .text = STR("Nothing is beyond hope."));
    MUST(s, MARK, AS_AMINA, .thread = s->thread, .number = 2,
         .value = MARK_ANSWERED);
    MUST(s, THANKS, AS_AMINA, .thread = s->thread, .number = 2,
         .text = STR("To hope again"));
    MUST(s, CAME, AS_AMINA, .thread = s->thread, .number = 2,
         .value = CAME_TRIED, .text = STR("It hums"));
    MUST(s, NEEDED_BY, AS_AMINA, .thread = s->thread, .text = STR("10"));
    MUST(s, EDIT, AS_AMINA, .thread = s->thread, .number = 1,
         .text = STR("It is very old."));
    MUST(s, REPLY, AS_AMINA, .thread = s->thread, .number = 2,
         .text = STR("Thank you."));
    MUST(s, DRAFT_OPEN, AS_AMINA, .aim = AIM_REPLY, .thread = s->thread,
         .text = STR("More of it."));
    MUST(s, THANKS, .member = s->josef, .thread = s->thread, .number = 3,
         .text = STR("For asking"));
    s->f->now += 22 * DAY;
    MUST(s, TICK, .member = 0);
    MUST(s, SAVE, AS_AMINA, .thread = s->thread, .text = STR("."));
}

/* What one row says: which of the two it names, and what else is in it by
 * which it could be joined with another. */
struct row_says {
    bool member, persona;
};

static bool
is_persona(sqlite3 *db, int64_t id)
{
    sqlite3_stmt *st = NULL;
    bool is;

    (void)sqlite3_prepare_v2(db, "SELECT 1 FROM quiet WHERE persona = ?", -1,
                             &st, NULL);
    sqlite3_bind_int64(st, 1, id);
    is = sqlite3_step(st) == SQLITE_ROW;
    sqlite3_finalize(st);
    return is;
}

static struct row_says
row_read(sqlite3 *db, sqlite3_stmt *st, int64_t member)
{
    struct row_says says = {false, false};

    for (int i = 0; i < sqlite3_column_count(st); i++) {
        int64_t n = sqlite3_column_int64(st, i);

        if (sqlite3_column_type(st, i) != SQLITE_INTEGER || n < 700000000 ||
            n > 700001000)
            continue;
        if (n == member)
            says.member = true;
        else if (is_persona(db, n))
            says.persona = true;
    }
    return says;
}

/* Whatever is long or rare enough to join rows by: times, digests, texts. */
static void
row_keep(sqlite3 *db, sqlite3_stmt *st, const char *whose)
{
    sqlite3_stmt *put = NULL;

    (void)sqlite3_prepare_v2(
        db, "INSERT OR IGNORE INTO temp.seen VALUES (?, ?)", -1, &put, NULL);
    for (int i = 0; i < sqlite3_column_count(st); i++) {
        int type = sqlite3_column_type(st, i);
        int64_t n = sqlite3_column_int64(st, i);
        bool is_time = type == SQLITE_INTEGER && n > 1700000000 &&
                       n < 2000000000 && n % DAY != 0;

        if (!is_time && (type == SQLITE_INTEGER || type == SQLITE_NULL ||
                         sqlite3_column_bytes(st, i) < 4))
            continue;
        sqlite3_bind_text(put, 1, whose, -1, SQLITE_STATIC);
        sqlite3_bind_value(put, 2, sqlite3_column_value(st, i));
        (void)sqlite3_step(put);
        sqlite3_reset(put);
    }
    sqlite3_finalize(put);
}

/* Every row of a table, but for what the site alone can read. */
static int
table_walk(sqlite3 *db, const char *table, int64_t member)
{
    char *sql = sqlite3_mprintf("SELECT * FROM main.%Q", table);
    sqlite3_stmt *st = NULL;
    int links = 0;

    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
        sqlite3_free(sql);
        return 0; /* part of an index of words */
    }
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct row_says says = row_read(db, st, member);

        if (says.member && says.persona) {
            print_error("a row of %s names both\n", table);
            links++;
        }
        /* A notebook holds what anybody may save. */
        if (says.member && strcmp(table, "saved") != 0)
            row_keep(db, st, "member");
        if (says.persona)
            row_keep(db, st, "persona");
    }
    sqlite3_finalize(st);
    sqlite3_free(sql);
    return links;
}

static int
links_find(const char *path, int64_t member)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int links = 0;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    (void)sqlite3_prepare_v2(db,
                             "CREATE TEMP TABLE seen (whose TEXT, what, "
                             "PRIMARY KEY (whose, what))",
                             -1, &st, NULL);
    assert_int_equal(sqlite3_step(st), SQLITE_DONE);
    sqlite3_finalize(st);
    (void)sqlite3_prepare_v2(
        db, "SELECT name FROM main.sqlite_schema WHERE type = 'table'", -1, &st,
        NULL);
    while (sqlite3_step(st) == SQLITE_ROW)
        links +=
            table_walk(db, (const char *)sqlite3_column_text(st, 0), member);
    sqlite3_finalize(st);
    (void)sqlite3_prepare_v2(db,
                             "SELECT a.what FROM temp.seen a JOIN temp.seen b "
                             "ON b.what = a.what AND b.whose = 'persona' "
                             "WHERE a.whose = 'member'",
                             -1, &st, NULL);
    while (sqlite3_step(st) == SQLITE_ROW) {
        print_error("both have %s\n", sqlite3_column_text(st, 0));
        links++;
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return links;
}

static void
no_row_links_a_quiet_name_to_its_member(void **state)
{
    struct scene scene, *s = &scene;

    scene_begin(*state, s);
    scene_ask(s);
    assert_int_equal(links_find(s->f->path, s->amina), 0);
    scene_go_on(s);
    assert_int_equal(links_find(s->f->path, s->amina), 0);
    /* A second one, taken back: its draft is as quiet. */
    scene_ask(s);
    MUST(s, TAKE_BACK, AS_AMINA, .thread = s->thread, .number = 1);
    assert_int_equal(links_find(s->f->path, s->amina), 0);
}

static void
the_walk_finds_a_link_where_there_is_one(void **state)
{
    struct scene scene, *s = &scene;

    scene_begin(*state, s);
    scene_ask(s);
    MUST(s, REPLY, .member = s->amina, .thread = s->thread,
         .text = STR("Without her tag"));
    assert_int_not_equal(
        db_run(s->f->db,
               "UPDATE post SET author = (SELECT min(persona) FROM quiet), "
               "answers = (SELECT id FROM member WHERE name = 'Amina') "
               "WHERE id & 1048575 = 2"),
        E_BUG);
    assert_true(links_find(s->f->path, s->amina) > 0);
}

static int
notices(struct scene *s, int64_t member, struct str tag, const char *not_name)
{
    struct rows r = inbox_list(s->f->db, member, tag, INT64_MAX, 50);
    struct inbox_line l;
    int64_t last = INT64_MAX;
    int n = 0;

    while (inbox_next(&r, &l)) {
        assert_true(l.id < last);
        assert_false(str_eq(l.other_name, str_of(not_name)));
        last = l.id;
        n++;
    }
    assert_int_equal(rows_end(&r), OK);
    return n;
}

static void
what_concerns_a_quiet_name_reaches_its_member_alone(void **state)
{
    struct scene scene, *s = &scene;
    bool has;

    scene_begin(*state, s);
    scene_ask(s);
    assert_int_equal(inbox_has(s->f->db, s->amina, s->tag, &has), OK);
    assert_false(has);
    scene_go_on(s);
    /* Replied, thanked; still needed? */
    assert_true(notices(s, s->amina, s->tag, "Amina") >= 2);
    assert_int_equal(notices(s, s->amina, STR(""), "Amina"), 0);
    assert_true(notices(s, s->josef, STR(""), "Amina") >= 3);
    assert_int_equal(inbox_has(s->f->db, s->amina, s->tag, &has), OK);
    assert_true(has);
    MUST(s, INBOX_CLEAR, .member = s->josef, .thing = INT64_C(1) << 40);
    assert_true(notices(s, s->amina, s->tag, "Amina") >= 2);
    MUST(s, INBOX_CLEAR, AS_AMINA, .thing = INT64_C(1) << 40);
    assert_int_equal(notices(s, s->amina, s->tag, "Amina"), 0);
}

static void
signing_leaves_nothing_under_the_quiet_name(void **state)
{
    struct scene scene, *s = &scene;
    struct thread t;

    scene_begin(*state, s);
    scene_ask(s);
    scene_go_on(s);
    assert_int_equal(
        CHANGE(s->f, SIGN, .member = s->josef, .thread = s->thread),
        E_FORBIDDEN);
    MUST(s, SIGN, AS_AMINA, .thread = s->thread);
    assert_int_equal(thread_get(s->f->db, s->thread, s->josef, &s->f->mem, &t),
                     OK);
    assert_int_equal(t.author, s->amina);
    assert_int_equal(db_number(s->f->db,
                               "SELECT count(*) FROM post p JOIN quiet q "
                               "ON q.persona = p.author",
                               -1),
                     0);
    assert_int_equal(db_number(s->f->db,
                               "SELECT count(*) FROM inbox i JOIN quiet q "
                               "ON q.persona IN (i.member, i.other)",
                               -1),
                     0);
    assert_true(notices(s, s->amina, STR(""), "Amina") >= 2);
    MUST(s, SIGN, AS_AMINA, .thread = s->thread);
    assert_true(s->f->cj.out.is_repeat);
}

static void
one_who_is_barred_writes_no_more_and_stays_unnamed(void **state)
{
    struct scene scene, *s = &scene;
    struct str why;
    bool was;

    scene_begin(*state, s);
    scene_ask(s);
    assert_int_equal(bar_author(s->f->db, POST_ID(s->thread, 9), STR("x"), 1),
                     E_NOT_FOUND);
    assert_int_equal(
        bar_author(s->f->db, POST_ID(s->thread, 1), STR("Enough"), s->f->now),
        OK);
    assert_int_equal(bar_find(s->f->db, s->tag, &s->f->mem, &why), OK);
    assert_true(str_eq(why, STR("Enough")));
    assert_int_equal(CHANGE(s->f, REPLY, AS_AMINA, .thread = s->thread,
                            .text = STR("And another")),
                     E_BARRED);
    assert_int_equal(links_find(s->f->path, s->amina), 0);
    assert_int_equal(bar_lift(s->f->db, POST_ID(s->thread, 1), &was), OK);
    assert_true(was);
    MUST(s, REPLY, AS_AMINA, .thread = s->thread, .text = STR("And another"));
    /* By what was written by name, too. */
    MUST(s, THREAD, AS_AMINA, .community = s->place, .title = STR("By name"),
         .text = STR("Here"));
    assert_int_equal(bar_author(s->f->db, POST_ID(s->f->cj.out.thread, 1),
                                STR("Enough"), s->f->now),
                     OK);
    assert_int_equal(
        CHANGE(s->f, REPLY, AS_AMINA, .thread = s->thread, .text = STR("More")),
        E_BARRED);
}

/* Not even where a change of membership or of following names the thread. */
static void
a_quiet_name_joins_and_follows_nothing(void **state)
{
    struct fixture *f = *state;
    struct scene sc, *s = &sc;

    scene_begin(f, s);
    scene_ask(s);
    MUST(s, LEAVE, AS_AMINA, .community = s->place, .thread = s->thread);
    MUST(s, COME, AS_AMINA, .community = s->place, .thread = s->thread);
    MUST(s, FOLLOW, AS_AMINA, .value = FOLLOW_THREAD, .thing = s->thread,
         .thread = s->thread);
    assert_int_equal(db_number(f->db,
                               "SELECT (SELECT count(*) FROM participant"
                               " WHERE member IN (SELECT persona FROM quiet))"
                               " + (SELECT count(*) FROM follow"
                               " WHERE member IN (SELECT persona FROM quiet))",
                               -1),
                     0);
    assert_int_equal(db_number(f->db, "SELECT count(*) FROM follow", -1), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        TEST(a_quiet_name_joins_and_follows_nothing),
        TEST(no_row_links_a_quiet_name_to_its_member),
        TEST(the_walk_finds_a_link_where_there_is_one),
        TEST(what_concerns_a_quiet_name_reaches_its_member_alone),
        TEST(signing_leaves_nothing_under_the_quiet_name),
        TEST(one_who_is_barred_writes_no_more_and_stays_unnamed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
