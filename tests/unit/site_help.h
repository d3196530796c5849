/*
 * A site without sockets: in a directory of its own, one loop on the test's
 * thread, one exchange at a time. A test says byte for byte what arrives and
 * gets what would be sent; the writer's mail is waited for.
 */
#ifndef UNIT_SITE_HELP_H
#define UNIT_SITE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "forum/change.h"
#include "pages/site.h"

#define SITE_HOST "gemini://example.org"
#define SITE_UPLOAD "titan://example.org"

struct site_box {
    void *directory; /* scratch.h's state */
    struct site *site;
    struct service service;
    struct mailbox *home;
    void *loop;
    struct site_config config;
    char *database, *content; /* content: a directory that a test may fill */
    struct arena mem;         /* of the answers */
};

/* Fixtures for cmocka_unit_test_setup_teardown: *state is the box. */
int site_setup(void **state);
int site_teardown(void **state);
/* The operator's directory of texts holds this file from now on. */
void site_content(struct site_box *b, const char *file, const char *text);

/* The nth identity, valid for a year; 0: none. */
struct peer site_peer(unsigned n);

struct answer {
    int status;
    struct str meta, body; /* NUL-ended; live as long as the box */
};

/* url: absolute, or a path of SITE_HOST. */
struct answer site_ask(struct site_box *b, const struct peer *who,
                       const char *url);
/* A request line of titan:// and what follows it. */
struct answer site_upload(struct site_box *b, const struct peer *who,
                          const char *line, struct str body);
/* The same for a request that net could not understand. */
struct answer site_refuse(struct site_box *b, enum err bad, int seconds);
/* Applies a change as the writer would; fails the test where it is refused. */
struct outcome site_do(struct site_box *b, const struct change *c);

/* A fixture with people: Amina (1) looks after both communities, Josef (2) is a
 * member of neither, 3 is an identity that nobody knows, 0 shows none. The
 * garden is /c/garden/ with thread 1; the closed cellar has thread 2. */
enum { GUEST, AMINA, JOSEF, STRANGER };
int town_setup(void **state);

/* Is text in the body? */
bool answer_has(const struct answer *a, const char *text);
/* The address of the first link whose label begins so; fails without. */
const char *answer_link(struct site_box *b, const struct answer *a,
                        const char *label);

#endif
