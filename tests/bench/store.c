/*
 * How long every list, slice and look-up takes at random places of a town, and
 * how many steps of SQLite's machine each row costs.
 *
 *     store DIR
 *
 * Each place is visited once before it is measured, so what is read is warm.
 * Prints a line per query and figure: NAME KEY VALUE.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "forum/community.h"
#include "forum/member.h"
#include "forum/site.h"
#include "forum/thread.h"
#include "tests/bench/asks.h"
#include "tests/bench/meter.h"

#define PLACES 1000
#define LINES                                                                  \
    31 /* of a page of threads, and one to see whether there is more */
#define POSTS 40
#define PEOPLE 12 /* of a community, to choose from */
#define MEMORY (4 << 20)

static void
give_up(const char *what, enum err e)
{
    fprintf(stderr, "store: %s: %s\n", what, err_name(e));
    exit(1);
}

/* --- places ----------------------------------------------------------------
 */

static void
copy(char *to, size_t size, struct str s)
{
    snprintf(to, size, "%.*s", (int)s.n, s.p);
}

/* One of the community's people, and the key of a certificate, which no list
 * tells. Those who joined nothing would make lists of their own look quick. */
static void
place_somebody(struct town *t, struct place *p, sqlite3_stmt *keys,
               struct arena *mem)
{
    int64_t skip = town_roll(t, PEOPLE) - 1;
    struct member m;
    enum err e;
    int code;

    do { /* there may be fewer people than that */
        sqlite3_reset(keys);
        sqlite3_bind_int64(keys, 1, p->community);
        sqlite3_bind_int64(keys, 2, skip);
        code = sqlite3_step(keys);
    } while (code != SQLITE_ROW && skip-- > 0);
    if (code != SQLITE_ROW || sqlite3_column_bytes(keys, 0) != 32)
        give_up("certificate", E_NOT_FOUND);
    memcpy(p->key, sqlite3_column_blob(keys, 0), 32);
    p->member = sqlite3_column_int64(keys, 1);
    sqlite3_reset(keys);
    if ((e = member_get(t->db, p->member, mem, &m)))
        give_up("member", e);
    copy(p->name, sizeof p->name, m.name);
}

/* The first place is the longest thread, which is thread 1. */
static void
places_choose(struct town *t, sqlite3_stmt *keys)
{
    int64_t threads = db_number(t->db, "SELECT max(id) FROM thread", 0);

    if (threads < 1)
        give_up("an empty town", E_NOT_FOUND);
    for (int i = 0; i < PLACES; i++) {
        struct place *p = &t->place[i];
        struct thread thread;
        struct community c;
        struct arena mem;
        enum err e;

        arena_init(&mem, MEMORY);
        e = thread_get(t->db, i == 0 ? 1 : town_roll(t, threads), 0, &mem,
                       &thread);
        if (!e)
            e = community_by_id(t->db, thread.community, 0, &mem, &c);
        if (e)
            give_up("thread", e);
        *p = (struct place){.thread = thread.id,
                            .community = thread.community,
                            .last_number = thread.last_number,
                            .last_seq = thread.last_seq};
        copy(p->slug, sizeof p->slug, c.slug);
        copy(p->fold, sizeof p->fold, c.fold);
        place_somebody(t, p, keys, &mem);
        arena_release(&mem);
    }
}

/* --- measuring -------------------------------------------------------------
 */

static int64_t
ask_one(struct town *t, int which, int place, int *rows)
{
    struct ask a = {.town = t, .at = &t->place[place]};
    struct arena mem;
    int64_t ns;
    enum err e;

    arena_init(&mem, MEMORY);
    a.mem = &mem;
    ns = meter_now();
    e = asks[which].ask(&a);
    ns = meter_now() - ns;
    arena_release(&mem);
    if (e)
        give_up(asks[which].name, e);
    *rows = a.rows;
    return ns;
}

static void
ask_all(struct town *t, int which)
{
    struct times times = {.at = NULL};
    int64_t rows = 0, steps;
    uint64_t dice = t->dice;
    const char *name = asks[which].name;
    int n;

    for (int i = 0; i < PLACES; i++)
        (void)ask_one(t, which, i, &n);
    t->dice = dice; /* the same places once more */
    (void)db_steps(t->db);
    for (int i = 0; i < PLACES; i++) {
        times_add(&times, ask_one(t, which, i, &n));
        rows += n;
    }
    steps = db_steps(t->db);
    printf("%s p50_us %.2f\n", name, (double)times_mille(&times, 500) / 1000);
    printf("%s p99_us %.2f\n", name, (double)times_mille(&times, 990) / 1000);
    printf("%s rows %.2f\n", name, (double)rows / PLACES);
    printf("%s steps %.2f\n", name,
           (double)steps / (double)(rows > PLACES ? rows : PLACES));
    times_release(&times);
}

int
main(int argc, char **argv)
{
    static const char sql[] = "SELECT c.key, c.member FROM participant p"
                              "  JOIN certificate c ON c.member = p.member"
                              " WHERE p.community = ? LIMIT 1 OFFSET ?";
    struct town *t;
    sqlite3 *raw = NULL;
    sqlite3_stmt *keys = NULL;
    char path[4096];
    enum err e;

    if (argc != 2 || (t = calloc(1, sizeof *t)) == NULL)
        return 2;
    snprintf(path, sizeof path, "%s/understory.db", argv[1]);
    t->now = clock_now();
    t->dice = 1;
    if ((e = forum_open_reader(path, &t->db)))
        give_up(path, e);
    if (sqlite3_open_v2(path, &raw, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(raw, sql, -1, &keys, NULL) != SQLITE_OK)
        give_up(path, E_IO);
    places_choose(t, keys);
    sqlite3_finalize(keys);
    sqlite3_close(raw);
    if ((e = db_begin_read(t->db)))
        give_up(path, e);
    for (int i = 0; i < asks_count; i++)
        ask_all(t, i);
    db_end_read(t->db);
    db_close(t->db);
    free(t);
    return 0;
}
