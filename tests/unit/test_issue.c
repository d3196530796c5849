#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "certs/issue.h"
#include "certs/peer.h"

struct place {
    char dir[64], key[96], cert[96];
};

static const struct str hosts[] = {
    {"one.example", 11}, {"192.0.2.7", 9}, {"2001:db8::1", 11}};

static int
place_begin(void **state)
{
    struct place *p = calloc(1, sizeof *p);

    snprintf(p->dir, sizeof p->dir, "/tmp/issue-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    snprintf(p->key, sizeof p->key, "%s/server.key", p->dir);
    snprintf(p->cert, sizeof p->cert, "%s/server.crt", p->dir);
    *state = p;
    return 0;
}

static int
place_end(void **state)
{
    struct place *p = *state;

    unlink(p->key);
    unlink(p->cert);
    assert_int_equal(rmdir(p->dir), 0); /* nothing else was left behind */
    free(p);
    return 0;
}

static void
start(struct place *p, char hex[ISSUE_HEX])
{
    struct identity id;
    char why[ISSUE_WHY] = "";

    if (issue_server(p->dir, hosts, 3, &id, why))
        fail_msg("%s", why);
    issue_fingerprint(id.cert, hex);
    identity_release(&id);
}

static void
write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void
assert_refused(struct place *p, const char *words)
{
    struct identity id;
    char why[ISSUE_WHY] = "";

    assert_int_equal(issue_server(p->dir, hosts, 3, &id, why), E_IO);
    assert_null(id.cert);
    assert_null(id.key);
    assert_non_null(strstr(why, words));
    assert_null(strchr(why, '\n'));
}

static void
the_names_and_addresses_are_in_it_and_no_others(void **state)
{
    struct identity id;
    struct issue want = {.name = hosts[0],
                         .host = hosts,
                         .hosts = 3,
                         .not_before = 0,
                         .not_after = 1};
    char cn[64] = "";

    (void)state;
    assert_int_equal(issue_make(&want, &id), OK);
    for (int i = 0; i < 3; i++)
        assert_true(issue_covers(id.cert, hosts[i]));
    assert_false(issue_covers(id.cert, STR("two.example")));
    assert_false(issue_covers(id.cert, STR("192.0.2.8")));
    X509_NAME_get_text_by_NID(X509_get_subject_name(id.cert), NID_commonName,
                              cn, sizeof cn);
    assert_string_equal(cn, "one.example");
    identity_release(&id);
}

static void
it_is_small_and_verifies_with_its_own_key(void **state)
{
    struct identity id;
    struct issue want = {.name = STR("one.example"), .host = hosts, .hosts = 1};

    (void)state;
    want.not_after = clock_now();
    assert_int_equal(issue_make(&want, &id), OK);
    assert_int_equal(X509_verify(id.cert, id.key), 1);
    assert_true(i2d_X509(id.cert, NULL) < 320);
    identity_release(&id);
}

static void
a_host_name_too_long_for_a_common_name_is_still_covered(void **state)
{
    char name[160];
    struct str host = {name, 150};
    struct identity id;
    struct issue want = {
        .name = host, .host = &host, .hosts = 1, .not_after = 1};

    (void)state;
    memset(name, 'a', sizeof name);
    for (size_t i = 50; i < 150; i += 50)
        name[i] = '.';
    assert_int_equal(issue_make(&want, &id), OK);
    assert_true(issue_covers(id.cert, host));
    identity_release(&id);
}

static void
the_second_start_shows_the_same_certificate(void **state)
{
    char first[ISSUE_HEX], second[ISSUE_HEX];

    start(*state, first);
    start(*state, second);
    assert_string_equal(first, second);
    assert_int_equal(strlen(first), 64);
    assert_int_equal(strspn(first, "0123456789abcdef"), 64);
}

static void
only_the_owner_can_read_the_key(void **state)
{
    struct place *p = *state;
    char hex[ISSUE_HEX];
    struct stat st;

    start(p, hex);
    assert_int_equal(stat(p->key, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void
it_is_valid_since_yesterday_and_for_decades(void **state)
{
    struct place *p = *state;
    struct identity id;
    struct peer peer;
    char why[ISSUE_WHY];

    assert_int_equal(issue_server(p->dir, hosts, 3, &id, why), OK);
    peer_of_cert(id.cert, &peer);
    assert_true(peer.not_before <= clock_now() - DAY + MINUTE);
    assert_true(peer.not_after > clock_now() + 30 * 365 * DAY);
    identity_release(&id);
}

static void
a_lost_certificate_is_made_for_the_same_key(void **state)
{
    struct place *p = *state;
    struct identity id, next;
    char why[ISSUE_WHY];

    assert_int_equal(issue_server(p->dir, hosts, 3, &id, why), OK);
    assert_int_equal(unlink(p->cert), 0);
    assert_int_equal(issue_server(p->dir, hosts, 3, &next, why), OK);
    assert_int_equal(EVP_PKEY_eq(id.key, next.key), 1);
    assert_int_equal(X509_check_private_key(next.cert, id.key), 1);
    identity_release(&id);
    identity_release(&next);
}

static void
a_lost_key_stops_the_start(void **state)
{
    struct place *p = *state;
    char hex[ISSUE_HEX];

    start(p, hex);
    assert_int_equal(unlink(p->key), 0);
    assert_refused(p, "server.key is missing");
}

static void
files_that_are_not_pem_stop_the_start(void **state)
{
    struct place *p = *state;
    char hex[ISSUE_HEX];

    write_file(p->key, "hello");
    assert_refused(p, "not a private key");
    unlink(p->key);
    start(p, hex);
    write_file(p->cert, "hello");
    assert_refused(p, "not a certificate");
}

static void
a_certificate_of_another_key_stops_the_start(void **state)
{
    struct place *p = *state;
    char hex[ISSUE_HEX], aside[112];

    start(p, hex);
    snprintf(aside, sizeof aside, "%s.aside", p->cert);
    assert_int_equal(rename(p->cert, aside), 0);
    assert_int_equal(unlink(p->key), 0);
    start(p, hex);
    assert_int_equal(rename(aside, p->cert), 0);
    assert_refused(p, "does not belong");
}

static void
a_directory_that_is_not_there_is_named(void **state)
{
    struct place *p = *state;
    struct place missing = {.dir = ""};

    snprintf(missing.dir, sizeof missing.dir, "%.40s/no", p->dir);
    assert_refused(&missing, missing.dir);
}

static void
what_an_interrupted_start_left_is_no_hindrance(void **state)
{
    struct place *p = *state;
    char hex[ISSUE_HEX], beside[112];

    snprintf(beside, sizeof beside, "%s.new", p->key);
    write_file(beside, "half a k");
    start(p, hex);
}

#define IN_PLACE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, place_begin, place_end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_names_and_addresses_are_in_it_and_no_others),
        cmocka_unit_test(it_is_small_and_verifies_with_its_own_key),
        cmocka_unit_test(
            a_host_name_too_long_for_a_common_name_is_still_covered),
        IN_PLACE(the_second_start_shows_the_same_certificate),
        IN_PLACE(only_the_owner_can_read_the_key),
        IN_PLACE(it_is_valid_since_yesterday_and_for_decades),
        IN_PLACE(a_lost_certificate_is_made_for_the_same_key),
        IN_PLACE(a_lost_key_stops_the_start),
        IN_PLACE(files_that_are_not_pem_stop_the_start),
        IN_PLACE(a_certificate_of_another_key_stops_the_start),
        IN_PLACE(a_directory_that_is_not_there_is_named),
        IN_PLACE(what_an_interrupted_start_left_is_no_hindrance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
