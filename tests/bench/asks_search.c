/* Searches, to be measured one by one. */
#include "tests/bench/asks.h"

#include "forum/search.h"

#define FINDS 15 /* of a page */

/* As its page does it: what was typed, taken apart, found, and each with the
 * line that matches. */
static enum err
find(struct ask *a, const char *typed)
{
    struct terms terms;
    struct finds finds;
    enum err e = terms_read(str_of(typed), a->mem, &terms);

    if (e || (e = search(a->town->db, &terms, 0, 0, FINDS, a->mem, &finds)))
        return e;
    a->rows = finds.n;
    return OK;
}

/* Others of their kind each time. */
static const char *
one_of(struct ask *a, const char *const *typed, int n)
{
    return typed[town_roll(a->town, n) - 1];
}
#define ONE_OF(a, list) one_of(a, (list), (int)(sizeof(list) / sizeof *(list)))

enum err
ask_search_common(struct ask *a)
{
    static const char *const typed[] = {"the",   "water", "pump", "rain",
                                        "valve", "we",    "and"};

    return find(a, ONE_OF(a, typed));
}

enum err
ask_search_rare(struct ask *a)
{
    static const char *const typed[] = {
        "nowhere-to-be-found", "diaphragmatic",
        "\xd0\xbd\xd0\xb0\xd1\x81\xd0\xbe\xd1\x81"
        "\xd1\x8b"};

    return find(a, ONE_OF(a, typed));
}

enum err
ask_search_two(struct ask *a)
{
    static const char *const typed[] = {
        "pump rain", "water valve", "the switch", "clinic pump", "bread seeds"};

    return find(a, ONE_OF(a, typed));
}

enum err
ask_search_phrase(struct ask *a)
{
    static const char *const typed[] = {"\"after the rain\"", "\"the pump\"",
                                        "\"float switch\"", "\"switch the\"",
                                        "\"pump rain\""};

    return find(a, ONE_OF(a, typed));
}

enum err
ask_search_beginning(struct ask *a)
{
    static const char *const typed[] = {"pu*", "wat*", "swit*", "r*"};

    return find(a, ONE_OF(a, typed));
}

enum err
ask_search_near(struct ask *a)
{
    static const char *const typed[] = {
        "Why does the pump trip after the rain?",
        "How do we free a float switch that sticks",
        "Who knows where the valve of the tank is"};
    struct find near[NEAR_MOST];

    return search_near(a->town->db, str_of(ONE_OF(a, typed)), a->at->member,
                       a->mem, near, &a->rows);
}
