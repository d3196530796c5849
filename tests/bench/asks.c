#include "tests/bench/asks.h"

#include <string.h>

#include "forum/actor.h"
#include "forum/community.h"
#include "forum/draft.h"
#include "forum/member.h"
#include "forum/post.h"
#include "forum/thread.h"

#define LINES 31 /* of a page of threads, and one to see if there is more */
#define POSTS 40

/* SplitMix64: 1 to most. */
int64_t
town_roll(struct town *t, int64_t most)
{
    uint64_t z = (t->dice += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return 1 + (int64_t)((z ^ (z >> 31)) % (uint64_t)most);
}

static enum err
ask_actor(struct ask *a)
{
    struct peer peer = {.is_there = true, .not_after = INT64_MAX};
    struct actor who;

    memcpy(peer.key, a->at->key, sizeof peer.key);
    memcpy(peer.cert, a->at->key, sizeof peer.cert);
    a->rows = 1;
    return actor_find(a->town->db, &peer, a->town->now, a->mem, &who);
}

static enum err
ask_member(struct ask *a)
{
    struct member m;

    a->rows = 1;
    return member_get(a->town->db, a->at->member, a->mem, &m);
}

static enum err
ask_member_name(struct ask *a)
{
    struct member m;

    a->rows = 1;
    return member_by_name(a->town->db, str_of(a->at->name), a->mem, &m);
}

static enum err
ask_name_free(struct ask *a)
{
    struct str clean;
    enum err e =
        member_name_check(a->town->db, str_of(a->at->name), 0, a->mem, &clean);

    a->rows = 1;
    return e == E_TAKEN ? OK : e;
}

static enum err
ask_certificates(struct ask *a)
{
    struct rows r = certificate_list(a->town->db, a->at->member);
    struct certificate c;

    while (certificate_next(&r, &c))
        a->rows++;
    return rows_end(&r);
}

static enum err
ask_community(struct ask *a)
{
    struct community c;

    a->rows = 1;
    return community_get(a->town->db, str_of(a->at->slug), a->at->member,
                         a->mem, &c);
}

static enum err
communities(struct ask *a, struct rows r, int most)
{
    struct community c;

    while (a->rows < most && community_next(&r, &c))
        a->rows++;
    return rows_end(&r);
}

static enum err
ask_directory(struct ask *a)
{
    return communities(a,
                       community_list(a->town->db, a->at->member, false, 0,
                                      str_of(a->at->fold), 0),
                       LINES);
}

static enum err
ask_joined(struct ask *a)
{
    return communities(a, community_mine(a->town->db, a->at->member), LINES);
}

static enum err
ask_active(struct ask *a)
{
    return communities(a, community_recent(a->town->db, a->at->member, LINES),
                       LINES);
}

static enum err
ask_stewards(struct ask *a)
{
    struct rows r = community_stewards(a->town->db, a->at->community);

    while (rows_next(&r))
        a->rows++;
    return rows_end(&r);
}

static enum err
acts(struct ask *a, int64_t community)
{
    struct rows r = act_list(a->town->db, community, a->at->member, INT64_MAX);
    struct act act;

    while (a->rows < LINES && act_next(&r, &act))
        a->rows++;
    return rows_end(&r);
}

static enum err
ask_log(struct ask *a)
{
    return acts(a, 0);
}

static enum err
ask_community_log(struct ask *a)
{
    return acts(a, a->at->community);
}

static enum err
ask_thread(struct ask *a)
{
    struct thread t;

    a->rows = 1;
    return thread_get(a->town->db, a->at->thread, a->at->member, a->mem, &t);
}

static enum err
threads(struct ask *a, struct rows r)
{
    struct thread t;

    while (thread_next(&r, &t))
        a->rows++;
    return rows_end(&r);
}

static enum err
ask_threads(struct ask *a)
{
    return threads(
        a, thread_list(a->town->db, a->at->community, INT64_MAX, LINES));
}

static enum err
ask_threads_deep(struct ask *a)
{
    return threads(a, thread_list(a->town->db, a->at->community,
                                  a->at->last_seq + 1, LINES));
}

static enum err
ask_newest(struct ask *a)
{
    return threads(a, thread_recent(a->town->db, 0, INT64_MAX, LINES));
}

static enum err
ask_newest_deep(struct ask *a)
{
    return threads(a, thread_recent(a->town->db, a->at->member,
                                    a->at->last_seq + 1, LINES));
}

static enum err
ask_mine(struct ask *a)
{
    return threads(a,
                   thread_mine(a->town->db, a->at->member, INT64_MAX, LINES));
}

static enum err
ask_post(struct ask *a)
{
    struct post p;

    a->rows = 1;
    return post_get(a->town->db, a->at->thread,
                    town_roll(a->town, a->at->last_number), a->mem, &p);
}

static enum err
posts(struct ask *a, struct rows r)
{
    struct post p;

    while (a->rows < POSTS && post_next(&r, &p))
        a->rows++;
    return rows_end(&r);
}

static enum err
ask_slice(struct ask *a)
{
    return posts(a, post_slice(a->town->db, a->at->thread,
                               town_roll(a->town, a->at->last_number)));
}

static enum err
ask_slice_back(struct ask *a)
{
    return posts(a, post_slice_back(a->town->db, a->at->thread,
                                    town_roll(a->town, a->at->last_number)));
}

/* The first thread of a town never ends. */
static enum err
ask_slice_long(struct ask *a)
{
    return posts(a,
                 post_slice(a->town->db, 1,
                            town_roll(a->town, a->town->place[0].last_number)));
}

static enum err
ask_since(struct ask *a)
{
    return posts(
        a, post_since(a->town->db, a->at->community, a->at->last_seq - 1));
}

static enum err
ask_versions(struct ask *a)
{
    struct rows r = version_list(a->town->db, a->at->thread, 1);
    struct version v;

    while (version_next(&r, &v))
        a->rows++;
    return rows_end(&r);
}

static enum err
ask_drafts(struct ask *a)
{
    struct rows r = draft_list(a->town->db, a->at->member);
    struct draft d;

    while (draft_next(&r, &d))
        a->rows++;
    return rows_end(&r);
}

const struct question asks[] = {
    {"certificate-to-member", ask_actor},
    {"member", ask_member},
    {"member-by-name", ask_member_name},
    {"is-a-name-free", ask_name_free},
    {"certificates-of-a-member", ask_certificates},
    {"community-by-slug", ask_community},
    {"communities-by-alphabet", ask_directory},
    {"communities-of-a-member", ask_joined},
    {"communities-active-last", ask_active},
    {"stewards", ask_stewards},
    {"log-of-all", ask_log},
    {"log-of-a-community", ask_community_log},
    {"thread", ask_thread},
    {"threads-of-a-community", ask_threads},
    {"threads-of-a-community,-deep", ask_threads_deep},
    {"newest-threads", ask_newest},
    {"newest-threads,-deep", ask_newest_deep},
    {"newest-threads-of-a-member", ask_mine},
    {"post", ask_post},
    {"posts-of-a-thread", ask_slice},
    {"posts-of-a-thread,-backwards", ask_slice_back},
    {"posts-of-the-longest-thread", ask_slice_long},
    {"posts-since", ask_since},
    {"earlier-texts", ask_versions},
    {"drafts", ask_drafts},
    {"search,-a-common-word", ask_search_common},
    {"search,-a-rare-word", ask_search_rare},
    {"search,-two-words", ask_search_two},
    {"search,-a-phrase", ask_search_phrase},
    {"search,-a-beginning", ask_search_beginning},
    {"near-answers", ask_search_near},
};

const int asks_count = sizeof asks / sizeof *asks;
