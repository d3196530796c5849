#include "tests/talk/crawl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pages/routes.h"
#include "store/db.h"

#define HOST "localhost"

enum { LINKS = 4000, LINK = 1100, COMPLAINTS = 20 };

/* The first of those who have links that act. */
enum who { GUEST, STRANGER, EXPIRED, AMINA, JOSEF, CARLA, WHO };

static const char *const names[WHO] = {"guest", "stranger", "expired",
                                       "amina", "josef",    "carla"};

struct list {
    struct link {
        char path[LINK];
        enum who owner;
        bool is_upload;
    } * link;
    int n;
};

struct crawl {
    struct world *world;
    struct browser *people[WHO];
    struct db *db; /* sees whether something changed */
    int64_t version;
    struct list acts; /* every link that acts, of everybody */
    int visits, wrongs;
};

static void
complain(struct crawl *c, enum who who, const char *path, const char *what)
{
    if (c->wrongs++ < COMPLAINTS)
        fprintf(stderr, "crawl: %s at %s: %s\n", names[who], path, what);
}

/* After each visit, so that it is known which one it was. */
static void
unchanged(struct crawl *c, enum who who, const char *path)
{
    int64_t now = db_number(c->db, "PRAGMA data_version", -1);

    c->visits++;
    if (now != c->version)
        complain(c, who, path, "something changed");
    c->version = now;
}

static void
list_add(struct list *l, const char *path, enum who owner, bool is_upload)
{
    for (int i = 0; i < l->n; i++)
        if (strcmp(l->link[i].path, path) == 0 && l->link[i].owner == owner &&
            l->link[i].is_upload == is_upload)
            return;
    if (l->n == LINKS)
        abort();
    snprintf(l->link[l->n].path, LINK, "%s", path);
    l->link[l->n].owner = owner;
    l->link[l->n++].is_upload = is_upload;
}

/* The row of the table that a path of ours leads to ends in a key. */
static bool
is_act(const char *path)
{
    struct arena mem;
    struct url url;
    struct at at;
    bool is_so = false;

    arena_init(&mem, 64 << 10);
    if (url_parse(arena_fmt(&mem, "gemini://" HOST "%s", path), &mem, &url) ==
        OK) {
        is_so = route_match(&url, &at) == OK && at.key.n == 8;
        url.scheme = URL_TITAN;
        is_so = is_so || (route_match(&url, &at) == OK && at.key.n == 8);
    }
    arena_release(&mem);
    return is_so;
}

/* An address of ours without scheme, host and parameters; NULL: elsewhere. */
static char *
ours(char *url, bool *is_upload)
{
    static const char *const begin[] = {"titan://" HOST, "gemini://" HOST, ""};

    *is_upload = strncmp(url, begin[0], strlen(begin[0])) == 0;
    for (int i = 0; i < 3; i++) {
        size_t n = strlen(begin[i]);

        if (strncmp(url, begin[i], n) == 0 && url[n] == '/' &&
            url[n + 1] != '/') {
            url[n + strcspn(url + n, ";?")] = '\0';
            return url + n;
        }
    }
    return NULL;
}

/* An address that somebody was given: one more to visit, or an act. */
static void
found(struct crawl *c, struct list *todo, enum who who, const char *p, size_t n)
{
    char url[LINK];
    const char *path;
    bool is_upload;

    if (n >= sizeof url)
        return;
    snprintf(url, sizeof url, "%.*s", (int)n, p);
    if ((path = ours(url, &is_upload)) == NULL)
        return;
    if (is_act(path))
        list_add(&c->acts, path, who, is_upload);
    if (!is_upload && (who < AMINA || !is_act(path)))
        list_add(todo, path, who, false);
}

static void
links_find(struct crawl *c, struct list *todo, enum who who)
{
    const struct answer *a = &c->people[who]->last;
    const char *p = a->body == NULL ? "" : a->body;

    if (a->status / 10 == 3)
        found(c, todo, who, a->meta, strlen(a->meta));
    for (; *p != '\0'; p += strcspn(p, "\n"), p += *p == '\n')
        if (strncmp(p, "=> ", 3) == 0)
            found(c, todo, who, p + 3, strcspn(p + 3, " \n"));
}

/* A page of ours never offers what is not there or breaks. */
static void
visit(struct crawl *c, struct list *todo, enum who who, const char *path)
{
    struct browser *b = c->people[who];
    int status;

    if (!browser_get(b, path)) {
        complain(c, who, path, b->why);
        return;
    }
    status = b->last.status;
    if (status / 10 == 4 || (status / 10 == 5 && strcmp(path, "/nowhere") != 0))
        complain(c, who, path, b->last.meta);
    unchanged(c, who, path);
    links_find(c, todo, who);
}

