#include "base/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

/* Rights that came after the headers of Debian 12. */
enum { VERSION_TRUNCATE = 3, VERSION_DEVICE = 5 };

static const uint64_t right_truncate = 1ULL << 14;
static const uint64_t right_device = 1ULL << 15;
static const uint64_t rights_first = (1ULL << 13) - 1; /* all of version 1 */

static const uint64_t rights_read =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t rights_write = LANDLOCK_ACCESS_FS_WRITE_FILE |
                                     LANDLOCK_ACCESS_FS_MAKE_REG |
                                     LANDLOCK_ACCESS_FS_REMOVE_FILE;

/* What the libraries and we call once all files, threads and sockets of the
 * start are there; names that a processor does not know are left out. */
static const char *const calls[] = {
    /* files, which Landlock bounds */
    "open", "openat", "close", "read", "readv", "pread64", "write", "writev",
    "pwrite64", "lseek", "_llseek", "fsync", "fdatasync", "ftruncate",
    "ftruncate64", "fallocate", "fcntl", "fcntl64", "flock", "stat", "stat64",
    "lstat", "lstat64", "fstat", "fstat64", "newfstatat", "fstatat64", "statx",
    "statfs", "fstatfs", "access", "faccessat", "faccessat2", "unlink",
    "unlinkat", "rename", "renameat", "renameat2", "getdents", "getdents64",
    "readlink", "readlinkat", "getcwd", "fchmod", "fchown", "fchown32",
    /* memory; mmap and mprotect stand below */
    "munmap", "mremap", "madvise", "brk", "membarrier",
    /* time, chance, waiting */
    "clock_gettime", "clock_gettime64", "clock_getres", "clock_nanosleep",
    "clock_nanosleep_time64", "nanosleep", "gettimeofday", "time", "getrandom",
    "poll", "ppoll", "ppoll_time64", "epoll_ctl", "epoll_wait", "epoll_pwait",
    "epoll_pwait2", "timerfd_settime", "restart_syscall",
    /* visitors of the sockets that listen */
    "accept", "accept4", "recvfrom", "recvmsg", "sendto", "sendmsg", "shutdown",
    "getsockopt", "setsockopt", "getsockname", "getpeername",
    /* threads that are there, signals, the end */
    "futex", "futex_time64", "set_robust_list", "rseq", "sched_yield",
    "sched_getaffinity", "sigaltstack", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "rt_sigtimedwait", "rt_sigtimedwait_time64", "tgkill",
    "exit", "exit_group",
    /* who we are */
    "getpid", "gettid", "getuid", "geteuid", "getgid", "getegid", "uname",
    "sysinfo", "prlimit64", "getrlimit"};

/* Calls that are fine where these bits of an argument are so. No new code, no
 * power over the process, and of devices only whether they are terminals. */
static const struct bounded {
    const char *name;
    unsigned argument;
    uint64_t bits, value;
} bounded[] = {
    {"mmap", 2, PROT_EXEC, 0},        {"mmap2", 2, PROT_EXEC, 0},
    {"mprotect", 2, PROT_EXEC, 0},    {"prctl", 0, UINT32_MAX, PR_SET_NAME},
    {"ioctl", 1, UINT32_MAX, TCGETS},
};

static enum err
say(char why[static JAIL_WHY], enum err e, const char *what, const char *words)
{
    (void)snprintf(why, JAIL_WHY, "%.100s: %.140s", what, words);
    return e;
}

enum err
jail_user_find(const char *name, uid_t *out, char why[static JAIL_WHY])
{
    const struct passwd *p = getpwnam(name);

    if (!p)
        return say(why, E_NOT_FOUND, name, "user: there is none of that name");
    *out = p->pw_uid;
    return OK;
}

/* Groups first: a user may not change them. */
static enum err
become(uid_t uid, gid_t group, char why[static JAIL_WHY])
{
    const struct passwd *p = getpwuid(uid);
    int bad;

    if (p)
        bad = initgroups(p->pw_name, group = p->pw_gid);
    else
        bad = setgroups(0, NULL);
    if (bad || setresgid(group, group, group) || setresuid(uid, uid, uid))
        return say(why, E_FORBIDDEN, "user: can not be changed",
                   strerror(errno));
    if (setuid(0) == 0)
        return say(why, E_BUG, "user", "root was left, and came back");
    log_event(LOG_INFO, "left-root", LOG_INT("user", (int64_t)uid));
    return OK;
}

