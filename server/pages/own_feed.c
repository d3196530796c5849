/*
 * The private feed: what lies in the inbox, in a few words, and the newest of
 * what its owner follows. It is read without a certificate, so what is closed
 * and the words of thanks and notes are not in it.
 */
#include "forum/own_feed.h"

#include "base/clock.h"
#include "base/secret.h"
#include "forum/quiet.h"
#include "pages/inner.h"
#include "pages/notice.h"
#include "pages/reading.h"
#include "wire/atom.h"

#define NOTICES 20
#define LABEL_MAX 1024             /* bytes of a notice's line */
#define LOOK_MEMORY (4 * POST_MAX) /* to see whether something is closed */

/* A line of it: a notice, a post or a page. */
struct item {
    struct str id, title, text, author;
    struct at to;
    int64_t at, updated;
    bool is_whole;
};

struct own_view {
    const struct visit *visit; /* first */
    const struct item *item;
    int n;
};

/* --- what is in it ---------------------------------------------------------
 */

/* Whoever is kept out has no feed either. */
static enum err
owner_find(const struct visit *v, int64_t *member)
{
    const struct site *site = v->ls->site;
    const struct str secret = {(const char *)site->secret,
                               sizeof(site->secret)};
    unsigned char tag[DIGEST_SIZE];
    struct str why;
    enum err e;

    if ((e = feed_owner(v->rd, v->at.name, member)) ||
        (e = quiet_tag(secret, *member, tag)) ||
        (e = bar_find(v->rd, (struct str){(const char *)tag, sizeof(tag)},
                      v->mem, &why)))
        return e;
    return why.p ? E_NOT_FOUND : OK;
}

/* May anybody read what the notice is about? */
static enum err
notice_is_public(const struct visit *v, const struct notice *n, bool *is_public)
{
    struct arena mem;
    struct thread t;
    struct page k;
    enum err e = OK;

    arena_init(&mem, LOOK_MEMORY);
    if (n->post)
        e = thread_get(v->rd, POST_THREAD(n->post), 0, &mem, &t);
    else if (n->page)
        e = page_get(v->rd, n->page, 0, &mem, &k);
    else if (n->kind == INBOX_CIRCLE)
        e = E_NOT_FOUND;
    arena_release(&mem);
    *is_public = !e;
    return e == E_NOT_FOUND ? OK : e;
}

static struct at
notice_at(const struct notice *n)
{
    if (n->post)
        return (struct at){.is_inside = true,
                           .route = R_post,
                           .id = POST_THREAD(n->post),
                           .page = POST_NUMBER(n->post)};
    if (n->page)
        return (struct at){.is_inside = true, .route = R_page, .id = n->page};
    return (struct at){.is_inside = true,
                       .route = n->kind == INBOX_DEVICE ? R_me_certs : R_inbox};
}

/* The line that the inbox has for it, without a mark or a break. */
static struct str
notice_title(const struct visit *v, const struct inbox_line *l)
{
    struct buf line;
    struct gmi g;
    struct str title;

    buf_init(&line, LABEL_MAX + GMI_LINE_MAX);
    gmi_init(&g, &line);
    gmi_text(&g);
    notice_say(&g, v, l);
    gmi_end(&g);
    if (line.bad && !v->mem->bad)
        v->mem->bad = line.bad;
    title = arena_copy(v->mem, str_trim(buf_str(&line)));
    buf_release(&line);
    return title;
}

static struct str
inbox_address(const struct visit *v)
{
    return address(v, (struct at){.is_inside = true, .route = R_inbox}).url;
}

static enum err
notices_take(const struct visit *v, int64_t member, struct item *item, int *n)
{
    struct str inbox = inbox_address(v);
    struct rows r =
        inbox_list(v->rd, member, (struct str){0}, INT64_MAX, NOTICES);
    struct inbox_line l;
    bool is_public;
    enum err e = OK, end;

    while (!e && inbox_next(&r, &l)) {
        e = notice_is_public(v, &l.notice, &is_public);
        if (e || !is_public || (unsigned)l.notice.kind >= INBOX_KINDS)
            continue;
        item[(*n)++] = (struct item){
            .id = arena_fmt(v->mem, "%.*s#%lld-%lld", (int)inbox.n, inbox.p,
                            (long long)l.id, (long long)l.at),
            .title = notice_title(v, &l),
            .author = v->ls->face->title,
            .to = notice_at(&l.notice),
            .at = l.at,
            .updated = l.at,
            .is_whole = true,
        };
    }
    end = rows_end(&r);
    return e ? e : end;
}

/* "Pump trips (3) · Amina". */
static struct str
item_title(const struct visit *v, const struct entry *e)
{
    struct buf title;
    struct str copy;

    buf_init(&title, 4096);
    buf_add(&title, e->title);
    if (e->number > 1)
        buf_fmt(&title, " (%lld)", (long long)e->number);
    buf_add(&title, STR(" \xc2\xb7 "));
    buf_add(&title, e->author);
    copy = arena_copy(v->mem, buf_str(&title));
    if (title.bad && !v->mem->bad)
        v->mem->bad = title.bad;
    buf_release(&title);
    return copy;
}

