/* Memory that is not there: ours, and that of the libraries. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <event2/event.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <uriparser/Uri.h>
#include <utf8proc.h>

#include "tests/fault/fail.h"

#define WRAP(type, name, ...)                                                  \
    type __real_##name(__VA_ARGS__);                                           \
    type __wrap_##name(__VA_ARGS__);                                           \
    type __wrap_##name(__VA_ARGS__)

static void *
no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

WRAP(void *, malloc, size_t n)
{
    return fail_now("malloc") ? no_memory() : __real_malloc(n);
}

WRAP(void *, calloc, size_t n, size_t size)
{
    return fail_now("calloc") ? no_memory() : __real_calloc(n, size);
}

WRAP(void *, realloc, void *p, size_t n)
{
    return fail_now("realloc") ? no_memory() : __real_realloc(p, n);
}

WRAP(char *, strndup, const char *s, size_t n)
{
    return fail_now("strndup") ? no_memory() : __real_strndup(s, n);
}

/* These take memory inside a library that has no hook of its own. */
WRAP(int, uriParseSingleUriExA, UriUriA *uri, const char *first,
     const char *after, const char **where)
{
    memset(uri, 0, sizeof *uri);
    return fail_now("parsing a URL")
               ? URI_ERROR_MALLOC
               : __real_uriParseSingleUriExA(uri, first, after, where);
}

WRAP(int, uriNormalizeSyntaxExA, UriUriA *uri, unsigned mask)
{
    return fail_now("normalising a URL")
               ? URI_ERROR_MALLOC
               : __real_uriNormalizeSyntaxExA(uri, mask);
}

WRAP(utf8proc_ssize_t, utf8proc_map, const utf8proc_uint8_t *s,
     utf8proc_ssize_t n, utf8proc_uint8_t **out, utf8proc_option_t options)
{
    return fail_now("mapping a text") ? UTF8PROC_ERROR_NOMEM
                                      : __real_utf8proc_map(s, n, out, options);
}

/* Where its table of sessions found no memory, OpenSSL 3.0 keeps a session in
 * its list that it has freed, and falls over it later. Nothing of ours can help
 * there, so the nodes of tables are always had. */
static bool
is_beyond_us(const char *file)
{
    return file != NULL && strstr(file, "lhash.c") != NULL;
}

static void *
tls_malloc(size_t n, const char *file, int line)
{
    (void)line;
    return n == 0 || (!is_beyond_us(file) && fail_now("memory for TLS"))
               ? NULL
               : __real_malloc(n);
}

static void *
tls_realloc(void *p, size_t n, const char *file, int line)
{
    (void)file, (void)line;
    if (n == 0) {
        free(p);
        return NULL;
    }
    return fail_now("more memory for TLS") ? NULL : __real_realloc(p, n);
}

static void
tls_free(void *p, const char *file, int line)
{
    (void)file, (void)line;
    free(p);
}

static void *
pool_malloc(size_t n)
{
    return fail_now("memory for events") ? no_memory() : __real_malloc(n);
}

static void *
pool_realloc(void *p, size_t n)
{
    return fail_now("more memory for events") ? no_memory()
                                              : __real_realloc(p, n);
}

static void
pool_free(void *p)
{
    free(p);
}

static sqlite3_mem_methods real_memory;

static void *
sql_malloc(int n)
{
    return fail_now("memory for SQL") ? NULL : real_memory.xMalloc(n);
}

static void *
sql_realloc(void *p, int n)
{
    return fail_now("more memory for SQL") ? NULL : real_memory.xRealloc(p, n);
}

void
fail_memory_init(void)
{
    sqlite3_mem_methods ours;

    if (CRYPTO_set_mem_functions(tls_malloc, tls_realloc, tls_free) != 1 ||
        sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory) != SQLITE_OK)
        abort();
    event_set_mem_functions(pool_malloc, pool_realloc, pool_free);
    ours = real_memory;
    ours.xMalloc = sql_malloc;
    ours.xRealloc = sql_realloc;
    /* Without a store of small pieces each of them is asked for here. */
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
        abort();
}
