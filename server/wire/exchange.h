/*
 * A request, its response, and "finished": what net and the site hand each
 * other. net knows the site only as a struct service.
 */
#ifndef WIRE_EXCHANGE_H
#define WIRE_EXCHANGE_H

#include "base/mailbox.h"
#include "wire/request.h"
#include "wire/response.h"

struct exchange {
    struct request rq;
    struct response rs;
    struct arena mem; /* dies with the exchange */
    enum err bad;     /* not OK: net could not make a request of it; serve()
                       * only words the refusal */
    int rate_seconds; /* with E_RATE: how long to wait */
    void (*finished)(struct exchange *); /* called once, on the loop's thread,
                                          * now or later */
};

/* What a site offers to a loop. Each loop has one state, used by its thread
 * alone. */
struct service {
    void *site;
    /* A loop begins; home is where mail for its thread goes. NULL: failed. */
    void *(*begin)(void *site, struct mailbox *home);
    /* An upload's line came, its body not yet: how many bytes it may have at
     * most. Not OK: the exchange is refused with that (x->bad). */
    enum err (*admit)(void *state, struct exchange *x);
    /* Answers x: calls x->finished before it returns or later. */
    void (*serve)(void *state, struct exchange *x);
    /* Now and then, and once at the beginning: what the site does by itself.
     * May be NULL. */
    void (*tick)(void *state);
    void (*end)(void *state);
};

#endif
