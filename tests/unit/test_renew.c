/* The server's key and certificate in an operator's hands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "certs/issue.h"
#include "certs/peer.h"
#include "tests/unit/scratch.h"

static const struct str hosts[] = {{"one.example", 11}, {"two.example", 11}};

struct seen {
    char print[ISSUE_HEX];
    unsigned char key[32];
};

static struct seen
look(enum err e, struct identity *id, const char *why)
{
    struct seen s;
    struct peer peer;

    if (e)
        fail_msg("%s", why);
    assert_int_equal(X509_check_private_key(id->cert, id->key), 1);
    assert_int_equal(issue_fingerprint(id->cert, s.print), OK);
    assert_int_equal(peer_of_cert(id->cert, &peer), OK);
    memcpy(s.key, peer.key, 32);
    identity_release(id);
    return s;
}

static struct seen
start(const char *dir)
{
    struct identity id;
    char why[ISSUE_WHY] = "";

    return look(issue_server(dir, hosts, 1, &id, why), &id, why);
}

static struct seen
now(const char *dir)
{
    struct identity id;
    char why[ISSUE_WHY] = "";

    return look(issue_now(dir, &id, why), &id, why);
}

static struct seen
announce(const char *dir)
{
    struct identity id;
    char why[ISSUE_WHY] = "";

    return look(issue_announce(dir, hosts, 2, &id, why), &id, why);
}

static char *
at(const char *dir, const char *name)
{
    char *path = NULL;

    if (asprintf(&path, "%s/%s", dir, name) < 0)
        abort();
    return path;
}

static void
a_renewed_certificate_has_the_same_key_and_all_names(void **state)
{
    struct seen before = start(*state), after;
    struct identity id;
    char why[ISSUE_WHY] = "";

    assert_int_equal(issue_renew(*state, hosts, 2, &id, why), OK);
    assert_true(issue_covers(id.cert, hosts[1]));
    after = look(OK, &id, why);
    assert_memory_equal(before.key, after.key, 32);
    assert_string_not_equal(before.print, after.print);
    assert_string_equal(now(*state).print, after.print);
}

static void
without_a_key_nothing_is_renewed(void **state)
{
    struct identity id;
    char why[ISSUE_WHY] = "";

    assert_int_equal(issue_renew(*state, hosts, 1, &id, why), E_IO);
    assert_non_null(strstr(why, "server.key"));
    assert_int_equal(issue_now(*state, &id, why), E_IO);
}

static void
an_announced_key_stays_the_same_until_it_is_used(void **state)
{
    struct seen first = start(*state), next;
    struct identity id;
    char why[ISSUE_WHY] = "";

    assert_int_equal(issue_next(*state, &id, why), E_NOT_FOUND);
    next = announce(*state);
    assert_string_equal(announce(*state).print, next.print);
    assert_memory_not_equal(first.key, next.key, 32);
    assert_string_equal(now(*state).print, first.print);
    assert_string_equal(look(issue_change(*state, &id, why), &id, why).print,
                        next.print);
    assert_string_equal(start(*state).print, next.print);
    assert_int_equal(issue_next(*state, &id, why), E_NOT_FOUND);
    assert_int_equal(issue_change(*state, &id, why), E_NOT_FOUND);
    assert_string_equal(start(*state).print, next.print);
}

static void
a_change_that_was_broken_off_is_ended_by_the_next(void **state)
{
    struct seen next;
    struct identity id;
    char *from = at(*state, "server.next.key"), *to = at(*state, "server.key");
    char why[ISSUE_WHY] = "";

    start(*state);
    next = announce(*state);
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(issue_now(*state, &id, why), E_IO);
    assert_string_equal(look(issue_change(*state, &id, why), &id, why).print,
                        next.print);
    assert_string_equal(start(*state).print, next.print);
    free(from);
    free(to);
}

static void
the_key_before_can_be_brought_back(void **state)
{
    struct seen first = start(*state);
    struct identity id;
    char *key = at(*state, "server.before.key");
    char *cert = at(*state, "server.before.crt");
    char why[ISSUE_WHY] = "";

    announce(*state);
    look(issue_change(*state, &id, why), &id, why);
    assert_string_equal(
        look(issue_import(*state, key, cert, &id, why), &id, why).print,
        first.print);
    free(key);
    free(cert);
}

static void
a_key_and_a_foreign_certificate_are_not_imported(void **state)
{
    struct seen first = start(*state);
    struct identity id;
    char *other = at(*state, "other"), *key, *cert;
    char why[ISSUE_WHY] = "";

    assert_int_equal(mkdir(other, 0700), 0);
    start(other);
    key = at(*state, "server.key");
    cert = at(other, "server.crt");
    assert_int_equal(issue_import(*state, key, cert, &id, why), E_IO);
    assert_non_null(strstr(why, "does not belong"));
    assert_int_equal(issue_import(*state, cert, cert, &id, why), E_IO);
    assert_int_equal(issue_import(*state, "/nowhere", cert, &id, why), E_IO);
    assert_string_equal(now(*state).print, first.print);
    assert_int_equal(issue_next(*state, &id, why), E_NOT_FOUND);
    free(other);
    free(key);
    free(cert);
}

static void
an_import_does_not_take_the_place_of_what_was_announced(void **state)
{
    struct seen next;
    struct identity id;
    char *key = at(*state, "server.key"), *cert = at(*state, "server.crt");
    char why[ISSUE_WHY] = "";

    start(*state);
    next = announce(*state);
    assert_int_equal(issue_import(*state, key, cert, &id, why), E_IO);
    assert_non_null(strstr(why, "announced"));
    assert_string_equal(announce(*state).print, next.print);
    free(key);
    free(cert);
}

#define IN_SCRATCH(test)                                                       \
    cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_renewed_certificate_has_the_same_key_and_all_names),
        IN_SCRATCH(without_a_key_nothing_is_renewed),
        IN_SCRATCH(an_announced_key_stays_the_same_until_it_is_used),
        IN_SCRATCH(a_change_that_was_broken_off_is_ended_by_the_next),
        IN_SCRATCH(the_key_before_can_be_brought_back),
        IN_SCRATCH(a_key_and_a_foreign_certificate_are_not_imported),
        IN_SCRATCH(an_import_does_not_take_the_place_of_what_was_announced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
