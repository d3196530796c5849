/*
 * Many visitors at once, in one process of their own, who check what they get.
 *
 *     load mode=closed|open|idle|slow port=N pid=N [NAME=VALUE]...
 *
 * path=/t/1 or paths=FILE (one a line), connections=N at once, requests=N
 * and warm=N before them (closed), rate=N a second for seconds=N (open),
 * cert=PEM, resume=1, upload=BYTES (Titan, status=30). Prints NAME=VALUE lines;
 * ends with 1 where any answer was not what it had to be.
 */
#include "tests/bench/load.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#define EVENTS 256
#define STUCK_MS 20000
#define NS INT64_C(1000000000)

static const char *const modes[LOAD_MODES] = {"closed", "open", "idle", "slow"};

static void
give_up(const char *what)
{
    fprintf(stderr, "load: %s\n", what);
    exit(2);
}

/* --- one visit -------------------------------------------------------------
 */

static void
begin(struct load *l, struct visit *t, int64_t since)
{
    size_t n;
    int which;
    char *say = load_say(l, &n, &which);

    l->begun++;
    if (!visit_begin(t, &l->visitor, say, n, false))
        give_up("no more sockets");
    t->which = which;
    t->since = since;
}

/* Whole is what has close_notify and as many bytes as the first time. */
static void
judge(struct load *l, struct visit *t, enum visit_end end)
{
    size_t body;
    int status = visit_status(t, &body);
    size_t *size = &l->size[t->which];

    if (end != VISIT_DONE) {
        l->failed[end]++;
        return;
    }
    if (status != l->status) {
        if (l->wrong_status++ == 0)
            l->first_wrong = status;
    } else if (*size == SIZE_MAX) {
        *size = body;
    } else if (*size != body) {
        l->wrong_size++;
    }
    l->not_resumed += l->resume && !t->was_resumed;
    l->in += t->in;
    l->out += t->out;
    l->body += body;
    times_add(&l->times, meter_now() - t->since);
}

static void
end_visit(struct load *l, struct visit *t, enum visit_end end)
{
    visit_finish(t);
    judge(l, t, end);
    l->done++;
}

/* --- closed: so many at once -----------------------------------------------
 */

static void
run_closed(struct load *l, struct visit *visits, int total)
{
    struct epoll_event events[EVENTS];
    int width = l->connections < total ? l->connections : total;

    l->begun = l->done = 0;
    for (int i = 0; i < width; i++)
        begin(l, &visits[i], meter_now());
    while (l->done < total) {
        int n = epoll_wait(l->visitor.epoll, events, EVENTS, STUCK_MS);

        if (n == 0)
            give_up("nothing happens any more");
        for (int i = 0; i < n; i++) {
            struct visit *t = events[i].data.ptr;
            enum visit_end end = visit_drive(t);

            if (end == VISIT_GOES_ON)
                continue;
            end_visit(l, t, end);
            if (l->begun < total)
                begin(l, t, meter_now());
        }
    }
}

/* --- open: so many a second ------------------------------------------------
 */

/* Gaps from none to twice the mean, the same sequence for every server. */
static int64_t
gap(uint64_t *dice, int rate)
{
    *dice = *dice * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int64_t)((*dice >> 33) % (uint64_t)(2 * NS / rate));
}

/* A visit that no place is free for waits, and its time counts from when it
 * was due. */
static void
run_open(struct load *l, struct visit *visits)
{
    struct epoll_event events[EVENTS];
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are what it has */
    struct visit **spare = calloc((size_t)l->connections, sizeof *spare);
    int total = l->rate * l->seconds, spares = 0;
    int64_t due = meter_now();
    uint64_t dice = 1;

    if (spare == NULL)
        give_up("no memory");
    for (int i = 0; i < l->connections; i++)
        spare[spares++] = &visits[i];
    l->begun = l->done = 0;
    while (l->done < total) {
        int64_t now = meter_now();
        int wait = l->begun == total ? STUCK_MS : (int)((due - now) / 1000000);
        int n;

        while (due <= now && l->begun < total && spares > 0) {
            begin(l, spare[--spares], due);
            due += gap(&dice, l->rate);
        }
        n = epoll_wait(l->visitor.epoll, events, EVENTS, wait < 0 ? 0 : wait);
        if (n == 0 && wait == STUCK_MS)
            give_up("nothing happens any more");
        for (int i = 0; i < n; i++) {
            struct visit *t = events[i].data.ptr;
            enum visit_end end = visit_drive(t);

            if (end != VISIT_GOES_ON) {
                end_visit(l, t, end);
                spare[spares++] = t;
            }
        }
    }
    free(spare);
}

/* --- what came of it -------------------------------------------------------
 */

static void
forget(struct load *l)
{
    memset(l->failed, 0, sizeof l->failed);
    l->in = l->out = l->body = 0;
    l->times.n = 0;
    l->not_resumed = l->wrong_status = l->wrong_size = 0;
}

