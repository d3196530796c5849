/*
 * Visitors who walk through a site as people do: they open a page, read it,
 * and follow its own links. No sockets; the real writer, a real database.
 */
#ifndef TESTS_UNIT_WALK_H
#define TESTS_UNIT_WALK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"

/* One visitor: who they are, and the answer that they see now. */
struct walk {
    struct place_under_test *place;
    unsigned identity; /* number of the certificate; 0: none */
    int status;
    char meta[1200];
    struct buf body; /* NUL-ended behind its n bytes */
    char at[1100];   /* path of the answer, without what was typed */
    char said[2000]; /* the last address with something typed */
};

/* For cmocka: an empty site; *state is struct place_under_test. */
int walk_setup(void **state);
int walk_teardown(void **state);
/* A visitor who stays until teardown. */
struct walk *walk_new(void **state, unsigned identity);

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

/* The address behind the label, or NULL. Good until the test ends. */
const char *walk_link(struct walk *w, const char *label);
/* Does the page show this text? */
bool walk_has(const struct walk *w, const char *text);
/* The whole line that stands directly above the link, or NULL. */
const char *walk_above(struct walk *w, const char *label);

#define assert_has(w, text) assert_has_at(w, text, true, __FILE__, __LINE__)
#define assert_no(w, text) assert_has_at(w, text, false, __FILE__, __LINE__)
void assert_has_at(const struct walk *w, const char *text, bool is_wanted,
                   const char *file, int line);

#endif