static void
crawl_as(struct crawl *c, enum who who)
{
    struct list todo = {.link = calloc(LINKS, sizeof *todo.link)};

    if (todo.link == NULL)
        abort();
    list_add(&todo, "/", who, false);
    list_add(&todo, "/i/", who, false);
    list_add(&todo, "/robots.txt", who, false);
    for (int i = 0; i < todo.n; i++)
        visit(c, &todo, who, todo.link[i].path);
    if (todo.n < 20)
        complain(c, who, "/", "hardly any links");
    free(todo.link);
}

/* A member's post that holds all of them, as links of the other members. */
static bool
plant(struct crawl *c, enum who planter, char *page, size_t size)
{
    struct browser *b = c->people[planter];
    struct buf text;
    char to[LINK];
    bool is_fine;

    buf_init(&text, 60000);
    for (int i = 0; i < c->acts.n; i++)
        if (c->acts.link[i].owner != planter)
            buf_fmt(&text, "=> %s://" HOST "%s Look, a nice page\n",
                    c->acts.link[i].is_upload ? "titan" : "gemini",
                    c->acts.link[i].path);
    is_fine = !text.bad && browser_get(b, "/i/t/1") &&
              browser_link(b, "Upload a reply", false, to, sizeof to) &&
              browser_upload(b, to, text.p, text.n, "text/gemini") &&
              b->last.status == 20;
    snprintf(page, size, "%.1000s", b->path);
    buf_release(&text);
    c->version = db_number(c->db, "PRAGMA data_version", -1);
    return is_fine;
}

static void
press(struct crawl *c, enum who who, const struct link *l)
{
    struct browser *b = c->people[who];
    char typed[LINK + 16];
    bool is_fine = browser_get(b, l->path);

    unchanged(c, who, l->path);
    snprintf(typed, sizeof typed, "%s?planted", l->path);
    is_fine = is_fine && browser_get(b, typed);
    unchanged(c, who, typed);
    is_fine = is_fine && browser_upload(b, l->path, "planted", 7, "text/plain");
    unchanged(c, who, l->path);
    if (!is_fine)
        complain(c, who, l->path, b->why);
}

/* The planted page shows them all as links, which everybody follows but the
 * one whom each of them belongs to. */
static void
planted_as(struct crawl *c, enum who who, enum who planter, const char *page)
{
    struct browser *b = c->people[who];

    if (!browser_get(b, page) || b->last.status != 20) {
        complain(c, who, page, "the planted page does not open");
        return;
    }
    for (int i = 0; i < c->acts.n; i++) {
        const struct link *l = &c->acts.link[i];

        if (l->owner == planter || l->owner == who)
            continue;
        if (l->is_upload || strstr(b->last.body, l->path) != NULL) {
            press(c, who, l);
            if (!browser_get(b, page))
                return;
        } else {
            complain(c, who, l->path, "is not on the planted page");
        }
    }
}

static bool
crawl_begin(struct crawl *c, struct browser *people, int count)
{
    static const struct statements none;
    char path[128];

    for (int k = 0; k < WHO; k++)
        for (int i = 0; i < count; i++)
            if (strcmp(people[i].person.name, names[k]) == 0)
                c->people[k] = &people[i];
    for (int k = 0; k < WHO; k++)
        if (c->people[k] == NULL)
            return fprintf(stderr, "crawl: no %s\n", names[k]), false;
    snprintf(path, sizeof path, "%s/understory.db", c->world->dir);
    if (db_open(path, DB_READ, &none, &c->db) != OK)
        return fprintf(stderr, "crawl: no database\n"), false;
    c->version = db_number(c->db, "PRAGMA data_version", -1);
    c->acts.link = calloc(LINKS, sizeof *c->acts.link);
    return c->acts.link != NULL;
}

bool
crawl_walk(struct world *world, struct browser *people, int count)
{
    struct crawl c = {.world = world};
    char page[LINK];

    if (!crawl_begin(&c, people, count))
        return false;
    for (int k = 0; k < WHO; k++)
        crawl_as(&c, (enum who)k);
    if (c.acts.n < 60)
        complain(&c, GUEST, "/", "hardly any links that act were found");
    if (!plant(&c, CARLA, page, sizeof page))
        complain(&c, CARLA, page, "could not plant her links");
    for (int k = 0; k < WHO; k++)
        planted_as(&c, (enum who)k, CARLA, page);
    db_close(c.db);
    printf("       crawl: %d visits, %d links that act\n", c.visits, c.acts.n);
    free(c.acts.link);
    return c.wrongs == 0;
}
