#include "wire/response.h"

#include "base/text.h"

/* The codes that the specification knows; others must not be sent. */
static const int known[] = {10, 11, 20, 30, 31, 40, 41, 42, 43,
                            44, 50, 51, 52, 53, 59, 60, 61, 62};

void
response_init(struct response *rs)
{
    rs->status = 0;
    /* Room for a text in which each byte was bad, before it is cut. */
    buf_init(&rs->meta, 3 * RESPONSE_META_MAX);
    buf_init(&rs->body, RESPONSE_BODY_MAX);
}

void
response_release(struct response *rs)
{
    buf_release(&rs->meta);
    buf_release(&rs->body);
}

void
response_reset(struct response *rs)
{
    rs->status = 0;
    buf_reset(&rs->meta);
    buf_reset(&rs->body);
}

static void
meta_set(struct buf *meta, struct str text)
{
    struct str kept;
    size_t n = 0;

    buf_reset(meta);
    text_add_shown(meta, text_head(text, RESPONSE_META_MAX), false);
    for (size_t i = 0; i < meta->n; i++) {
        if (str_find(STR("<>&"), meta->p[i]) < 0)
            meta->p[n++] = meta->p[i];
    }
    meta->n = n;
    /* A second space behind the status would be no header any more. */
    kept = str_trim(text_head(buf_str(meta), RESPONSE_META_MAX));
    for (size_t i = 0; i < kept.n; i++)
        meta->p[i] = kept.p[i];
    meta->n = kept.n;
    if (meta->n == 0)
        buf_add_char(meta, '-');
}

void
response_say(struct response *rs, int status, struct str meta)
{
    rs->status = status;
    meta_set(&rs->meta, meta);
    buf_reset(&rs->body);
}

void
response_type(struct response *rs, struct lit mime)
{
    rs->status = 20;
    meta_set(&rs->meta, mime.s);
}

static bool
is_known(int status)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        if (known[i] == status)
            return true;
    }
    return false;
}

void
response_finish(struct response *rs, struct buf *header)
{
    /* No words here: they live in content/, which whoever gets so far could
     * not read either. */
    if (rs->body.bad || rs->meta.bad)
        response_say(rs, 41, STR("-"));
    else if (!is_known(rs->status) || rs->meta.n == 0)
        response_say(rs, 40, STR("-"));
    else if (rs->status != 20)
        buf_reset(&rs->body);
    buf_add_int(header, rs->status);
    buf_add_char(header, ' ');
    /* Where even one byte of meta found no memory, the header still needs
     * one. */
    buf_add(header, rs->meta.n > 0 ? buf_str(&rs->meta) : STR("-"));
    buf_add(header, STR("\r\n"));
}
