#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "forum/member.h"
#include "forum/site.h"
#include "tests/unit/forum_fixture.h"

static void
the_secret_is_made_once(void **state)
{
    struct fixture *f = *state;
    unsigned char first[SITE_SECRET_SIZE], again[SITE_SECRET_SIZE];
    unsigned char none[SITE_SECRET_SIZE] = {0};
    int version;

    assert_int_equal(forum_secret(f->db, first), OK);
    assert_memory_not_equal(first, none, sizeof(none));
    db_close(f->db);
    f->db = NULL;
    assert_int_equal(forum_open(f->path, &f->db, &version), OK);
    assert_int_equal(forum_secret(f->db, again), OK);
    assert_memory_equal(first, again, sizeof(first));
}

static void
the_file_is_its_owners_alone(void **state)
{
    struct fixture *f = *state;
    struct stat st;

    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void
a_reader_sees_what_was_written(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct member m;
    struct db *reader;

    assert_int_equal(forum_open_reader(f->path, &reader), OK);
    assert_int_equal(member_get(reader, amina, &f->mem, &m), OK);
    assert_int_not_equal(db_run(reader, "DELETE FROM member"), OK);
    db_close(reader);
}

static void
a_newer_database_is_refused(void **state)
{
    struct fixture *f = *state;
    struct db *db;
    int version = 0;

    assert_int_equal(db_run(f->db, "PRAGMA user_version = 99"), OK);
    db_close(f->db);
    f->db = NULL;
    assert_int_equal(forum_open(f->path, &db, &version), E_CONFLICT);
    assert_null(db);
    assert_int_equal(version, 99);
}

/* What forum_check said, in one text. */
static void
hear(void *arg, struct str sentence)
{
    char *said = arg;
    size_t n = strlen(said);

    snprintf(said + n, 4096 - n, "%.*s\n", (int)sentence.n, sentence.p);
}

static void
a_forum_in_use_keeps_its_promises(void **state)
{
    struct fixture *f = *state;
    char said[4096] = "";
    int64_t amina = fixture_member(f, 1, "Amina");
    int64_t garden = fixture_community(f, amina, "The Garden"), thread;

    assert_int_equal(CHANGE(f, THREAD, .member = amina, .community = garden,
                            .title = STR("Wells"), .text = STR("How deep?")),
                     OK);
    thread = f->cj.out.thread;
    assert_int_equal(CHANGE(f, REPLY, .member = amina, .thread = thread,
                            .text = STR("Nine metres.")),
                     OK);
    assert_int_equal(CHANGE(f, REMOVE, .member = amina, .thread = thread,
                            .number = f->cj.out.number),
                     OK);
    assert_int_equal(CHANGE(f, START, .member = amina, .text = STR("Bees")),
                     OK);
    assert_int_equal(forum_check(f->db, hear, said), 0);
    assert_string_equal(said, "");
}

/* Lists ask what stands beside a post only where it says so itself. */
static void
a_post_that_hides_its_earlier_text_is_told(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    int64_t garden = fixture_community(f, amina, "The Garden");
    char said[4096] = "";

    assert_int_equal(CHANGE(f, THREAD, .member = amina, .community = garden,
                            .title = STR("Wells"), .text = STR("How deep?")),
                     OK);
    f->now += 3600;
    assert_int_equal(CHANGE(f, EDIT, .member = amina, .thread = 1, .number = 1,
                            .text = STR("How deep, and how old?")),
                     OK);
    assert_int_equal(forum_check(f->db, hear, said), 0);
    assert_int_equal(db_run(f->db, "UPDATE post SET echoes = 0"), OK);
    assert_int_equal(forum_check(f->db, hear, said), 1);
    assert_string_equal(
        said, "A post does not know that something stands beside it: 1/1\n");
}

static void
a_broken_post_is_named_by_its_address(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    int64_t garden = fixture_community(f, amina, "The Garden");
    char said[4096] = "";

    assert_int_equal(CHANGE(f, THREAD, .member = amina, .community = garden,
                            .title = STR("Wells"), .text = STR("How deep?")),
                     OK);
    assert_int_equal(
        CHANGE(f, REPLY, .member = amina, .thread = 1, .text = STR("Nine.")),
        OK);
    assert_int_equal(
        db_run(f->db, "UPDATE post SET answers = 5 WHERE id = 1 << 20 | 2"),
        OK);
    assert_int_equal(forum_check(f->db, hear, said), 1);
    assert_string_equal(said, "A post answers a later one: 1/2\n");
}

static void
a_broken_promise_is_told(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *sql, *want;
    } rows[] = {
        {"DELETE FROM site", "The site has lost its key for links: secret\n"},
        {"DELETE FROM name", "A member has no name that leads to them: 1\n"},
        {"UPDATE certificate SET retired_at = 1",
         "A member has no certificate in use: 1\n"},
        {"UPDATE community SET last_seq = 7",
         "A community does not know its newest post: the-garden\n"},
    };
    int64_t amina = fixture_member(f, 1, "Amina");

    fixture_community(f, amina, "The Garden");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char said[4096] = "";

        assert_int_equal(db_run(f->db, "SAVEPOINT broken"), OK);
        assert_int_equal(db_run(f->db, rows[i].sql), OK);
        assert_int_equal(forum_check(f->db, hear, said), 1);
        assert_string_equal(said, rows[i].want);
        assert_int_equal(db_run(f->db, "ROLLBACK TO broken"), OK);
        assert_int_equal(db_run(f->db, "RELEASE broken"), OK);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_secret_is_made_once),
        TEST(the_file_is_its_owners_alone),
        TEST(a_reader_sees_what_was_written),
        TEST(a_newer_database_is_refused),
        TEST(a_forum_in_use_keeps_its_promises),
        TEST(a_post_that_hides_its_earlier_text_is_told),
        TEST(a_broken_post_is_named_by_its_address),
        TEST(a_broken_promise_is_told),
    };

    return cmocka_run_group_tests_name("site", tests, NULL, NULL);
}
