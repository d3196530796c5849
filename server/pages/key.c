/* Keys: what makes a link that acts somebody's own (product.md section 7). */
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "pages/inner.h"

#define KEY_MONTHS 3 /* this one and the two before */
/* A draft's revision goes up by so much at most when it is published. */
#define PUBLISHING_STEPS 2

bool
route_has_key(enum route_id id)
{
    return str_has_suffix(str_of(route_row(id)->pattern), STR("{key}"));
}

/* Fields carry their length, so that no two lists of fields are the same
 * bytes. */
static void
field_add(struct buf *b, struct str s)
{
    buf_add_int(b, (int64_t)s.n);
    buf_add_char(b, ':');
    buf_add(b, s);
}

static void
number_add(struct buf *b, int64_t n)
{
    buf_add_int(b, n);
    buf_add_char(b, ';');
}

/* A stranger is known by the key of their certificate, which stays the same
 * when they join: so a repeated joining is still theirs. */
static void
who_add(struct buf *b, const struct visit *v, const struct route *row)
{
    const struct peer *peer = &v->who.peer;

    if (row->who == UNKNOWN)
        field_add(b, (struct str){(const char *)peer->key, sizeof(peer->key)});
    else
        number_add(b, v->who.member);
}

enum err
key_make(const struct visit *v, const struct at *at, int64_t revision,
         int64_t month, char out[KEY_LENGTH])
{
    const struct route *row = route_row(at->route);
    const struct site *site = v->ls->site;
    const struct str secret = {(const char *)site->secret,
                               sizeof(site->secret)};
    unsigned char digest[DIGEST_SIZE];
    struct buf b;
    enum err e;

    buf_init(&b, 4096);
    who_add(&b, v, row);
    field_add(&b, str_of(row->pattern));
    field_add(&b, at->name);
    number_add(&b, at->id);
    number_add(&b, at->page);
    number_add(&b, revision);
    number_add(&b, month);
    e = b.bad ? b.bad : secret_hmac(secret, buf_str(&b), digest);
    buf_release(&b);
    if (!e)
        secret_letters(digest, out, KEY_LENGTH);
    else if (!v->mem->bad)
        v->mem->bad = e; /* a page without its buttons would be no page */
    return e;
}

static bool
key_fits(const struct visit *v, const struct at *at, int64_t revision)
{
    int64_t month = clock_month(v->now);
    char right[KEY_LENGTH];

    for (int i = 0; i < KEY_MONTHS; i++) {
        if (key_make(v, at, revision, month - i, right))
            return false;
        if (secret_eq(right, at->key.p, KEY_LENGTH))
            return true;
    }
    return false;
}

/* On a bad link the request that published a draft is repeated when its answer
 * was lost. It changes nothing any more and leads to the post. */
static bool
is_published_by(const struct visit *v, const struct at *at)
{
    return v->draft && v->draft->went_to != 0 &&
           (at->route == R_draft_go || at->route == R_draft_go_in ||
            at->route == R_draft_say || at->route == R_draft_over);
}

bool
key_is_right(const struct visit *v, const struct at *at)
{
    int64_t revision = v->draft ? v->draft->revision : 0;
    int back = is_published_by(v, at) ? PUBLISHING_STEPS : 0;

    if (at->key.n != KEY_LENGTH)
        return false;
    for (int i = 0; i <= back; i++)
        if (key_fits(v, at, revision - i))
            return true;
    return false;
}
