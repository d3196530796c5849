/* A forum in a directory of its own, for tests of forum/ and pages/: changes
 * are applied as the writer would, one savepoint each, on the test's thread. */
#ifndef TESTS_FORUM_FIXTURE_H
#define TESTS_FORUM_FIXTURE_H

#include "forum/change.h"
#include "store/db.h"

#define FIXTURE_NOW INT64_C(1770000000) /* 2 February 2026 */

struct fixture {
    char dir[64], path[96];
    struct db *db;
    struct arena mem;
    int64_t now;          /* the time of the next change */
    struct change_job cj; /* the last one */
};

/* For cmocka: a fresh forum for each test, and its end. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Applies c at f->now; what became of it is in f->cj.out. No slow hashes. */
enum err fixture_apply(struct fixture *f, struct change c);
/* The same with its slow part before. */
enum err fixture_apply_slow(struct fixture *f, struct change c);
#define CHANGE(f, name, ...)                                                   \
    fixture_apply(f, (struct change){.kind = CHANGE_##name, __VA_ARGS__})

/* The certificate number n: the same number, the same certificate. */
struct peer fixture_peer(unsigned n);
/* A member with certificate n; fails the test where joining fails. */
int64_t fixture_member(struct fixture *f, unsigned n, const char *name);
/* An open community of member, who becomes its steward. */
int64_t fixture_community(struct fixture *f, int64_t member, const char *name);

#endif
