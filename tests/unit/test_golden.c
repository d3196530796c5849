/*
 * Golden pages: what a small fixed town shows to each kind of visitor, kept in
 * tests/golden/<route>.<who>.gmi, so that a change of any page is a diff that
 * a reviewer reads. `make golden` takes the pages as they are now.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#undef NAME_MAX /* of files; ours is of people */

#include "pages/inner.h"
#include "tests/unit/golden_town.h"

#define DIRECTORY "tests/golden"
#define FILE_BYTES (64 * 1024)
static const char *const who_names[] = {[GUEST] = "guest",
                                        [STEWARD_WHO] = "steward",
                                        [PARTICIPANT_WHO] = "participant",
                                        [STRANGER] = "stranger",
                                        [MEMBER_WHO] = "member"};

/* Pages of both trees are shown to a guest outside, and inside to whoever
 * sees something else there. */
static const struct golden {
    enum route_id route;
    unsigned who;
    const char *path;
} goldens[] = {
    {R_home, GUEST, "/"},
    {R_home, STRANGER, "/i/"},
    {R_home, MEMBER_WHO, "/i/"},
    {R_home, PARTICIPANT_WHO, "/i/"},
    {R_home, STEWARD_WHO, "/i/"},
    {R_about, GUEST, "/about"},
    {R_about, MEMBER_WHO, "/i/about"},
    {R_privacy, GUEST, "/about/privacy"},
    {R_site_rules, GUEST, "/about/rules"},
    {R_help, GUEST, "/help/"},
    {R_handbook, GUEST, "/help/handbook/"},
    {R_guide, GUEST, "/help/handbook/purpose"},
    {R_help_page, GUEST, "/help/titan"},
    {R_keys, GUEST, "/keys"},
    {R_open, GUEST, "/open"},
    {R_open, PARTICIPANT_WHO, "/i/open"},
    {R_open_more, GUEST, "/open/2"},
    {R_log, GUEST, "/log"},
    {R_log_older, GUEST, "/log/3"},
    {R_robots, GUEST, "/robots.txt"},
    {R_favicon, GUEST, "/favicon.txt"},
    {R_search, GUEST, "/s?pump"},
    {R_search, PARTICIPANT_WHO, "/i/s?nothing-like-it"},
    {R_search_more, GUEST, "/s/2?pump"},
    {R_tags, GUEST, "/tags"},
    {R_tags_more, GUEST, "/tags/a"},
    {R_tag, GUEST, "/tag/pumps"},
    {R_tag_older, GUEST, "/tag/pumps/older/9"},
    {R_community_tag, GUEST, "/c/water-works/tag/1"},
    {R_community_tag_older, GUEST, "/c/water-works/tag/1/9"},
    {R_thread_tags, GUEST, "/t/2/tags"},
    {R_thread_tags, PARTICIPANT_WHO, "/i/t/2/tags"},
    {R_page_tags, GUEST, "/p/1/tags"},
    {R_page_tags, PARTICIPANT_WHO, "/i/p/1/tags"},
    {R_feed, GUEST, "/feed"},
    {R_atom, GUEST, "/atom.xml"},
    {R_tag_feed, GUEST, "/tag/pumps/feed"},
    {R_tag_atom, GUEST, "/tag/pumps/atom.xml"},
    {R_member_feed, GUEST, "/u/Josef/feed"},
    {R_member_atom, GUEST, "/u/Josef/atom.xml"},
    {R_communities, GUEST, "/c/"},
    {R_communities, PARTICIPANT_WHO, "/i/c/"},
    {R_communities, STEWARD_WHO, "/i/c/"},
    {R_communities_more, GUEST, "/c-from/b/0"},
    {R_resting, GUEST, "/c-resting/"},
    {R_resting_more, GUEST, "/c-resting/a/0"},
    {R_community, GUEST, "/c/water-works/"},
    {R_community, STRANGER, "/i/c/water-works/"},
    {R_community, MEMBER_WHO, "/i/c/water-works/"},
    {R_community, PARTICIPANT_WHO, "/i/c/water-works/"},
    {R_community, STEWARD_WHO, "/i/c/water-works/"},
    {R_community_older, GUEST, "/c/water-works/older/7"},
    {R_community_open, GUEST, "/c/water-works/open"},
    {R_community_open_more, GUEST, "/c/water-works/open/2"},
    {R_community_since, GUEST, "/c/water-works/since/3"},
    {R_community_since, PARTICIPANT_WHO, "/i/c/water-works/since/3"},
    {R_community_rules, GUEST, "/c/water-works/rules"},
    {R_community_rules, STEWARD_WHO, "/i/c/water-works/rules"},
    {R_community_elsewhere, GUEST, "/c/water-works/elsewhere"},
    {R_community_feed, GUEST, "/c/water-works/feed"},
    {R_community_feed, PARTICIPANT_WHO, "/i/c/water-works/feed"},
    {R_community_atom, GUEST, "/c/water-works/atom.xml"},
    {R_community_log, GUEST, "/c/water-works/log"},
    {R_community_log_older, GUEST, "/c/water-works/log/4"},
    {R_come, GUEST, "/i/c/water-works/in/abcd1234"},
    {R_come, MEMBER_WHO, "/i/c/water-works/in/abcd1234"},
    {R_invited, GUEST, "/i/come/k3v9p2qak3v9p2qa"},
    {R_invited, MEMBER_WHO, "/i/come/k3v9p2qak3v9p2qa"},
    {R_invited, STEWARD_WHO, "/i/come/k3v9p2qak3v9p2qa"},
    {R_desk, PARTICIPANT_WHO, "/i/c/water-works/desk/"},
    {R_desk, STEWARD_WHO, "/i/c/water-works/desk/"},
    {R_pages, GUEST, "/c/water-works/pages/"},
    {R_pages_more, GUEST, "/c/water-works/pages/1"},
    {R_pages_new, GUEST, "/c/water-works/pages/new"},
    {R_pages_new_more, GUEST, "/c/water-works/pages/new/1/1"},
    {R_book, GUEST, "/c/water-works/book"},
    {R_book_more, GUEST, "/c/water-works/book/1"},
    {R_sheets, PARTICIPANT_WHO, "/i/c/water-works/sheets"},
    {R_start_here, GUEST, "/c/water-works/start"},
    {R_start_here, PARTICIPANT_WHO, "/i/c/water-works/start"},
    {R_page, GUEST, "/p/1"},
    {R_page, MEMBER_WHO, "/i/p/1"},
    {R_page, PARTICIPANT_WHO, "/i/p/1"},
    {R_page_from, GUEST, "/p/1/from/1"},
    {R_page_txt, GUEST, "/p/1/txt"},
    {R_page_feed, GUEST, "/p/1/feed"},
    {R_page_atom, GUEST, "/p/1/atom.xml"},
    {R_page_versions, GUEST, "/p/1/v"},
    {R_page_versions_older, GUEST, "/p/1/v/older/2"},
    {R_page_version, GUEST, "/p/1/v/2"},
    {R_page_version_all, GUEST, "/p/1/v/1/all"},
    {R_page_doubts, GUEST, "/p/1/doubts/0"},
    {R_thread, GUEST, "/t/2"},
    {R_thread, STRANGER, "/i/t/2"},
    {R_thread, MEMBER_WHO, "/i/t/2"},
    {R_thread, PARTICIPANT_WHO, "/i/t/2"},
    {R_thread, STEWARD_WHO, "/i/t/2"},
    {R_thread_from, GUEST, "/t/2/from/3"},
    {R_thread_all, GUEST, "/t/2/all"},
    {R_thread_txt, GUEST, "/t/2/txt"},
    {R_thread_feed, GUEST, "/t/2/feed"},
    {R_thread_atom, GUEST, "/t/2/atom.xml"},
    {R_post, GUEST, "/t/2/2"},
    {R_post, MEMBER_WHO, "/i/t/2/2"},
    {R_post, PARTICIPANT_WHO, "/i/t/2/2"},
    {R_post, STEWARD_WHO, "/i/t/2/2"},
    {R_post_versions, GUEST, "/t/2/2/v"},
    {R_post_versions, PARTICIPANT_WHO, "/i/t/2/2/v"},
    {R_thanked, STEWARD_WHO, "/i/t/2/th/2"},
    {R_thanked, PARTICIPANT_WHO, "/i/t/2/th/2"},
    {R_post_came, GUEST, "/t/2/2/came/3"},
    {R_community_came, GUEST, "/c/water-works/came"},
    {R_community_came_older, GUEST, "/c/water-works/came/2"},
    {R_inbox, PARTICIPANT_WHO, "/i/in"},
    {R_inbox, MEMBER_WHO, "/i/in"},
    {R_inbox_older, PARTICIPANT_WHO, "/i/in/older/4"},
    {R_me_thanks, PARTICIPANT_WHO, "/i/me/thanks"},
    {R_me_thanks, MEMBER_WHO, "/i/me/thanks"},
    {R_me_thanks_older, PARTICIPANT_WHO, "/i/me/thanks/2"},
    {R_reply, GUEST, "/i/t/2/r/abcd1234?Thanks"},
    {R_reply, PARTICIPANT_WHO, "/i/t/2/r/abcd1234?Thanks"},
    {R_remove_sure, MEMBER_WHO, "/i/t/2/2/remove"},
    {R_remove_sure, PARTICIPANT_WHO, "/i/t/2/2/remove"},
    {R_care, MEMBER_WHO, "/i/t/2/2/care"},
    {R_care, STEWARD_WHO, "/i/t/2/2/care"},
    {R_drafts, MEMBER_WHO, "/i/d/"},
    {R_drafts, PARTICIPANT_WHO, "/i/d/"},
    {R_draft, PARTICIPANT_WHO, "/i/d/7"},
    {R_draft_near, PARTICIPANT_WHO, "/i/d/7/near"},
    {R_ask_front, GUEST, "/i/ask"},
    {R_ask_front, PARTICIPANT_WHO, "/i/ask"},
    {R_sources, STEWARD_WHO, "/i/d/9/threads/0"},
    {R_source_posts, STEWARD_WHO, "/i/d/9/posts/2097153"},
    {R_draft, STEWARD_WHO, "/i/d/9"},
    {R_draft_where, PARTICIPANT_WHO, "/i/d/7/w"},
    {R_draft_kind, PARTICIPANT_WHO, "/i/d/7/o"},
    {R_draft_rm_sure, PARTICIPANT_WHO, "/i/d/7/rm"},
    {R_member, GUEST, "/u/Josef"},
    {R_member, PARTICIPANT_WHO, "/i/u/Josef"},
    {R_join_about, STRANGER, "/i/join"},
    {R_link_about, STRANGER, "/i/link"},
    {R_back_about, STRANGER, "/i/back"},
    {R_me, GUEST, "/i/me/"},
    {R_me, STRANGER, "/i/me/"},
    {R_me, PARTICIPANT_WHO, "/i/me/"},
    {R_me_certs, PARTICIPANT_WHO, "/i/me/certs"},
    {R_cert_sure, PARTICIPANT_WHO, "/i/me/certs/4/retire"},
    {R_me_code_show, PARTICIPANT_WHO, "/i/me/code"},
    {R_me_words, PARTICIPANT_WHO, "/i/me/words"},
    {R_thread_more, MEMBER_WHO, "/i/t/2/more"},
    {R_notebook, PARTICIPANT_WHO, "/i/me/book/"},
    {R_notebook_older, PARTICIPANT_WHO, "/i/me/book/older/2"},
    {R_notebook_in, PARTICIPANT_WHO, "/i/me/book/in/pumps/0"},
    {R_notebook_all, PARTICIPANT_WHO, "/i/me/book/all/0"},
    {R_saved, PARTICIPANT_WHO, "/i/me/book/1"},
    {R_circles, PARTICIPANT_WHO, "/i/me/circles/"},
    {R_circle, PARTICIPANT_WHO, "/i/c/k3v9p2qa2222knot/circle/"},
    {R_circle_erase_sure, PARTICIPANT_WHO,
     "/i/c/k3v9p2qa2222knot/circle/erase"},
    {R_community_more, GUEST, "/c/water-works/more"},
    {R_community_more, PARTICIPANT_WHO, "/i/c/water-works/more"},
    {R_needs, GUEST, "/c/water-works/needs"},
    {R_needs, PARTICIPANT_WHO, "/i/c/water-works/needs"},
    {R_needs_more, GUEST, "/c/water-works/needs/99"},
    {R_offers_more, GUEST, "/c/water-works/offers/99"},
    {R_reviews, PARTICIPANT_WHO, "/i/c/water-works/reviews"},
    {R_reviews_more, GUEST, "/c/water-works/reviews/99"},
    {R_review, GUEST, "/t/7/review"},
    {R_review, PARTICIPANT_WHO, "/i/t/7/review"},
    {R_review_part, GUEST, "/t/7/review/next/3"},
    {R_working, GUEST, "/c/water-works/working"},
    {R_working_more, GUEST, "/c/water-works/working/99"},
    {R_own_work, PARTICIPANT_WHO, "/i/me/doing/"},
    {R_own_work_older, PARTICIPANT_WHO, "/i/me/doing/99"},
    {R_matches, PARTICIPANT_WHO, "/i/me/matches"},
    {R_porch, GUEST, "/c/water-works/porch"},
    {R_porch, PARTICIPANT_WHO, "/i/c/water-works/porch"},
    {R_porch_older, GUEST, "/c/water-works/porch/1"},
    {R_catch_up, PARTICIPANT_WHO, "/i/new"},
    {R_catch_up_from, PARTICIPANT_WHO, "/i/new/0/2"},
    {R_mark_moved, PARTICIPANT_WHO, "/i/new/done"},
    {R_own_feed, GUEST, "/f/k3v9p2qak3v9p2qak3v9p2qak3v9p2qa"},
    {R_own_atom, GUEST, "/f/k3v9p2qak3v9p2qak3v9p2qak3v9p2qa/atom.xml"},
    {R_me_feed, PARTICIPANT_WHO, "/i/me/feed"},
    {R_me_feed, MEMBER_WHO, "/i/me/feed"},
    {R_follows, PARTICIPANT_WHO, "/i/me/follows"},
    {R_follows_more, PARTICIPANT_WHO, "/i/me/follows/0/2"},
    {R_mutes, PARTICIPANT_WHO, "/i/me/mutes"},
    {R_mutes_more, PARTICIPANT_WHO, "/i/me/mutes/1/1"},
    {R_marks_sure, PARTICIPANT_WHO, "/i/me/follows/erase"},
};

