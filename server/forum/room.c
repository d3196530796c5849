#include "forum/room.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "forum/place.h"
#include "sql.h"

static enum err
next_id(struct db *db, int64_t *id)
{
    struct rows r = q_community_next_id(db);

    *id = rows_next(&r) ? rows_int(&r, 0) : 1;
    return rows_end(&r);
}

/* Random, so nobody finds it by guessing, and no name shows in it. */
static enum err
slug_draw(char out[ROOM_SLUG_LETTERS])
{
    unsigned char random[DIGEST_SIZE];
    enum err e = secret_random(random, sizeof(random));

    if (!e)
        secret_letters(random, out, ROOM_SLUG_LETTERS);
    return e;
}

enum err
room_make(struct db *db, struct change_job *cj, enum room_kind kind,
          struct str name, struct str purpose)
{
    const struct change *c = &cj->change;
    struct str fold = text_fold(cj->mem, name);
    char letters[ROOM_SLUG_LETTERS];
    struct str slug = {letters, sizeof(letters)};
    int64_t id;
    enum err e = cj->mem->bad;

    if (e || (e = next_id(db, &id)) || (e = slug_draw(letters)) ||
        (e = x_room_insert(db, id, slug, name, fold, purpose, c->member, c->at,
                           (int64_t)kind)) ||
        (e = room_let_in(db, id, c->member, c->at)))
        return e;
    cj->out.community = id;
    place_tell_slug(&cj->out, slug);
    return OK;
}

enum err
room_let_in(struct db *db, int64_t room, int64_t member, int64_t at)
{
    return x_room_let_in(db, room, member, at);
}
