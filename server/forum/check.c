/* The promises that the tables keep, looked at one by one. */
#include "forum/site.h"
#include "sql.h"

#define SENTENCE_MEMORY (64 * 1024)

/* Each query finds what breaks a promise; its first column names it. */
static const struct invariant {
    struct rows (*find)(struct db *);
    const char *sentence;
} invariants[] = {
    {q_check_integrity, "The file is damaged"},
    {q_check_foreign_keys, "A row leads to one that is not there"},
    {q_check_secret, "The site has lost its key for links"},
    {q_check_names, "A member has no name that leads to them"},
    {q_check_quiet, "A quiet name is not the author of its thread"},
    {q_check_certificates, "A member has no certificate in use"},
    {q_check_numbers, "A thread's posts are not numbered without gaps"},
    {q_check_homeless, "A post is not where its thread is"},
    {q_check_threads, "A thread does not know its newest post"},
    {q_check_communities, "A community does not know its newest post"},
    {q_check_removed, "A post was taken away, but its text is there"},
    {q_check_answers, "A post answers a later one"},
    {q_check_porches, "A line of a porch is in the lists of posts"},
    {q_check_echoes, "A post does not know that something stands beside it"},
    {q_check_parts, "A draft's paragraphs are not numbered without gaps"},
};

/* How often the promise is broken, each told; -1 where it can not be seen. */
static int
invariant_check(struct db *db, const struct invariant *v,
                void (*say)(void *arg, struct str sentence), void *arg)
{
    struct rows r = v->find(db);
    int found = 0;

    while (rows_next(&r)) {
        struct str what = rows_text(&r, 0), told;
        struct arena mem;

        arena_init(&mem, SENTENCE_MEMORY);
        told = arena_fmt(&mem, "%s: %.*s", v->sentence, (int)what.n, what.p);
        say(arg, mem.bad ? str_of(v->sentence) : told);
        arena_release(&mem);
        found++;
    }
    return rows_end(&r) ? -1 : found;
}

int
forum_check(struct db *db, void (*say)(void *arg, struct str sentence),
            void *arg)
{
    int found = 0;

    /* A large site needs more steps than any page may take. */
    db_set_budget(db, 0);
    for (size_t i = 0; i < sizeof(invariants) / sizeof(invariants[0]); i++) {
        int n = invariant_check(db, &invariants[i], say, arg);

        if (n < 0)
            return -1;
        found += n;
    }
    return found;
}
