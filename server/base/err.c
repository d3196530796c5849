#include "base/err.h"

#include <stddef.h>
#include <string.h>

#define ERR_ROW(name, status) [E_##name] = (status),
static const int statuses[ERR_COUNT] = {ERR_TABLE(ERR_ROW)};
#undef ERR_ROW

/* Written out, since the preprocessor can not make lower case; a test holds
 * each against its constant. */
static const char *const names[ERR_COUNT] = {
    [E_OK] = "ok",
    [E_WAITING] = "waiting",
    [E_EMPTY] = "empty",
    [E_TOO_SHORT] = "too-short",
    [E_TOO_LONG] = "too-long",
    [E_UNUSABLE] = "unusable",
    [E_PAST] = "past",
    [E_TAKEN] = "taken",
    [E_LOOKALIKE] = "lookalike",
    [E_WRONG] = "wrong",
    [E_NO_TRIES] = "no-tries",
    [E_FORBIDDEN] = "forbidden",
    [E_BARRED] = "barred",
    [E_NOT_JOINED] = "not-joined",
    [E_TOO_LATE] = "too-late",
    [E_LAST_ONE] = "last-one",
    [E_CROWDED] = "crowded",
    [E_TOO_FEW] = "too-few",
    [E_NOT_AGREED] = "not-agreed",
    [E_CONFLICT] = "conflict",
    [E_IO] = "io",
    [E_BUG] = "bug",
    [E_TIMEOUT_QUERY] = "timeout-query",
    [E_NOMEM] = "nomem",
    [E_BUSY] = "busy",
    [E_FULL] = "full",
    [E_UNSHOWN] = "unshown",
    [E_RATE] = "rate",
    [E_NOT_FOUND] = "not-found",
    [E_GONE] = "gone",
    [E_FOREIGN] = "foreign",
    [E_MALFORMED] = "malformed",
    [E_URL_TOO_LONG] = "url-too-long",
    [E_TIMEOUT] = "timeout",
    [E_UPLOAD_SIZE] = "upload-size",
    [E_UPLOAD_TYPE] = "upload-type",
    [E_UPLOAD_TEXT] = "upload-text",
    [E_NO_UPLOAD] = "no-upload",
    [E_NEED_CERT] = "need-cert",
    [E_BAD_CERT] = "bad-cert",
};

int
err_status(enum err e)
{
    if ((unsigned)e >= ERR_COUNT)
        e = E_BUG;
    return statuses[e];
}

const char *
err_name(enum err e)
{
    if ((unsigned)e >= ERR_COUNT || !names[e])
        e = E_BUG;
    return names[e];
}

enum err
err_find(const char *name)
{
    for (int e = 0; e < ERR_COUNT; e++) {
        if (names[e] && strcmp(names[e], name) == 0)
            return (enum err)e;
    }
    return OK;
}
