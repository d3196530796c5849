#include "net/network.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#define ADDRESS_MAX 80
#define MAPPED_BITS 96 /* of ::ffff:0:0/96 */

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

static bool
is_mapped(const unsigned char address[16])
{
    return memcmp(address, mapped, sizeof mapped) == 0;
}

static void
map(const void *four, unsigned char out[16])
{
    memcpy(out, mapped, sizeof mapped);
    memcpy(out + sizeof mapped, four, 4);
}

static bool
is_same(const unsigned char a[16], const unsigned char b[16], int bits)
{
    int whole = bits / 8, rest = bits % 8;

    return memcmp(a, b, (size_t)whole) == 0 &&
           (rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0);
}

/* False where a bit is set behind the first so many. */
static bool
is_bare_behind(const unsigned char address[16], int bits)
{
    for (int i = bits; i < 128; i++)
        if (address[i / 8] >> (7 - i % 8) & 1)
            return false;
    return true;
}

bool
network_parse(struct str text, struct network *out)
{
    bool is_whole = str_find(text, '/') < 0;
    struct str address = str_cut(&text, '/');
    char z[INET6_ADDRSTRLEN];
    struct in_addr four;
    int before = 0;
    int64_t bits = 128;

    if (address.n >= sizeof z)
        return false;
    memcpy(z, address.p, address.n);
    z[address.n] = '\0';
    if (inet_pton(AF_INET, z, &four) == 1) {
        map(&four, out->address);
        before = MAPPED_BITS;
    } else if (inet_pton(AF_INET6, z, out->address) != 1) {
        return false;
    }
    if (!is_whole &&
        (!str_to_int(text, &bits) || bits < 0 || (bits += before) > 128))
        return false;
    out->bits = (int)bits;
    return is_bare_behind(out->address, out->bits);
}

bool
network_has(const struct network *n, const struct sockaddr *from)
{
    unsigned char address[16];
    struct sockaddr_in in;
    struct sockaddr_in6 in6;

    if (from->sa_family == AF_INET) {
        memcpy(&in, from, sizeof in);
        map(&in.sin_addr, address);
    } else if (from->sa_family == AF_INET6) {
        memcpy(&in6, from, sizeof in6);
        memcpy(address, &in6.sin6_addr, sizeof address);
    } else {
        return false;
    }
    return is_mapped(address) ==
               (n->bits >= MAPPED_BITS && is_mapped(n->address)) &&
           is_same(address, n->address, n->bits);
}

bool
address_parse(struct str text, struct address *out)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                             .ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    char z[ADDRESS_MAX], *host = z, *port;
    int64_t number;

    if (text.n >= sizeof z)
        return false;
    memcpy(z, text.p, text.n);
    z[text.n] = '\0';
    if ((port = strrchr(z, ':')) == NULL)
        return false;
    *port++ = '\0';
    if (!str_to_int(str_of(port), &number) || number > 65535)
        return false;
    if (port - z > 2 && z[0] == '[' && port[-2] == ']') {
        port[-2] = '\0';
        host++;
    } else if (strchr(z, ':') != NULL) {
        return false;
    }
    if (*host == '\0' || getaddrinfo(host, port, &hints, &found) != 0)
        return false;
    memcpy(&out->to, found->ai_addr, found->ai_addrlen);
    out->size = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}
