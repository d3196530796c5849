/*
 * Every route of the site, in both trees, with every kind of visitor, in an
 * open, a join-to-write and a closed community, by GET and with typed text: the
 * status is never more than the row allows, nobody reads of what is closed to
 * them, and nothing changes, because none of the keys is right.
 *
 * The world (matrix.talk): people guest, stranger, member, participant,
 * steward, expired; communities "open", "joined", "grove" (closed), each with a
 * thread (1, 2, 3); draft 1 is the steward's. What stands in the closed one
 * holds the word "grove".
 */
#ifndef TESTS_TALK_MATRIX_H
#define TESTS_TALK_MATRIX_H

#include "tests/talk/script.h"

script_then matrix_walk;

#endif
