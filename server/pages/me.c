/* What a member may change of themselves, each value above its link. */
#include "pages/visit.h"

struct me_view {
    const struct visit *visit;
    struct member member;
};

static void
fill_name(struct gmi *g, const void *view)
{
    const struct me_view *m = view;

    gmi_text(g);
    gmi_user(g, m->member.name);
}

static void
fill_about(struct gmi *g, const void *view)
{
    const struct me_view *m = view;

    if (m->member.about.n == 0)
        return;
    gmi_text(g);
    gmi_user(g, m->member.about);
}

/* The certificates in use by their names, this one among them. */
static void
fill_certificates(struct gmi *g, const void *view)
{
    const struct me_view *m = view;
    const struct visit *v = m->visit;
    struct rows r = certificate_list(v->rd, v->who.member);
    struct certificate c;

    while (certificate_next(&r, &c)) {
        if (c.retired_at)
            continue;
        gmi_item(g);
        if (c.label.n)
            gmi_user(g, c.label);
        else
            gmi_say(g, word(v, WORD_cert_no_name));
        if (c.id == v->who.certificate) {
            gmi_say(g, LIT(", "));
            gmi_say(g, word(v, WORD_cert_this));
        }
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
}

static void
fill_words(struct gmi *g, const void *view)
{
    const struct me_view *m = view;

    gmi_text(g);
    gmi_say(g, word(m->visit, m->member.has_words ? WORD_me_words_set
                                                  : WORD_me_words_none));
}

static void
fill_asked(struct gmi *g, const void *view)
{
    const struct me_view *m = view;

    gmi_text(g);
    gmi_say(
        g, word(m->visit, m->member.is_asked ? WORD_asked_on : WORD_asked_off));
}

static struct href
href_asked_never(const void *view)
{
    const struct me_view *m = view;

    if (!m->member.is_asked)
        return (struct href){0};
    return route(m->visit, R_me_asked, .id = 0);
}

static struct href
href_asked_again(const void *view)
{
    const struct me_view *m = view;

    if (m->member.is_asked)
        return (struct href){0};
    return route(m->visit, R_me_asked, .id = 1);
}

static struct href
href_profile(const void *view)
{
    const struct me_view *m = view;

    return route(m->visit, R_member, .name = m->member.name);
}

const struct hole holes_me[] = {LINES("name", fill_name),
                                ROUTE("name-edit", R_me_name),
                                LINES("about-line", fill_about),
                                ROUTE("about-edit", R_me_about),
                                HREF("profile", href_profile),
                                LINES("certificates", fill_certificates),
                                ROUTE("certs", R_me_certs),
                                ROUTE("code", R_me_code),
                                LINES("words", fill_words),
                                ROUTE("words-page", R_me_words),
                                ROUTE("thanks", R_me_thanks),
                                LINES("asked", fill_asked),
                                HREF("asked-never", href_asked_never),
                                HREF("asked-again", href_asked_again),
                                ROUTE("drafts", R_drafts),
                                ROUTE("own-work", R_own_work),
                                ROUTE("matches", R_matches),
                                ROUTE("notebook", R_notebook),
                                ROUTE("follows", R_follows),
                                ROUTE("feed", R_me_feed),
                                ROUTE("privacy", R_privacy),
                                {0}};

enum err
page_me(const struct visit *v, struct response *rs)
{
    struct me_view m = {.visit = v};
    enum err e = member_get(v->rd, v->who.member, v->mem, &m.member);

    return e ? e : page(v, rs, FRAME_me, &m);
}

static enum err
me_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* the page itself shows what came of it */
    return redirect(v, rs, route(v, R_me));
}

enum err
page_me_name(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, me_after, CHANGE_RENAME, .text = v->input);
}

enum err
page_me_about(const struct visit *v, struct response *rs)
{
    bool is_none = str_eq(str_trim(v->input), STR("."));

    return visit_change(v, rs, me_after, CHANGE_ABOUT,
                        .text = is_none ? STR("") : v->input);
}

enum err
page_me_asked(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, me_after, CHANGE_ASKED, .value = v->at.id != 0);
}