static int
report(struct load *l, int64_t cpu, int64_t wall)
{
    int failed = l->wrong_status + l->wrong_size + l->not_resumed;
    double n = l->times.n > 0 ? (double)l->times.n : 1;

    for (int i = 0; i <= VISIT_NO_GOODBYE; i++)
        failed += l->failed[i];
    printf("requests=%d\nfailed=%d\n", l->done, failed);
    if (failed > 0)
        printf("no_connect=%d\nno_handshake=%d\nno_goodbye=%d\n"
               "wrong_status=%d\nfirst_wrong=%d\nwrong_size=%d\n"
               "not_resumed=%d\n",
               l->failed[VISIT_NO_CONNECT], l->failed[VISIT_NO_HANDSHAKE],
               l->failed[VISIT_NO_GOODBYE], l->wrong_status, l->first_wrong,
               l->wrong_size, l->not_resumed);
    printf("cpu_us=%.2f\nper_second=%.1f\n", (double)cpu / 1000 / n,
           n * (double)NS / (double)wall);
    printf("busy=%.3f\n", (double)cpu / (double)wall);
    printf("in=%.1f\nout=%.1f\nbody=%.1f\n", (double)l->in / n,
           (double)l->out / n, (double)l->body / n);
    printf("p50_us=%.1f\n", (double)times_mille(&l->times, 500) / 1000);
    printf("p99_us=%.1f\n", (double)times_mille(&l->times, 990) / 1000);
    printf("rss_kb=%lld\nanon_kb=%lld\n",
           (long long)meter_memory(l->pid, "VmRSS"),
           (long long)meter_memory(l->pid, "RssAnon"));
    return failed > 0;
}

static int
run(struct load *l)
{
    struct visit *visits = calloc((size_t)l->connections, sizeof *visits);
    int64_t cpu, wall;
    int code;

    if (visits == NULL)
        give_up("no memory");
    /* The first visits gather sessions, sizes, and warm both sides. */
    if (l->resume && l->warm < VISITOR_SESSIONS + l->connections)
        l->warm = VISITOR_SESSIONS + l->connections;
    if (l->warm > 0)
        run_closed(l, visits, l->warm);
    forget(l);
    cpu = meter_cpu(l->pid);
    wall = meter_now();
    if (l->mode == LOAD_OPEN)
        run_open(l, visits);
    else
        run_closed(l, visits, l->requests);
    wall = meter_now() - wall;
    code = report(l, meter_cpu(l->pid) - cpu, wall);
    free(visits);
    return code;
}

/* --- the command line ------------------------------------------------------
 */

static bool
option_take(struct load *l, const char *name, const char *value)
{
    const struct {
        const char *name;
        int *number;
        const char **text;
    } options[] = {
        {"port", &l->port, NULL},
        {"pid", &l->pid, NULL},
        {"requests", &l->requests, NULL},
        {"connections", &l->connections, NULL},
        {"warm", &l->warm, NULL},
        {"rate", &l->rate, NULL},
        {"seconds", &l->seconds, NULL},
        {"upload", &l->upload, NULL},
        {"status", &l->status, NULL},
        {"resume", &l->resume, NULL},
        {"path", NULL, &l->path},
        {"paths", NULL, &l->paths},
        {"cert", NULL, &l->cert},
    };

    for (int i = 0; strcmp(name, "mode") == 0 && i < LOAD_MODES; i++)
        if (strcmp(value, modes[i]) == 0) {
            l->mode = (enum load_mode)i;
            return true;
        }
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(name, options[i].name) != 0)
            continue;
        if (options[i].text != NULL)
            *options[i].text = value;
        else
            *options[i].number = (int)strtol(value, NULL, 10);
        return true;
    }
    return false;
}

int
main(int argc, char **argv)
{
    struct load l = {.path = "/",
                     .connections = 16,
                     .requests = 1000,
                     .rate = 100,
                     .seconds = 5,
                     .status = 20};
    int code = 0;

    for (int i = 1; i < argc; i++) {
        char *value = strchr(argv[i], '=');

        if (value != NULL)
            *value++ = '\0';
        if (value == NULL || !option_take(&l, argv[i], value)) {
            fprintf(stderr, "load: what is '%s'?\n", argv[i]);
            return 2;
        }
    }
    signal(SIGPIPE, SIG_IGN);
    if (l.connections < 1 || l.rate < 1 || l.pid < 1 || meter_cpu(l.pid) < 0)
        give_up("connections, rate and the server's pid must be right");
    if (!visitor_init(&l.visitor, l.port, l.cert))
        give_up("no TLS with this certificate");
    l.visitor.does_resume = l.resume;
    load_lines(&l);
    if (l.mode == LOAD_IDLE || l.mode == LOAD_SLOW)
        hold_run(&l);
    else
        code = run(&l);
    visitor_release(&l.visitor);
    times_release(&l.times);
    load_lines_release(&l);
    return code;
}
