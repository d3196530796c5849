/* What the place says about itself. */
#include <ctype.h>
#include <string.h>

#include "base/clock.h"
#include "pages/inner.h"

#define GROUP 4  /* digits of a fingerprint, read at once */
#define GROUPS 4 /* in one line: 19 columns fit any screen */

struct about_view {
    const struct visit *visit;
};

static const struct visit *
visit_of(const void *view)
{
    return ((const struct about_view *)view)->visit;
}

static void
about_line(struct gmi *g, const void *view)
{
    gmi_user(g, visit_of(view)->ls->face->line);
}

const struct hole holes_about[] = {
    WORDS("line", about_line),    ROUTE("privacy", R_privacy),
    ROUTE("rules", R_site_rules), ROUTE("keys", R_keys),
    ROUTE("log", R_log),          {0}};

enum err
page_about(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_about, &(struct about_view){v});
}

/* One item for each table of the database: the words that begin with
 * "stored-". A test compares them with the schema. */
static void
privacy_stored(struct gmi *g, const void *view)
{
    for (int i = 0; i < WORD_COUNT; i++) {
        if (!str_has_prefix(str_of(embedded_words[i].name), STR("stored-")))
            continue;
        gmi_item(g);
        gmi_say(g, word(visit_of(view), (enum word_id)i));
    }
}

const struct hole holes_privacy[] = {LINES("stored", privacy_stored), {0}};
const struct hole holes_site_rules[] = {{0}};
const struct hole holes_robots[] = {{0}};
const struct hole holes_favicon[] = {{0}};

enum err
page_privacy(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_privacy, &(struct about_view){v});
}

enum err
page_site_rules(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_site_rules, &(struct about_view){v});
}

/* In groups, to be read aloud or compared by eye. */
static void
print_write(struct gmi *g, const struct visit *v, struct str print)
{
    int digits = 0;

    gmi_pre(g, word(v, WORD_keys_alt));
    for (size_t i = 0; i < print.n; i++) {
        char digit = (char)toupper((unsigned char)print.p[i]);

        if (!isxdigit((unsigned char)digit))
            continue;
        if (digits % (GROUP * GROUPS) == 0)
            gmi_text(g);
        else if (digits % GROUP == 0)
            gmi_say(g, LIT(" "));
        gmi_plain(g, (struct str){&digit, 1});
        digits++;
    }
    gmi_pre_end(g);
}

static void
keys_print(struct gmi *g, const void *view)
{
    const struct visit *v = visit_of(view);

    print_write(g, v, v->ls->face->fingerprint);
}

/* The key that was announced, or that none was. */
static void
keys_next(struct gmi *g, const void *view)
{
    const struct visit *v = visit_of(view);
    struct str next = v->ls->face->fingerprint_next;

    gmi_text(g);
    gmi_say(g, word(v, next.n ? WORD_keys_next : WORD_keys_no_next));
    if (next.n)
        print_write(g, v, next);
}

static void
keys_expiry(struct gmi *g, const void *view)
{
    const struct visit *v = visit_of(view);

    line_date(g, v, v->ls->face->cert_not_after);
}

const struct hole holes_keys[] = {LINES("fingerprint", keys_print),
                                  WORDS("expiry", keys_expiry),
                                  LINES("next", keys_next),
                                  {0}};

enum err
page_keys(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_keys, &(struct about_view){v});
}

static enum err
page_plain(const struct visit *v, struct response *rs, enum frame_id frame)
{
    enum err e = page(v, rs, frame, &(struct about_view){v});

    if (!e)
        response_type(rs, LIT("text/plain; charset=utf-8"));
    return e;
}

enum err
page_robots(const struct visit *v, struct response *rs)
{
    return page_plain(v, rs, FRAME_robots);
}

enum err
page_favicon(const struct visit *v, struct response *rs)
{
    return page_plain(v, rs, FRAME_favicon);
}
