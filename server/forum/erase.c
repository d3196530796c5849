#include "forum/erase.h"

#include "forum/words.h"
#include "sql.h"

enum err
posts_erase(struct db *db, int64_t first, int64_t last)
{
    enum err e;

    if ((e = x_erase_versions(db, first, last)) ||
        (e = x_erase_wishes(db, first, last)) ||
        (e = x_erase_reports(db, first, last)) ||
        (e = x_erase_acts(db, first, last)) ||
        (e = x_erase_thanks(db, first, last)) ||
        (e = x_erase_came(db, first, last)) ||
        (e = x_erase_draft_sources(db, first, last)) ||
        (e = x_erase_sources(db, first, last)) ||
        (e = x_erase_inbox(db, first, last)))
        return e;
    return x_erase_posts(db, first, last);
}

/* The arrival numbers that it had stay taken, and so does its own. */
static enum err
thread_erase(struct db *db, int64_t community, int64_t thread, int64_t seq)
{
    enum err e =
        posts_erase(db, POST_ID(thread, 0), POST_ID(thread, POSTS_PER_THREAD));

    if (e || (e = x_erase_thread_due(db, thread)) ||
        (e = x_erase_thread_matched(db, thread)) ||
        (e = x_erase_thread_quiet_drafts(db, thread)) ||
        (e = x_erase_thread_quiet(db, thread)) ||
        (e = x_erase_thread_tagged(db, thread)) ||
        (e = x_erase_thread_follows(db, community, thread)) ||
        (e = x_erase_thread_mutes(db, community, thread)) ||
        (e = x_erase_thread_sent(db, thread)) ||
        (e = x_erase_thread_drafts(db, thread)) ||
        (e = x_erase_numbers(db, thread, seq, 0)))
        return e;
    return x_erase_thread(db, thread);
}

/* One after the other, since each takes its row out of what is looked at. */
static enum err
threads_erase(struct db *db, int64_t community)
{
    for (;;) {
        struct rows r = q_erase_thread_next(db, community);
        bool is_there = rows_next(&r);
        int64_t thread = is_there ? rows_int(&r, 0) : 0;
        int64_t seq = is_there ? rows_int(&r, 1) : 0;
        enum err e = rows_end(&r);

        if (e || !is_there || (e = thread_erase(db, community, thread, seq)))
            return e;
    }
}

static enum err
page_erase(struct db *db, int64_t community, int64_t page, int64_t seq)
{
    enum err e;

    if ((e = x_erase_page_versions(db, page)) ||
        (e = x_erase_page_sources(db, page)) ||
        (e = x_erase_page_credits(db, page)) ||
        (e = x_erase_page_doubts(db, page)) ||
        (e = x_erase_page_tagged(db, page)) ||
        (e = x_erase_page_chosen(db, page)) ||
        (e = x_erase_page_inbox(db, community, page)) ||
        (e = x_erase_numbers(db, 0, seq, page)))
        return e;
    return x_erase_page(db, page);
}

static enum err
pages_erase(struct db *db, int64_t community)
{
    for (;;) {
        struct rows r = q_erase_page_next(db, community);
        int64_t page = rows_next(&r) ? rows_int(&r, 0) : 0;
        int64_t seq = page ? rows_int(&r, 1) : 0;
        enum err e = rows_end(&r);

        if (e || !page || (e = page_erase(db, community, page, seq)))
            return e;
    }
}

enum err
room_erase(struct db *db, int64_t community)
{
    enum err e;

    if ((e = pages_erase(db, community)) ||
        (e = threads_erase(db, community)) ||
        (e = x_erase_room_came(db, community)) ||
        (e = x_erase_room_acts(db, community)) ||
        (e = x_erase_room_start(db, community)) ||
        (e = x_erase_room_tagged(db, community)) ||
        (e = x_erase_room_tags(db, community)) ||
        (e = x_erase_room_inbox(db, community)) ||
        (e = x_erase_room_follows(db, community)) ||
        (e = x_erase_room_mutes(db, community)) ||
        (e = x_erase_room_sent(db, community)) ||
        (e = x_erase_room_drafts(db, community)) ||
        (e = x_erase_room_wishes(db, community)) ||
        (e = x_erase_room_circle(db, community)) ||
        (e = x_erase_room_people(db, community)))
        return e;
    return x_erase_room(db, community);
}
