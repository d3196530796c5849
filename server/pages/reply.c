/* Replies: said at once, by Titan, or in parts. */
#include "pages/posted.h"

/* at.page is the post that is answered; 0 in the rows without one. */
static enum err
reply_say(const struct visit *v, struct response *rs)
{
    if (v->is_edit)
        return raw_text(rs, STR(""));
    return visit_change(v, rs, posted_after, CHANGE_REPLY,
                        .thread = v->thread->id, .number = v->at.page,
                        .text = v->input, .is_whole = v->is_upload);
}

enum err
page_reply(const struct visit *v, struct response *rs)
{
    return reply_say(v, rs);
}

enum err
page_reply_upload(const struct visit *v, struct response *rs)
{
    return reply_say(v, rs);
}

enum err
page_reply_to(const struct visit *v, struct response *rs)
{
    return reply_say(v, rs);
}

enum err
page_reply_to_upload(const struct visit *v, struct response *rs)
{
    return reply_say(v, rs);
}

static enum err
reply_open(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, opened_after, CHANGE_DRAFT_OPEN,
                        .aim = AIM_REPLY, .thread = v->thread->id,
                        .number = v->at.page);
}

enum err
page_longer(const struct visit *v, struct response *rs)
{
    return reply_open(v, rs);
}

enum err
page_longer_to(const struct visit *v, struct response *rs)
{
    return reply_open(v, rs);
}
