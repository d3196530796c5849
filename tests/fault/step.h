/*
 * The k-th failure, for k = 1, 2, 3 ... until a run has none. FAULT=all tries
 * every k, FAULT=7 that one alone; else so many are left out that a scenario
 * takes a few seconds.
 */
#ifndef FAULT_STEP_H
#define FAULT_STEP_H

#include <stdbool.h>
#include <stdint.h>

struct step {
    const char *name; /* of the scenario */
    int64_t k;        /* the call that fails in this run */
    int64_t stride, tried;
    int wrong;
    int descriptors, threads; /* at the beginning */
    const char *what;         /* the call that failed in this run */
};

void step_begin(struct step *s, const char *name);
/* calls: as many as a run without failures made; most: how many k are tried
 * where not all are. */
void step_size(struct step *s, int64_t calls, int most);
/* After a run: is there another? */
bool step_next(struct step *s, bool has_struck);
/* Tells what broke at this k. */
void step_wrong(struct step *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Nothing may be left open. Prints a line of TAP; 1 where something broke. */
int step_end(struct step *s);

int descriptors_count(void);
int threads_count(void);
/* As many, after waiting until they are as many as wanted, or for a second. */
int threads_settle(int want);

#endif
