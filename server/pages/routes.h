/* Match a path, build a path: both read the same pattern, so they are
 * inverses. */
#ifndef PAGES_ROUTES_H
#define PAGES_ROUTES_H

#include "wire/url.h"

#define PAGE(name, path) R_##name,
#define INSIDE(name, path, who) R_##name,
#define ASK(name, path, who, prompt) R_##name,
#define ASK_SECRET(name, path, who, prompt) R_##name,
#define DO(name, path, who) R_##name,
#define UPLOAD(name, path, who, max) R_##name,
enum route_id {
#include "pages/routes.def"
    R_COUNT
};
#undef PAGE
#undef INSIDE
#undef ASK
#undef ASK_SECRET
#undef DO
#undef UPLOAD

enum route_kind { ROUTE_PAGE, ROUTE_INSIDE, ROUTE_ASK, ROUTE_DO, ROUTE_UPLOAD };
enum route_who { ANYONE, UNKNOWN, MEMBER, PARTICIPANT, AUTHOR, STEWARD };

/* Where in the site. */
struct at {
    enum route_id route;
    bool is_inside;       /* below /i */
    struct str name, key; /* decoded */
    int64_t id, page;
    enum err why; /* ASK rows: why it is asked again (the path's last part) */
};

struct route {
    const char *name;    /* as in routes.def */
    const char *pattern; /* the same for ASK and UPLOAD of one path */
    enum route_kind kind;
    enum route_who who;
    bool is_secret; /* ASK with 11 */
    int prompt;     /* ASK: enum word_id */
    size_t max;     /* UPLOAD: bytes */
};

/* Row id; never NULL for id < R_COUNT. */
const struct route *route_row(enum route_id id);

/* E_NOT_FOUND where no row fits. scheme decides between UPLOAD and the rest; a
 * trailing slash makes no difference. Names are borrowed from url. */
enum err route_match(const struct url *url, struct at *out);

/* The path of at: path-absolute, percent-encoded where it must be, with /i
 * where is_inside (and always for rows that live there alone), with "/why"
 * behind an ASK row where at->why is set. key must have been put in. */
struct str route_path(const struct at *at, struct arena *mem);

#endif
