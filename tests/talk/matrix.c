#include "tests/talk/matrix.h"

#include <stdio.h>
#include <string.h>

#include "pages/routes.h"
#include "store/db.h"

enum kind { GUEST, STRANGER, PLAIN, PARTNER, KEEPER, EXPIRED, KINDS };

static const char *const kind_name[KINDS] = {
    "guest", "stranger", "member", "participant", "steward", "expired"};

static const struct place {
    const char *slug;
    int64_t thread; /* its page has the same number */
    bool is_closed;
} places[] = {{"open", 1, false}, {"joined", 2, false}, {"grove", 3, true}};

struct walk {
    struct arena mem;
    int calls, wrongs;
};

/* What a first path part stands for, decided here once more, apart from the
 * server's own way. */
static char
thing_of(const char *pattern)
{
    if (strncmp(pattern, "/c/{", 4) == 0)
        return 'c';
    if (strncmp(pattern, "/t/{", 4) == 0)
        return 't';
    if (strncmp(pattern, "/p/{", 4) == 0)
        return 'p';
    return strncmp(pattern, "/d/{", 4) == 0 ? 'd' : '-';
}

/* In the guest tree everybody is a guest, whatever they show. */
static bool
may_see(char thing, const struct place *p, enum kind k, bool is_inside)
{
    if (!is_inside)
        k = GUEST;
    if (thing == 'd')
        return k == KEEPER;
    if (thing == '-' || !p->is_closed)
        return true;
    return k == PARTNER || k == KEEPER;
}

static void
complain(struct walk *w, enum kind k, const char *path, const char *what,
         const struct answer *a)
{
    if (w->wrongs++ < 20)
        fprintf(stderr, "matrix: %s at %s: %s (%d %.80s)\n", kind_name[k], path,
                what, a->status, a->meta);
}

/* The statuses that a row may give this visitor, keys being wrong. */
static bool
is_allowed(const struct route *r, const struct at *at, enum kind k,
           const struct place *p, int status)
{
    bool has_cert = k != GUEST;

    if (strcmp(r->pattern, "/") == 0 && at->is_inside)
        return status == (!has_cert ? 60 : k == EXPIRED ? 62 : 20);
    if (status == 20) {
        if (r->kind == ROUTE_PAGE || r->kind == ROUTE_INSIDE)
            return may_see(thing_of(r->pattern), p, k, at->is_inside) ||
                   k == GUEST || k == EXPIRED || k == STRANGER;
        return true;
    }
    if (status == 51)
        return true;
    /* Anyone may be asked for the words of a search. */
    if (strcmp(r->pattern, "/s") == 0)
        return status == 10;
    if (strcmp(r->pattern, "/s/{page}") == 0)
        return status == 30;
    /* Whoever is inside need not come in again. */
    if (status == 30 && r->who == UNKNOWN)
        return k == PLAIN || k == PARTNER || k == KEEPER;
    /* The address without a key leads to one's own. */
    if (status == 30 && strcmp(r->name, "ask_front") == 0)
        return k == PLAIN || k == PARTNER || k == KEEPER;
    /* A draft that became a post leads there. */
    return status == 30 && thing_of(r->pattern) == 'd' && k == KEEPER;
}

static void
judge(struct walk *w, const struct browser *b, const struct route *r,
      const struct at *at, enum kind k, const struct place *p)
{
    const struct answer *a = &b->last;
    char thing = thing_of(r->pattern);
    bool is_reading = r->kind == ROUTE_PAGE;
    bool can_see = may_see(thing, p, k, at->is_inside);

    if (!is_allowed(r, at, k, p, a->status))
        complain(w, k, b->path, "more than the row allows", a);
    /* Only closed communities have pages of their own for tags. */
    if (!p->is_closed && strstr(r->pattern, "/tag/{id}") != NULL)
        can_see = false;
    if (is_reading && can_see && thing != '-' && a->status != 20)
        complain(w, k, b->path, "less than the row allows", a);
    if (is_reading && !can_see && a->status != 51)
        complain(w, k, b->path, "an outsider sees that it is there", a);
    if (!may_see('t', &places[2], k, at->is_inside) && a->body != NULL &&
        strstr(a->body, "Whispering") != NULL)
        complain(w, k, b->path, "a closed community's words", a);
}

static void
visit(struct walk *w, struct browser *b, enum route_id id, enum kind k,
      const struct place *p, bool is_inside, const char *typed)
{
    const struct route *r = route_row(id);
    struct at at = {.route = id, .is_inside = is_inside};
    char thing = thing_of(r->pattern), path[600];
    struct str s;

    at.name = str_of(thing == 'c' ? p->slug : thing == 't' ? "1" : "steward");
    at.id = thing == 't' || thing == 'p' ? p->thread : 1;
    at.page = 1;
    at.key = STR("abcd1234");
    s = route_path(&at, &w->mem);
    snprintf(path, sizeof path, "%.*s%s", (int)s.n, s.p, typed);
    w->calls++;
    if (!browser_get(b, path)) {
        w->wrongs++;
        fprintf(stderr, "matrix: %s: %s\n", kind_name[k], b->why);
        return;
    }
    judge(w, b, r, &at, k, p);
}

static void
visit_as_all(struct walk *w, struct browser **b, enum route_id id,
             const struct place *p)
{
    enum route_kind kind = route_row(id)->kind;

    for (int k = 0; k < KINDS; k++) {
        visit(w, b[k], id, (enum kind)k, p, true, "");
        if (kind == ROUTE_PAGE)
            visit(w, b[k], id, (enum kind)k, p, false, "");
        else if (kind != ROUTE_INSIDE)
            visit(w, b[k], id, (enum kind)k, p, true, "?planted");
    }
}

bool
matrix_walk(struct world *world, struct browser *people, int count)
{
    struct walk w = {0};
    struct browser *b[KINDS] = {0};
    struct db *db = NULL;
    char path[128];
    int64_t before;

    for (int k = 0; k < KINDS; k++)
        for (int i = 0; i < count; i++)
            if (strcmp(people[i].person.name, kind_name[k]) == 0)
                b[k] = &people[i];
    for (int k = 0; k < KINDS; k++)
        if (b[k] == NULL)
            return fprintf(stderr, "matrix: no %s\n", kind_name[k]), false;
    snprintf(path, sizeof path, "%s/understory.db", world->dir);
    if (db_open(path, DB_READ, &(struct statements){0}, &db) != OK)
        return fprintf(stderr, "matrix: no database\n"), false;
    before = db_number(db, "PRAGMA data_version", -1);
    for (int id = 0; id < R_COUNT; id++) {
        arena_init(&w.mem, 1 << 20);
        if (route_row((enum route_id)id)->kind != ROUTE_UPLOAD)
            for (size_t i = 0; i < 3; i++)
                visit_as_all(&w, b, (enum route_id)id, &places[i]);
        arena_release(&w.mem);
    }
    if (before < 0 || db_number(db, "PRAGMA data_version", -2) != before) {
        fprintf(stderr, "matrix: something changed the database\n");
        w.wrongs++;
    }
    db_close(db);
    printf("       matrix: %d visits\n", w.calls);
    return w.wrongs == 0;
}
