/*
 * The language of talk files: who, what, and what comes back.
 *
 *     # a comment
 *     amina identity rsa                a certificate: p256 (the default for
 *                                       whoever has none), rsa, rsa1024,
 *                                       ed25519, old, expired, future, ending
 *     amina renews                      a new certificate for the same key
 *     amina resumes                     offers its TLS session again
 *     amina tls 1.2
 *     guest get /t/1 20                 a path and the status it must have
 *     amina press "Reply" "Hello" 20    the link with that label; types the
 *                                       texts into the prompts that come
 *     amina follow "/r/" "Hello" 20     the link with that in its address
 *     amina upload "Whole text" "a\nb"  the titan:// link with that label
 *     amina upload-to /i/x "text" 59
 *     amina begins "titan:...\r\n"       bytes of a request that does not end
 *     amina ends                        until here, where it is cut
 *     amina edit "Whole text" 20        ;edit of that titan:// link
 *     guest send "gemini://x/\r\n" 53   bytes as they are
 *     amina line "# Garden"             the last page has exactly that line
 *     amina no-line, has, no-has, meta, link, no-link, at, bytes-max
 *     amina atom                        the last page is a valid Atom feed
 *     amina spent 3                     so many requests since it was said last
 *     amina keep here "Reply"           $here is that link's address now
 *     clock +16m                        m, h or d; what is due is done
 *     setting loops 1                   from the next restart on
 *     restart                           the server, on the same data
 *
 * `guest` never has a certificate. A press, follow, upload or edit without a
 * status wants 20.
 */
#ifndef TESTS_TALK_SCRIPT_H
#define TESTS_TALK_SCRIPT_H

#include <stdbool.h>

#include "tests/talk/browser.h"
#include "tests/talk/world.h"

/* What a program wants to do in the world that a file has made: people are
 * those that the file named. */
typedef bool script_then(struct world *w, struct browser *people, int count);

/* Runs one file against a new world, and then `then`, if any. False, with
 * file:line and the reason on stderr, where a line did not hold. */
bool script_run(const char *file, int loops, script_then *then);

#endif
