#include "forum/mention.h"

#include "base/text.h"
#include "forum/inbox.h"
#include "sql.h"

#define LOOKUPS_MAX 200 /* names tried in one text */
#define ENDS_MAX 48     /* places where one name could end */

struct finding {
    struct db *db;
    struct arena *mem;
    int64_t *member;
    int n, lookups;
    enum err bad;
};

static int64_t
member_of(struct finding *f, struct str name)
{
    struct rows r;
    int64_t id;
    struct str fold = text_fold(f->mem, name);

    if (fold.n == 0 || f->lookups++ >= LOOKUPS_MAX)
        return 0;
    r = q_member_of_name(f->db, fold);
    id = rows_next(&r) ? rows_int(&r, 0) : 0;
    f->bad = rows_end(&r);
    return id;
}

static void
finding_add(struct finding *f, int64_t member)
{
    for (int i = 0; i < f->n; i++)
        if (f->member[i] == member)
            return;
    f->member[f->n++] = member;
}

/* Could a name go on after this character? */
static bool
is_of_name(int32_t c)
{
    return text_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '\'' ||
           c == 0x2019 || (c >= 0x300 && c < 0x370);
}

/* Scripts that put no blank between words: a name may end at any letter. */
static bool
is_unspaced(int32_t c)
{
    return (c >= 0x0E00 && c < 0x1100) || (c >= 0x1780 && c < 0x1800) ||
           (c >= 0x2E80 && c < 0xD7B0 && !(c >= 0xAC00)) ||
           (c >= 0xF900 && c < 0xFB00) || c >= 0x20000;
}

/* The text up to each place where a name could end: after a word, so that
 * names of several words are found too. ends[] grows to the right. */
static int
ends_find(struct str after, size_t ends[], int most)
{
    struct str rest = after;
    int n = 0, letters = 0;
    bool was_of_name = false, was_unspaced = false;

    while (n < most && letters <= NAME_MAX) {
        size_t here = after.n - rest.n;
        int32_t c = text_next(&rest);

        /* A full stop or an apostrophe may belong to the name or end it. */
        if (was_of_name &&
            (c < 0 || was_unspaced || is_unspaced(c) || !text_is_alnum(c)))
            ends[n++] = here;
        if (c < 0 || c == '@' || (letters == 0 && !text_is_alnum(c)))
            break;
        was_of_name = is_of_name(c);
        was_unspaced = is_unspaced(c);
        letters++;
    }
    return n;
}

/* What follows an @: the longest name that is somebody's. */
static void
mention_at(struct finding *f, struct str after)
{
    size_t ends[ENDS_MAX];

    for (int n = ends_find(after, ends, ENDS_MAX); n > 0 && !f->bad; n--) {
        int64_t id = member_of(f, (struct str){after.p, ends[n - 1]});

        if (id != 0) {
            finding_add(f, id);
            return;
        }
    }
}

/* "somebody@example.org" mentions nobody. */
static bool
stands_alone(struct str line, size_t at)
{
    struct str before = {line.p, at};
    int32_t c = ' ';

    /* From the beginning of the last character before it. */
    while (before.n > 0) {
        struct str last;

        before.n--;
        if (((unsigned char)line.p[before.n] & 0xC0) == 0x80)
            continue;
        last = (struct str){line.p + before.n, at - before.n};
        c = text_next(&last);
        break;
    }
    return !text_is_alnum(c);
}

static void
line_find(struct finding *f, struct str line)
{
    struct str rest = line;
    ptrdiff_t at;

    if (str_has_prefix(line, STR("=>"))) {
        rest = str_trim(str_skip(line, 2));
        while (rest.n > 0 && *rest.p != ' ' && *rest.p != '\t')
            rest = str_skip(rest, 1);
    }
    while (!f->bad && f->n < MENTIONS_MAX && (at = str_find(rest, '@')) >= 0) {
        struct str after = str_skip(rest, (size_t)at + 1);

        if (stands_alone(line, (size_t)(after.p - line.p) - 1))
            mention_at(f, after);
        rest = after;
    }
}

enum err
mention_find(struct db *db, struct str text, struct arena *mem,
             int64_t member[MENTIONS_MAX], int *n)
{
    struct finding f = {.db = db, .mem = mem};
    bool is_pre = false;

    f.member = member;
    while (text.n > 0 && !f.bad && f.n < MENTIONS_MAX) {
        struct str line = str_cut(&text, '\n');

        if (str_has_prefix(line, STR("```")))
            is_pre = !is_pre;
        else if (!is_pre && str_find(line, '@') >= 0)
            line_find(&f, line);
    }
    *n = f.n;
    return f.bad ? f.bad : mem->bad;
}

/* Whose post it answers; a reply to the thread answers its first post. */
static enum err
tell_reply(struct db *db, const struct told *t, struct notice *n)
{
    struct rows r;
    enum err e;
    int64_t opener = 0, answered = 0;

    if (t->number == 1)
        return OK;
    r = q_mention_answered(db, POST_ID(t->thread, 1));
    opener = rows_next(&r) ? rows_int(&r, 0) : 0;
    if ((e = rows_end(&r)))
        return e;
    if (t->answers > 1) {
        r = q_mention_answered(db, POST_ID(t->thread, t->answers));
        answered = rows_next(&r) ? rows_int(&r, 0) : 0;
        if ((e = rows_end(&r)))
            return e;
    }
    n->kind = INBOX_REPLY;
    n->member = answered;
    if ((e = inbox_add(db, n, t->at)))
        return e;
    n->member = opener;
    return inbox_add(db, n, t->at);
}

/* A mention of whom the reply has told already would say it twice. */
static enum err
tell_mention(struct db *db, const struct told *t, struct notice *n,
             int64_t member)
{
    struct rows r = q_mention_may_tell(db, t->community, member, n->post);
    bool may_tell = rows_next(&r);
    enum err e = rows_end(&r);

    if (e || !may_tell)
        return e;
    n->kind = INBOX_MENTION;
    n->member = member;
    return inbox_add(db, n, t->at);
}

enum err
mention_tell(struct db *db, const struct told *t, int64_t member)
{
    struct notice n = {.post = POST_ID(t->thread, t->number),
                       .other = t->author};

    return tell_mention(db, t, &n, member);
}

enum err
post_tell(struct db *db, struct arena *mem, const struct told *t)
{
    struct notice n = {.post = POST_ID(t->thread, t->number),
                       .other = t->author};
    int64_t member[MENTIONS_MAX];
    int count;
    enum err e = tell_reply(db, t, &n);

    if (!e)
        e = mention_find(db, t->text, mem, member, &count);
    for (int i = 0; !e && i < count; i++)
        e = tell_mention(db, t, &n, member[i]);
    return e;
}