static struct item
item_of(const struct visit *v, const struct entry *e)
{
    struct at at = {.route = e->is_page ? R_page : R_post,
                    .id = e->thing,
                    .page = e->number};
    struct item i = {
        .id = address(v, at).url,
        .text = e->text,
        .author = e->author,
        .at = e->at,
        .updated = e->updated,
        .is_whole = e->text.n < FEED_TEXT_MAX,
    };

    at.is_inside = true;
    if (at.route == R_post && at.page == 1)
        at.route = R_thread;
    i.to = at;
    i.title = item_title(v, e);
    return i;
}

static enum err
items_take(const struct visit *v, int64_t member, struct item *item, int *n)
{
    struct entry *list = arena_alloc(v->mem, FEED_ENTRIES * sizeof(*list));
    int found = 0;
    enum err e;

    *n = 0;
    if (!list)
        return E_NOMEM;
    if ((e = notices_take(v, member, item, n)) ||
        (e = own_feed(v->rd, member, v->mem, list, &found)))
        return e;
    for (int i = 0; i < found; i++)
        item[(*n)++] = item_of(v, &list[i]);
    return v->mem->bad;
}

/* --- as pages --------------------------------------------------------------
 */

static void
entries(struct gmi *g, const void *view)
{
    const struct own_view *ov = view;
    const struct visit *v = ov->visit;

    for (int i = 0; i < ov->n; i++) {
        gmi_link(g, route_at(v, ov->item[i].to));
        gmi_plain(g, clock_date(v->mem, ov->item[i].updated));
        gmi_say(g, LIT(" "));
        line_label(g, ov->item[i].title);
    }
    if (ov->n == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_feed_nothing));
    }
}

static struct href
atom(const void *view)
{
    const struct visit *v = ((const struct own_view *)view)->visit;

    return route(v, R_own_atom, .name = v->at.name);
}

static struct href
inbox(const void *view)
{
    const struct visit *v = ((const struct own_view *)view)->visit;

    return route_at(v, (struct at){.is_inside = true, .route = R_inbox});
}

static struct href
settings(const void *view)
{
    const struct visit *v = ((const struct own_view *)view)->visit;

    return route_at(v, (struct at){.is_inside = true, .route = R_me_feed});
}

const struct hole holes_own_feed[] = {
    LINES("entries", entries),
    HREF("atom", atom),
    HREF("inbox", inbox),
    HREF("settings", settings),
    {0},
};

static enum err
own_items(const struct visit *v, struct own_view *view, int64_t *member)
{
    struct item *item =
        arena_alloc(v->mem, (NOTICES + FEED_ENTRIES) * sizeof(*item));
    enum err e = owner_find(v, member);

    if (!e && !item)
        e = E_NOMEM;
    if (!e)
        e = items_take(v, *member, item, &view->n);
    view->visit = v;
    view->item = item;
    return e;
}

enum err
page_own_feed(const struct visit *v, struct response *rs)
{
    struct own_view view = {0};
    int64_t member;
    enum err e = own_items(v, &view, &member);

    return e ? e : page(v, rs, FRAME_own_feed, &view);
}

/* The feed's own id stays when its address is replaced, and tells nothing. */
static enum err
feed_id(const struct visit *v, int64_t member, struct str *out)
{
    const struct site *site = v->ls->site;
    const struct str secret = {(const char *)site->secret,
                               sizeof(site->secret)};
    struct str what =
        arena_fmt(v->mem, "private feed of %lld", (long long)member);
    struct str inbox = inbox_address(v);
    unsigned char digest[DIGEST_SIZE];
    char letters[16];
    enum err e = v->mem->bad;

    if (e || (e = secret_hmac(secret, what, digest)))
        return e;
    secret_letters(digest, letters, sizeof(letters));
    *out = arena_fmt(v->mem, "%.*s#feed-%.16s", (int)inbox.n, inbox.p, letters);
    return v->mem->bad;
}

enum err
page_own_atom(const struct visit *v, struct response *rs)
{
    struct own_view view = {0};
    int64_t member, updated = 0;
    struct str id;
    struct atom a;
    enum err e = own_items(v, &view, &member);

    if (e || (e = feed_id(v, member, &id)))
        return e;
    for (int i = 0; i < view.n; i++)
        if (view.item[i].updated > updated)
            updated = view.item[i].updated;
    atom_begin(&a, &(struct atom_feed){
                       .id = id,
                       .title = v->ls->face->title,
                       .subtitle = word(v, WORD_own_feed_title).s,
                       .self = address(v, v->at).url,
                       .alternate = address(v, (struct at){.route = R_own_feed,
                                                           .name = v->at.name})
                                        .url,
                       .updated = clock_stamp(v->mem, updated),
                       .author = v->ls->face->title,
                   });
    for (int i = 0; i < view.n; i++)
        atom_entry(&a, &(struct atom_entry){
                           .id = view.item[i].id,
                           .title = view.item[i].title,
                           .link = address(v, view.item[i].to).url,
                           .published = clock_stamp(v->mem, view.item[i].at),
                           .updated = clock_stamp(v->mem, view.item[i].updated),
                           .author = view.item[i].author,
                           .text = view.item[i].text,
                           .is_whole = view.item[i].is_whole,
                       });
    if ((e = atom_end(&a, &rs->body)))
        return e;
    response_type(rs, LIT(MIME_ATOM));
    return v->mem->bad;
}
