/*
 * Visitors who shake hands and then send what TLS allows but nobody needs, or
 * what it forbids. No deadline helps here: each has to be cut by what it sends,
 * while others are served by the same loop.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/records.h"

#define ASK "gemini://one.example/x\r\n"
#define SAID "20 text/plain\r\n/x"
#define FLOOD (512 << 10) /* bytes, at least */

static struct echo *
patient(void)
{
    struct echo *echo = echo_new();

    echo->config.loops = 1;
    echo->config.times.handshake = echo->config.times.line = 120000;
    echo->config.times.body = echo->config.times.body_most = 120000;
    echo->config.drain_bytes = 4096;
    echo_start(echo);
    return echo;
}

/* One record of a flood. */
typedef bool flood_send(struct records *);

static bool
send_key_update(struct records *r)
{
    return record_send_key_update(r, false);
}

static bool
send_key_update_to_answer(struct records *r)
{
    return record_send_key_update(r, true);
}

/* Text between them does not help. */
static bool
send_key_updates_and_text(struct records *r)
{
    for (int i = 0; i < 500; i++)
        if (!record_send_key_update(r, i % 2))
            return false;
    return record_send(r, RECORD_TEXT, STR("g"), 0);
}

static bool
send_empty(struct records *r)
{
    return record_send(r, RECORD_TEXT, STR(""), 0);
}

static bool
send_padding(struct records *r)
{
    return record_send(r, RECORD_TEXT, STR(""), 16000);
}

/* OpenSSL takes 32 empty ones in a row, so there is text between them. */
static bool
send_padding_and_text(struct records *r)
{
    for (int i = 0; i < 20; i++)
        if (!send_padding(r))
            return false;
    return record_send(r, RECORD_TEXT, STR("g"), 0);
}

static bool
send_bare_ciphers(struct records *r)
{
    return record_send_bare(r, RECORD_CIPHERS, STR("\1"));
}

/* user_canceled, which ends nothing. */
static bool
send_warning(struct records *r)
{
    return record_send(r, RECORD_ALERT, STR("\1\132"), 0);
}

static bool
send_warnings_and_text(struct records *r)
{
    for (int i = 0; i < 4; i++)
        if (!send_warning(r))
            return false;
    return record_send(r, RECORD_TEXT, STR(""), 0);
}

/* Enough of a hello to be one. */
static bool
send_hello(struct records *r)
{
    char hello[43] = "\3\3";

    memcpy(hello + 35, "\0\2\xc0\x2b\1\0\0", 7);
    return record_send_message(r, 1, (struct str){hello, 42});
}

static bool
send_ticket(struct records *r)
{
    return record_send_message(r, 4, STR("\0\0\1\0\0\0\0\0\1x\0\1y\0\0"));
}

static bool
send_certificate(struct records *r)
{
    return record_send_message(r, 11, STR("\0\0\0\0"));
}

static bool
send_certificate_request(struct records *r)
{
    return record_send_message(r, 13, STR("\0\0\x8\0\x0d\0\4\0\2\4\3"));
}

static bool
send_finished(struct records *r)
{
    return record_send_message(r, 20, STR("0123456789abcdef0123456789abcdef"));
}

static bool
send_hello_request(struct records *r)
{
    return record_send_message(r, 0, STR(""));
}

/* It says that it is as long as can be, and goes on. */
static bool
send_endless_message(struct records *r)
{
    return record_send(r, RECORD_HANDSHAKE, STR("\x18\xff\xff\xff"), 0);
}

static bool
send_too_large(struct records *r)
{
    char zeros[16385] = "";

    return record_send(r, RECORD_TEXT, (struct str){zeros, sizeof zeros}, 0);
}

static bool
send_forged(struct records *r)
{
    r->key[0] ^= 1;
    return record_send(r, RECORD_TEXT, STR("gemini"), 0);
}

static bool
send_unknown(struct records *r)
{
    return record_send(r, (enum record_type)99, STR("x"), 0);
}

static const struct flood {
    const char *name;
    flood_send *send;
    int version;
} floods[] = {
    {"KeyUpdate", send_key_update, TLS1_3_VERSION},
    {"KeyUpdate to answer", send_key_update_to_answer, TLS1_3_VERSION},
    {"KeyUpdate and text", send_key_updates_and_text, TLS1_3_VERSION},
    {"empty records", send_empty, TLS1_3_VERSION},
    {"empty records, 1.2", send_empty, TLS1_2_VERSION},
    {"padding", send_padding, TLS1_3_VERSION},
    {"padding and text", send_padding_and_text, TLS1_3_VERSION},
    {"bare ChangeCipherSpec", send_bare_ciphers, TLS1_3_VERSION},
    {"bare ChangeCipherSpec, 1.2", send_bare_ciphers, TLS1_2_VERSION},
    {"warnings", send_warning, TLS1_3_VERSION},
    {"warnings, 1.2", send_warning, TLS1_2_VERSION},
    {"warnings and empty records, 1.2", send_warnings_and_text, TLS1_2_VERSION},
    {"hello again", send_hello, TLS1_3_VERSION},
    {"renegotiation, 1.2", send_hello, TLS1_2_VERSION},
    {"a ticket", send_ticket, TLS1_3_VERSION},
    {"a ticket, 1.2", send_ticket, TLS1_2_VERSION},
    {"a certificate", send_certificate, TLS1_3_VERSION},
    {"a certificate, 1.2", send_certificate, TLS1_2_VERSION},
    {"a wish for a certificate", send_certificate_request, TLS1_3_VERSION},
    {"Finished", send_finished, TLS1_3_VERSION},
    {"Finished, 1.2", send_finished, TLS1_2_VERSION},
    {"HelloRequest, 1.2", send_hello_request, TLS1_2_VERSION},
    {"an endless message", send_endless_message, TLS1_3_VERSION},
    {"an endless message, 1.2", send_endless_message, TLS1_2_VERSION},
    {"a record too large", send_too_large, TLS1_3_VERSION},
    {"a record too large, 1.2", send_too_large, TLS1_2_VERSION},
    {"a forged record", send_forged, TLS1_3_VERSION},
    {"a forged record, 1.2", send_forged, TLS1_2_VERSION},
    {"an unknown record", send_unknown, TLS1_3_VERSION},
    {"an unknown record, 1.2", send_unknown, TLS1_2_VERSION},
};

