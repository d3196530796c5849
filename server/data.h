/* The data directory: made where it is missing, ours alone, and in the hands
 * of one server at a time. */
#ifndef DATA_H
#define DATA_H

#include "base/err.h"

#define DATA_WHY 512

struct data {
    int lock; /* a descriptor; -1: not taken */
};

/* Run by root, becomes user first, or, where that is empty, the directory's
 * owner. E_TAKEN: another server has it; E_FORBIDDEN: another user's. */
enum err data_take(const char *dir, const char *user, struct data *out,
                   char why[static DATA_WHY]);
void data_release(struct data *d);

#endif
