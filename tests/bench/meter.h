/*
 * What a server costs, seen from another process: the time its threads spent
 * on a processor, the memory it holds, and how long visits took.
 */
#ifndef TESTS_BENCH_METER_H
#define TESTS_BENCH_METER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Nanoseconds of a clock that only goes forward. */
int64_t meter_now(void);
/* Nanoseconds that all threads of a process were running; -1: no such one. */
int64_t meter_cpu(pid_t pid);
/* A field of /proc/PID/status in kB ("VmRSS", "RssAnon"); -1: not there. */
int64_t meter_memory(pid_t pid, const char *field);

/* Times of many visits, or of many queries. */
struct times {
    int64_t *at;
    size_t n, cap;
};

void times_add(struct times *t, int64_t ns);
/* The time that so many of 1000 did not pass; sorts. 0 where there is none. */
int64_t times_mille(struct times *t, int mille);
void times_release(struct times *t);

#endif
