/*
 * How much one visitor may ask for. One table for all loops, of fixed size,
 * in memory only; neither addresses nor certificates stand in it
 * (base/bucket.h), and what it knows is over within an hour.
 *
 * Whom a limit counts for, so that nobody gets more by a trick and nobody
 * starves for a neighbour:
 *
 *  - A visitor with a certificate is that certificate (its public key), from
 *    however many addresses it comes.
 *  - Those without one are their address: an IPv4 address or an IPv6 /64.
 *  - All who come from one address, by whatever certificates, have together
 *    so many times (crowd) what one visitor has. Certificates cost nothing, so
 *    an address needs a ceiling; but a school behind one address may come,
 *    each with a share of their own, and a guest there who goes too fast
 *    leaves the others theirs, as long as the crowd's share lasts.
 *
 * The certificate is known only after the handshake. So before it the crowd's
 * share alone counts, and who is over that is cut without a word: words would
 * cost the handshake. After it the answer is 44 with the seconds.
 */
#ifndef NET_LIMIT_H
#define NET_LIMIT_H

#include <sys/socket.h>

#include "base/err.h"
#include "base/peer.h"

#include <stdbool.h>
#include <stdint.h>

enum limit_kind { LIMIT_HANDSHAKE, LIMIT_REQUEST, LIMIT_RATES };
enum limit_hold { LIMIT_CONNECTION, LIMIT_UPLOAD, LIMIT_HOLDS };

/* So many at once, and so many a minute in the long run. 0 a minute: no
 * limit. */
struct limit_rule {
    int burst, per_minute;
};

struct limit_rules {
    struct limit_rule of[LIMIT_RATES];
    int most[LIMIT_HOLDS]; /* at the same time; 0: no limit */
    int crowd;             /* visitors that one address may stand for; from 1 */
};

/* Whom a limit counts for. Zeroed: never limited. */
struct limit_who {
    uint64_t id;
    unsigned char family; /* 4 or 6: an address; else private; 0: exempt */
};

struct limit;

enum err limit_new(const struct limit_rules *, struct limit **out);
void limit_free(struct limit *); /* NULL is fine */

struct limit_who limit_who(const struct sockaddr *, bool is_loopback_limited);
/* All who come from this address. */
struct limit_who limit_crowd(struct limit_who from);
/* The visitor from this address with this certificate, if any; exempt where
 * the address is. */
struct limit_who limit_visitor(struct limit_who from, const struct peer *);

/* Counts one at ticks (milliseconds): 0 where it may pass, else in how many
 * seconds it may; a refused one does not count. */
int limit_take(struct limit *, enum limit_kind, struct limit_who,
               int64_t ticks);
/* The same for what ends again, with limit_let; for as long as it was 0. How
 * long to wait for others to end can only be guessed. */
int limit_keep(struct limit *, enum limit_hold, struct limit_who);
void limit_let(struct limit *, enum limit_hold, struct limit_who);

#endif
