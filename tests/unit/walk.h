/*
 * Visitors who walk through a site as people do: they open a page, read it,
 * and follow its own links.
 */
#ifndef TESTS_UNIT_WALK_H
#define TESTS_UNIT_WALK_H

#include "tests/unit/site_help.h"

#define WALK_TEST(name)                                                        \
    cmocka_unit_test_setup_teardown(name, site_setup, site_teardown)

/* One visitor: who they are, and the answer that they see now. Everything
 * lives as long as the box. */
struct walk {
    struct site_box *box;
    struct peer peer;
    struct answer answer;
    const char *at;   /* path of the answer, without what was typed */
    const char *said; /* the last address with something typed, or NULL */
};

/* state: cmocka's, of site_setup. identity: number of the certificate. */
struct walk *walk_new(void **state, unsigned identity);
/* The same, and joins under this name. */
struct walk *walk_join(void **state, unsigned identity, const char *name);

/* Asks for a path, or for the first link of the page whose label begins so,
 * and follows redirects. */
#define walk_open(w, path)                                                     \
    walk_to(w, path, (const char *const[]){(const char *)NULL})
#define walk_press(w, label) walk_open(w, walk_link(w, label))
/* The same, and answers prompts with what is typed in turn; ends at the first
 * answer that is neither prompt nor redirect, or when all was typed. */
#define walk_type(w, label, ...)                                               \
    walk_to(w, walk_link(w, label), (const char *const[]){__VA_ARGS__, NULL})
void walk_to(struct walk *w, const char *path, const char *const *typed);
/* Sends text along a link of the page; then as walk_open. */
void walk_upload(struct walk *w, const char *label, const char *text);

/* The address behind the label, or NULL. */
const char *walk_link(const struct walk *w, const char *label);
/* The whole line that stands directly above that link, or NULL. */
const char *walk_above(const struct walk *w, const char *label);

#define assert_has(w, text) assert_shown(w, text, true, __FILE__, __LINE__)
#define assert_no(w, text) assert_shown(w, text, false, __FILE__, __LINE__)
void assert_shown(const struct walk *w, const char *text, bool is_wanted,
                  const char *file, int line);

#endif
