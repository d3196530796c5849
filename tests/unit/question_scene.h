/* A question with two answers, for tests of what becomes of it. */
#ifndef TESTS_QUESTION_SCENE_H
#define TESTS_QUESTION_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "forum/question.h"
#include "tests/unit/forum_fixture.h"

/* Amina asks; Josef and Chipo take part; Dora does not. Josef answered (2),
 * Chipo too (3). */
struct scene {
    int64_t amina, josef, chipo, dora, place, thread;
};

static inline struct scene
scene_begin(struct fixture *f)
{
    struct scene s = {.amina = fixture_member(f, 1, "Amina"),
                      .josef = fixture_member(f, 2, "Josef"),
                      .chipo = fixture_member(f, 3, "Chipo"),
                      .dora = fixture_member(f, 4, "Dora")};

    s.place = fixture_community(f, s.amina, "Water");
    assert_int_equal(CHANGE(f, COME, .member = s.josef, .community = s.place),
                     OK);
    assert_int_equal(CHANGE(f, COME, .member = s.chipo, .community = s.place),
                     OK);
    assert_int_equal(CHANGE(f, THREAD, .member = s.amina, .community = s.place,
                            .value = KIND_QUESTION, .title = STR("Pump"),
                            .text = STR("It stopped.")),
                     OK);
    s.thread = f->cj.out.thread;
    assert_int_equal(CHANGE(f, REPLY, .member = s.josef, .thread = s.thread,
                            .text = STR("Dry it."), .claim = CLAIM_WORKED,
                            .where = STR("Lodwar 2024")),
                     OK);
    assert_int_equal(CHANGE(f, REPLY, .member = s.chipo, .thread = s.thread,
                            .text = STR("Seal it."), .claim = CLAIM_IDEA),
                     OK);
    return s;
}

static inline struct thread
thread_of(struct fixture *f, const struct scene *s)
{
    struct thread t;

    assert_int_equal(thread_get(f->db, s->thread, s->amina, &f->mem, &t), OK);
    return t;
}

static inline enum err
mark(struct fixture *f, const struct scene *s, int64_t who, int64_t number,
     enum post_mark as)
{
    return CHANGE(f, MARK, .member = who, .thread = s->thread, .number = number,
                  .value = (int)as);
}

static inline int64_t
count(struct fixture *f, const char *sql)
{
    return db_number(f->db, sql, -1);
}

#endif
