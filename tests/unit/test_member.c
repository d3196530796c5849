#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "forum/member.h"
#include "tests/unit/forum_fixture.h"

static enum err
check_name(struct fixture *f, const char *name, int64_t member)
{
    struct str clean;

    return member_name_check(f->db, str_of(name), member, &f->mem, &clean);
}

static void
a_name_has_a_shape(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        enum err want;
    } rows[] = {
        {"Amina", OK},
        {"Ана Марія", OK},
        {"李小龙", OK},
        {"अमीना", OK},
        {"J2", OK},
        {"24 letters and not more!", OK},
        {"Zoë\n", OK},
        {"", E_TOO_SHORT},
        {"x", E_TOO_SHORT},
        {"25 letters and that's one", E_TOO_LONG},
        {"a/b", E_UNUSABLE},
        {"who?", E_UNUSABLE},
        {"#one", E_UNUSABLE},
        {"50%", E_UNUSABLE},
        {"..", E_UNUSABLE},
        {"🌲🌲", E_UNUSABLE},
        {"a---", E_UNUSABLE},
        {"red\x1b[31m", E_UNUSABLE},
        /* NOLINTNEXTLINE(misc-misleading-bidirectional): the test */
        {"turned\xe2\x80\xae", E_UNUSABLE},
        {"half \xc3", E_UNUSABLE},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (check_name(f, rows[i].name, 0) != rows[i].want)
            fail_msg("'%s': %s, not %s", rows[i].name,
                     err_name(check_name(f, rows[i].name, 0)),
                     err_name(rows[i].want));
}

static void
a_name_is_taken_however_it_is_cased(void **state)
{
    struct fixture *f = *state;

    fixture_member(f, 1, "Amina");
    assert_int_equal(check_name(f, "AMINA", 0), E_TAKEN);
    assert_int_equal(check_name(f, " amina ", 0), E_TAKEN);
    assert_int_equal(check_name(f, "Ａｍｉｎａ", 0), E_TAKEN);
}

static void
a_name_that_looks_like_another_is_refused(void **state)
{
    struct fixture *f = *state;

    fixture_member(f, 1, "Amina");
    assert_int_equal(check_name(f, "Аmina", 0), E_LOOKALIKE); /* Cyrillic A */
    assert_int_equal(check_name(f, "Am1na", 0), E_LOOKALIKE);
    assert_int_equal(
        CHANGE(f, JOIN, .peer = fixture_peer(2), .text = STR("Аmina")),
        E_LOOKALIKE);
}

static void
ones_own_name_may_be_written_otherwise(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");

    assert_int_equal(check_name(f, "AMINA", amina), OK);
    assert_int_equal(check_name(f, "Am1na", amina), OK);
}

static void
joining_makes_a_member_and_their_certificate(void **state)
{
    struct fixture *f = *state;
    int64_t id = fixture_member(f, 1, "  Amina   B ");
    struct member m;
    struct certificate c;
    struct rows r;

    assert_int_equal(member_get(f->db, id, &f->mem, &m), OK);
    assert_true(str_eq(m.name, STR("Amina B")));
    assert_int_equal(m.about.n, 0);
    assert_int_equal(m.joined_at, f->now);
    assert_true(m.has_words);
    r = certificate_list(f->db, id);
    assert_true(certificate_next(&r, &c));
    assert_int_equal(c.added_at, f->now);
    assert_int_equal(c.not_after, fixture_peer(1).not_after);
    assert_int_equal(c.retired_at, 0);
    assert_memory_equal(c.cert.p, fixture_peer(1).cert, 32);
    assert_false(certificate_next(&r, &c));
    assert_int_equal(rows_end(&r), OK);
}

static void
joining_twice_is_joining_once(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");

    assert_int_equal(
        CHANGE(f, JOIN, .peer = fixture_peer(1), .text = STR("Somebody else")),
        OK);
    assert_true(f->cj.out.is_repeat);
    assert_int_equal(f->cj.out.member, amina);
    assert_int_equal(check_name(f, "Somebody else", 0), OK);
}

static void
nobody_joins_without_a_certificate(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(CHANGE(f, JOIN, .text = STR("Amina")), E_NEED_CERT);
}

