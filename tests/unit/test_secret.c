#include "assert_str.h"
#include "base/secret.h"

/* A digest in hexadecimal, for comparison with published ones. */
static void
assert_hex(const unsigned char digest[DIGEST_SIZE], const char *want)
{
    char hex[2 * DIGEST_SIZE + 1];

    for (int i = 0; i < DIGEST_SIZE; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    assert_string_equal(hex, want);
}

static void
sha256_is_the_published_one(void **state)
{
    unsigned char d[DIGEST_SIZE];

    (void)state;
    assert_int_equal(secret_sha256(STR("abc"), d), OK);
    assert_hex(d, "ba7816bf8f01cfea414140de5dae2223"
                  "b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(secret_sha256((struct str){NULL, 0}, d), OK);
    assert_hex(d, "e3b0c44298fc1c149afbf4c8996fb924"
                  "27ae41e4649b934ca495991b7852b855");
}

static void
hmac_is_the_one_of_rfc_4231(void **state)
{
    unsigned char d[DIGEST_SIZE];

    (void)state;
    assert_int_equal(
        secret_hmac(STR("Jefe"), STR("what do ya want for nothing?"), d), OK);
    assert_hex(d, "5bdcc146bf60754e6a042426089575c7"
                  "5a003f089d2739839dec58b964ec3843");
}

static void
scrypt_depends_on_words_and_salt(void **state)
{
    const unsigned char salt[16] = {1}, other[16] = {2};
    unsigned char a[DIGEST_SIZE], b[DIGEST_SIZE];

    (void)state;
    assert_int_equal(secret_scrypt(STR("six words"), salt, a), OK);
    assert_int_equal(secret_scrypt(STR("six words"), salt, b), OK);
    assert_true(secret_eq(a, b, DIGEST_SIZE));
    assert_int_equal(secret_scrypt(STR("six words"), other, b), OK);
    assert_false(secret_eq(a, b, DIGEST_SIZE));
    assert_int_equal(secret_scrypt(STR("six wordz"), salt, b), OK);
    assert_false(secret_eq(a, b, DIGEST_SIZE));
}

static void
random_bytes_do_not_repeat(void **state)
{
    unsigned char a[16] = {0}, b[16] = {0};

    (void)state;
    assert_int_equal(secret_random(a, sizeof(a)), OK);
    assert_int_equal(secret_random(b, sizeof(b)), OK);
    assert_false(secret_eq(a, b, sizeof(a)));
}

static void
a_random_number_stays_below(void **state)
{
    bool seen[3] = {false};
    uint32_t n;

    (void)state;
    for (int i = 0; i < 300; i++) {
        assert_int_equal(secret_below(3, &n), OK);
        assert_true(n < 3);
        seen[n] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
    assert_int_equal(secret_below(1, &n), OK);
    assert_int_equal(n, 0);
    assert_int_equal(secret_below(0, &n), E_BUG);
}

static void
letters_take_five_bits_each(void **state)
{
    /* 00000 00001 00010 11111 ... */
    const unsigned char d[DIGEST_SIZE] = {0x00, 0x45, 0xF0};
    char out[52] = {0};

    (void)state;
    secret_letters(d, out, 51);
    assert_memory_equal(out, "012z0000", 8);
    assert_int_equal(strlen(out), 51);
    assert_int_equal(strspn(out, "0123456789abcdefghjkmnpqrstvwxyz"), 51);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_is_the_published_one),
        cmocka_unit_test(hmac_is_the_one_of_rfc_4231),
        cmocka_unit_test(scrypt_depends_on_words_and_salt),
        cmocka_unit_test(random_bytes_do_not_repeat),
        cmocka_unit_test(a_random_number_stays_below),
        cmocka_unit_test(letters_take_five_bits_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
