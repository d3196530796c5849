#include <pthread.h>
#include <signal.h>

#include "assert_str.h"
#include "base/mailbox.h"

static void
count(void *arg)
{
    ++*(int *)arg;
}

static void
mail_arrives_in_the_order_of_posting(void **state)
{
    struct mailbox *b = mailbox_new(0, NULL, NULL);
    struct mail m[3];
    struct mail *got;

    (void)state;
    for (int i = 0; i < 3; i++)
        assert_true(mailbox_post(b, &m[i]));
    got = mailbox_take(b);
    for (int i = 0; i < 3; i++, got = got->next)
        assert_ptr_equal(got, &m[i]);
    assert_null(got);
    assert_null(mailbox_take(b));
    mailbox_free(b);
}

static void
only_a_post_to_an_empty_box_wakes(void **state)
{
    int woken = 0;
    struct mailbox *b = mailbox_new(0, count, &woken);
    struct mail m[3];

    (void)state;
    assert_true(mailbox_post(b, &m[0]));
    assert_true(mailbox_post(b, &m[1]));
    assert_int_equal(woken, 1);
    (void)mailbox_take(b); /* they are ours anyway */
    assert_true(mailbox_post(b, &m[2]));
    assert_int_equal(woken, 2);
    (void)mailbox_take(b);
    mailbox_free(b);
}

static void
a_full_box_refuses(void **state)
{
    struct mailbox *b = mailbox_new(2, NULL, NULL);
    struct mail m[3];

    (void)state;
    assert_true(mailbox_post(b, &m[0]));
    assert_true(mailbox_post(b, &m[1]));
    assert_false(mailbox_post(b, &m[2]));
    assert_ptr_equal(mailbox_wait(b, 1), &m[0]);
    assert_true(mailbox_post(b, &m[2]));
    (void)mailbox_take(b);
    mailbox_free(b);
}

static void
waiting_takes_no_more_than_asked(void **state)
{
    struct mailbox *b = mailbox_new(0, NULL, NULL);
    struct mail m[3];
    struct mail *got;

    (void)state;
    for (int i = 0; i < 3; i++)
        assert_true(mailbox_post(b, &m[i]));
    got = mailbox_wait(b, 2);
    assert_ptr_equal(got, &m[0]);
    assert_ptr_equal(got->next, &m[1]);
    assert_null(got->next->next);
    assert_ptr_equal(mailbox_wait(b, 2), &m[2]);
    mailbox_free(b);
}

static void
a_closed_box_gives_what_it_has_and_then_nothing(void **state)
{
    struct mailbox *b = mailbox_new(0, NULL, NULL);
    struct mail m[2];

    (void)state;
    assert_true(mailbox_post(b, &m[0]));
    mailbox_close(b);
    assert_false(mailbox_post(b, &m[1]));
    assert_ptr_equal(mailbox_wait(b, 9), &m[0]);
    assert_null(mailbox_wait(b, 9));
    mailbox_free(b);
}

struct parcel {
    struct mail mail;
    int number;
};

#define PARCELS 2000

struct pair {
    struct mailbox *there, *home;
    bool signals_blocked, is_named;
};

/* Sends home what comes, until the box is closed. */
static void
echo(void *arg)
{
    struct pair *p = arg;
    struct mail *m;
    sigset_t mask;
    char name[16] = "";

    p->signals_blocked = pthread_sigmask(SIG_BLOCK, NULL, &mask) == 0 &&
                         sigismember(&mask, SIGTERM) == 1;
    p->is_named = pthread_getname_np(pthread_self(), name, sizeof(name)) == 0 &&
                  strcmp(name, "a-rather-long-n") == 0;
    while ((m = mailbox_wait(p->there, 7))) {
        while (m) {
            struct mail *next = m->next;

            (void)mailbox_post(p->home, m); /* it has no bound */
            m = next;
        }
    }
}

static void
all_mail_comes_home_from_another_thread(void **state)
{
    static struct parcel parcels[PARCELS];
    struct pair p = {.there = mailbox_new(0, NULL, NULL),
                     .home = mailbox_new(0, NULL, NULL)};
    struct thread_handle *t = thread_start("a-rather-long-name", echo, &p);
    int back = 0;

    (void)state;
    assert_non_null(t);
    for (int i = 0; i < PARCELS; i++) {
        parcels[i].number = i;
        assert_true(mailbox_post(p.there, &parcels[i].mail));
    }
    while (back < PARCELS) {
        struct mail *m = mailbox_wait(p.home, 100);

        for (; m; m = m->next, back++)
            assert_int_equal(((struct parcel *)(void *)m)->number, back);
    }
    mailbox_close(p.there);
    thread_join(t);
    assert_true(p.signals_blocked);
    assert_true(p.is_named);
    mailbox_free(p.there);
    mailbox_free(p.home);
}

static void
freeing_nothing_is_fine(void **state)
{
    (void)state;
    mailbox_free(NULL);
    thread_join(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mail_arrives_in_the_order_of_posting),
        cmocka_unit_test(only_a_post_to_an_empty_box_wakes),
        cmocka_unit_test(a_full_box_refuses),
        cmocka_unit_test(waiting_takes_no_more_than_asked),
        cmocka_unit_test(a_closed_box_gives_what_it_has_and_then_nothing),
        cmocka_unit_test(all_mail_comes_home_from_another_thread),
        cmocka_unit_test(freeing_nothing_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
