/* What members change of themselves. */
#include "base/text.h"
#include "forum/apply.h"
#include "forum/member.h"
#include "sql.h"

enum err
member_new_words(struct db *db, struct change_job *cj)
{
    struct str salt = {(const char *)cj->salt, sizeof(cj->salt)};
    struct str hash = {(const char *)cj->hash, sizeof(cj->hash)};

    return x_member_set_words(db, salt, hash, cj->change.member);
}

/* The old name stays in the table: it is theirs for good, so that no one else
 * can speak in it and old mentions keep working. */
enum err
member_rename(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct member was = {0};
    struct str name, fold, skeleton;
    enum err e;

    if ((e = member_get(db, c->member, cj->mem, &was)) ||
        (e = member_name_check(db, c->text, c->member, cj->mem, &name)))
        return e;
    cj->out.member = c->member;
    if (str_eq(was.name, name)) {
        cj->out.is_repeat = true;
        return OK;
    }
    fold = text_fold(cj->mem, name);
    skeleton = text_skeleton(cj->mem, name);
    if ((e = cj->mem->bad) ||
        (e = x_name_insert(db, fold, skeleton, c->member, c->at)))
        return e;
    return x_member_set_name(db, name, c->member);
}

enum err
member_about(struct db *db, struct change_job *cj)
{
    struct str about;
    enum err e = line_clean(cj->mem, cj->change.text, &about);

    if (e && e != E_EMPTY)
        return e;
    return x_member_set_about(db, about, cj->change.member);
}

enum err
member_cert_label(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct certificate cert = {0};
    struct str label;
    enum err e = line_clean(cj->mem, c->text, &label);

    if (e && e != E_EMPTY)
        return e;
    if (text_letters(label) > 2 * NAME_MAX)
        return E_TOO_LONG;
    if ((e = certificate_get(db, c->thing, c->member, cj->mem, &cert)))
        return e;
    return x_certificate_set_label(db, label, cert.id);
}

enum err
member_cert_retire(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct certificate cert = {0};
    struct rows r;
    bool has_other;
    enum err e = certificate_get(db, c->thing, c->member, cj->mem, &cert);

    if (e)
        return e;
    if (cert.retired_at) {
        cj->out.is_repeat = true;
        return OK;
    }
    r = q_certificate_other(db, c->member, cert.id);
    has_other = rows_next(&r);
    if ((e = rows_end(&r)))
        return e;
    return has_other ? x_certificate_retire(db, c->at, cert.id) : E_LAST_ONE;
}
