/*
 * What a person typed, on its way to the database and back: cleaned, split into
 * parts, joined again. The joined text is the cleaned one to the byte, cleaning
 * it once more changes nothing, and what was cleaned holds none of what
 * gemtext.md section 3 bans, looked for without decoding.
 */
#include "base/text.h"
#include "forum/parts.h"
#include "tests/fuzz/oracle.h"

#define MEMORY (8 << 20)

static void
bytes_check(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    bool is_pre = false, is_start = true;

    DEMAND(oracle_utf8(s.p, s.n));
    for (size_t i = 0; i < s.n; i++) {
        unsigned char a = p[i], b = i + 1 < s.n ? p[i + 1] : 0,
                      c = i + 2 < s.n ? p[i + 2] : 0;

        if (is_start && a == '`' && b == '`' && c == '`')
            is_pre = !is_pre;
        is_start = a == '\n';
        DEMAND(a >= 0x20 || a == '\n' || (a == '\t' && is_pre));
        DEMAND(a != 0x7F && !(a == 0xC2 && b >= 0x80 && b <= 0x9F));
        DEMAND(!(a == 0xE2 && b == 0x80 && c >= 0xA8 && c <= 0xAE));
        DEMAND(!(a == 0xE2 && b == 0x81 && c >= 0xA6 && c <= 0xAF));
        DEMAND(!(a == 0xEF && b == 0xBB && c == 0xBF));
    }
    DEMAND(!is_pre);
    DEMAND(!memmem(s.p, s.n, "\n\n\n\n", 4));
    DEMAND(s.n == 0 || (p[0] != '\n' && p[s.n - 1] != '\n'));
}

/* parts_next takes them apart; this knows only what a part is. */
static void
split_and_join(struct str clean, struct arena *mem)
{
    struct str rest = clean;
    struct part part;
    struct buf joined;
    bool is_first = true;

    buf_init(&joined, MEMORY);
    while (parts_next(&rest, &part)) {
        bool is_block = part.text.n >= 3 && memcmp(part.text.p, "```", 3) == 0;

        DEMAND(part.text.n > 0 && part.blank >= 0);
        DEMAND(is_block || !memchr(part.text.p, '\n', part.text.n));
        if (!is_first)
            buf_add_char(&joined, '\n');
        for (int64_t i = 0; i < part.blank; i++)
            buf_add_char(&joined, '\n');
        buf_add(&joined, part.text);
        is_first = false;
    }
    DEMAND(!joined.bad);
    DEMAND(str_eq(buf_str(&joined), clean));
    DEMAND(str_eq(parts_clean(mem, buf_str(&joined)), clean));
    buf_release(&joined);
}

/* The + at the end, and what is left of the text without it. */
static void
going_on(struct str clean, struct arena *mem)
{
    struct str text = clean;
    bool goes_on = parts_goes_on(mem, &text);

    if (goes_on)
        DEMAND(clean.n > 0 && clean.p[clean.n - 1] == '+');
    DEMAND(text.n <= clean.n + 4); /* a fence may have been shut */
    if (goes_on)
        bytes_check(text);
}

static void
line_check(struct str s, struct arena *mem)
{
    struct str line = text_line(mem, s), again = text_line(mem, line);

    DEMAND(oracle_utf8(line.p ? line.p : "", line.n));
    DEMAND(!line.n || (line.p && !memchr(line.p, '\n', line.n) &&
                       !memchr(line.p, '\t', line.n) && line.p[0] != ' ' &&
                       line.p[line.n - 1] != ' '));
    DEMAND(str_eq(line, again));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str typed = {(const char *)data, size}, clean;
    struct arena mem;

    if (size > 70000)
        return 0;
    arena_init(&mem, MEMORY);
    clean = parts_clean(&mem, typed);
    DEMAND(!mem.bad);
    bytes_check(clean);
    split_and_join(clean, &mem);
    going_on(clean, &mem);
    line_check(typed, &mem);
    DEMAND(!mem.bad);
    arena_release(&mem);
    return 0;
}
