/* A member's certificates: name them, retire them, never the last one. */
#include "base/clock.h"
#include "pages/visit.h"

struct certs_view {
    const struct visit *visit;
    struct certificate one; /* cert_sure: which */
    int in_use;             /* how many are not retired */
};

/* "AB12 CD34 EF56": enough to tell one's own apart. */
static void
say_print(struct gmi *g, const struct visit *v, struct str cert)
{
    gmi_say(g, word(v, WORD_cert_print));
    for (size_t i = 0; i + 1 < cert.n && i < 6; i += 2)
        gmi_plain(g, arena_fmt(v->mem, " %02X%02X", (unsigned char)cert.p[i],
                               (unsigned char)cert.p[i + 1]));
}

static void
say_label(struct gmi *g, const struct visit *v, const struct certificate *c)
{
    if (c->label.n)
        gmi_user(g, c->label);
    else
        gmi_say(g, word(v, WORD_cert_no_name));
}

static void
say_date(struct gmi *g, const struct visit *v, enum word_id what, int64_t at)
{
    gmi_say(g, word(v, what));
    gmi_say(g, LIT(" "));
    gmi_plain(g, clock_date(v->mem, at));
    gmi_say(g, LIT(", "));
}

static void
say_details(struct gmi *g, const struct visit *v, const struct certificate *c)
{
    /* The year 9999 is how a certificate says "never". */
    bool is_endless = c->not_after > INT64_C(253370764800);

    say_date(g, v, WORD_cert_added, c->added_at);
    if (c->retired_at) {
        say_date(g, v, WORD_cert_retired, c->retired_at);
    } else if (is_endless) {
        gmi_say(g, word(v, WORD_cert_never));
        gmi_say(g, LIT(", "));
    } else {
        say_date(g, v, WORD_cert_expires, c->not_after);
    }
    say_print(g, v, c->cert);
    if (c->id == v->who.certificate) {
        gmi_say(g, LIT(", "));
        gmi_say(g, word(v, WORD_cert_this));
    }
}

/* The name stands directly above the link that changes it: a client can paste
 * the preceding line into the prompt. */
static void
fill_in_use(struct gmi *g, const void *view)
{
    const struct certs_view *cv = view;
    const struct visit *v = cv->visit;
    struct rows r = certificate_list(v->rd, v->who.member);
    struct certificate c;

    while (certificate_next(&r, &c)) {
        if (c.retired_at)
            continue;
        gmi_item(g);
        say_details(g, v, &c);
        gmi_text(g);
        say_label(g, v, &c);
        gmi_link(g, route(v, R_cert_name, .id = c.id));
        gmi_say(g, word(v, WORD_cert_rename));
        if (cv->in_use < 2)
            gmi_text(g);
        else
            gmi_link(g, route(v, R_cert_sure, .id = c.id));
        gmi_say(g, word(v, cv->in_use < 2 ? WORD_cert_last : WORD_cert_retire));
        gmi_blank(g);
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
}

static void
fill_retired(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct certs_view *)view)->visit;
    struct rows r = certificate_list(v->rd, v->who.member);
    struct certificate c;
    bool is_first = true;

    while (certificate_next(&r, &c)) {
        if (!c.retired_at)
            continue;
        if (is_first) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_cert_retired_heading));
            is_first = false;
        }
        gmi_item(g);
        say_label(g, v, &c);
        gmi_say(g, LIT(": "));
        say_details(g, v, &c);
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
}

static void
fill_certificate(struct gmi *g, const void *view)
{
    const struct certs_view *c = view;

    gmi_text(g);
    say_label(g, c->visit, &c->one);
    gmi_item(g);
    say_details(g, c->visit, &c->one);
}

static void
fill_warning(struct gmi *g, const void *view)
{
    const struct certs_view *c = view;
    bool is_this = c->one.id == c->visit->who.certificate;

    gmi_text(g);
    gmi_say(g, word(c->visit, c->in_use < 2 ? WORD_cert_last
                              : is_this     ? WORD_cert_is_this
                                            : WORD_cert_is_other));
}

static struct href
href_retire(const void *view)
{
    const struct certs_view *c = view;

    if (c->in_use < 2)
        return (struct href){{NULL, 0}};
    return route(c->visit, R_cert_retire, .id = c->one.id);
}

const struct hole holes_me_certs[] = {LINES("in-use", fill_in_use),
                                      ROUTE("code", R_me_code),
                                      LINES("retired", fill_retired),
                                      ROUTE("me", R_me),
                                      {0}};

const struct hole holes_cert_sure[] = {LINES("certificate", fill_certificate),
                                       LINES("warning", fill_warning),
                                       HREF("retire", href_retire),
                                       ROUTE("certs", R_me_certs),
                                       {0}};

static enum err
certs_count(const struct visit *v, int *in_use)
{
    struct rows r = certificate_list(v->rd, v->who.member);
    struct certificate c;

    *in_use = 0;
    while (certificate_next(&r, &c))
        if (!c.retired_at)
            ++*in_use;
    return rows_end(&r);
}

enum err
page_me_certs(const struct visit *v, struct response *rs)
{
    struct certs_view c = {.visit = v};
    enum err e = certs_count(v, &c.in_use);

    return e ? e : page(v, rs, FRAME_me_certs, &c);
}

static enum err
certs_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* the list shows what came of it */
    return redirect(v, rs, route(v, R_me_certs));
}

enum err
page_cert_name(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, certs_after, CHANGE_CERT_LABEL,
                        .thing = v->at.id, .text = v->input);
}

enum err
page_cert_sure(const struct visit *v, struct response *rs)
{
    struct certs_view c = {.visit = v};
    enum err e =
        certificate_get(v->rd, v->at.id, v->who.member, v->mem, &c.one);

    if (e || (e = certs_count(v, &c.in_use)))
        return e;
    if (c.one.retired_at)
        return redirect(v, rs, route(v, R_me_certs));
    return page(v, rs, FRAME_cert_sure, &c);
}

static enum err
retire_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    /* Who retired the one in use is outside now, and reads so at home. */
    if (v->at.id == v->who.certificate)
        return redirect(v, rs, route(v, R_home));
    return certs_after(v, rs, o);
}

enum err
page_cert_retire(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, retire_after, CHANGE_CERT_RETIRE,
                        .thing = v->at.id);
}
