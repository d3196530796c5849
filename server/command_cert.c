/* Commands about the server's key and certificate. */
#include "base/clock.h"
#include "command.h"
#include "report.h"

/* Keys and labels differ by what comes before them. */
static void
cert_report(struct report *r, const struct server_cert *cert, bool is_next)
{
    struct arena mem;

    arena_init(&mem, 1024);
    report_text(r, is_next ? "next_fingerprint" : "fingerprint",
                is_next ? "The next, SHA-256" : "Fingerprint, SHA-256",
                str_of(cert->fingerprint));
    report_text(r, is_next ? "next_from" : "from", "  valid from",
                clock_date(&mem, cert->not_before));
    report_text(r, is_next ? "next_until" : "until", "  valid until",
                clock_date(&mem, cert->not_after));
    report_truth(r, is_next ? "next_covers_hosts" : "covers_hosts",
                 "  speaks for every host", cert->covers_all);
    arena_release(&mem);
}

int
cert_show_run(struct call *call)
{
    struct server_cert now, next;
    struct report r;
    enum err e;

    if (server_cert_show(&call->config, &now, call->why))
        return call_failed(call->why);
    e = server_cert_next(&call->config, &next, call->why);
    if (e && e != E_NOT_FOUND)
        return call_failed(call->why);
    report_begin(&r, stdout, call->flags & FLAG_JSON);
    cert_report(&r, &now, false);
    if (!e)
        cert_report(&r, &next, true);
    report_end(&r);
    return DONE;
}

static int
answer(struct call *call, enum err e, const struct server_cert *cert,
       bool is_next, const char *what)
{
    struct report r;

    if (e)
        return call_failed(call->why);
    report_begin(&r, stdout, call->flags & FLAG_JSON);
    cert_report(&r, cert, is_next);
    report_end(&r);
    if (!(call->flags & FLAG_JSON))
        puts(what);
    return DONE;
}

#define TAKE                                                                   \
    "A server that runs takes it when it gets SIGHUP (systemctl reload)."

int
cert_renew_run(struct call *call)
{
    struct server_cert cert;

    if (!call_agree(call, "The certificate in use is replaced by a new one "
                          "for the same key."))
        return ASKED_WRONG;
    return answer(call, server_cert_renew(&call->config, &cert, call->why),
                  &cert, false, TAKE);
}

int
cert_announce_run(struct call *call)
{
    struct server_cert cert;

    return answer(call, server_cert_announce(&call->config, &cert, call->why),
                  &cert, true,
                  "It stands at /keys once the server gets SIGHUP (systemctl "
                  "reload); 'understory cert change' puts it to use.");
}

int
cert_change_run(struct call *call)
{
    struct server_cert cert;

    if (!call_agree(call, "The announced key takes the place of the one in "
                          "use; every client will warn once."))
        return ASKED_WRONG;
    return answer(call, server_cert_change(&call->config, &cert, call->why),
                  &cert, false, TAKE);
}

int
cert_import_run(struct call *call)
{
    struct server_cert cert;

    if (!call_agree(call, "This key and certificate take the place of those "
                          "in use; clients that know another key will warn "
                          "once."))
        return ASKED_WRONG;
    return answer(call,
                  server_cert_import(&call->config, call->words[0],
                                     call->words[1], &cert, call->why),
                  &cert, false, TAKE);
}
