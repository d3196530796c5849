/*
 * Visitors who stay: they shake hands and say nothing, or a byte a second. Says
 * what each costs the server in memory, and when the server ended them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "tests/bench/load.h"

#define EVENTS 256
#define GREETING_AT_ONCE 64
#define NS INT64_C(1000000000)

struct hold {
    struct load *load;
    struct visit *visits;
    int held, ended, answered, lost;
    double age_min, age_max; /* seconds, of those that the server ended */
};

static void
end_one(struct hold *h, struct visit *t, enum visit_end end)
{
    double age = (double)(meter_now() - t->since) / (double)NS;
    size_t body;

    if (h->ended == 0 || age < h->age_min)
        h->age_min = age;
    if (age > h->age_max)
        h->age_max = age;
    h->ended++;
    h->answered += visit_status(t, &body) > 0;
    h->lost += end == VISIT_NO_CONNECT || end == VISIT_NO_HANDSHAKE;
    visit_finish(t);
}

static void
drive_ready(struct hold *h, int wait)
{
    struct epoll_event events[EVENTS];
    int n = epoll_wait(h->load->visitor.epoll, events, EVENTS, wait);

    for (int i = 0; i < n; i++) {
        struct visit *t = events[i].data.ptr;
        bool was_greeting = t->at == VISIT_GREETS;
        enum visit_end end = visit_drive(t);

        if (was_greeting && (t->at == VISIT_HELD || end != VISIT_GOES_ON)) {
            h->held++;
            /* Its time counts from here: the handshake has its own. */
            t->since = meter_now();
        }
        if (end != VISIT_GOES_ON)
            end_one(h, t, end);
    }
}

static void
greet_all(struct hold *h)
{
    struct load *l = h->load;
    int begun = 0;

    while (h->held < l->connections) {
        while (begun < l->connections && begun - h->held < GREETING_AT_ONCE) {
            size_t n;
            int which;
            char *say = load_say(l, &n, &which);
            struct visit *t = &h->visits[begun++];

            if (!visit_begin(t, &l->visitor, say, n, true)) {
                fprintf(stderr, "load: no more sockets\n");
                exit(2);
            }
            t->since = meter_now();
        }
        drive_ready(h, 100);
    }
}

static void
stay(struct hold *h)
{
    struct load *l = h->load;
    int64_t end = meter_now() + l->seconds * NS, tick = meter_now() + NS;

    while (meter_now() < end && h->ended < l->connections) {
        drive_ready(h, 50);
        if (l->mode == LOAD_IDLE || meter_now() < tick)
            continue;
        tick += NS;
        for (int i = 0; i < l->connections; i++)
            if (h->visits[i].ssl != NULL)
                visit_drip(&h->visits[i]);
    }
}

void
hold_run(struct load *l)
{
    struct hold h = {.load = l};
    int64_t before = meter_memory(l->pid, "RssAnon"), after;
    int64_t cpu = meter_cpu(l->pid);

    if ((h.visits = calloc((size_t)l->connections, sizeof *h.visits)) == NULL)
        exit(2);
    greet_all(&h);
    drive_ready(&h, 100); /* tickets are read */
    after = meter_memory(l->pid, "RssAnon");
    printf("held=%d\nper_connection=%.0f\nanon_kb=%lld\n", h.held - h.ended,
           (double)(after - before) * 1024 / l->connections, (long long)after);
    fflush(stdout);
    stay(&h);
    printf("ended=%d\nanswered=%d\nlost=%d\nage_min=%.2f\nage_max=%.2f\n"
           "cpu_ms=%.1f\nmost_kb=%lld\n",
           h.ended, h.answered, h.lost, h.age_min, h.age_max,
           (double)(meter_cpu(l->pid) - cpu) / 1e6,
           (long long)meter_memory(l->pid, "VmHWM"));
    for (int i = 0; i < l->connections; i++)
        visit_finish(&h.visits[i]);
    free(h.visits);
}
