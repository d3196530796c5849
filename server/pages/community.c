/* A community's front page, and the list of its threads further back. */
#include "forum/came.h"
#include "forum/follow.h"
#include "forum/start.h"
#include "pages/community_lists.h"

static void
name(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;

    gmi_user(g, cv->community->name);
}

static void
purpose(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;

    gmi_text(g);
    gmi_user(g, cv->community->purpose);
}

static void
openness(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;

    gmi_text(g);
    gmi_say(g, openness_word(cv->visit, cv->community->openness));
}

static struct href
older(const void *view)
{
    const struct community_view *cv = view;

    if (!*cv->older)
        return (struct href){0};
    return route(cv->visit, R_community_older, .name = cv->community->slug,
                 .id = *cv->older);
}

static struct href
came(const void *view)
{
    const struct community_view *cv = view;
    bool has = false;
    enum err e = came_has(cv->visit->rd, cv->community->id, &has);

    if (e && !*cv->bad)
        *cv->bad = e;
    if (!has)
        return (struct href){0};
    return route(cv->visit, R_community_came, .name = cv->community->slug);
}

static struct href
by_slug(const struct community_view *cv, enum route_id id, bool is_shown)
{
    if (!is_shown)
        return (struct href){0};
    return route(cv->visit, id, .name = cv->community->slug);
}

static bool
may_write(const struct community_view *cv)
{
    return is_acting(cv->visit) &&
           rules_may_write(cv->community, cv->visit->who.member) == OK;
}

static struct href
ask(const void *view)
{
    return by_slug(view, R_ask, may_write(view));
}

static struct href
note(const void *view)
{
    return by_slug(view, R_new_note, may_write(view));
}

static struct href
note_upload(const void *view)
{
    const struct community_view *cv = view;

    if (!may_write(cv))
        return (struct href){0};
    return route_upload(cv->visit,
                        (struct at){.is_inside = true,
                                    .route = R_note_upload,
                                    .name = cv->community->slug},
                        false);
}

static struct href
join(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_come,
                   is_acting(cv->visit) && !cv->community->is_participant);
}

static struct href
leave(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_leave,
                   is_acting(cv->visit) && cv->community->is_participant);
}

static struct href
follow(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_follow_community,
                   is_acting(cv->visit) && !cv->is_followed);
}

static struct href
unfollow(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_unfollow_community,
                   is_acting(cv->visit) && cv->is_followed);
}

static struct href
mute(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_mute_community, is_acting(cv->visit) && !cv->is_muted);
}

static struct href
unmute(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_unmute_community,
                   is_acting(cv->visit) && cv->is_muted);
}

static struct href
desk(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_desk,
                   is_acting(cv->visit) && cv->community->is_steward);
}

static struct href
inside(const void *view)
{
    const struct community_view *cv = view;

    return come_inside(cv->visit, cv->visit->at);
}

static struct href
rules(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_community_rules, cv->community->rules.n > 0);
}

static void
rules_size(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;

    line_size(g, cv->visit, cv->community->rules.n);
}

static struct href
elsewhere(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_community_elsewhere, cv->community->elsewhere.n > 0);
}

static void
elsewhere_size(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;

    line_size(g, cv->visit, cv->community->elsewhere.n);
}

static struct href
log_link(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_community_log, cv->community->room == ROOM_NONE);
}

static struct href
since(const void *view)
{
    const struct community_view *cv = view;

    return route(cv->visit, R_community_since, .name = cv->community->slug,
                 .id = cv->community->last_seq);
}

static struct href
open_link(const void *view)
{
    return by_slug(view, R_community_open, true);
}

static struct href
front(const void *view)
{
    return by_slug(view, R_community, true);
}

/* Once somebody has chosen something for newcomers. */
static struct href
start_here(const void *view)
{
    const struct community_view *cv = view;
    struct rows r = start_list(cv->visit->rd, cv->community->id);
    struct start s;
    bool has_any = start_next(&r, &s);
    enum err e = rows_end(&r);

    if (e && !*cv->bad)
        *cv->bad = e;
    return by_slug(cv, R_start_here, has_any);
}

static struct href
pages(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_pages, cv->community->book > 0);
}

static struct href
book(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_book, cv->community->book > 0);
}

static void
book_size(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;

    line_size(g, cv->visit, (size_t)cv->community->book);
}

static struct href
more(const void *view)
{
    return by_slug(view, R_community_more, true);
}

static struct href
circle(const void *view)
{
    const struct community_view *cv = view;

    return by_slug(cv, R_circle, cv->community->room == ROOM_CIRCLE);
}

const struct hole holes_community[] = {
    HREF("circle", circle),
    WORDS("name", name),
    LINES("purpose", purpose),
    LINES("openness", openness),
    HREF("start-here", start_here),
    HREF("ask", ask),
    HREF("note", note),
    HREF("note-upload", note_upload),
    HREF("more", more),
    HREF("join", join),
    HREF("come-inside", inside),
    LINES("threads", front_threads),
    HREF("older", older),
    HREF("open", open_link),
    HREF("came", came),
    LINES("pages", front_pages),
    HREF("pages-all", pages),
    HREF("book", book),
    WORDS("book-size", book_size),
    HREF("since", since),
    HREF("rules", rules),
    WORDS("rules-size", rules_size),
    HREF("elsewhere", elsewhere),
    WORDS("elsewhere-size", elsewhere_size),
    HREF("log", log_link),
    LINES("stewards", front_stewards),
    HREF("desk", desk),
    HREF("follow", follow),
    HREF("unfollow", unfollow),
    HREF("mute", mute),
    HREF("unmute", unmute),
    HREF("leave", leave),
    {0},
};

const struct hole holes_community_older[] = {
    WORDS("name", name),
    LINES("threads", front_threads),
    HREF("older", older),
    HREF("front", front),
    {0},
};

static enum err
community_page(const struct visit *v, struct response *rs, enum frame_id frame,
               int64_t before)
{
    int64_t further = 0;
    enum err bad = OK;
    struct community_view view = {.visit = v,
                                  .community = v->community,
                                  .before = before,
                                  .older = &further,
                                  .bad = &bad};
    enum err e = OK;

    if (is_acting(v))
        e = follow_state(v->rd, v->who.member, FOLLOW_COMMUNITY,
                         v->community->id, &view.is_followed, &view.is_muted);
    if (!e)
        e = page(v, rs, frame, &view);
    return e ? e : bad;
}

enum err
page_community(const struct visit *v, struct response *rs)
{
    return community_page(v, rs, FRAME_community, INT64_MAX);
}

enum err
page_community_older(const struct visit *v, struct response *rs)
{
    return community_page(v, rs, FRAME_community_older, v->at.id);
}
