/* How a certificate comes to stand for a member: joining, a further device,
 * and the way back with the recovery words. */
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "forum/apply.h"
#include "forum/inbox.h"
#include "forum/member.h"
#include "sql.h"

#define LINK_CODE_LETTERS 8

static struct str
bytes(const unsigned char *p, size_t n)
{
    return (struct str){(const char *)p, n};
}

/* Whose the certificate in use is; 0: nobody's. */
static enum err
owner_find(struct db *db, const struct peer *peer, int64_t *owner)
{
    struct rows r = q_certificate_owner(db, bytes(peer->key, 32));

    *owner = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

static enum err
certificate_add(struct db *db, const struct change *c, int64_t member)
{
    return x_certificate_insert(db, member, bytes(c->peer.key, 32),
                                bytes(c->peer.cert, 32), c->at,
                                c->peer.not_after);
}

/* One more for a name that is there: its other devices learn of it. */
static enum err
certificate_add_further(struct db *db, const struct change *c, int64_t member)
{
    struct notice n = {.kind = INBOX_DEVICE, .member = member};
    enum err e = certificate_add(db, c, member);

    n.thing = db_last_id(db);
    return e ? e : inbox_add(db, &n, c->at);
}

static void
words_forget(struct change_job *cj)
{
    memset(cj->out.words, 0, sizeof(cj->out.words));
}

static enum err
newcomer_add(struct db *db, struct change_job *cj, struct str name)
{
    const struct change *c = &cj->change;
    struct str fold = text_fold(cj->mem, name);
    struct str skeleton = text_skeleton(cj->mem, name);
    enum err e = cj->mem->bad;

    if (e || (e = x_member_insert(db, name, c->at, bytes(cj->salt, 16),
                                  bytes(cj->hash, 32))))
        return e;
    cj->out.member = db_last_id(db);
    if ((e = x_name_insert(db, fold, skeleton, cj->out.member, c->at)))
        return e;
    return certificate_add(db, c, cj->out.member);
}

enum err
member_join(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str name;
    enum err e;

    if (!c->peer.is_there)
        return E_NEED_CERT;
    if ((e = owner_find(db, &c->peer, &cj->out.member)))
        return e;
    if (cj->out.member) {
        cj->out.is_repeat = true;
        words_forget(cj);
        return OK;
    }
    if ((e = member_name_check(db, c->text, 0, cj->mem, &name)))
        return e;
    return newcomer_add(db, cj, name);
}

enum err
member_link_code(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    unsigned char random[DIGEST_SIZE];
    char code[LINK_CODE_LETTERS];
    enum err e;

    if ((e = x_link_code_prune(db, c->at)) ||
        (e = x_link_code_drop(db, c->member)) ||
        (e = secret_random(random, sizeof(random))))
        return e;
    secret_letters(random, code, sizeof(code));
    return x_link_code_insert(db, (struct str){code, sizeof(code)}, c->member,
                              c->at + LINK_CODE_SECONDS);
}

/* What a person reads off another screen: in any case, with blanks or dashes,
 * and with letters in place of the digits that they look like. */
static struct str
code_read(struct str typed, char code[LINK_CODE_LETTERS])
{
    size_t n = 0;

    for (size_t i = 0; i < typed.n; i++) {
        char ch = typed.p[i];

        if (ch >= 'A' && ch <= 'Z')
            ch = (char)(ch - 'A' + 'a');
        if (strchr(" -\t\r\n", ch))
            continue;
        if (n == LINK_CODE_LETTERS)
            return STR("");
        code[n++] = (char)(ch == 'o' ? '0' : ch == 'i' || ch == 'l' ? '1' : ch);
    }
    return (struct str){code, n};
}

/* The member who shows this code, and the end of the code. */
static enum err
code_use(struct db *db, const struct change *c, int64_t *member)
{
    char code[LINK_CODE_LETTERS];
    struct str read = code_read(c->text, code);
    struct rows r;
    enum err e;

    if (read.n != LINK_CODE_LETTERS || !text_is_valid(read))
        return E_WRONG;
    r = q_link_code_owner(db, read, c->at);
    *member = rows_next(&r) ? rows_int(&r, 0) : 0;
    if ((e = rows_end(&r)))
        return e;
    return *member ? x_link_code_drop(db, *member) : E_WRONG;
}

enum err
member_link(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t owner, shower;
    enum err e;

    if (!c->peer.is_there)
        return E_NEED_CERT;
    if ((e = owner_find(db, &c->peer, &owner)))
        return e;
    e = code_use(db, c, &shower);
    /* The code is used up already, but it was this certificate that did it. */
    if (owner && (e == E_WRONG || (!e && owner == shower))) {
        cj->out.member = owner;
        cj->out.is_repeat = true;
        return OK;
    }
    if (e)
        return e;
    if (owner)
        return E_TAKEN;
    cj->out.member = shower;
    return certificate_add_further(db, c, shower);
}

/* The tries of a member in the last day, and whether these words are right. */
struct tries {
    int64_t count, since;
    bool is_right;
};

static enum err
tries_read(struct db *db, const struct change_job *cj, struct tries *out)
{
    struct rows r = q_member_words(db, cj->change.other);
    bool is_there = rows_next(&r);
    enum err e;

    if (is_there) {
        struct str salt = rows_text(&r, 0), hash = rows_text(&r, 1);

        out->is_right = salt.n == 16 && hash.n == 32 &&
                        secret_eq(salt.p, cj->typed_salt, 16) &&
                        secret_eq(hash.p, cj->typed_hash, 32);
        out->count = rows_int(&r, 2);
        out->since = rows_int(&r, 3);
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? OK : E_NOT_FOUND;
}

/* Answers OK also for wrong words: the count of tries must be stored, or
 * nothing would limit them. out.why says what is wrong. */
static enum err
words_judge(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct tries t = {0};
    enum err e;

    if ((e = tries_read(db, cj, &t)))
        return e;
    if (c->at - t.since >= DAY) {
        t.count = 0;
        t.since = c->at;
    }
    if (t.count >= RECOVERY_TRIES)
        cj->out.why = E_NO_TRIES;
    else if (!t.is_right)
        cj->out.why = E_WRONG;
    if (cj->out.why != E_WRONG)
        return OK;
    return x_member_set_tries(db, t.count + 1, t.since, c->other);
}

enum err
member_recover(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t owner;
    enum err e;

    if (!c->peer.is_there)
        return E_NEED_CERT;
    if ((e = owner_find(db, &c->peer, &owner)))
        return e;
    if (owner && owner != c->other)
        return E_TAKEN;
    cj->out.is_repeat = owner != 0;
    if (!owner && (e = words_judge(db, cj)))
        return e;
    if (owner || cj->out.why) {
        words_forget(cj);
        cj->out.member = owner;
        return OK;
    }
    cj->out.member = c->other;
    if ((e = certificate_add_further(db, c, c->other)))
        return e;
    return x_member_set_words(db, bytes(cj->salt, 16), bytes(cj->hash, 32),
                              c->other);
}
