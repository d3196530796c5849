/*
 * Keeping up: what a member follows, how far they have read there, and what
 * they mute. All of it is its owner's alone. A mark moves by its owner's hand,
 * never backwards, and goes when they stop following.
 */
#ifndef FORUM_FOLLOW_H
#define FORUM_FOLLOW_H

#include "forum/words.h"
#include "store/db.h"

/* A place of a member's, as their lists show it. */
struct followed {
    enum follow_kind kind;
    int64_t thing;         /* community, thread, tag or member */
    struct str name;       /* absent (p NULL): not to be read any more */
    struct str short_name; /* address of a community, fold of a tag */
};

/* What a member follows / mutes, behind (kind, thing); begin with (-1, 0).
 * Strings are borrowed until the next row. */
struct rows follow_list(struct db *db, int64_t member, int64_t kind,
                        int64_t thing, int64_t most);
struct rows mute_list(struct db *db, int64_t member, int64_t kind,
                      int64_t thing, int64_t most);
bool followed_next(struct rows *r, struct followed *out);

enum err follow_state(struct db *db, int64_t member, enum follow_kind kind,
                      int64_t thing, bool *is_followed, bool *is_muted);
/* The tag of the site that is called so now. E_NOT_FOUND. */
enum err follow_tag(struct db *db, struct str fold, int64_t *tag);

/* A followed place in which something is new; of a tag that is not known yet.
 * In the order of (kind, thing), and nothing is in two of them. */
struct news {
    enum follow_kind kind;
    int64_t thing, mark;
    struct str short_name, name; /* of the community (of a thread: its own) */
    int64_t last_seq;
};

/* Those behind (kind, thing), at most `most` of them, copied into mem; how many
 * it found, in *n. */
enum err news_list(struct db *db, int64_t member, int64_t kind, int64_t thing,
                   int most, struct arena *mem, struct news **out, int *n);

/* Roughly how many bytes all that is new takes; 0 where nothing is, or where
 * it is too much to be worth counting. */
enum err news_size(struct db *db, int64_t member, struct arena *mem,
                   size_t *bytes);

/* What is new under a tag, and told of nowhere else: opening posts and pages
 * in the order of their arrival. Of each where there are more than NEWS_OF_TAG,
 * the newest. */
#define NEWS_OF_TAG 200
struct tag_news {
    int64_t seq;
    int64_t thing; /* a thread or a page */
    bool is_page;
};
enum err news_of_tag(struct db *db, const struct news *tag, int64_t member,
                     struct arena *mem, struct tag_news **out, int *n,
                     bool *has_more);

/* Whether a post is left out because its author, its thread or a tag of that
 * is muted, or a page because a tag of it is. is_any: the member mutes
 * something; else nobody need ask. */
enum err news_page_is_muted(struct db *db, int64_t member, int64_t page,
                            bool *out);
enum err news_is_any_muted(struct db *db, int64_t member, bool *is_any);
enum err news_is_muted(struct db *db, int64_t member, int64_t thread,
                       int64_t author, bool *out);

/* The newest arrival number of all. */
enum err news_newest(struct db *db, int64_t *seq);

/* Own settings. feed: the secret of the private feed, or empty. */
struct keep_up {
    bool hears_chat;
    struct str feed;
};
enum err keep_up_get(struct db *db, int64_t member, struct arena *mem,
                     struct keep_up *out);

#endif
