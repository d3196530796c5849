/*
 * A balancer's header. Bytes of chance must come out as a second reading of
 * the specification has them, at every length on the way; a header made of
 * known parts must give them back, and with one fault in it be refused.
 */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "net/proxy.h"
#include "tests/fuzz/oracle.h"

#define FIXED 16

static const uint8_t mark[12] = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d,
                                 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

/* CRC-32C of RFC 3720, a byte at a time by a table, zeros at hole. */
static uint32_t
crc32c(const uint8_t *p, size_t n, size_t hole)
{
    uint32_t table[256], crc = UINT32_MAX;

    for (uint32_t i = 0; i < 256; i++) {
        table[i] = i;
        for (int bit = 0; bit < 8; bit++)
            table[i] =
                table[i] & 1 ? table[i] >> 1 ^ 0x82f63b78u : table[i] >> 1;
    }
    for (size_t i = 0; i < n; i++) {
        uint8_t byte = i - hole < 4 ? 0 : p[i];

        crc = crc >> 8 ^ table[(crc ^ byte) & 0xff];
    }
    return crc ^ UINT32_MAX;
}

static bool
rest_is_sound(const uint8_t *p, size_t n, size_t at)
{
    int sums = 0;
    bool is_right = true;

    while (at + 3 <= n) {
        size_t size = p[at + 1] * 256u + p[at + 2], value = at + 3;

        if (value + size > n)
            return false;
        if (p[at] == 3) {
            uint32_t told;

            if (size != 4)
                return false;
            memcpy(&told, p + value, 4);
            sums++;
            is_right = crc32c(p, n, value) == ntohl(told);
        }
        at = value + size;
    }
    return at == n && sums < 2 && is_right;
}

/* Bytes of addresses for a family; -1: there is no such family. */
static int
addresses_of(uint8_t family)
{
    return family == 0x00   ? 0
           : family == 0x11 ? 12
           : family == 0x21 ? 36
           : family == 0x31 ? 216
                            : -1;
}

static enum proxy_says
expected(const uint8_t *p, size_t n)
{
    size_t size;
    int addresses;

    for (size_t i = 0; i < n && i < sizeof mark; i++)
        if (p[i] != mark[i])
            return PROXY_BAD;
    if (n > 12 && p[12] != 0x20 && p[12] != 0x21)
        return PROXY_BAD;
    if (n < FIXED)
        return PROXY_MORE;
    size = FIXED + p[14] * 256u + p[15];
    if (size > 536)
        return PROXY_BAD;
    if (n < size)
        return PROXY_MORE;
    if (p[12] == 0x20)
        return PROXY_OWN;
    addresses = addresses_of(p[13]);
    if (addresses < 0 || size < FIXED + (size_t)addresses ||
        !rest_is_sound(p, size, FIXED + (size_t)addresses))
        return PROXY_BAD;
    return addresses == 12 || addresses == 36 ? PROXY_FROM : PROXY_OWN;
}

/* The source of p, as the family has it. */
static void
check_from(const uint8_t *p, const struct proxy *out)
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;

    memcpy(&in, &out->from, sizeof in);
    memcpy(&in6, &out->from, sizeof in6);
    if (p[13] == 0x11) {
        DEMAND(in.sin_family == AF_INET);
        DEMAND(memcmp(&in.sin_addr, p + 16, 4) == 0);
        DEMAND(ntohs(in.sin_port) == p[24] * 256 + p[25]);
    } else {
        DEMAND(in6.sin6_family == AF_INET6);
        DEMAND(memcmp(&in6.sin6_addr, p + 16, 16) == 0);
        DEMAND(ntohs(in6.sin6_port) == p[48] * 256 + p[49]);
    }
}

static enum proxy_says
check(const uint8_t *p, size_t n)
{
    /* A copy of its own length, so that a byte too far is seen. */
    char *bytes = malloc(n > 0 ? n : 1);
    struct proxy out;

    DEMAND(bytes != NULL);
    memcpy(bytes, p, n);
    out = proxy_read((struct str){bytes, n});
    free(bytes);
    DEMAND(out.says == expected(p, n));
    DEMAND((out.says == PROXY_BAD) == (out.why != NULL));
    if (out.says == PROXY_MORE)
        DEMAND(out.size > n && out.size <= 536);
    if (out.says == PROXY_OWN || out.says == PROXY_FROM)
        DEMAND(out.size == FIXED + p[14] * 256u + p[15] && out.size <= n);
    if (out.says == PROXY_FROM)
        check_from(p, &out);
    return out.says;
}

/* What is behind the mark by chance, with a length and a checksum that fit. */
static void
check_made(const uint8_t *data, size_t n)
{
    uint8_t p[600] = {0};
    size_t body = n > 1 ? n - 1 : 0, size;
    uint8_t family = data[0] & 1 ? 0x11 : 0x21;
    size_t least = (size_t)addresses_of(family);
    uint32_t sum;

    body = body < least ? least : body > 400 ? 400 : body;
    memcpy(p, mark, sizeof mark);
    p[12] = 0x21;
    p[13] = family;
    memcpy(p + FIXED, data + 1, n - 1 < least ? n - 1 : least);
    /* One thing that is passed over, and the checksum behind it. */
    size = FIXED + body;
    if (body > least) {
        size = FIXED + least + 3 + (body - least);
        p[FIXED + least] = 4;
        p[FIXED + least + 1] = (uint8_t)((body - least) / 256);
        p[FIXED + least + 2] = (uint8_t)((body - least) % 256);
        memcpy(p + FIXED + least + 3, data + 1 + least, body - least);
    }
    memcpy(p + size, "\x03\x00\x04", 3);
    size += 7;
    p[14] = (uint8_t)((size - FIXED) / 256);
    p[15] = (uint8_t)((size - FIXED) % 256);
    sum = htonl(crc32c(p, size, size - 4));
    memcpy(p + size - 4, &sum, 4);
    DEMAND(check(p, size) == PROXY_FROM);
    p[FIXED + data[0] % least] ^= (uint8_t)(1 << data[0] % 8);
    DEMAND(check(p, size) == PROXY_BAD);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum proxy_says says = PROXY_MORE;

    /* Once it is decided, what comes behind changes nothing. */
    for (size_t n = 0; n <= size && n <= 600; n++) {
        enum proxy_says now = check(data, n);

        DEMAND(says == PROXY_MORE || now == says);
        says = now;
    }
    if (size > 0)
        check_made(data, size);
    return 0;
}