enum { GOLDENS = sizeof(goldens) / sizeof(goldens[0]) };

static char *
golden_path(struct site_box *b, const struct golden *g)
{
    return arena_z(&b->mem,
                   arena_fmt(&b->mem, DIRECTORY "/%s.%s.gmi",
                             route_row(g->route)->name, who_names[g->who]));
}

/* The header without its CR, then the page. */
static struct str
golden_show(struct site_box *b, const struct golden *g)
{
    struct peer peer;
    struct answer a;

    golden_clock();
    peer = site_peer(g->who);
    a = site_ask(b, &peer, g->path);
    return arena_fmt(&b->mem, "%d %s\n%s", a.status, a.meta.p, a.body.p);
}

static struct str
file_get(struct site_box *b, const char *path)
{
    char *p = arena_alloc(&b->mem, FILE_BYTES);
    FILE *f = fopen(path, "r");
    size_t n;

    assert_non_null(p);
    if (!f)
        return (struct str){NULL, 0};
    n = fread(p, 1, FILE_BYTES, f);
    assert_true(n < FILE_BYTES);
    fclose(f);
    return (struct str){p, n};
}

static void
file_put(const char *path, struct str text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
    assert_int_equal(fclose(f), 0);
}

/* The first line that differs, as a diff would show it. */
static bool
is_same(const char *path, struct str want, struct str got)
{
    if (!want.p) {
        print_error("%s is not there; 'make golden' writes it\n", path);
        return false;
    }
    for (int line = 1; want.n > 0 || got.n > 0; line++) {
        bool is_end = want.n == 0, was_end = got.n == 0;
        struct str old = str_cut(&want, '\n'), new = str_cut(&got, '\n');

        if (is_end == was_end && str_eq(old, new))
            continue;
        print_error("%s:%d:\n", path, line);
        if (!is_end)
            print_error("-%.*s\n", (int)old.n, old.p);
        if (!was_end)
            print_error("+%.*s\n", (int)new.n, new.p);
        return false;
    }
    return true;
}

