#include "tests/fault/fail.h"

#include <execinfo.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
    _Atomic int64_t calls, k;
    atomic_bool is_armed, has_struck;
    const char *_Atomic what;
    _Atomic int64_t writes, disk_k;
    _Atomic int disk, disk_later;
} state;

static _Thread_local bool is_spared_here;

void
fail_init(void)
{
    (void)signal(SIGPIPE, SIG_IGN); /* clients whose visit is cut */
    fail_memory_init();
    fail_sqlite_init();
}

void
fail_arm(int64_t k)
{
    atomic_store(&state.calls, 0);
    atomic_store(&state.k, k);
    atomic_store(&state.has_struck, false);
    atomic_store(&state.what, "");
    atomic_store(&state.is_armed, true);
}

bool
fail_disarm(void)
{
    atomic_store(&state.is_armed, false);
    return atomic_load(&state.has_struck);
}

int64_t
fail_calls(void)
{
    return atomic_load(&state.calls);
}

const char *
fail_what(void)
{
    return atomic_load(&state.what);
}

void
fail_spare(bool is_spared)
{
    is_spared_here = is_spared;
}

static void
trace(const char *what)
{
    void *stack[40];

    if (getenv("FAULT_TRACE") == NULL)
        return;
    is_spared_here = true;
    fprintf(stderr, "# fails: %s, call %lld\n", what,
            (long long)atomic_load(&state.calls));
    backtrace_symbols_fd(stack, backtrace(stack, 40), STDERR_FILENO);
    is_spared_here = false;
}

bool
fail_now(const char *what)
{
    if (is_spared_here || !atomic_load(&state.is_armed) ||
        atomic_fetch_add(&state.calls, 1) + 1 != atomic_load(&state.k))
        return false;
    atomic_store(&state.what, what);
    atomic_store(&state.has_struck, true);
    trace(what);
    return true;
}

void
fail_disk(enum fail_disk how, int64_t k)
{
    atomic_store(&state.writes, 0);
    atomic_store(&state.disk_k, k);
    atomic_store(&state.disk_later, (int)how);
}

bool
fail_heal(void)
{
    atomic_store(&state.disk_later, DISK_WELL);
    return atomic_exchange(&state.disk, DISK_WELL) != DISK_WELL;
}

enum fail_disk
fail_write(void)
{
    int later = atomic_load(&state.disk_later);

    if (later != DISK_WELL && !is_spared_here &&
        atomic_fetch_add(&state.writes, 1) + 1 >= atomic_load(&state.disk_k))
        atomic_store(&state.disk, later);
    return (enum fail_disk)atomic_load(&state.disk);
}
