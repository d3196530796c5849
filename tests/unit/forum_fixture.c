#include "tests/unit/forum_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "forum/index.h"
#include "forum/member.h"
#include "forum/site.h"

int
fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    int version;

    if (!f)
        return -1;
    *state = f;
    snprintf(f->dir, sizeof(f->dir), "/tmp/understory-XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    snprintf(f->path, sizeof(f->path), "%s/forum.db", f->dir);
    arena_init(&f->mem, (size_t)64 * 1024 * 1024);
    f->now = FIXTURE_NOW;
    return forum_open(f->path, &f->db, &version) ? -1 : 0;
}

int
fixture_teardown(void **state)
{
    static const char *const tails[] = {"", "-wal", "-shm", ".before-1"};
    struct fixture *f = *state;
    char path[128];

    db_close(f->db);
    arena_release(&f->mem);
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        snprintf(path, sizeof(path), "%s%s", f->path, tails[i]);
        unlink(path);
    }
    rmdir(f->dir);
    free(f);
    return 0;
}

static enum err
apply(struct fixture *f, const struct change *c, bool is_slow)
{
    enum err e;

    change_job_init(&f->cj, c);
    if (f->cj.change.at == 0)
        f->cj.change.at = f->now;
    if (c->kind == CHANGE_RECOVER)
        (void)member_salt(f->db, c->other, f->now, f->cj.typed_salt);
    if (is_slow && (e = change_prepare(&f->cj)))
        return e;
    assert_int_equal(db_run(f->db, "SAVEPOINT fixture"), OK);
    e = f->cj.job.apply(f->db, &f->cj.job);
    for (bool is_more = true; !e && is_more;)
        assert_int_equal(index_work(f->db, 16, &is_more), OK);
    assert_int_equal(db_run(f->db, e ? "ROLLBACK TO fixture; RELEASE fixture"
                                     : "RELEASE fixture"),
                     OK);
    return e;
}

enum err
fixture_apply(struct fixture *f, struct change c)
{
    return apply(f, &c, false);
}

enum err
fixture_apply_slow(struct fixture *f, struct change c)
{
    return apply(f, &c, true);
}

struct peer
fixture_peer(unsigned n)
{
    struct peer p = {
        .is_there = true,
        .not_before = FIXTURE_NOW - 1000,
        .not_after = FIXTURE_NOW + INT64_C(365) * 86400,
    };

    memset(p.cert, 'c', sizeof(p.cert));
    memset(p.key, 'k', sizeof(p.key));
    memcpy(p.cert, &n, sizeof(n));
    memcpy(p.key, &n, sizeof(n));
    return p;
}

int64_t
fixture_member(struct fixture *f, unsigned n, const char *name)
{
    assert_int_equal(
        CHANGE(f, JOIN, .peer = fixture_peer(n), .text = str_of(name)), OK);
    assert_false(f->cj.out.is_repeat);
    return f->cj.out.member;
}

int64_t
fixture_community(struct fixture *f, int64_t member, const char *name)
{
    int64_t draft;

    assert_int_equal(CHANGE(f, START, .member = member,
                            .text = STR("To learn from one another")),
                     OK);
    draft = f->cj.out.draft;
    assert_int_equal(CHANGE(f, FOUND, .member = member, .draft = draft,
                            .text = str_of(name)),
                     OK);
    return f->cj.out.community;
}
