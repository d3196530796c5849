#include "pages/visit.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "pages/inner.h"

#define PORT_USUAL 1965

static bool
is_titan(const struct visit *v)
{
    return v->x->rq.url.scheme == URL_TITAN;
}

/* "gemini://host:port" and the path behind it. */
static struct str
absolute(const struct visit *v, const char *scheme, struct str path,
         const char *behind)
{
    bool is_v6 = str_find(v->host, ':') >= 0;
    int port = v->ls->face->public_port;
    char number[16] = "";

    if (port != PORT_USUAL && port != 0)
        (void)snprintf(number, sizeof(number), ":%d", port);
    return arena_fmt(v->mem, "%s://%s%.*s%s%s%.*s%s", scheme, is_v6 ? "[" : "",
                     (int)v->host.n, v->host.p, is_v6 ? "]" : "", number,
                     (int)path.n, path.p, behind);
}

/* Nobody gets a link that acts but those who may use it. */
static bool
may_sign(const struct visit *v, const struct route *row)
{
    if (row->who == UNKNOWN)
        return v->who.role != ROLE_GUEST;
    return v->who.role == ROLE_MEMBER;
}

static bool
is_of_draft(const struct route *row)
{
    return str_has_prefix(str_of(row->pattern), STR("/d/"));
}

static struct href
route_signed(const struct visit *v, struct at at, int64_t revision)
{
    const struct route *row = route_row(at.route);
    char key[KEY_LENGTH];

    if (row->kind != ROUTE_PAGE)
        at.is_inside = true;
    if (route_has_key(at.route)) {
        if (!may_sign(v, row) ||
            key_make(v, &at, revision, clock_month(v->now), key))
            return (struct href){{NULL, 0}};
        at.key = (struct str){key, sizeof(key)};
    }
    return (struct href){route_path(&at, v->mem)};
}

/* The path, or after Titan the whole address: a path alone would lead back to
 * titan://. */
static struct href
href_here(const struct visit *v, struct href to)
{
    if (to.url.n > 0 && is_titan(v))
        to.url = absolute(v, "gemini", to.url, "");
    return to;
}

static int64_t
revision_of(const struct visit *v, const struct at *at)
{
    if (!is_of_draft(route_row(at->route)) || !v->draft ||
        v->draft->id != at->id)
        return 0;
    return v->draft->revision;
}

struct href
route_at(const struct visit *v, struct at at)
{
    return href_here(v, route_signed(v, at, revision_of(v, &at)));
}

struct href
route_inside(const struct visit *v, enum route_id id)
{
    return route_at(v, (struct at){.route = id, .is_inside = true});
}

struct href
route_upload(const struct visit *v, struct at at, bool is_edit)
{
    struct href to = route_signed(v, at, revision_of(v, &at));

    if (to.url.n > 0)
        to.url = absolute(v, "titan", to.url, is_edit ? ";edit" : "");
    return to;
}

struct href
route_draft(const struct visit *v, enum route_id id, int64_t draft,
            int64_t revision, int64_t number)
{
    struct at at = {
        .route = id, .is_inside = true, .id = draft, .page = number};

    return href_here(v, route_signed(v, at, revision));
}

enum err
redirect(const struct visit *v, struct response *rs, struct href to)
{
    if (to.url.n == 0)
        return v->mem->bad ? v->mem->bad : E_BUG;
    if (is_titan(v) && to.url.p[0] == '/')
        to.url = absolute(v, "gemini", to.url, "");
    response_say(rs, 30, to.url);
    return v->mem->bad;
}

enum err
page(const struct visit *v, struct response *rs, enum frame_id frame,
     const void *view)
{
    struct gmi g;

    response_reset(rs);
    gmi_init(&g, &rs->body);
    content_fill(v->content, frame, &g, view);
    gmi_end(&g);
    response_type(rs, LIT(MIME_GEMINI));
    return v->mem->bad;
}

struct note_view {
    const struct visit *visit;
    struct lit heading, sentence;
    const struct action *actions;
    int n;
};

static void
note_heading(struct gmi *g, const void *view)
{
    gmi_say(g, ((const struct note_view *)view)->heading);
}

static void
note_sentence(struct gmi *g, const void *view)
{
    gmi_say(g, ((const struct note_view *)view)->sentence);
}

static void
note_actions(struct gmi *g, const void *view)
{
    const struct note_view *note = view;

    for (int i = 0; i < note->n; i++) {
        if (note->actions[i].to.url.n == 0)
            continue;
        gmi_link(g, note->actions[i].to);
        gmi_say(g, note->actions[i].label);
    }
}

const struct hole holes_note[] = {WORDS("heading", note_heading),
                                  WORDS("sentence", note_sentence),
                                  LINES("actions", note_actions),
                                  {0}};

enum err
page_note(const struct visit *v, struct response *rs, struct lit heading,
          struct lit sentence, const struct action *actions, int n)
{
    struct note_view view = {.visit = v,
                             .heading = heading,
                             .sentence = sentence,
                             .actions = actions,
                             .n = n};

    return page(v, rs, FRAME_note, &view);
}

struct lit
word(const struct visit *v, enum word_id id)
{
    return content_word(v->content, id);
}

struct lit
word_error(const struct visit *v, enum err e)
{
    char key[48];

    (void)snprintf(key, sizeof(key), "error-%s", err_name(e));
    return content_word(v->content, content_find_word(key));
}
