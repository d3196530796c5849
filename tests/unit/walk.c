#include "tests/unit/walk.h"

#include <stdio.h>
#include <string.h>

#define HOPS_MAX 24

static const char *const nothing[] = {NULL};

struct walk *
walk_new(void **state, unsigned identity)
{
    struct site_box *b = *state;
    struct walk *w = arena_alloc(&b->mem, sizeof(*w));

    assert_non_null(w);
    *w = (struct walk){.box = b, .peer = site_peer(identity), .at = ""};
    return w;
}

struct walk *
walk_join(void **state, unsigned identity, const char *name)
{
    struct walk *w = walk_new(state, identity);

    walk_open(w, "/i/join");
    walk_type(w, "Choose a name", name);
    assert_int_equal(w->answer.status, 20);
    return w;
}

static const char *
typed_url(struct walk *w, const char *url, const char *typed)
{
    struct arena *mem = &w->box->mem;
    struct buf b;

    buf_init(&b, 4096);
    buf_add(&b, str_of(url));
    buf_add_char(&b, '?');
    buf_add_percent(&b, str_of(typed));
    w->said = arena_z(mem, buf_str(&b));
    buf_release(&b);
    assert_non_null(w->said);
    return w->said;
}

/* From the answer at url on, until it is neither redirect nor prompt. */
static void
go_on(struct walk *w, const char *url, const char *const *typed)
{
    for (int hop = 0; hop < HOPS_MAX; hop++) {
        int status = w->answer.status;

        if (status == 30) {
            url = w->answer.meta.p;
            w->answer = site_ask(w->box, &w->peer, url);
        } else if ((status == 10 || status == 11) && *typed) {
            w->answer = site_ask(w->box, &w->peer, typed_url(w, url, *typed++));
        } else {
            w->at = strncmp(url, SITE_HOST, strlen(SITE_HOST)) == 0
                        ? url + strlen(SITE_HOST)
                        : url;
            return;
        }
    }
    fail_msg("more than %d hops", HOPS_MAX);
}

void
walk_to(struct walk *w, const char *path, const char *const *typed)
{
    if (!path) {
        print_error("no such link at %s:\n%s\n", w->at, w->answer.body.p);
        fail();
        return;
    }
    w->answer = site_ask(w->box, &w->peer, path);
    go_on(w, path, typed);
}

/* The upload's address with the parameters that a client puts there. */
void
walk_upload(struct walk *w, const char *label, const char *text)
{
    const char *to = walk_link(w, label);
    struct str line;

    assert_non_null(to);
    line = arena_fmt(&w->box->mem, "%.*s;mime=text/plain;size=%zu",
                     (int)strcspn(to, ";"), to, strlen(text));
    w->answer = site_upload(w->box, &w->peer, arena_z(&w->box->mem, line),
                            str_of(text));
    go_on(w, to, nothing);
}

/* Where the line of the link with this label begins, or NULL. */
static const char *
link_line(const struct walk *w, const char *label)
{
    const char *p = w->answer.body.p;

    while (p && *p) {
        size_t n = strcspn(p, "\n"), address = strcspn(p, "\n");

        if (strncmp(p, "=> ", 3) == 0)
            address = 3 + strcspn(p + 3, " \n");
        if (address < n && strncmp(p + address + 1, label, strlen(label)) == 0)
            return p;
        p += n + (p[n] == '\n');
    }
    return NULL;
}

const char *
walk_link(const struct walk *w, const char *label)
{
    const char *line = link_line(w, label);

    if (!line)
        return NULL;
    return arena_z(&w->box->mem,
                   (struct str){line + 3, strcspn(line + 3, " \n")});
}

const char *
walk_above(const struct walk *w, const char *label)
{
    const char *line = link_line(w, label), *start;

    if (!line || line == w->answer.body.p)
        return NULL;
    for (start = line - 1; start > w->answer.body.p && start[-1] != '\n';)
        start--;
    return arena_z(&w->box->mem,
                   (struct str){start, (size_t)(line - 1 - start)});
}

void
assert_shown(const struct walk *w, const char *text, bool is_wanted,
             const char *file, int line)
{
    if (answer_has(&w->answer, text) == is_wanted)
        return;
    print_error("%s \"%s\" at %s, %d %s\n%s\n", is_wanted ? "no" : "there is",
                text, w->at, w->answer.status, w->answer.meta.p,
                w->answer.body.p);
    _fail(file, line);
}
