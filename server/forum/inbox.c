#include "forum/inbox.h"

#include "sql.h"

enum err
inbox_add(struct db *db, const struct notice *n, int64_t at)
{
    struct str text = n->text.n > 0 ? n->text : STR("");

    if (n->member == 0 || n->member == n->other)
        return OK;
    return x_inbox_add(db, n->member, (int64_t)n->kind, n->other, n->post,
                       n->page, n->thing, text, at);
}
