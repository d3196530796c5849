/*
 * Two texts, split at the first byte 0: whatever they are, what stays and what
 * went is the old one, and what stays and what came is the new one.
 */
#include "base/diff.h"
#include "base/buf.h"
#include "tests/fuzz/oracle.h"

static void
lines_add(struct buf *b, bool *is_begun, struct str text)
{
    if (*is_begun)
        buf_add_char(b, '\n');
    *is_begun = true;
    buf_add(b, text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str is = {(const char *)data, size};
    struct str was = str_cut(&is, '\0');
    bool has_old = false, has_new = false;
    struct buf old, new;
    struct diff_run run;
    struct diff d;

    buf_init(&old, size + 1);
    buf_init(&new, size + 1);
    if (diff_init(&d, was, is) == OK) {
        while (diff_next(&d, &run)) {
            if (run.kind != DIFF_IN)
                lines_add(&old, &has_old, run.text);
            if (run.kind != DIFF_OUT)
                lines_add(&new, &has_new, run.text);
        }
        DEMAND(str_eq(buf_str(&old), was));
        DEMAND(str_eq(buf_str(&new), is));
    }
    diff_release(&d);
    buf_release(&old);
    buf_release(&new);
    return 0;
}
