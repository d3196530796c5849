/* The command that serves: starts the server, says where it is, and waits for
 * signals. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/log.h"
#include "command.h"

/* Every visit is a descriptor, and the system gives few unless asked. */
static void
descriptors_raise(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        log_event(LOG_WARN, "few-descriptors", LOG_Z("why", strerror(errno)));
}

static void
greeting_print(const struct call *call, const struct server *s)
{
    const struct config *c = &call->config;
    char *data = realpath(c->data.p, NULL);
    int port = server_port(s, 0);

    puts("Understory is open:");
    for (int i = 0; i < c->host.n; i++) {
        bool is_v6 = str_find(c->host.item[i], ':') >= 0;

        printf("  gemini://%s%s%s", is_v6 ? "[" : "", c->host.item[i].p,
               is_v6 ? "]" : "");
        if (port != 1965)
            printf(":%d", port);
        puts("/");
    }
    printf("Fingerprint  SHA-256 %s\n", server_fingerprint(s));
    printf("Data         %s\n", data ? data : c->data.p);
    puts("Any Gemini client opens it: Lagrange, Kristall, Amfora, Bombadillo "
         "or\nElpher on a desktop, Lagrange, Elaho or Buran on a phone. "
         "Ctrl-C stops it.");
    fflush(stdout);
    free(data);
}

static void
reload(const struct call *old, struct server *s)
{
    struct call fresh = {.command = old->command, .args = old->args};

    if (call_read(&fresh) != DONE)
        log_event(LOG_ERROR, "reload-refused",
                  LOG_Z("kept", "settings, texts and certificate"));
    else if (server_reload(s, &fresh.config, fresh.why))
        log_event(LOG_ERROR, "reload-refused", LOG_Z("why", fresh.why));
    else
        log_event(LOG_INFO, "reloaded",
                  LOG_Z("certificate", server_fingerprint(s)));
    config_release(&fresh.config);
}

/* The signals are blocked before any thread begins, so all of them come here,
 * one at a time. */
static void
signals_wait(const struct call *call, struct server *s, const sigset_t *ours)
{
    int got;

    while ((got = sigwaitinfo(ours, NULL)) == SIGHUP || got < 0)
        if (got == SIGHUP)
            reload(call, s);
    log_event(LOG_INFO, "stopping",
              LOG_Z("signal", got == SIGTERM ? "TERM" : "INT"));
    /* Whoever asks a second time does not want to wait. */
    (void)sigprocmask(SIG_UNBLOCK, ours, NULL);
}

int
serve_run(struct call *call)
{
    struct server *s = NULL;
    sigset_t ours;

    (void)sigemptyset(&ours); /* none of these can fail */
    (void)sigaddset(&ours, SIGTERM);
    (void)sigaddset(&ours, SIGINT);
    (void)sigaddset(&ours, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &ours, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    descriptors_raise();
    if (server_start(&call->config, &s, call->why))
        return call_failed(call->why);
    greeting_print(call, s);
    signals_wait(call, s, &ours);
    server_stop(s);
    log_event(LOG_INFO, "stopped", LOG_INT("open", 0));
    return DONE;
}
