/* The few things shown to a newcomer are read, changed and written anew. */
#include "forum/apply.h"
#include "forum/page.h"
#include "forum/rules.h"
#include "forum/start.h"
#include "sql.h"

struct list {
    struct start row[START_HERE_MAX + 1]; /* room for one that moves */
    int n;
};

static enum err
list_read(struct db *db, struct change_job *cj, int64_t community,
          struct list *list)
{
    struct rows r = start_list(db, community);
    enum err e;

    list->n = 0;
    while (list->n < START_HERE_MAX && start_next(&r, &list->row[list->n])) {
        struct start *s = &list->row[list->n++];

        s->text = arena_copy(cj->mem, s->text);
    }
    e = rows_end(&r);
    return e ? e : cj->mem->bad;
}

static enum err
list_write(struct db *db, int64_t community, const struct list *list)
{
    enum err e = x_start_clear(db, community);

    for (int i = 0; !e && i < list->n; i++) {
        const struct start *s = &list->row[i];

        e = x_start_add(db, community, i + 1, s->thread, s->page, s->text,
                        s->member);
    }
    return e;
}

/* Where the thing stands, or n. */
static int
list_find(const struct list *list, const struct change *c)
{
    int i = 0;

    while (i < list->n &&
           (list->row[i].thread != c->thread || list->row[i].page != c->page))
        i++;
    return i;
}

static void
list_take(struct list *list, int i)
{
    list->n--;
    for (; i < list->n; i++)
        list->row[i] = list->row[i + 1];
}

static void
list_put(struct list *list, int i, struct start s)
{
    for (int k = list->n; k > i; k--)
        list->row[k] = list->row[k - 1];
    list->row[i] = s;
    list->n++;
}

/* The community of the thread or page, which the member may read. */
static enum err
thing_place(struct db *db, struct change_job *cj, int64_t *community)
{
    const struct change *c = &cj->change;
    struct thread t;
    struct page page;
    enum err e;

    if (c->page)
        e = page_get(db, c->page, c->member, cj->mem, &page);
    else
        e = thread_get(db, c->thread, c->member, cj->mem, &t);
    if (!e)
        *community = c->page ? page.community : t.community;
    return e;
}

static enum err
may_tend(struct db *db, struct change_job *cj, int64_t community)
{
    struct community place;
    enum err e =
        community_by_id(db, community, cj->change.member, cj->mem, &place);

    cj->out.community = community;
    return e ? e : rules_may_tend(&place, cj->change.member);
}

/* A new sentence for what is shown already; else one more; else in place of
 * another one, which was named. out.why is E_TAKEN where all are taken. */
enum err
start_show(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct start s = {
        .thread = c->thread, .page = c->page, .member = c->member};
    struct list list;
    int64_t community;
    int i;
    enum err e;

    if ((e = thing_place(db, cj, &community)) ||
        (e = may_tend(db, cj, community)) ||
        (e = line_clean(cj->mem, c->text, &s.text)) ||
        (e = list_read(db, cj, community, &list)))
        return e;
    i = list_find(&list, c);
    if (i == list.n && list.n == START_HERE_MAX) {
        if (c->number < 1 || c->number > list.n) {
            cj->out.why = E_TAKEN;
            return OK;
        }
        i = (int)c->number - 1;
    }
    if (i < list.n)
        list.row[i] = s;
    else
        list_put(&list, i, s);
    return list_write(db, community, &list);
}

/* number: the place it gets, or 0 where it is taken away. What is not there
 * any more stays away. */
enum err
start_put(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct start s;
    struct list list;
    int i;
    enum err e;

    if ((e = may_tend(db, cj, c->community)) ||
        (e = list_read(db, cj, c->community, &list)))
        return e;
    i = list_find(&list, c);
    cj->out.is_repeat = i == list.n;
    if (cj->out.is_repeat)
        return OK;
    s = list.row[i];
    list_take(&list, i);
    if (c->number > 0)
        list_put(&list, c->number - 1 < list.n ? (int)c->number - 1 : list.n,
                 s);
    return list_write(db, c->community, &list);
}
