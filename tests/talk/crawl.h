/*
 * Crawlers and planted links. Guests, strangers and people whose certificate
 * has expired follow every link of every page; members follow every link of
 * theirs but those that act, which end in a key. Then each of those that act is
 * planted in a post of somebody, found there and followed by everybody else,
 * with and without typed text, and as an upload. None of it changes anything.
 *
 * The world (crawl.talk): people guest, stranger and expired; amina, josef and
 * carla are members; whoever may write, writes in thread 1.
 */
#ifndef TESTS_TALK_CRAWL_H
#define TESTS_TALK_CRAWL_H

#include "tests/talk/script.h"

script_then crawl_walk;

#endif
