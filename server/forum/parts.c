#include "forum/parts.h"

#include "base/text.h"

static bool
is_fence(struct str line)
{
    return str_has_prefix(line, STR("```"));
}

static bool
fence_is_open(struct str text)
{
    bool is_open = false;

    while (text.n > 0)
        is_open ^= is_fence(str_cut(&text, '\n'));
    return is_open;
}

struct str
parts_clean(struct arena *mem, struct str typed)
{
    struct str text = text_clean(mem, typed);

    if (fence_is_open(text))
        text = arena_fmt(mem, "%.*s\n```", (int)text.n, text.p);
    return text.p ? text : STR("");
}

bool
parts_goes_on(struct arena *mem, struct str *text)
{
    if (!str_has_suffix(*text, STR("+")))
        return false;
    text->n--;
    if (str_has_suffix(*text, STR("+")))
        return false;
    /* What stood before the + may have ended in blanks. */
    *text = parts_clean(mem, *text);
    return true;
}

/* The block that starts at the beginning of *rest, with both its fences. */
static struct str
block_cut(struct str *rest)
{
    struct str block = *rest;
    struct str line = str_cut(rest, '\n');

    block.n = line.n;
    while (rest->n > 0) {
        line = str_cut(rest, '\n');
        block.n = (size_t)(line.p + line.n - block.p);
        if (is_fence(line))
            break;
    }
    return block;
}

bool
parts_next(struct str *rest, struct part *out)
{
    out->blank = 0;
    while (rest->n > 0 && rest->p[0] == '\n') {
        *rest = str_skip(*rest, 1);
        out->blank++;
    }
    if (rest->n == 0)
        return false;
    out->text = is_fence(*rest) ? block_cut(rest) : str_cut(rest, '\n');
    return true;
}

int64_t
parts_gap(struct str before, struct str after)
{
    static const char *const run[] = {"* ", "=>", ">"};

    for (size_t i = 0; i < sizeof(run) / sizeof(run[0]); i++)
        if (str_has_prefix(before, str_of(run[i])) &&
            str_has_prefix(after, str_of(run[i])))
            return 0;
    return 1;
}
