/* Is a document what RFC 4287 calls a feed? Read by libxml2's reader. */
#ifndef TESTS_TALK_ATOM_CHECK_H
#define TESTS_TALK_ATOM_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* Well-formed; the elements that a feed and its entries must have, once each;
 * ids that are absolute and unique; dates of RFC 3339; links that are absolute
 * gemini:// addresses. False, with the reason. */
bool atom_check(const char *xml, size_t n, char *why, size_t room);

#endif