/* The code that member shows. */
static struct str
code_show(struct fixture *f, int64_t member)
{
    struct str code;
    int64_t expires;

    assert_int_equal(CHANGE(f, LINK_CODE, .member = member), OK);
    assert_int_equal(
        link_code_get(f->db, member, f->now, &f->mem, &code, &expires), OK);
    assert_int_equal(code.n, 8);
    assert_int_equal(expires, f->now + LINK_CODE_SECONDS);
    return code;
}

static void
a_code_links_a_device_once(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct str code = code_show(f, amina);

    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = code),
                     OK);
    assert_int_equal(f->cj.out.member, amina);
    assert_false(f->cj.out.is_repeat);
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(3), .text = code),
                     E_WRONG);
}

static void
a_repeated_link_is_led_to_its_member(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct str code = code_show(f, amina);

    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = code),
                     OK);
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = code),
                     OK);
    assert_true(f->cj.out.is_repeat);
    assert_int_equal(f->cj.out.member, amina);
}

static void
a_code_is_read_as_people_type_it(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct str code = code_show(f, amina), typed;
    char shout[8];

    for (size_t i = 0; i < 8; i++) {
        char c = code.p[i];

        shout[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        if (c == '0')
            shout[i] = 'O';
        if (c == '1')
            shout[i] = 'l';
    }
    typed = arena_fmt(&f->mem, " %.4s - %.4s\n", shout, shout + 4);
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = typed),
                     OK);
    assert_int_equal(f->cj.out.member, amina);
}

static void
a_code_ends_after_a_quarter_of_an_hour(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina"), expires;
    struct str code = code_show(f, amina), now;

    f->now += LINK_CODE_SECONDS;
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = code),
                     E_WRONG);
    assert_int_equal(
        link_code_get(f->db, amina, f->now, &f->mem, &now, &expires), OK);
    assert_int_equal(now.n, 0);
}

static void
a_new_code_ends_the_one_before(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct str old = code_show(f, amina), new = code_show(f, amina);

    assert_false(str_eq(old, new));
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = old),
                     E_WRONG);
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = new), OK);
}

static void
a_device_of_another_member_is_not_linked(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct str code = code_show(f, amina);

    fixture_member(f, 2, "Josef");
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = code),
                     E_TAKEN);
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(3), .text = code),
                     OK);
}

static void
an_old_name_stays_its_members(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct member m;

    assert_int_equal(CHANGE(f, RENAME, .member = amina, .text = STR("Mina")),
                     OK);
    assert_int_equal(member_by_name(f->db, STR("amina"), &f->mem, &m), OK);
    assert_int_equal(m.id, amina);
    assert_true(str_eq(m.name, STR("Mina")));
    assert_int_equal(member_by_name(f->db, STR("MINA"), &f->mem, &m), OK);
    assert_int_equal(check_name(f, "Amina", 0), E_TAKEN);
    assert_int_equal(CHANGE(f, RENAME, .member = amina, .text = STR("Amina")),
                     OK);
    assert_int_equal(CHANGE(f, RENAME, .member = amina, .text = STR("Amina")),
                     OK);
    assert_true(f->cj.out.is_repeat);
    assert_int_equal(member_by_name(f->db, STR("nobody"), &f->mem, &m),
                     E_NOT_FOUND);
}

static void
nobody_takes_the_name_of_another(void **state)
{
    struct fixture *f = *state;
    int64_t josef = fixture_member(f, 2, "Josef");

    fixture_member(f, 1, "Amina");
    assert_int_equal(CHANGE(f, RENAME, .member = josef, .text = STR("aMina")),
                     E_TAKEN);
}

static void
a_line_about_oneself_is_one_line(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    char *big = arena_alloc(&f->mem, LINE_MAX_BYTES + 2);
    struct member m;

    assert_int_equal(CHANGE(f, ABOUT, .member = amina,
                            .text = STR("I mend pumps.\n# And more")),
                     OK);
    assert_int_equal(member_get(f->db, amina, &f->mem, &m), OK);
    assert_true(str_eq(m.about, STR("I mend pumps. # And more")));
    memset(big, 'x', LINE_MAX_BYTES + 1);
    assert_int_equal(CHANGE(f, ABOUT, .member = amina, .text = str_of(big)),
                     E_TOO_LONG);
    assert_int_equal(CHANGE(f, ABOUT, .member = amina, .text = STR(" ")), OK);
    assert_int_equal(member_get(f->db, amina, &f->mem, &m), OK);
    assert_int_equal(m.about.n, 0);
}

