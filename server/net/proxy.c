#include "net/proxy.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>

#define HEAD 16 /* signature, version and command, family, length */
#define TLV_HEAD 3
#define TLV_CRC32C 3
#define ADDRESSES_4 12 /* two addresses and two ports */
#define ADDRESSES_6 36
#define ADDRESSES_UNIX 216

static const char signature[] = "\r\n\r\n\0\r\nQUIT\n";
static const char text_form[] = "PROXY ";

enum { SIGNATURE = sizeof signature - 1, TEXT_FORM = sizeof text_form - 1 };

static struct proxy
bad(const char *why)
{
    return (struct proxy){.says = PROXY_BAD, .why = why};
}

static uint32_t
number(const char *p, int bytes)
{
    uint32_t n = 0;

    for (int i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)p[i];
    return n;
}

/* CRC-32C (Castagnoli) of all, with the checksum at sum taken as zeros. */
static uint32_t
checksum(struct str all, size_t sum)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < all.n; i++) {
        crc ^= i >= sum && i < sum + 4 ? 0 : (unsigned char)all.p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
    }
    return ~crc;
}

/* What stands behind the addresses: type, length and value, again and again. */
static bool
is_rest_sound(struct str all, size_t at)
{
    size_t sum = 0;

    while (at < all.n) {
        size_t size;

        if (all.n - at < TLV_HEAD)
            return false;
        size = number(all.p + at + 1, 2);
        if (all.n - at - TLV_HEAD < size)
            return false;
        if (all.p[at] == TLV_CRC32C) {
            if (size != 4 || sum > 0)
                return false;
            sum = at + TLV_HEAD;
        }
        at += TLV_HEAD + size;
    }
    return sum == 0 || checksum(all, sum) == number(all.p + sum, 4);
}

/* The port is in the order of the network in both places. */
static struct proxy
from_4(const char *p)
{
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct proxy out = {.says = PROXY_FROM};

    memcpy(&in.sin_addr, p, 4);
    memcpy(&in.sin_port, p + 8, 2);
    memcpy(&out.from, &in, sizeof in);
    return out;
}

static struct proxy
from_6(const char *p)
{
    struct sockaddr_in6 in = {.sin6_family = AF_INET6};
    struct proxy out = {.says = PROXY_FROM};

    memcpy(&in.sin6_addr, p, 16);
    memcpy(&in.sin6_port, p + 32, 2);
    memcpy(&out.from, &in, sizeof in);
    return out;
}

/* All of a header that speaks for somebody. We serve streams, so one that
 * tells of datagrams is mistaken. */
static struct proxy
told(struct str all)
{
    size_t addresses = 0;
    struct proxy out = {.says = PROXY_OWN};

    switch ((unsigned char)all.p[13]) {
    case 0x00: /* not told */
        break;
    case 0x11:
        addresses = ADDRESSES_4;
        break;
    case 0x21:
        addresses = ADDRESSES_6;
        break;
    case 0x31:
        addresses = ADDRESSES_UNIX;
        break;
    default:
        return bad("an unknown kind of address");
    }
    if (all.n < HEAD + addresses)
        return bad("addresses are cut short");
    if (!is_rest_sound(all, HEAD + addresses))
        return bad("a wrong checksum, or lengths that do not add up");
    if (addresses == ADDRESSES_4)
        out = from_4(all.p + HEAD);
    if (addresses == ADDRESSES_6)
        out = from_6(all.p + HEAD);
    return out;
}

/* A stranger is known by the first byte that is not ours. */
static struct proxy
not_signed(struct str came)
{
    size_t n = came.n < TEXT_FORM ? came.n : TEXT_FORM;

    if (memcmp(came.p, text_form, n) == 0)
        return bad("version 1; set the balancer to send version 2");
    return bad("no header of version 2");
}

struct proxy
proxy_read(struct str came)
{
    struct proxy out = {.size = HEAD};
    size_t n = came.n < SIGNATURE ? came.n : SIGNATURE;

    if (n > 0 && memcmp(came.p, signature, n) != 0)
        return not_signed(came);
    if (came.n > 12 && (came.p[12] & 0xf0) != 0x20)
        return bad("another version than 2");
    if (came.n > 12 && (came.p[12] & 0x0f) > 1)
        return bad("an unknown command");
    if (came.n < HEAD)
        return out;
    out.size = HEAD + number(came.p + 14, 2);
    if (out.size > PROXY_MOST)
        return bad("longer than 536 bytes");
    if (came.n < out.size)
        return out;
    n = out.size;
    /* A balancer that asks for itself, to see whether we live. */
    if ((came.p[12] & 0x0f) == 0)
        out.says = PROXY_OWN;
    else
        out = told((struct str){came.p, n});
    out.size = n;
    return out;
}
