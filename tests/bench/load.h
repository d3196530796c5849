/* What the load generator was asked for, and what it saw. */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include "tests/bench/meter.h"
#include "tests/bench/visitor.h"

enum load_mode {
    LOAD_CLOSED, /* so many at once, each followed by the next */
    LOAD_OPEN,   /* so many a second, whether or not the server keeps up */
    LOAD_IDLE,   /* connections that shake hands and say nothing */
    LOAD_SLOW,   /* connections that send a byte a second */
    LOAD_MODES
};

struct load {
    enum load_mode mode;
    int port, pid;
    const char *cert, *path, *paths;
    int connections, requests, warm, rate, seconds, upload, status, resume;

    struct visitor visitor;
    char **line;  /* what may be asked, by number */
    size_t *size; /* bytes of its body, once known */
    int lines;

    int begun, done, next;
    int failed[VISIT_NO_GOODBYE + 1];
    int wrong_status, wrong_size, not_resumed;
    int first_wrong; /* the first status that was not expected */
    uint64_t in, out, body;
    struct times times;
};

/* Holds connections for LOAD_IDLE and LOAD_SLOW, and prints. */
void hold_run(struct load *l);
/* Reads what may be asked: l->paths, or the one l->path. */
void load_lines(struct load *l);
void load_lines_release(struct load *l);
/* The bytes of the next visit; owned. *which: the number of its line. */
char *load_say(struct load *l, size_t *n, int *which);

#endif
