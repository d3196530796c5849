#include "forum/member.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "forum/words.h"
#include "sql.h"

/* In a path a name may be three times as long, and must leave room there. */
#define NAME_BYTES_MAX 160

/* Reads the one row of a member, if it is there, and ends r. */
static enum err
member_take(struct rows *r, struct arena *mem, struct member *out)
{
    bool is_there = rows_next(r);
    enum err e;

    if (is_there) {
        out->id = rows_int(r, 0);
        out->name = arena_copy(mem, rows_text(r, 1));
        out->about = arena_copy(mem, rows_text(r, 2));
        out->joined_at = rows_int(r, 3);
        out->has_words = rows_int(r, 4) != 0;
        out->is_asked = rows_int(r, 5) != 0;
    }
    if ((e = rows_end(r)) || (e = mem->bad))
        return e;
    return is_there ? OK : E_NOT_FOUND;
}

enum err
member_get(struct db *db, int64_t id, struct arena *mem, struct member *out)
{
    struct rows r = q_member_by_id(db, id);

    return member_take(&r, mem, out);
}

enum err
member_by_name(struct db *db, struct str name, struct arena *mem,
               struct member *out)
{
    struct str fold = text_fold(mem, name);
    struct rows r;

    if (mem->bad)
        return mem->bad;
    if (fold.n == 0)
        return E_NOT_FOUND;
    r = q_member_of_name(db, fold);
    return member_take(&r, mem, out);
}

/* Names stand in paths and in sentences; what would end a path there, or a
 * line, is no part of a name. Brackets mark a quiet name, so no other has
 * them. */
static enum err
name_shape(struct str typed, struct str clean)
{
    struct str rest = typed;
    size_t alnums = 0;
    int32_t c;

    if (!text_is_valid(typed))
        return E_UNUSABLE;
    while ((c = text_next(&rest)) >= 0) {
        if ((c < 0x80 && strchr("/?#%", c)) || text_is_bracket(c))
            return E_UNUSABLE;
        if (c != '\r' && c != '\n' && text_kind(c) != TEXT_SHOWN)
            return E_UNUSABLE;
        alnums += text_is_alnum(c);
    }
    if (text_letters(clean) < NAME_MIN)
        return E_TOO_SHORT;
    if (text_letters(clean) > NAME_MAX || clean.n > NAME_BYTES_MAX)
        return E_TOO_LONG;
    return alnums < 2 ? E_UNUSABLE : OK;
}

/* Whether nobody but member has a name with this fold or this look. */
static enum err
name_is_free(struct db *db, struct str fold, struct str skeleton,
             int64_t member)
{
    struct rows r = q_member_of_name(db, fold);
    int64_t owner = rows_next(&r) ? rows_int(&r, 0) : member;
    enum err e = rows_end(&r);
    bool is_like;

    if (e)
        return e;
    if (owner != member)
        return E_TAKEN;
    r = q_name_like(db, skeleton, member);
    is_like = rows_next(&r);
    if ((e = rows_end(&r)))
        return e;
    return is_like ? E_LOOKALIKE : OK;
}

enum err
member_name_check(struct db *db, struct str name, int64_t member,
                  struct arena *mem, struct str *clean)
{
    struct str fold, skeleton;
    enum err e;

    *clean = text_line(mem, name);
    if ((e = mem->bad) || (e = name_shape(name, *clean)))
        return e;
    fold = text_fold(mem, *clean);
    skeleton = text_skeleton(mem, *clean);
    if (mem->bad)
        return mem->bad;
    if (fold.n == 0 || skeleton.n == 0)
        return E_UNUSABLE;
    return name_is_free(db, fold, skeleton, member);
}

enum err
member_salt(struct db *db, int64_t member, int64_t now, unsigned char salt[16])
{
    struct rows r = q_member_words(db, member);
    bool has_words = false, has_tries = false;
    enum err e;

    if (rows_next(&r) && rows_text(&r, 0).n == 16 && !rows_is_null(&r, 1)) {
        has_words = true;
        memcpy(salt, rows_text(&r, 0).p, 16);
        has_tries =
            rows_int(&r, 2) < RECOVERY_TRIES || now - rows_int(&r, 3) >= DAY;
    }
    if ((e = rows_end(&r)))
        return e;
    if (!has_words)
        return E_NOT_FOUND;
    return has_tries ? OK : E_NO_TRIES;
}

struct rows
certificate_list(struct db *db, int64_t member)
{
    return q_certificate_rows(db, member);
}

bool
certificate_next(struct rows *r, struct certificate *out)
{
    if (!rows_next(r))
        return false;
    out->id = rows_int(r, 0);
    out->label = rows_text(r, 1);
    out->added_at = rows_int(r, 2);
    out->not_after = rows_int(r, 3);
    out->retired_at = rows_int(r, 4);
    out->cert = rows_text(r, 5);
    return true;
}

enum err
certificate_get(struct db *db, int64_t id, int64_t member, struct arena *mem,
                struct certificate *out)
{
    struct rows r = q_certificate_by_id(db, id, member);
    bool is_there = certificate_next(&r, out);
    enum err e;

    if (is_there) {
        out->label = arena_copy(mem, out->label);
        out->cert = arena_copy(mem, out->cert);
    }
    if ((e = rows_end(&r)) || (e = mem->bad))
        return e;
    return is_there ? OK : E_NOT_FOUND;
}

enum err
link_code_get(struct db *db, int64_t member, int64_t now, struct arena *mem,
              struct str *code, int64_t *expires)
{
    struct rows r = q_link_code_of(db, member, now);
    enum err e;

    *code = STR("");
    *expires = 0;
    if (rows_next(&r)) {
        *code = arena_copy(mem, rows_text(&r, 0));
        *expires = rows_int(&r, 1);
    }
    e = rows_end(&r);
    return e ? e : mem->bad;
}