static size_t
record_size(const struct flood *f)
{
    return f->send == send_padding || f->send == send_too_large ? 16000 : 22;
}

/* Whether it was ended; what it was told meanwhile must not be much. */
static bool
is_ended(struct records *r)
{
    char some[4096];
    ssize_t n;
    size_t told = 0;

    errno = 0;
    while ((n = recv(r->g.fd, some, sizeof some, 0)) > 0 && told < FLOOD)
        told += (size_t)n;
    return n == 0 || (n < 0 && errno == ECONNRESET);
}

static void
a_flood_is_cut_by_what_it_sends_and_others_are_served(void **state)
{
    struct echo *echo = patient();

    (void)state;
    for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
        struct records *r = records_open(echo, floods[i].version);
        size_t sent = 0;

        while (sent < FLOOD && floods[i].send(r))
            sent += record_size(&floods[i]);
        guest_assert(guest_visit(echo, (struct wish){.version = 0}, ASK), SAID);
        if (!is_ended(r))
            fail_msg("%s: it goes on", floods[i].name);
        records_close(r);
    }
    echo_stop(echo);
}

/* Several at once have one loop, and it is not kept busy. */
static void
many_floods_at_once_do_not_keep_others_waiting(void **state)
{
    struct echo *echo = patient();
    struct records *r[24];

    (void)state;
    for (int i = 0; i < 24; i++)
        r[i] = records_open(echo, TLS1_3_VERSION);
    for (int k = 0; k < 4000; k++)
        for (int i = 0; i < 24; i++)
            (void)record_send_key_update(r[i], true);
    guest_assert(guest_visit(echo, (struct wish){.version = 0}, ASK), SAID);
    for (int i = 0; i < 24; i++) {
        assert_true(is_ended(r[i]));
        records_close(r[i]);
    }
    echo_stop(echo);
}

static void
assert_said(struct records *r, const char *answer)
{
    guest_read(&r->g);
    assert_string_equal(r->g.got, answer);
    records_close(r);
}

/* As wasteful as TLS allows, and still a request. */
static void
a_request_in_tiny_records_is_answered(void **state)
{
    struct echo *echo = patient();

    (void)state;
    for (int version = TLS1_2_VERSION; version <= TLS1_3_VERSION; version++) {
        struct records *r = records_open(echo, version);

        for (const char *p = ASK; *p; p++)
            assert_true(record_send(r, RECORD_TEXT, (struct str){p, 1}, 0));
        assert_said(r, SAID);
    }
    echo_stop(echo);
}

static void
an_upload_in_tiny_records_is_taken(void **state)
{
    struct echo *echo = patient();
    struct records *r = records_open(echo, TLS1_3_VERSION);
    char wanted[20000 + 16] = "20 text/plain\r\n";

    (void)state;
    memset(wanted + 15, 'u', 20000);
    assert_true(record_send(
        r, RECORD_TEXT,
        STR("titan://one.example/x;size=20000;mime=text/plain\r\n"), 0));
    for (int i = 0; i < 20000; i++)
        assert_true(record_send(r, RECORD_TEXT, STR("u"), 0));
    assert_said(r, wanted);
    echo_stop(echo);
}

/* What is meant well: new keys now and then, and padding to hide lengths. */
static void
new_keys_and_padding_in_measure_do_no_harm(void **state)
{
    struct echo *echo = patient();
    struct records *r = records_open(echo, TLS1_3_VERSION);

    (void)state;
    for (const char *p = ASK; *p; p++) {
        assert_true(record_send_key_update(r, false));
        assert_true(record_send(r, RECORD_TEXT, (struct str){p, 1}, 100));
    }
    assert_said(r, SAID);
    r = records_open(echo, TLS1_3_VERSION);
    assert_true(record_send(r, RECORD_TEXT, STR(ASK), 15000));
    assert_said(r, SAID);
    echo_stop(echo);
}

static void
too_long_a_line_in_tiny_records_is_refused(void **state)
{
    struct echo *echo = patient();
    struct records *r = records_open(echo, TLS1_3_VERSION);

    (void)state;
    for (int i = 0; i < 1026; i++)
        (void)record_send(r, RECORD_TEXT, STR("g"), 0);
    guest_read(&r->g);
    assert_memory_equal(r->g.got, "59 ", 3);
    records_close(r);
    echo_stop(echo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flood_is_cut_by_what_it_sends_and_others_are_served),
        cmocka_unit_test(many_floods_at_once_do_not_keep_others_waiting),
        cmocka_unit_test(a_request_in_tiny_records_is_answered),
        cmocka_unit_test(an_upload_in_tiny_records_is_taken),
        cmocka_unit_test(new_keys_and_padding_in_measure_do_no_harm),
        cmocka_unit_test(too_long_a_line_in_tiny_records_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
