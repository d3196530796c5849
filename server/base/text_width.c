#include "base/text.h"

#include <utf8proc.h>

size_t
text_letters(struct str s)
{
    utf8proc_int32_t state = 0;
    int32_t before, c = text_next(&s);
    size_t n = c >= 0;

    for (before = c; (c = text_next(&s)) >= 0; before = c)
        n += utf8proc_grapheme_break_stateful(before, c, &state);
    return n;
}

size_t
text_columns(struct str s)
{
    size_t n = 0;
    int32_t c;

    while ((c = text_next(&s)) >= 0)
        n += (size_t)utf8proc_charwidth(c);
    return n;
}

struct str
text_head(struct str s, size_t n)
{
    utf8proc_int32_t state = 0;
    struct str rest = s;
    size_t fits = 0;
    int32_t before = -1, c;

    if (s.n <= n)
        return s;
    /* Each turn knows that a cluster could end before c. */
    while (s.n - rest.n <= n) {
        size_t at = s.n - rest.n;

        if ((c = text_next(&rest)) < 0)
            break;
        if (before < 0 || utf8proc_grapheme_break_stateful(before, c, &state))
            fits = at;
        before = c;
    }
    return (struct str){s.p, fits};
}

/* How much of line goes into one row, and in *skip the blank after it. */
static size_t
wrap_row(struct str line, size_t columns, size_t *skip)
{
    struct str rest = line;
    size_t used = 0, blank = 0;
    int32_t c;

    while (rest.n > 0) {
        size_t at = line.n - rest.n;

        c = text_next(&rest);
        if (c == ' ')
            blank = at;
        used += (size_t)utf8proc_charwidth(c);
        if (used > columns && at > 0) {
            *skip = blank > 0;
            return blank > 0 ? blank : at;
        }
    }
    *skip = 0;
    return line.n;
}

void
text_wrap(struct buf *out, struct str s, size_t columns)
{
    while (s.n > 0) {
        bool has_break = str_find(s, '\n') >= 0;
        struct str line = str_cut(&s, '\n');

        while (line.n > 0) {
            size_t skip, n = wrap_row(line, columns, &skip);

            buf_add(out, (struct str){line.p, n});
            line = str_skip(line, n + skip);
            if (line.n > 0)
                buf_add_char(out, '\n');
        }
        if (has_break)
            buf_add_char(out, '\n');
    }
}
