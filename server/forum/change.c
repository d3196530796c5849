#include "forum/change.h"

#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "forum/apply.h"
#include "forum/quiet.h"
#include "forum/wordlist.h"

/* A post of 64 KiB is held a few times over while it is cleaned. */
#define APPLY_MEMORY (4 * 1024 * 1024)
#define WORDS 6

#define CHANGE_ROW(name, function) [CHANGE_##name] = (function),
static enum err (*const apply[])(struct db *, struct change_job *) = {
    CHANGE_TABLE(CHANGE_ROW)};
#undef CHANGE_ROW

/* Those who have no name here yet can do this much; and the clock, which will
 * never have one. */
static bool
is_for_strangers(enum change_kind kind)
{
    return kind == CHANGE_JOIN || kind == CHANGE_LINK ||
           kind == CHANGE_RECOVER || kind == CHANGE_TICK;
}

/* Whoever was barred meanwhile writes no more. */
static enum err
who_find(struct db *db, struct change_job *cj)
{
    struct change *c = &cj->change;
    struct str why;
    enum err e = bar_find(db, c->tag, cj->mem, &why);

    if (e)
        return e;
    return why.p ? E_BARRED : quiet_me(db, c->thread, c, &c->me);
}

enum err
change_apply(struct db *db, struct change_job *cj)
{
    struct arena mem;
    enum err e;

    if ((unsigned)cj->change.kind >= CHANGE_COUNT)
        return E_BUG;
    if (!is_for_strangers(cj->change.kind) && cj->change.member == 0)
        return E_FORBIDDEN;
    arena_init(&mem, APPLY_MEMORY);
    cj->mem = &mem;
    e = who_find(db, cj);
    if (!e)
        e = apply[cj->change.kind](db, cj);
    cj->mem = NULL;
    arena_release(&mem);
    return e;
}

/* Those who come or come back need slow hashes. */
static bool
is_slow(enum change_kind kind)
{
    return kind == CHANGE_JOIN || kind == CHANGE_RECOVER ||
           kind == CHANGE_NEW_WORDS;
}

/* Six words from the list, as they are shown: with a blank between them. */
static enum err
words_make(char out[WORDS_TEXT_MAX])
{
    size_t n = 0;

    for (int i = 0; i < WORDS; i++) {
        uint32_t pick;
        enum err e = secret_below(WORDLIST_SIZE, &pick);

        if (e)
            return e;
        n += (size_t)snprintf(out + n, WORDS_TEXT_MAX - n, "%s%s", i ? " " : "",
                              wordlist_get(pick));
    }
    return OK;
}

/* Words as somebody types them: capitals, commas, numbers and runs of blanks
 * make no difference. */
static struct str
words_read(struct str typed, char out[WORDS_TEXT_MAX])
{
    size_t n = 0;
    bool is_apart = false;

    for (size_t i = 0; i < typed.n && n + 2 < WORDS_TEXT_MAX; i++) {
        char c = typed.p[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c < 'a' || c > 'z') {
            is_apart = n > 0;
            continue;
        }
        if (is_apart)
            out[n++] = ' ';
        out[n++] = c;
        is_apart = false;
    }
    return (struct str){out, n};
}

enum err
change_prepare(struct change_job *cj)
{
    char typed[WORDS_TEXT_MAX];
    enum err e;

    if (!is_slow(cj->change.kind))
        return OK;
    if (cj->change.kind == CHANGE_RECOVER &&
        (e = secret_scrypt(words_read(cj->change.text, typed), cj->typed_salt,
                           cj->typed_hash)))
        return e;
    if ((e = words_make(cj->out.words)) ||
        (e = secret_random(cj->salt, sizeof(cj->salt))))
        return e;
    return secret_scrypt(str_of(cj->out.words), cj->salt, cj->hash);
}

static enum err
job_prepare(struct job *job)
{
    return change_prepare((struct change_job *)job);
}

static enum err
job_apply(struct db *db, struct job *job)
{
    return change_apply(db, (struct change_job *)job);
}

void
change_job_init(struct change_job *cj, const struct change *change)
{
    *cj = (struct change_job){.change = *change};
    cj->job.apply = job_apply;
    if (is_slow(change->kind))
        cj->job.prepare = job_prepare;
}

bool
may_write_now(struct change_job *cj)
{
    const struct change *c = &cj->change;

    cj->out.wait = pace_take(cj->pace, c->member, c->at);
    if (cj->out.wait > 0)
        cj->out.why = E_RATE;
    return cj->out.wait == 0;
}

static enum err
line_clean_to(struct arena *mem, struct str typed, size_t max, struct str *out)
{
    *out = text_line(mem, typed);
    if (mem->bad)
        return mem->bad;
    if (out->n == 0) {
        *out = STR(""); /* there, and empty: the tables know no absent text */
        return E_EMPTY;
    }
    return out->n > max ? E_TOO_LONG : OK;
}

enum err
sentence_clean(struct arena *mem, struct str typed, struct str *out)
{
    return line_clean_to(mem, typed, SENTENCE_MAX_BYTES, out);
}

enum err
line_clean(struct arena *mem, struct str typed, struct str *out)
{
    return line_clean_to(mem, typed, LINE_MAX_BYTES, out);
}