enum err
jail_user(const char *name, uid_t owner, gid_t group, char why[static JAIL_WHY])
{
    uid_t wanted = geteuid() == 0 ? owner : geteuid();
    enum err e = *name ? jail_user_find(name, &wanted, why) : OK;

    if (e || wanted == geteuid())
        return e;
    if (geteuid() != 0)
        return say(why, E_FORBIDDEN, name,
                   "user: only root can become another; start as that user");
    return become(wanted, group, why);
}

/* What to do where the kernel has not got it. */
static enum err
missing(enum jail jail, const char *what, int code, char why[static JAIL_WHY])
{
    if (jail == JAIL_YES)
        return say(why, E_UNUSABLE, what,
                   "jail = yes, and this kernel can not; see its settings, or "
                   "set jail = auto");
    log_event(LOG_WARN, "jail-lacks", LOG_Z("what", what),
              LOG_Z("why", strerror(code)));
    return OK;
}

static bool
is_wanted(enum jail jail)
{
    return jail == JAIL_YES || (jail == JAIL_AUTO && !IS_SANITIZED);
}

static bool
room_open(int rules, const struct jail_room *room, uint64_t known)
{
    struct landlock_path_beneath_attr a = {
        .allowed_access = rights_read,
        .parent_fd = open(room->path, O_PATH | O_CLOEXEC)};
    struct stat st;
    long bad;

    if (a.parent_fd < 0)
        return errno == ENOENT;
    /* Rights to a directory are none to a single file. */
    if (fstat(a.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
        a.allowed_access &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
    if (room->may_write)
        a.allowed_access |= rights_write | right_truncate;
    a.allowed_access &= known;
    bad = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &a,
                  0);
    close(a.parent_fd);
    return !bad;
}

enum err
jail_files(enum jail jail, const struct jail_room *room, int rooms,
           char why[static JAIL_WHY])
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
                           LANDLOCK_CREATE_RULESET_VERSION);
    struct landlock_ruleset_attr a = {.handled_access_fs = rights_first};
    int rules;
    bool is_done;

    if (!is_wanted(jail))
        return OK;
    if (version < 1)
        return missing(jail, "Landlock", errno, why);
    if (version >= VERSION_TRUNCATE)
        a.handled_access_fs |= right_truncate;
    if (version >= VERSION_DEVICE)
        a.handled_access_fs |= right_device;
    rules = (int)syscall(SYS_landlock_create_ruleset, &a, sizeof(a), 0);
    is_done = rules >= 0;
    for (int i = 0; i < rooms && is_done; i++)
        is_done = room_open(rules, &room[i], a.handled_access_fs);
    is_done = is_done && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
              syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (!is_done)
        (void)say(why, E_UNUSABLE, "jail: Landlock", strerror(errno));
    if (rules >= 0)
        close(rules);
    return is_done ? OK : E_UNUSABLE;
}

/* A name that an old library does not know is left out. */
static int
call_allow(scmp_filter_ctx ctx, const char *name, unsigned bounds,
           const struct scmp_arg_cmp *bound)
{
    int number = seccomp_syscall_resolve_name(name);

    return number == __NR_SCMP_ERROR
               ? 0
               : seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, number, bounds,
                                        bound);
}

static int
calls_load(scmp_filter_ctx ctx)
{
    int bad = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_TSYNC, 1);

    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]) && !bad; i++)
        bad = call_allow(ctx, calls[i], 0, NULL);
    for (size_t i = 0; i < sizeof(bounded) / sizeof(bounded[0]) && !bad; i++) {
        const struct bounded *b = &bounded[i];
        struct scmp_arg_cmp bound = {.arg = b->argument,
                                     .op = SCMP_CMP_MASKED_EQ,
                                     .datum_a = b->bits,
                                     .datum_b = b->value};

        bad = call_allow(ctx, b->name, 1, &bound);
    }
    return bad ? bad : seccomp_load(ctx);
}

enum err
jail_calls(enum jail jail, char why[static JAIL_WHY])
{
    scmp_filter_ctx ctx;
    int bad;

    if (!is_wanted(jail))
        return OK;
    if (!(ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM))))
        return say(why, E_NOMEM, "jail", "no memory for the list of calls");
    bad = calls_load(ctx);
    seccomp_release(ctx);
    return bad ? missing(jail, "seccomp", -bad, why) : OK;
}
