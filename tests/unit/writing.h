/* Threads, replies and drafts in the garden, for tests of writing. */
#ifndef TESTS_WRITING_H
#define TESTS_WRITING_H

#include "forum/draft.h"
#include "forum/post.h"
#include "forum/site.h"
#include "forum/thread.h"
#include "tests/unit/assert_str.h"
#include "tests/unit/garden.h"

/* CHANGE, of which OK is expected. */
#define MUST(t, name, ...)                                                     \
    assert_int_equal(CHANGE((t)->f, name, __VA_ARGS__), OK)
#define OUT(t) ((t)->f->cj.out)

static inline int64_t
thread_by(struct town *t, int64_t member, const char *title, const char *text)
{
    MUST(t, THREAD, .member = member, .community = t->garden,
         .value = KIND_NOTE, .title = str_of(title), .text = str_of(text));
    assert_int_equal(OUT(t).why, OK);
    assert_int_equal(OUT(t).number, 1);
    return OUT(t).thread;
}

static inline int64_t
reply_by(struct town *t, int64_t member, int64_t thread, const char *text)
{
    MUST(t, REPLY, .member = member, .thread = thread, .text = str_of(text));
    assert_int_equal(OUT(t).why, OK);
    assert_true(OUT(t).number > 1);
    return OUT(t).number;
}

static inline struct post
post_of(const struct town *t, int64_t thread, int64_t number)
{
    struct post p;

    assert_int_equal(post_get(t->f->db, thread, number, &t->f->mem, &p), OK);
    return p;
}

static inline struct thread
thread_of(const struct town *t, int64_t thread)
{
    struct thread th;

    assert_int_equal(thread_get(t->f->db, thread, 0, &t->f->mem, &th), OK);
    return th;
}

static inline struct draft
draft_of(const struct town *t, int64_t id, int64_t member)
{
    struct draft d;

    assert_int_equal(draft_get(t->f->db, id, member, STR(""), &t->f->mem, &d),
                     OK);
    return d;
}

static inline struct str
text_of(const struct town *t, int64_t draft)
{
    struct str s;

    assert_int_equal(draft_text(t->f->db, draft, &t->f->mem, &s), OK);
    return s;
}

static inline int
drafts_of(const struct town *t, int64_t member)
{
    struct rows r = draft_list(t->f->db, member);
    struct draft d;
    int n = 0;

    while (draft_next(&r, &d))
        n++;
    assert_int_equal(rows_end(&r), OK);
    return n;
}

/* An open draft of Josef's for a reply in id. */
static inline int64_t
reply_draft(struct town *t, int64_t id, const char *text)
{
    MUST(t, DRAFT_OPEN, .member = t->josef, .aim = AIM_REPLY, .thread = id,
         .text = str_of(text));
    return OUT(t).draft;
}

static inline void
print_sentence(void *arg, struct str sentence)
{
    (void)arg;
    print_error("%.*s\n", (int)sentence.n, sentence.p);
}

/* Whatever was done, the database keeps its promises. */
static inline int
sound_teardown(void **state)
{
    struct fixture *f = *state;
    int broken = forum_check(f->db, print_sentence, NULL);

    return fixture_teardown(state) || broken ? -1 : 0;
}

#define WRITING_TEST(name)                                                     \
    cmocka_unit_test_setup_teardown(name, fixture_setup, sound_teardown)

#endif
