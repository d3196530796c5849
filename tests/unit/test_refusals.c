/*
 * What Understory refuses to do (the first two refusals): it counts nothing
 * that a person does, orders nothing by such a count, and keeps no record of
 * who read what. Every page is walked as every kind of visitor in a town with
 * something of everything.
 *
 * Each look is first shown something wrong, since a look that can not fail
 * proves nothing.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "pages/inner.h"
#include "sql.h"
#include "tests/unit/site_help.h"

#define COLUMNS_FILE "tests/unit/columns.txt"
#define PAGES_MOST 3000 /* of one visitor */

/* Amina looks after all, Josef takes part, Chipo is a member; one identity is
 * nobody's, and guests show none. */
enum { CHIPO = 4, WHO_COUNT };
static const unsigned visitors[] = {GUEST, STRANGER, CHIPO, JOSEF, AMINA};
enum { VISITORS = sizeof(visitors) / sizeof(visitors[0]) };
static const char *const people[] = {"Amina", "Josef", "Chipo"};

#define DO(verb, ...)                                                          \
    site_do(b, &(struct change){.kind = CHANGE_##verb, __VA_ARGS__})

/* Looks for what must not be there. */

static bool
is_word_char(char c)
{
    return isalnum((unsigned char)c) || (c & 0x80) != 0;
}

/* Words that follow a number where somebody counts. */
static bool
is_counted(const char *p)
{
    static const char *const words[] = {
        "post",   "repl",     "view", "read",   "visit",    "time",   "thank",
        "answer", "like",     "vote", "point",  "follower", "member", "partici",
        "thread", "question", "note", "people", "person",   "times",  "new"};

    while (*p == ' ' || *p == ':')
        p++;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strncasecmp(p, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* Digits stand where the pattern has a 9, and else the same sign. */
static bool
is_like(const char *p, const char *pattern)
{
    for (; *pattern; p++, pattern++)
        if (*pattern == '9' ? !isdigit((unsigned char)*p) : *p != *pattern)
            return false;
    return true;
}

/* "2026-03-04", and "14:05" behind it. */
static size_t
date_length(const char *p)
{
    return is_like(p, "9999-99-99") ? 10 : is_like(p, "99:99") ? 5 : 0;
}

/* Does a name of somebody end right before p, or begin right at it? Blanks and
 * ", : -" between do not part them. */
static bool
name_is_beside(const char *line, const char *number, const char *end)
{
    static const char parting[] = " ,:-";

    while (*end && strchr(parting, *end))
        end++;
    while (number > line && strchr(parting, number[-1]))
        number--;
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
        size_t n = strlen(people[i]);

        if (strncmp(end, people[i], n) == 0)
            return true;
        if ((size_t)(number - line) >= n && !memcmp(number - n, people[i], n))
            return true;
    }
    return false;
}

/* A line of a page: does it count somebody's doings? Addresses are not looked
 * at: their numbers are of things. */
static bool
line_counts(const char *line)
{
    static const char *const never[] = {"total", "most active", "ranking",
                                        "score", "leader",      "streak"};
    const char *p = line;

    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        if (strcasestr(line, never[i]))
            return true;
    if (strncmp(p, "=> ", 3) == 0)
        p += 3 + strcspn(p + 3, " ");
    for (const char *at = p; *at; at++) {
        size_t date = date_length(at), n = strspn(at, "0123456789");

        if (date > 0) {
            at += date - 1;
            continue;
        }
        if (n == 0 || (at > p && is_word_char(at[-1]))) {
            at += n > 0 ? n - 1 : 0;
            continue;
        }
        /* "(7)" is the number of a post. */
        if (!(at > p && at[-1] == '(' && at[n] == ')') &&
            (is_counted(at + n) || name_is_beside(p, at, at + n)))
            return true;
        at += n - 1;
    }
    return false;
}

/* Lines that speak of numbers and count nobody's doings, as they stand. */
static const struct pardon {
    const char *text, *why;
} pardons[] = {
    {"* There are no likes, no scores", "says that there are none"},
    {"A search looks at the newest 1,000 posts", "tells how far it looks"},
};

static bool
is_pardoned(const char *line)
{
    for (size_t i = 0; i < sizeof(pardons) / sizeof(pardons[0]); i++)
        if (strstr(line, pardons[i].text))
            return true;
    return false;
}

/* The first line of a page that counts, or NULL. */
static const char *
page_counts(struct site_box *b, struct str body)
{
    while (body.n > 0) {
        const char *line = arena_z(&b->mem, str_cut(&body, '\n'));

        assert_non_null(line);
        if (!is_pardoned(line) && line_counts(line))
            return line;
    }
    return NULL;
}

static void
a_line_that_counts_is_found_and_others_are_not(void **state)
{
    static const char *const wrong[] = {
        "Josef: 12",       "Josef 12",
        "12 Josef",        "=> /u/Josef Josef, 3 posts",
        "* 3 replies",     "Read by 14 people",
        "thanked 2 times", "=> /c/water/ Water, 41 members",
        "In total, much",  "7 views",
        "3 new",           "2026-03-04 Josef 4",
    };
    static const char *const right[] = {
        "## Josef, 2026-03-04 (5)",
        "=> /t/12/3 2026-03-04 Josef replied to you",
        "=> /t/2/2 answers (2)",
        "* F2: 16 A",
        "=> /c/water-works/since/12 All that is new from now on",
        "Take it back (within 15 minutes)",
        "Josef2 is another name",
        "2026-03-04 14:05",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (!line_counts(wrong[i]))
            fail_msg("not found: %s", wrong[i]);
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
        if (line_counts(right[i]))
            fail_msg("found: %s", right[i]);
}

/* The walk. */

struct walked {
    char *path[PAGES_MOST];
    int n, at; /* known; looked at */
};

static void
walk_add(struct site_box *b, struct walked *w, struct str path)
{
    for (int i = 0; i < w->n; i++)
        if (str_eq(str_of(w->path[i]), path))
            return;
    assert_true(w->n < PAGES_MOST);
    w->path[w->n] = arena_z(&b->mem, path);
    assert_non_null(w->path[w->n++]);
}

/* Pages alone, and prompts, which are asked without an answer; what acts is
 * not walked. */
static bool
is_walked(struct site_box *b, struct str path)
{
    struct url url;
    struct at at;
    struct str all = arena_fmt(&b->mem, SITE_HOST "%.*s", (int)path.n, path.p);
    enum route_kind kind;

    if (path.n == 0 || *path.p != '/' || url_parse(all, &b->mem, &url) ||
        route_match(&url, &at))
        return false;
    kind = route_row(at.route)->kind;
    return kind == ROUTE_PAGE || kind == ROUTE_INSIDE || kind == ROUTE_ASK;
}

static void
links_add(struct site_box *b, struct walked *w, struct str body)
{
    while (body.n > 0) {
        struct str line = str_cut(&body, '\n');

        if (!str_has_prefix(line, STR("=> ")))
            continue;
        line = str_skip(line, 3);
        line = str_cut(&line, ' ');
        if (is_walked(b, line))
            walk_add(b, w, line);
    }
}

/* Every row with things of every kind, in both trees. */
static void
rows_add(struct site_box *b, struct walked *w)
{
    static const char *const names[] = {"garden", "cellar", "Josef", "Amina",
                                        "titan",  "pumps",  "0"};

    for (int id = 0; id < R_COUNT; id++) {
        const struct route *row = route_row((enum route_id)id);
        bool has_name = strstr(row->pattern, "{name}") != NULL;
        bool has_id = strstr(row->pattern, "{id}") != NULL;
        bool has_page = strstr(row->pattern, "{page}") != NULL;

        if (row->kind != ROUTE_PAGE && row->kind != ROUTE_INSIDE)
            continue;
        for (int i = 0; i < 2 * 7 * 3 * 3; i++) {
            struct at at = {.route = (enum route_id)id,
                            .is_inside = i % 2 != 0,
                            .name = str_of(names[i / 2 % 7]),
                            .id = i / 14 % 3 + 1,
                            .page = i / 42 + 1};

            if ((!has_name && i / 2 % 7) || (!has_id && i / 14 % 3) ||
                (!has_page && i / 42))
                continue;
            walk_add(b, w, route_path(&at, &b->mem));
        }
    }
}

/* Looks at each page that this visitor finds; what all of them say goes into
 * *said, where it is wanted. */
static int
town_walk(struct site_box *b, unsigned who, struct buf *said)
{
    struct walked *w = calloc(1, sizeof(*w));
    struct peer peer = site_peer(who);
    int wrong = 0;

    assert_non_null(w);
    rows_add(b, w);
    for (; w->at < w->n; w->at++) {
        const char *path = w->path[w->at];
        struct answer a = site_ask(b, &peer, path);
        const char *line;

        if (a.status / 10 == 4)
            fail_msg("%s: %d %s", path, a.status, a.meta.p);
        if (said) {
            buf_add(said, str_of(path));
            buf_add(said, a.body);
        }
        if (a.status != 20)
            continue;
        line = page_counts(b, a.body);
        if (line && wrong++ < 20)
            print_error("%s as %u: %s\n", path, who, line);
        links_add(b, w, a.body);
    }
    print_message("visitor %u: %d addresses\n", who, w->n);
    free(w);
    return wrong;
}

/* The town: an open garden with a question, its answers, thanks and what came
 * of them, and a closed cellar of Amina and Josef. */

enum { GARDEN = 1, CELLAR = 2 };

static void
answers(struct site_box *b)
{
    for (int i = 0; i < 3; i++)
        DO(REPLY, .member = 2, .thread = 1,
           .text =
               arena_fmt(&b->mem, "Look at the float, @Amina. (%c)", 'a' + i));
    DO(REPLY, .member = 3, .thread = 1, .number = 2,
       .text = STR("Thank you, @Josef."));
    DO(EDIT, .member = 2, .thread = 1, .number = 2,
       .text = STR("Look at the float switch."));
    DO(THANKS, .member = 3, .thread = 1, .number = 2, .text = STR("To rest."));
    DO(THANKS_AGREE, .member = 3, .thread = 1, .number = 2, .value = 1);
    DO(THANKS_SHOW, .member = 2, .thing = 1, .value = 1);
    DO(THANKS, .member = 1, .thread = 1, .number = 2, .text = STR("."));
    for (int i = 0; i < 5; i++)
        DO(CAME, .member = 3, .thread = 1, .number = 2, .value = i,
           .text = STR("It went well."));
}

static int
rich_setup(void **state)
{
    struct site_box *b;

    if (town_setup(state))
        return -1;
    b = *state;
    DO(JOIN, .peer = site_peer(CHIPO), .text = STR("Chipo"));
    DO(COME, .member = 2, .community = 1);
    /* Josef comes into the cellar while it is open for a moment. */
    DO(SET_OPENNESS, .member = 1, .community = CELLAR, .value = OPEN);
    DO(COME, .member = 2, .community = CELLAR);
    DO(SET_OPENNESS, .member = 1, .community = CELLAR, .value = CLOSED);
    DO(THREAD, .member = 1, .community = GARDEN, .value = KIND_QUESTION,
       .title = STR("Dry"), .text = STR("Why?"));
    answers(b);
    DO(DRAFT_OPEN, .member = 2, .community = GARDEN, .aim = AIM_THREAD,
       .text = STR("Gutters."));
    DO(SAVE, .member = 2, .thread = 1, .number = 2, .text = STR("Look here."));
    DO(SAVED_PUT, .member = 2, .thing = 1, .text = STR("pumps"));
    DO(CIRCLE_START, .member = 2, .text = STR("Knots."),
       .title = STR("What held?\nWhat slipped?"));
    return 0;
}

static void
no_page_counts_what_a_person_does(void **state)
{
    struct site_box *b = *state;
    int wrong = 0;

    for (int i = 0; i < VISITORS; i++)
        wrong += town_walk(b, visitors[i], NULL);
    assert_int_equal(wrong, 0);
}

/* Any write by another connection changes this number. */
static int64_t
data_version(struct db *db)
{
    return db_number(db, "PRAGMA data_version", -1);
}

static void
reading_writes_nothing(void **state)
{
    struct site_box *b = *state;
    struct db *db;
    int64_t before;

    assert_int_equal(db_open(b->database, DB_READ, &sql_statements, &db), OK);
    before = data_version(db);
    for (int i = 0; i < VISITORS; i++)
        (void)town_walk(b, visitors[i], NULL);
    assert_int_equal(data_version(db), before);
    DO(ASKED, .member = 1, .value = 0); /* the look sees the least change */
    assert_int_not_equal(data_version(db), before);
    db_close(db);
}

/* Much that one person does where the visitor can not look. */
static void
do_much(struct site_box *b, int64_t thread)
{
    for (int i = 0; i < 12; i++)
        DO(REPLY, .member = 2, .thread = thread,
           .text = arena_fmt(&b->mem, "Word %c", 'a' + i));
    DO(THANKS, .member = 1, .thread = thread, .number = 2, .text = STR("Ah."));
    DO(CAME, .member = 1, .thread = thread, .number = 2, .value = CAME_WORKED,
       .text = STR("Yes."));
}

static void
say_all(struct site_box *b, struct buf said[VISITORS])
{
    for (int i = 0; i < VISITORS; i++) {
        buf_init(&said[i], (size_t)16 << 20);
        (void)town_walk(b, visitors[i], &said[i]);
    }
}

/* Whatever counts a person's doings, or orders by them, would move something
 * on a page of those who see none of it. */
static void
what_somebody_does_out_of_sight_moves_nothing(void **state)
{
    struct site_box *b = *state;
    struct buf before[VISITORS], after[VISITORS], open[VISITORS];

    say_all(b, before);
    do_much(b, 2);
    say_all(b, after);
    for (int i = 0; visitors[i] != JOSEF; i++)
        assert_true(str_eq(buf_str(&before[i]), buf_str(&after[i])));
    do_much(b, 1); /* where all can look, the look sees it */
    say_all(b, open);
    assert_false(str_eq(buf_str(&after[0]), buf_str(&open[0])));
    for (int i = 0; i < VISITORS; i++) {
        buf_release(&before[i]);
        buf_release(&after[i]);
        buf_release(&open[i]);
    }
}

/* Statements: nothing adds up. */

static const struct pardon sums[] = {
    {"draft_size", "bytes of one draft, so that it ends somewhere"},
};

static bool
sql_adds_up(const char *sql)
{
    static const char *const words[] = {
        "count(", "sum(", "avg(", "total(", "group by", "row_number", "rank("};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcasestr(sql, words[i]))
            return true;
    return false;
}

static void
no_statement_adds_up(void **state)
{
    int wrong = 0;

    (void)state;
    assert_true(sql_adds_up("SELECT author, COUNT(*) FROM post"));
    assert_true(sql_adds_up("SELECT author FROM post GROUP BY author"));
    for (int id = 0; id < sql_statements.count; id++) {
        const char *name = sql_statements.name[id];
        bool is_fine = strncmp(name, "check_", 6) == 0;

        for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++)
            is_fine = is_fine || strcmp(name, sums[i].text) == 0;
        if (!is_fine && sql_adds_up(sql_statements.text[id])) {
            print_error("%s adds up\n", name);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* The schema: each column was looked at by somebody. */

static char *
columns_read(struct site_box *b)
{
    FILE *f = fopen(COLUMNS_FILE, "r");
    char *text = arena_alloc(&b->mem, 1 << 16);
    size_t n;

    assert_non_null(f);
    assert_non_null(text);
    n = fread(text, 1, (1 << 16) - 1, f);
    text[n] = '\0';
    assert_int_equal(fclose(f), 0);
    return text;
}

enum { COLUMNS, COLUMN_STATEMENTS };
static const char *const column_texts[] = {
    "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' "
    "ORDER BY m.name, c.cid"};
static const char *const column_names[] = {"columns"};
static const struct statements column_statements = {column_texts, column_names,
                                                    COLUMN_STATEMENTS};

/* How many columns of the database are not on the list. */
static int
columns_unknown(struct site_box *b, const char *list, bool is_told)
{
    struct db *db;
    struct rows r;
    int unknown = 0;

    assert_int_equal(db_open(b->database, DB_READ, &column_statements, &db),
                     OK);
    r = rows_start(db, COLUMNS);
    while (rows_next(&r)) {
        struct str table = rows_text(&r, 0), column = rows_text(&r, 1);
        const char *line =
            arena_z(&b->mem, arena_fmt(&b->mem, "\n%.*s.%.*s ", (int)table.n,
                                       table.p, (int)column.n, column.p));

        assert_non_null(line);
        if (strstr(list, line))
            continue;
        unknown++;
        if (is_told)
            print_error("%s is not in %s. Does it count what a person does, "
                        "or say who read what? Then it may not be. Else put "
                        "it there, with what it is for.\n",
                        line + 1, COLUMNS_FILE);
    }
    assert_int_equal(rows_end(&r), OK);
    db_close(db);
    return unknown;
}

static void
every_column_was_looked_at(void **state)
{
    struct site_box *b = *state;
    const char *list = columns_read(b);
    struct db *db;

    assert_int_equal(columns_unknown(b, list, true), 0);
    assert_int_equal(db_open(b->database, DB_WRITE, &sql_statements, &db), OK);
    assert_int_equal(
        db_run(db, "CREATE TABLE seen (member INTEGER, post INTEGER) STRICT;"
                   "ALTER TABLE member ADD COLUMN posts INTEGER"),
        OK);
    db_close(db);
    assert_int_equal(columns_unknown(b, list, false), 3);
}

int
main(void)
{
#define IN_TOWN(test)                                                          \
    cmocka_unit_test_setup_teardown(test, rich_setup, site_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_counts_is_found_and_others_are_not),
        cmocka_unit_test(no_statement_adds_up),
        IN_TOWN(no_page_counts_what_a_person_does),
        IN_TOWN(reading_writes_nothing),
        IN_TOWN(what_somebody_does_out_of_sight_moves_nothing),
        IN_TOWN(every_column_was_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
