/*
 * A person's Gemini browser, for tests: remembers the last page, follows its
 * links and redirects, types into prompts, uploads by Titan, and checks of
 * every page what must hold for all of them.
 */
#ifndef TESTS_TALK_BROWSER_H
#define TESTS_TALK_BROWSER_H

#include "base/buf.h"
#include "tests/talk/client.h"

#define BROWSER_WHY 512

struct browser {
    struct person person;
    int port;
    char path[2048]; /* of the last page, with its query */
    struct answer last;
    int requests;          /* so far */
    struct line begun;     /* what browser_begin left open */
    char why[BROWSER_WHY]; /* what was wrong, after a false */
};

void browser_release(struct browser *b);

/* Each returns false, with b->why, where something broke; the status may be
 * any. path is path-absolute. */
bool browser_get(struct browser *b, const char *path);
/* Bytes as they are, with the server's name in SNI. */
bool browser_send(struct browser *b, const char *bytes, size_t n);
/* The same, and waits for no answer: the connection stays open until
 * client_close(&b->begun). */
bool browser_begin(struct browser *b, const char *bytes, size_t n);
/* From the path on: types the texts into prompts, one each, and follows at most
 * five redirects, until there is nothing more to do. */
bool browser_walk(struct browser *b, const char *path, char *const *text,
                  int texts);
/* titan://; follows the redirect after it. */
bool browser_upload(struct browser *b, const char *path, const char *text,
                    size_t n, const char *mime);
bool browser_edit(struct browser *b, const char *path);

/* The address of the last page's first link whose label begins so (by_path:
 * whose address holds that). titan:// and gemini:// ones of this host lose
 * scheme, host and parameters. False where there is none. */
bool browser_link(const struct browser *b, const char *label, bool by_path,
                  char *out, size_t size);
bool browser_has_line(const struct browser *b, const char *line);

#endif
