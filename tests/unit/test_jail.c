#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/jail.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "tests/unit/scratch.h"

/* What a child says at its end; the errors of cmocka do not leave it. */
enum { HELD, FAILED, NOT_HERE };

/* A jail is for good, so each is tried by a child. */
static void
in_a_child(void **state, int (*attempt)(const char *dir))
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0)
        _exit(attempt(*state));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_HERE)
        skip();
    assert_int_equal(WEXITSTATUS(status), HELD);
}

#define HOLDS(what)                                                            \
    do {                                                                       \
        if (!(what)) {                                                         \
            fprintf(stderr, "%s:%d: %s (errno %d)\n", __FILE__, __LINE__,      \
                    #what, errno);                                             \
            return FAILED;                                                     \
        }                                                                      \
    } while (0)

static bool
can_open(const char *dir, const char *name, int how)
{
    char path[8192];
    int fd;

    snprintf(path, sizeof path, "%s%s", dir, name);
    fd = open(path, how | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static int
rooms(const char *dir)
{
    char write[4096], read[4096], why[JAIL_WHY] = "";
    struct jail_room room[] = {
        {write, true}, {read, false}, {"/nowhere", true}, {"", false}};

    snprintf(write, sizeof write, "%s/write", dir);
    snprintf(read, sizeof read, "%s/read", dir);
    if (mkdir(write, 0700) || mkdir(read, 0700) ||
        !can_open(read, "/text", O_CREAT | O_WRONLY))
        return FAILED;
    return jail_files(JAIL_YES, room, 4, why) == OK ? HELD : NOT_HERE;
}

static int
files_stay_in_their_rooms(const char *dir)
{
    int before = open("/etc/passwd", O_RDONLY | O_CLOEXEC), e;
    char path[4096], c;

    if ((e = rooms(dir)))
        return e;
    HOLDS(can_open(dir, "/write/new", O_CREAT | O_RDWR));
    HOLDS(can_open(dir, "/write/new", O_TRUNC | O_RDWR));
    HOLDS(can_open(dir, "/write", O_RDONLY | O_DIRECTORY));
    snprintf(path, sizeof path, "%s/write/new", dir);
    HOLDS(unlink(path) == 0);
    HOLDS(can_open(dir, "/read/text", O_RDONLY));
    HOLDS(!can_open(dir, "/read/text", O_WRONLY));
    HOLDS(!can_open(dir, "/read/new", O_CREAT | O_WRONLY));
    HOLDS(!can_open(dir, "/new", O_CREAT | O_WRONLY));
    HOLDS(!can_open("/etc/passwd", "", O_RDONLY) && errno == EACCES);
    HOLDS(!can_open("/proc/self/mem", "", O_RDWR));
    HOLDS(!can_open("/", "", O_RDONLY | O_DIRECTORY));
    HOLDS(symlink("/etc/passwd", path) != 0);
    HOLDS(execl("/bin/true", "true", (char *)NULL) != 0 && errno == EACCES);
    HOLDS(read(before, &c, 1) == 1); /* what is open stays */
    return HELD;
}

static void
outside_its_rooms_no_file_can_be_opened(void **state)
{
    in_a_child(state, files_stay_in_their_rooms);
}

/* What a visitor with our code in hand would try next. */
static int
calls_fail(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons(1965),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    void *page;

    HOLDS(execl("/bin/true", "true", (char *)NULL) != 0 && errno == EPERM);
    HOLDS(socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM);
    HOLDS(socket(AF_UNIX, SOCK_STREAM, 0) < 0 && errno == EPERM);
    HOLDS(connect(0, (struct sockaddr *)&to, sizeof to) != 0 && errno == EPERM);
    HOLDS(fork() < 0 && errno == EPERM);
    HOLDS(kill(getppid(), 0) != 0 && errno == EPERM);
    HOLDS(ptrace(PTRACE_TRACEME, 0, 0, 0) != 0 && errno == EPERM);
    HOLDS(setuid(1) != 0 && errno == EPERM);
    HOLDS(mkdir("/tmp/understory-never", 0700) != 0 && errno == EPERM);
    HOLDS(chmod("/tmp", 0777) != 0 && errno == EPERM);
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0);
    HOLDS(page != MAP_FAILED);
    HOLDS(mprotect(page, 4096, PROT_READ | PROT_EXEC) != 0 && errno == EPERM);
    HOLDS(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
               -1, 0) == MAP_FAILED);
    return HELD;
}

struct elsewhere {
    int gate[2];
    int said;
};

static void
wait_and_try(void *arg)
{
    struct elsewhere *other = arg;
    char c;

    other->said = read(other->gate[0], &c, 1) == 1 ? calls_fail() : FAILED;
}

static int
calls_are_few(const char *dir)
{
    struct elsewhere other = {.said = FAILED};
    struct thread_handle *thread;
    char why[JAIL_WHY] = "";

    (void)dir;
    HOLDS(pipe(other.gate) == 0);
    thread = thread_start("before", wait_and_try, &other);
    HOLDS(thread != NULL);
    if (jail_calls(JAIL_YES, why))
        return NOT_HERE;
    HOLDS(calls_fail() == HELD);
    HOLDS(write(other.gate[1], "x", 1) == 1);
    thread_join(thread);
    HOLDS(other.said == HELD);
    HOLDS(can_open("/etc/passwd", "", O_RDONLY)); /* no room was named */
    return HELD;
}

static void
no_thread_can_exec_fork_connect_or_make_code(void **state)
{
    in_a_child(state, calls_are_few);
}

static int
nothing_is_taken(const char *dir)
{
    char why[JAIL_WHY] = "";
    pid_t child;

    HOLDS(jail_files(JAIL_NO, NULL, 0, why) == OK);
    HOLDS(jail_calls(JAIL_NO, why) == OK);
    HOLDS(can_open(dir, "/new", O_CREAT | O_WRONLY));
    HOLDS((child = fork()) >= 0);
    if (child == 0)
        _exit(0);
    HOLDS(waitpid(child, NULL, 0) == child);
    return HELD;
}

static void
without_a_jail_all_stays_as_it_was(void **state)
{
    in_a_child(state, nothing_is_taken);
}

static int
root_is_left(const char *dir)
{
    char why[JAIL_WHY] = "";

    HOLDS(jail_user("", 12345, 12346, why) == OK);
    HOLDS(getuid() == 12345 && geteuid() == 12345);
    HOLDS(getgid() == 12346 && getgroups(0, NULL) == 0);
    HOLDS(setuid(0) != 0 && seteuid(0) != 0);
    HOLDS(!can_open(dir, "/new", O_CREAT | O_WRONLY)); /* it is root's */
    /* Once more changes nothing, and another is out of reach. */
    HOLDS(jail_user("", 12345, 12346, why) == OK);
    HOLDS(jail_user("root", 12345, 12346, why) == E_FORBIDDEN);
    return HELD;
}

static void
root_becomes_the_owner_and_never_comes_back(void **state)
{
    if (geteuid() != 0)
        skip();
    in_a_child(state, root_is_left);
}

static int
name_counts(const char *dir)
{
    char why[JAIL_WHY] = "";
    uid_t nobody = 0;

    (void)dir;
    HOLDS(jail_user("no-such-user", 0, 0, why) == E_NOT_FOUND);
    HOLDS(strstr(why, "no-such-user"));
    HOLDS(getuid() == 0);
    if (jail_user_find("nobody", &nobody, why))
        return NOT_HERE;
    HOLDS(jail_user("nobody", 0, 0, why) == OK);
    HOLDS(geteuid() == nobody);
    return HELD;
}

static void
a_user_that_is_named_counts_more_than_the_owner(void **state)
{
    if (geteuid() != 0)
        skip();
    in_a_child(state, name_counts);
}

#define IN_SCRATCH(f)                                                          \
    cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(outside_its_rooms_no_file_can_be_opened),
        IN_SCRATCH(no_thread_can_exec_fork_connect_or_make_code),
        IN_SCRATCH(without_a_jail_all_stays_as_it_was),
        IN_SCRATCH(root_becomes_the_owner_and_never_comes_back),
        IN_SCRATCH(a_user_that_is_named_counts_more_than_the_owner),
    };

    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
