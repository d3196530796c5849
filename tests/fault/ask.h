/* One exchange in which the k-th call fails, at a site without sockets. */
#ifndef FAULT_ASK_H
#define FAULT_ASK_H

#include "tests/unit/site_help.h"

/* url: a path, or a titan:// line where body is not empty. k 0: none fails.
 * *has_struck: was there a k-th call? The answer lives as long as the box, or
 * until fault_forget. */
struct answer fault_ask(struct site_box *b, const struct peer *who,
                        const char *url, struct str body, int64_t k,
                        bool *has_struck);
void fault_forget(struct site_box *b);

/* As after a start: nothing is prepared, nothing is in a cache. */
void fault_reopen(struct site_box *b);

/* What `understory check` says, as one text of at most n bytes; and the number
 * that a query answers. The site may be open. */
int fault_check(const struct site_box *b, char *out, size_t n);
int64_t fault_number(const struct site_box *b, const char *sql);

#endif
