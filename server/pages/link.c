/* A further device: the code on the old one, typed on the new one. */
#include "base/clock.h"
#include "pages/visit.h"

struct link_view {
    const struct visit *visit;
    struct member member;
    struct str code;
    int64_t expires;
};

static void
fill_name(struct gmi *g, const void *view)
{
    const struct link_view *l = view;

    gmi_user(g, l->member.name);
}

static void
fill_code(struct gmi *g, const void *view)
{
    const struct link_view *l = view;
    const struct visit *v = l->visit;
    struct str first = {l->code.p, l->code.n < 4 ? l->code.n : 4};

    if (l->code.n == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_code_none));
        return;
    }
    gmi_h2(g);
    gmi_plain(g, first);
    gmi_say(g, LIT("-"));
    gmi_plain(g, str_skip(l->code, 4));
    gmi_text(g);
    gmi_say(g, word(v, WORD_code_until));
    gmi_say(g, LIT(" "));
    gmi_plain(g, clock_minute(v->mem, l->expires));
    gmi_say(g, LIT(" "));
    gmi_say(g, word(v, WORD_code_utc));
}

const struct hole holes_link_about[] = {ROUTE("link", R_link),
                                        ROUTE("back", R_back_about),
                                        ROUTE("join", R_join_about),
                                        {0}};

const struct hole holes_linked[] = {
    WORDS("name", fill_name), ROUTE("certs", R_me_certs), {0}};

const struct hole holes_me_code[] = {LINES("code", fill_code),
                                     ROUTE("again", R_me_code),
                                     ROUTE("certs", R_me_certs),
                                     {0}};

enum err
page_link_about(const struct visit *v, struct response *rs)
{
    struct link_view l = {.visit = v};

    return page(v, rs, FRAME_link_about, &l);
}

static enum err
link_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct link_view l = {.visit = v};
    enum err e = member_get(v->rd, o->member, v->mem, &l.member);

    return e ? e : page(v, rs, FRAME_linked, &l);
}

enum err
page_link(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, link_after, CHANGE_LINK, .text = v->input);
}

static enum err
code_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* the page reads the code; a reload of it makes no new one */
    return redirect(v, rs, route(v, R_me_code_show));
}

enum err
page_me_code(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, code_after, CHANGE_LINK_CODE);
}

enum err
page_me_code_show(const struct visit *v, struct response *rs)
{
    struct link_view l = {.visit = v};
    enum err e = link_code_get(v->rd, v->who.member, v->now, v->mem, &l.code,
                               &l.expires);

    if (e && e != E_NOT_FOUND)
        return e;
    return page(v, rs, FRAME_me_code, &l);
}
