/* Help: an index, and a page for each file of content/help; the handbook below
 * it has an index whose order is its own, and those of content/handbook. */
#include "pages/inner.h"

struct help_view {
    const struct visit *visit;
};

/* Pages for clients are called with-<client>; the index tells them apart. */
static void
help_list(struct gmi *g, const struct visit *v, bool is_client)
{
    for (int i = 0; i < HELP_COUNT; i++) {
        struct str name = str_of(embedded_helps[i].name);

        if (str_has_prefix(name, STR("with-")) != is_client)
            continue;
        gmi_link(g, route(v, R_help_page, .name = name));
        gmi_say(g, content_help_title(v->content, (enum help_id)i));
    }
}

static void
help_pages(struct gmi *g, const void *view)
{
    help_list(g, ((const struct help_view *)view)->visit, false);
}

static void
help_clients(struct gmi *g, const void *view)
{
    help_list(g, ((const struct help_view *)view)->visit, true);
}

const struct hole holes_help[] = {
    LINES("pages", help_pages), LINES("clients", help_clients), {0}};

enum err
page_help(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_help, &(struct help_view){v});
}

const struct hole holes_handbook[] = {{0}};

enum err
page_handbook(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_handbook, &(struct help_view){v});
}

/* A text that is a whole page: of the help, or of the handbook. */
static enum err
text_show(const struct visit *v, struct response *rs,
          enum err (*fill)(const struct content *c, struct str name,
                           struct gmi *g, const void *view))
{
    struct help_view view = {v};
    struct gmi g;
    enum err e;

    response_reset(rs);
    gmi_init(&g, &rs->body);
    if ((e = fill(v->content, v->at.name, &g, &view)))
        return e;
    gmi_end(&g);
    response_type(rs, LIT(MIME_GEMINI));
    return v->mem->bad;
}

enum err
page_help_page(const struct visit *v, struct response *rs)
{
    return text_show(v, rs, content_help);
}

enum err
page_guide(const struct visit *v, struct response *rs)
{
    return text_show(v, rs, content_guide);
}
