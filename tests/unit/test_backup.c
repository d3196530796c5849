/* Backups and what comes back from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "manifest.h"
#include "server.h"
#include "sql.h"
#include "store/db.h"
#include "tests/unit/scratch.h"

struct house {
    char *data, *to, *back;
    struct config config;
    char why[SERVER_WHY];
};

static void
house_open(struct house *h, void *const *state)
{
    memset(h, 0, sizeof(*h));
    h->data = scratch_path(state, "data");
    h->to = scratch_path(state, "backups");
    h->back = scratch_path(state, "back");
    assert_int_equal(config_init(&h->config), OK);
    assert_int_equal(
        config_set(&h->config, "data", str_of(h->data), FROM_COMMAND, h->why),
        OK);
    assert_int_equal(server_init(&h->config, h->why), OK);
}

static void
house_close(struct house *h)
{
    clock_shift(0);
    config_release(&h->config);
    free(h->data);
    free(h->to);
    free(h->back);
}

static void
data_set(struct house *h, const char *dir)
{
    assert_int_equal(
        config_set(&h->config, "data", str_of(dir), FROM_COMMAND, h->why), OK);
}

static struct db *
database(const struct house *h, const char *dir)
{
    char path[4096];
    struct db *db = NULL;

    (void)h;
    (void)snprintf(path, sizeof(path), "%s/understory.db", dir);
    assert_int_equal(db_open(path, DB_WRITE, &sql_statements, &db), OK);
    return db;
}

static void
must_backup(struct house *h, struct server_copy *out)
{
    if (server_backup(&h->config, h->to, out, h->why) != OK)
        fail_msg("%s", h->why);
}

static void
must_restore(struct house *h, const char *from)
{
    struct server_copy copy;
    int wrong = -1;
    FILE *none = fopen("/dev/null", "w");

    assert_non_null(none);
    data_set(h, h->back);
    if (server_restore(&h->config, from, &copy, h->why) != OK)
        fail_msg("%s", h->why);
    assert_int_equal(server_check(&h->config, none, &wrong, h->why), OK);
    assert_int_equal(wrong, 0);
    data_set(h, h->data);
    fclose(none);
}

static char *
content_of(const char *dir, const char *name, size_t *n)
{
    char path[4096];
    char *all = calloc(1, 4096);
    FILE *f;

    assert_non_null(all);
    (void)snprintf(path, sizeof(path), "%s/%s", dir, name);
    f = fopen(path, "r");
    assert_non_null(f);
    *n = fread(all, 1, 4095, f);
    fclose(f);
    return all;
}

static void
content_put(const char *dir, const char *name, const char *text, size_t n)
{
    char path[4096];
    FILE *f;

    (void)snprintf(path, sizeof(path), "%s/%s", dir, name);
    f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void
what_was_restored_is_what_was_backed_up(void **state)
{
    static const char *const files[] = {"server.key", "server.crt"};
    struct house h;
    struct server_copy copy;

    house_open(&h, state);
    must_backup(&h, &copy);
    must_restore(&h, copy.path);
    for (int i = 0; i < 2; i++) {
        size_t one_n, two_n;
        char *one = content_of(h.data, files[i], &one_n);
        char *two = content_of(h.back, files[i], &two_n);

        assert_int_equal(one_n, two_n);
        assert_memory_equal(one, two, one_n);
        free(one);
        free(two);
    }
    house_close(&h);
}

static void
settings_are_part_of_it(void **state)
{
    static const char text[] = "title = The garden\n";
    struct house h;
    struct server_copy copy;
    char path[4096];
    char *back;
    size_t n;

    house_open(&h, state);
    content_put(h.data, "understory.ini", text, strlen(text));
    (void)snprintf(path, sizeof(path), "%s/understory.ini", h.data);
    assert_int_equal(config_read(&h.config, path, h.why), OK);
    must_backup(&h, &copy);
    must_restore(&h, copy.path);
    back = content_of(h.back, "understory.ini", &n);
    assert_string_equal(back, text);
    free(back);
    house_close(&h);
}

static void
only_its_owner_can_read_it(void **state)
{
    static const char *const files[] = {"", "/server.key", "/understory.db",
                                        "/manifest"};
    struct house h;
    struct server_copy copy;
    struct stat st;

    house_open(&h, state);
    must_backup(&h, &copy);
    for (int i = 0; i < 4; i++) {
        char path[8192];

        (void)snprintf(path, sizeof(path), "%s%s", copy.path, files[i]);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0077, 0);
    }
    house_close(&h);
}

/* Writes two rows in each transaction, until it is told to stop. */
struct writing {
    struct db *db;
    atomic_bool is_over;
    atomic_int written;
    enum err bad;
};