static void
every_page_is_as_it_was(void **state)
{
    struct site_box *b = *state;
    const char *wish = getenv("GOLDEN");
    bool is_blessed = wish && strcmp(wish, "bless") == 0;
    int changed = 0;

    for (int i = 0; i < GOLDENS; i++) {
        const char *path = golden_path(b, &goldens[i]);
        struct str got = golden_show(b, &goldens[i]);

        if (is_blessed)
            file_put(path, got);
        else if (!is_same(path, file_get(b, path), got))
            changed++;
    }
    if (changed)
        fail_msg("%d pages changed; if that was meant: make golden", changed);
}

static void
every_row_that_shows_a_page_has_one_here(void **state)
{
    bool has[R_COUNT] = {false};

    (void)state;
    for (int i = 0; i < GOLDENS; i++)
        has[goldens[i].route] = true;
    for (int i = 0; i < R_COUNT; i++) {
        const struct route *row = route_row((enum route_id)i);

        if ((row->kind == ROUTE_PAGE || row->kind == ROUTE_INSIDE) && !has[i])
            fail_msg("%s %s has no golden page", row->name, row->pattern);
    }
}

static void
every_path_here_belongs_to_its_row(void **state)
{
    struct site_box *b = *state;

    for (int i = 0; i < GOLDENS; i++) {
        struct str path = str_of(goldens[i].path), whole;
        struct url url;
        struct at at;

        whole = arena_fmt(&b->mem, SITE_HOST "%.*s", (int)path.n, path.p);
        assert_int_equal(url_parse(whole, &b->mem, &url), OK);
        assert_int_equal(route_match(&url, &at), OK);
        if (at.route != goldens[i].route)
            fail_msg("%s is %s", goldens[i].path, route_row(at.route)->name);
    }
}

static void
no_file_here_is_left_over(void **state)
{
    struct site_box *b = *state;
    DIR *d = opendir(DIRECTORY);
    struct dirent *f;

    assert_non_null(d);
    while ((f = readdir(d))) {
        bool is_known = f->d_name[0] == '.';

        for (int i = 0; i < GOLDENS && !is_known; i++)
            is_known = strcmp(golden_path(b, &goldens[i]) + sizeof(DIRECTORY),
                              f->d_name) == 0;
        if (!is_known) {
            (void)closedir(d);
            fail_msg(DIRECTORY "/%s belongs to no case", f->d_name);
        }
    }
    (void)closedir(d);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_page_is_as_it_was, golden_setup,
                                        site_teardown),
        cmocka_unit_test(every_row_that_shows_a_page_has_one_here),
        cmocka_unit_test_setup_teardown(every_path_here_belongs_to_its_row,
                                        site_setup, site_teardown),
        cmocka_unit_test_setup_teardown(no_file_here_is_left_over, site_setup,
                                        site_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
