#include "pages/plain.h"

#include "base/text.h"

#define COLUMNS 72
#define WRAPPED_MAX (1 << 20) /* one post, wrapped */

/* Some clients show plain text as HTML: a '<' that could begin a tag gets a
 * space behind it. */
struct str
plain_inert(struct arena *mem, struct str s)
{
    char *p;
    size_t n = 0;

    if (str_find(s, '<') < 0 || !(p = arena_alloc(mem, 2 * s.n)))
        return s;
    for (size_t i = 0; i < s.n; i++) {
        char after = i + 1 < s.n ? s.p[i + 1] : ' ';
        bool is_letter =
            (after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z');

        p[n++] = s.p[i];
        if (s.p[i] == '<' &&
            (is_letter || after == '/' || after == '!' || after == '?'))
            p[n++] = ' ';
    }
    return (struct str){p, n};
}

/* s wrapped, each of its lines that far to the right. */
void
plain_add(struct buf *out, struct arena *mem, struct str s, size_t indent)
{
    struct buf lines;
    struct str rest;

    buf_init(&lines, WRAPPED_MAX);
    text_wrap(&lines, plain_inert(mem, s), COLUMNS - indent);
    rest = buf_str(&lines);
    while (rest.n) {
        struct str line = str_cut(&rest, '\n');

        for (size_t i = 0; i < indent && line.n; i++)
            buf_add_char(out, ' ');
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
    if (lines.bad && !out->bad)
        out->bad = lines.bad;
    buf_release(&lines);
}