static void *
write_pairs(void *arg)
{
    struct writing *w = arg;

    for (int i = 0; !atomic_load(&w->is_over) && !w->bad; i++) {
        char sql[256];

        (void)snprintf(sql, sizeof(sql),
                       "BEGIN IMMEDIATE;"
                       "INSERT INTO site VALUES ('one-%d', zeroblob(2000));"
                       "INSERT INTO site VALUES ('two-%d', zeroblob(2000));"
                       "COMMIT;",
                       i, i);
        w->bad = db_run(w->db, sql);
        atomic_fetch_add(&w->written, 1);
    }
    return NULL;
}

static int64_t
number(struct db *db, const char *sql)
{
    return db_number(db, sql, -1);
}

static void
a_backup_during_writes_has_each_change_whole(void **state)
{
    struct house h;
    struct writing w = {.bad = OK};
    struct server_copy copy[5];
    pthread_t thread;

    house_open(&h, state);
    w.db = database(&h, h.data);
    assert_int_equal(pthread_create(&thread, NULL, write_pairs, &w), 0);
    for (int i = 0; i < 5; i++) {
        int before = atomic_load(&w.written);
        struct db *db;

        while (atomic_load(&w.written) < before + 20)
            sched_yield();
        must_backup(&h, &copy[i]);
        db = database(&h, copy[i].path);
        assert_true(number(db, "SELECT count(*) FROM site "
                               "WHERE key LIKE 'one-%'") >= before);
        assert_int_equal(
            number(db, "SELECT count(*) FROM site a WHERE key LIKE 'one-%' "
                       "AND NOT EXISTS (SELECT 1 FROM site b "
                       "WHERE b.key = 'two-' || substr(a.key, 5))"),
            0);
        db_close(db);
    }
    atomic_store(&w.is_over, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(w.bad, OK);
    db_close(w.db);
    must_restore(&h, copy[4].path);
    house_close(&h);
}

static void
the_newest_are_kept_and_nothing_of_others_is_removed(void **state)
{
    struct house h;
    struct server_copy copy, first, newest;
    char mine[4096];
    struct stat st;

    house_open(&h, state);
    must_backup(&h, &first);
    (void)snprintf(mine, sizeof(mine), "%s/understory-20200101T000000Z", h.to);
    assert_int_equal(mkdir(mine, 0700), 0);
    content_put(mine, "letter", "mine", 4);
    h.config.backup_keep = 2;
    clock_shift(3600);
    must_backup(&h, &copy);
    assert_int_equal(copy.dropped, 0);
    clock_shift(7200);
    must_backup(&h, &copy);
    assert_int_equal(copy.dropped, 1);
    assert_int_equal(stat(first.path, &st), -1);
    assert_int_equal(stat(mine, &st), 0);
    assert_int_equal(server_newest(h.to, &newest), OK);
    assert_string_equal(newest.path, copy.path);
    assert_int_equal(newest.made, copy.made);
    house_close(&h);
}

static void
what_a_crash_left_goes_with_the_next_backup(void **state)
{
    struct house h;
    struct server_copy copy;
    char part[4096];
    struct stat st;

    house_open(&h, state);
    (void)snprintf(part, sizeof(part), "%s/understory-20260101T000000Z.part",
                   h.to);
    assert_int_equal(mkdir(h.to, 0700), 0);
    assert_int_equal(mkdir(part, 0700), 0);
    content_put(part, "understory.db.part", "half", 4);
    must_backup(&h, &copy);
    assert_int_equal(stat(part, &st), -1);
    house_close(&h);
}

static void
a_damaged_database_is_no_backup(void **state)
{
    struct house h;
    struct server_copy copy;
    char path[4096];
    FILE *f;

    house_open(&h, state);
    (void)snprintf(path, sizeof(path), "%s/understory.db", h.data);
    f = fopen(path, "r+");
    assert_non_null(f);
    for (long at = 8192; at < 200 * 1024; at += 512) {
        assert_int_equal(fseek(f, at, SEEK_SET), 0);
        assert_int_not_equal(fputs("damaged", f), EOF);
    }
    assert_int_equal(fclose(f), 0);
    assert_int_not_equal(server_backup(&h.config, h.to, &copy, h.why), OK);
    assert_non_null(strstr(h.why, "check"));
    assert_int_equal(server_newest(h.to, &copy), E_NOT_FOUND);
    house_close(&h);
}

static void
each_changed_byte_of_a_manifest_is_noticed(void **state)
{
    struct house h;
    struct server_copy copy;
    struct manifest m;
    char *text;
    size_t n;

    house_open(&h, state);
    must_backup(&h, &copy);
    text = content_of(copy.path, MANIFEST_NAME, &n);
    for (size_t i = 0; i < n; i++) {
        text[i] ^= 1;
        content_put(copy.path, MANIFEST_NAME, text, n);
        if (manifest_read(&m, copy.path, h.why) == OK)
            fail_msg("byte %zu was changed, and it was taken", i);
        text[i] ^= 1;
        content_put(copy.path, MANIFEST_NAME, text, i);
        assert_int_equal(manifest_read(&m, copy.path, h.why), E_UNUSABLE);
    }
    free(text);
    house_close(&h);
}

static void
a_damaged_file_is_neither_verified_nor_restored(void **state)
{
    static const char *const files[] = {"understory.db", "server.key",
                                        "server.crt"};
    struct house h;
    struct server_copy copy, out;
    struct stat st;

    house_open(&h, state);
    for (int i = 0; i < 3; i++) {
        char path[8192];

        must_backup(&h, &copy);
        (void)snprintf(path, sizeof(path), "%s/%s", copy.path, files[i]);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(truncate(path, st.st_size - 1), 0);
        assert_int_equal(server_verify(copy.path, &out, h.why), E_UNUSABLE);
        assert_non_null(strstr(h.why, files[i]));
        data_set(&h, h.back);
        assert_int_equal(server_restore(&h.config, copy.path, &out, h.why),
                         E_UNUSABLE);
        assert_int_equal(stat(h.back, &st), -1);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(server_verify(copy.path, &out, h.why), E_IO);
        assert_int_equal(server_restore(&h.config, copy.path, &out, h.why),
                         E_IO);
        assert_int_equal(stat(h.back, &st), -1);
        data_set(&h, h.data);
    }
    house_close(&h);
}

static void
nothing_is_restored_over_what_is_there(void **state)
{
    struct house h;
    struct server_copy copy, out;
    char *key;
    size_t n;

    house_open(&h, state);
    must_backup(&h, &copy);
    content_put(h.data, "server.key", "another", 7);
    assert_int_equal(server_restore(&h.config, copy.path, &out, h.why),
                     E_TAKEN);
    assert_non_null(strstr(h.why, "not empty"));
    key = content_of(h.data, "server.key", &n);
    assert_string_equal(key, "another");
    free(key);
    house_close(&h);
}

static void
a_backup_of_a_newer_program_is_refused(void **state)
{
    struct house h;
    struct server_copy copy;
    struct db *db;

    house_open(&h, state);
    db = database(&h, h.data);
    assert_int_equal(db_run(db, "PRAGMA user_version = 999"), OK);
    db_close(db);
    must_backup(&h, &copy);
    data_set(&h, h.back);
    assert_int_equal(server_restore(&h.config, copy.path, &copy, h.why),
                     E_CONFLICT);
    assert_non_null(strstr(h.why, "newer"));
    house_close(&h);
}

static void
without_a_key_there_is_no_backup(void **state)
{
    struct house h;
    struct server_copy copy;
    char path[4096];

    house_open(&h, state);
    (void)snprintf(path, sizeof(path), "%s/server.key", h.data);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(server_backup(&h.config, h.to, &copy, h.why), E_IO);
    assert_non_null(strstr(h.why, "server.key"));
    assert_int_equal(server_newest(h.to, &copy), E_NOT_FOUND);
    house_close(&h);
}

#define IN_SCRATCH(test)                                                       \
    cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(what_was_restored_is_what_was_backed_up),
        IN_SCRATCH(settings_are_part_of_it),
        IN_SCRATCH(only_its_owner_can_read_it),
        IN_SCRATCH(a_backup_during_writes_has_each_change_whole),
        IN_SCRATCH(the_newest_are_kept_and_nothing_of_others_is_removed),
        IN_SCRATCH(what_a_crash_left_goes_with_the_next_backup),
        IN_SCRATCH(a_damaged_database_is_no_backup),
        IN_SCRATCH(each_changed_byte_of_a_manifest_is_noticed),
        IN_SCRATCH(a_damaged_file_is_neither_verified_nor_restored),
        IN_SCRATCH(nothing_is_restored_over_what_is_there),
        IN_SCRATCH(a_backup_of_a_newer_program_is_refused),
        IN_SCRATCH(without_a_key_there_is_no_backup),
    };

    umask(077);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
