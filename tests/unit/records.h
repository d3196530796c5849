/*
 * TLS records made by hand, for what no library sends: after a handshake of
 * OpenSSL's they go out under the keys it has agreed on, AES-128-GCM alone.
 * RFC 8446 sections 5 and 7, RFC 5288 and RFC 5246 section 6.3.
 */
#ifndef TESTS_UNIT_RECORDS_H
#define TESTS_UNIT_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/unit/guest.h"

#define RECORDS_MOST 20000 /* bytes in one */

enum record_type {
    RECORD_CIPHERS = 20, /* change_cipher_spec */
    RECORD_ALERT = 21,
    RECORD_HANDSHAKE = 22,
    RECORD_TEXT = 23,
};

struct records {
    struct guest g;
    int version; /* TLS1_3_VERSION or TLS1_2_VERSION */
    unsigned char secret[48], key[16], iv[12];
    uint64_t count; /* of records under this key */
};

/* A visitor whose handshake is done. */
struct records *records_open(const struct echo *, int version);
void records_close(struct records *);

/* One record, with so many zeros as padding (TLS 1.3 alone). False: the other
 * side takes nothing more. */
bool record_send(struct records *, enum record_type, struct str,
                 size_t padding);
/* The same without any keys. */
bool record_send_bare(struct records *, enum record_type, struct str);
/* One message of a handshake; after a KeyUpdate our keys are the next ones. */
bool record_send_message(struct records *, int type, struct str);
bool record_send_key_update(struct records *, bool is_answer_wanted);

#endif