/* The number of member's certificate at place i of the list. */
static int64_t
certificate_at(struct fixture *f, int64_t member, int i)
{
    struct rows r = certificate_list(f->db, member);
    struct certificate c = {0};

    for (int at = 0; at <= i; at++)
        assert_true(certificate_next(&r, &c));
    assert_int_equal(rows_end(&r), OK);
    return c.id;
}

static void
the_last_certificate_stays(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina"), first, second;

    first = certificate_at(f, amina, 0);
    assert_int_equal(CHANGE(f, CERT_RETIRE, .member = amina, .thing = first),
                     E_LAST_ONE);
    assert_int_equal(
        CHANGE(f, LINK, .peer = fixture_peer(2), .text = code_show(f, amina)),
        OK);
    second = certificate_at(f, amina, 0);
    assert_int_not_equal(first, second);
    assert_int_equal(CHANGE(f, CERT_RETIRE, .member = amina, .thing = second),
                     OK);
    assert_int_equal(CHANGE(f, CERT_RETIRE, .member = amina, .thing = second),
                     OK);
    assert_true(f->cj.out.is_repeat);
    assert_int_equal(CHANGE(f, CERT_RETIRE, .member = amina, .thing = first),
                     E_LAST_ONE);
    assert_int_equal(certificate_at(f, amina, 0), first);
    assert_int_equal(certificate_at(f, amina, 1), second);
}

static void
a_retired_certificate_may_be_linked_anew(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina"), josef;

    assert_int_equal(
        CHANGE(f, LINK, .peer = fixture_peer(2), .text = code_show(f, amina)),
        OK);
    assert_int_equal(CHANGE(f, CERT_RETIRE, .member = amina,
                            .thing = certificate_at(f, amina, 0)),
                     OK);
    josef = fixture_member(f, 2, "Josef");
    assert_int_not_equal(josef, amina);
}

static void
certificates_of_others_are_not_found(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    int64_t josef = fixture_member(f, 2, "Josef");
    int64_t theirs = certificate_at(f, josef, 0);
    struct certificate c;

    assert_int_equal(certificate_get(f->db, theirs, amina, &f->mem, &c),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(f, CERT_RETIRE, .member = amina, .thing = theirs),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(f, CERT_LABEL, .member = amina, .thing = theirs,
                            .text = STR("mine")),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(f, CERT_LABEL, .member = josef, .thing = theirs,
                            .text = STR(" my  phone ")),
                     OK);
    assert_int_equal(certificate_get(f->db, theirs, josef, &f->mem, &c), OK);
    assert_true(str_eq(c.label, STR("my phone")));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_has_a_shape),
        TEST(a_name_is_taken_however_it_is_cased),
        TEST(a_name_that_looks_like_another_is_refused),
        TEST(ones_own_name_may_be_written_otherwise),
        TEST(joining_makes_a_member_and_their_certificate),
        TEST(joining_twice_is_joining_once),
        TEST(nobody_joins_without_a_certificate),
        TEST(a_code_links_a_device_once),
        TEST(a_repeated_link_is_led_to_its_member),
        TEST(a_code_is_read_as_people_type_it),
        TEST(a_code_ends_after_a_quarter_of_an_hour),
        TEST(a_new_code_ends_the_one_before),
        TEST(a_device_of_another_member_is_not_linked),
        TEST(an_old_name_stays_its_members),
        TEST(nobody_takes_the_name_of_another),
        TEST(a_line_about_oneself_is_one_line),
        TEST(the_last_certificate_stays),
        TEST(a_retired_certificate_may_be_linked_anew),
        TEST(certificates_of_others_are_not_found),
    };

    return cmocka_run_group_tests_name("member", tests, NULL, NULL);
}
