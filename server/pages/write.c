/* Opening a thread: a title is asked for, then the text; or all by Titan. */
#include "base/text.h"
#include "pages/posted.h"

static enum err
titled_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why)
        return draft_kept(v, rs, o);
    return draft_prompt(v, rs, o->draft);
}

static enum err
write_titled(const struct visit *v, struct response *rs, enum thread_kind kind)
{
    if (text_line(v->mem, v->input).n == 0)
        return E_EMPTY;
    return visit_change(v, rs, titled_after, CHANGE_DRAFT_OPEN,
                        .aim = AIM_THREAD, .community = v->community->id,
                        .value = (int)kind, .title = v->input);
}

enum err
page_new_note(const struct visit *v, struct response *rs)
{
    return write_titled(v, rs, KIND_NOTE);
}

/* The first line with something in it, without marks of a heading, is the
 * title; text gets what follows. */
static struct str
upload_title(const struct visit *v, struct str *text)
{
    struct str rest = str_trim(v->input);
    struct str line = str_trim(str_cut(&rest, '\n'));

    while (line.n > 0 && line.p[0] == '#')
        line = str_skip(line, 1);
    *text = str_trim(rest);
    return text_line(v->mem, line);
}

static enum err
no_title_after(const struct visit *v, struct response *rs,
               const struct outcome *o)
{
    struct outcome kept = *o;

    kept.why = o->why ? o->why : E_EMPTY;
    return draft_kept(v, rs, &kept);
}

static enum err
write_whole(const struct visit *v, struct response *rs, enum thread_kind kind)
{
    struct str text, title = upload_title(v, &text);
    bool has_text = text.n > 0;

    if (v->is_edit)
        return raw_text(rs, STR(""));
    /* A first line that can not be a title is text like the rest: its author
     * gives the title in the draft. */
    if (title.n > LINE_MAX_BYTES || (title.n == 0 && has_text))
        return visit_change(v, rs, no_title_after, CHANGE_DRAFT_OPEN,
                            .aim = AIM_THREAD, .community = v->community->id,
                            .value = (int)kind, .text = v->input,
                            .is_whole = true);
    return visit_change(v, rs, posted_after, CHANGE_THREAD,
                        .community = v->community->id, .value = (int)kind,
                        .title = title, .text = has_text ? text : STR("."),
                        .is_whole = has_text);
}

enum err
page_note_upload(const struct visit *v, struct response *rs)
{
    return write_whole(v, rs, KIND_NOTE);
}

enum err
page_ask_upload(const struct visit *v, struct response *rs)
{
    return write_whole(v, rs, KIND_QUESTION);
}
