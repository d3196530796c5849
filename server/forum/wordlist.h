/* The common list from which recovery words are drawn. */
#ifndef FORUM_WORDLIST_H
#define FORUM_WORDLIST_H

#include <stdint.h>

#define WORDLIST_SIZE 2048 /* a power of two: each word carries 11 bits */

/* Three to seven lower-case letters, NUL-ended; i counts from 0. */
const char *wordlist_get(uint32_t i);

#endif
