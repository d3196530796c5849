/* Rooms: closed, found by nobody, opened up by nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "forum/community.h"
#include "forum/room.h"
#include "tests/unit/forum_fixture.h"

/* A room in which member is alone yet. */
static int64_t
room_of(struct fixture *f, int64_t member)
{
    struct change_job cj = {.mem = &f->mem,
                            .change = {.member = member, .at = f->now}};

    assert_int_equal(room_make(f->db, &cj, ROOM_PAIR, STR("Wells"),
                               STR("To dig one well each.")),
                     OK);
    return cj.out.community;
}

static void
a_room_is_there_for_those_in_it_alone(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    int64_t josef = fixture_member(f, 2, "Josef");
    int64_t room = room_of(f, amina);
    struct community c;

    assert_int_equal(community_by_id(f->db, room, amina, &f->mem, &c), OK);
    assert_int_equal(c.room, ROOM_PAIR);
    assert_int_equal(c.slug.n, ROOM_SLUG_LETTERS);
    assert_int_equal(community_by_id(f->db, room, josef, &f->mem, &c),
                     E_NOT_FOUND);
    assert_int_equal(community_by_id(f->db, room, 0, &f->mem, &c), E_NOT_FOUND);
    assert_int_equal(room_let_in(f->db, room, josef, f->now), OK);
    assert_int_equal(room_let_in(f->db, room, josef, f->now), OK);
    assert_int_equal(community_by_id(f->db, room, josef, &f->mem, &c), OK);
}

static void
nobody_in_a_room_can_open_it_up(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    int64_t room = room_of(f, amina);

    assert_int_equal(CHANGE(f, SET_OPENNESS, .member = amina, .community = room,
                            .value = OPEN),
                     E_FORBIDDEN);
    assert_int_equal(CHANGE(f, INVITATION, .member = amina, .community = room),
                     E_FORBIDDEN);
    assert_int_equal(CHANGE(f, LEAVE, .member = amina, .community = room), OK);
}

static void
no_list_has_a_room(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct rows lists[3];
    struct community c;

    (void)room_of(f, amina);
    lists[0] = community_list(f->db, amina, false, 0, STR(""), 0);
    lists[1] = community_mine(f->db, amina);
    lists[2] = community_recent(f->db, amina, 10);
    for (int i = 0; i < 3; i++) {
        assert_false(community_next(&lists[i], &c));
        assert_int_equal(rows_end(&lists[i]), OK);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_room_is_there_for_those_in_it_alone,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(nobody_in_a_room_can_open_it_up,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_list_has_a_room, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
