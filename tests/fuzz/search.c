/*
 * What somebody searches for, against what FTS5 finds. The first line is typed,
 * the rest is a text in the index. Whatever was typed, the question is never
 * wrong; and FTS5 finds the text exactly where terms_in() does.
 */
#include <sqlite3.h>

#include "base/text.h"
#include "forum/terms.h"
#include "tests/fuzz/oracle.h"

#define MEMORY (32 << 20)

static sqlite3_stmt *
prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st = NULL;

    DEMAND(sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK);
    return st;
}

/* The statement with one text; true where it has a row. */
static bool
ask(sqlite3 *db, const char *sql, struct str text)
{
    sqlite3_stmt *st = prepare(db, sql);
    int code;

    sqlite3_bind_text64(st, 1, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
    code = sqlite3_step(st);
    DEMAND(code == SQLITE_ROW || code == SQLITE_DONE);
    DEMAND(sqlite3_finalize(st) == SQLITE_OK);
    return code == SQLITE_ROW;
}

static sqlite3 *
index_open(void)
{
    sqlite3 *db = NULL;

    DEMAND(sqlite3_open(":memory:", &db) == SQLITE_OK);
    (void)ask(db,
              "CREATE VIRTUAL TABLE found USING fts5 (words, content = '', "
              "columnsize = 0, prefix = '1 2 3', "
              "tokenize = \"ascii tokenchars ':'\")",
              STR(""));
    return db;
}

static void
check(sqlite3 *db, const struct terms *t, struct str text, struct arena *mem)
{
    struct str match = terms_match(t, ~0U, 0, STR(""), mem), line;
    unsigned bits = 0, all = (1U << t->n) - 1;
    struct buf words;
    char era[32];
    bool is_found;

    DEMAND(terms_in(t, text, &bits) == OK);
    DEMAND(terms_line(t, text, &line) == OK);
    DEMAND(line.n <= text.n && (line.n == 0 || bits));
    buf_init(&words, 16 << 20);
    text_words(&words, text, STR(""));
    buf_add(&words, terms_era(1, era));
    DEMAND(!words.bad && !mem->bad);
    (void)ask(db, "INSERT INTO found (rowid, words) VALUES (1, ?)",
              buf_str(&words));
    is_found = ask(db, "SELECT 1 FROM found WHERE found MATCH ?", match);
    DEMAND(is_found == (bits == all));
    match = terms_match(t, ~0U, 0, terms_era(1, era), mem);
    DEMAND(is_found ==
           ask(db, "SELECT 1 FROM found WHERE found MATCH ?", match));
    /* The words of a closed community are others. */
    match = terms_match(t, ~0U, 1, STR(""), mem);
    DEMAND(!ask(db, "SELECT 1 FROM found WHERE found MATCH ?", match));
    (void)ask(db,
              "INSERT INTO found (found, rowid, words) VALUES ('delete', 1, ?)",
              buf_str(&words));
    buf_release(&words);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static sqlite3 *db;
    struct str rest = {(const char *)data, size}, typed = str_cut(&rest, '\n');
    struct arena mem;
    struct terms terms;

    if (!db)
        db = index_open();
    if (!text_is_valid((struct str){(const char *)data, size}))
        return 0;
    arena_init(&mem, MEMORY);
    DEMAND(terms_read(typed, &mem, &terms) == OK);
    DEMAND(terms.n <= TERMS_MAX);
    if (terms.n > 0)
        check(db, &terms, rest, &mem);
    DEMAND(terms_read_title(typed, &mem, &terms) == OK);
    if (terms.n > 0)
        check(db, &terms, rest, &mem);
    arena_release(&mem);
    return 0;
}
