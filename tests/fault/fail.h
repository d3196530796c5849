/*
 * Calls that fail on purpose. Fault programs are linked so that every call of
 * ours that takes memory, a descriptor, a thread or the disk comes here first,
 * and so do those of SQLite, OpenSSL and libevent. Each asks fail_now(), which
 * counts them and says yes to the k-th.
 */
#ifndef FAULT_FAIL_H
#define FAULT_FAIL_H

#include <stdbool.h>
#include <stdint.h>

/* Before anything else in main: the libraries take their hooks only then. From
 * here on the time stands still, so that pages can be compared. */
void fail_init(void);

/* The k-th call from now on fails, once; 0: none does, they are counted. */
void fail_arm(int64_t k);
/* All is well again. True where a call has failed since fail_arm. */
bool fail_disarm(void);
/* How many calls there were between the two. */
int64_t fail_calls(void);
/* Which one failed, in a word or two. */
const char *fail_what(void);
/* Calls of this thread are neither counted nor do they fail. */
void fail_spare(bool is_spared);

/* What becomes of the disk at the k-th write; it stays so until fail_heal. */
enum fail_disk { DISK_WELL, DISK_FULL, DISK_READ_ONLY };
void fail_disk(enum fail_disk how, int64_t k);
/* True where the disk had become so. */
bool fail_heal(void);

/* For the wrappers. FAULT_TRACE=1 shows where the failing call stood. */
bool fail_now(const char *what);
enum fail_disk fail_write(void);

/* The parts of fail_init. */
void fail_memory_init(void);
void fail_sqlite_init(void);

#endif
