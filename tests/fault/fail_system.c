/* What the system refuses: descriptors, threads, files, chance. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "tests/fault/fail.h"

#define WRAP(type, name, ...)                                                  \
    type __real_##name(__VA_ARGS__);                                           \
    type __wrap_##name(__VA_ARGS__);                                           \
    type __wrap_##name(__VA_ARGS__)

/* -1 with errno where the call fails on purpose. */
static bool
refuse(const char *what, int why)
{
    if (!fail_now(what))
        return false;
    errno = why;
    return true;
}

WRAP(int, open, const char *path, int flags, ...)
{
    mode_t mode = 0;
    va_list args;

    if (flags & O_CREAT) {
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    return refuse("open", EMFILE) ? -1 : __real_open(path, flags, mode);
}

/* The log has nobody to tell. */
WRAP(ssize_t, write, int fd, const void *p, size_t n)
{
    if (fd != STDERR_FILENO && refuse("write", EIO))
        return -1;
    return __real_write(fd, p, n);
}

/* Nothing here is to outlive the test, so nothing waits for a disk. */
WRAP(int, fsync, int fd)
{
    (void)fd;
    return refuse("fsync", EIO) ? -1 : 0;
}

WRAP(int, rename, const char *from, const char *to)
{
    return refuse("rename", EIO) ? -1 : __real_rename(from, to);
}

WRAP(int, unlink, const char *path)
{
    return refuse("unlink", EIO) ? -1 : __real_unlink(path);
}

WRAP(int, mkdir, const char *path, mode_t mode)
{
    return refuse("mkdir", EIO) ? -1 : __real_mkdir(path, mode);
}

WRAP(int, rmdir, const char *path)
{
    return refuse("rmdir", EIO) ? -1 : __real_rmdir(path);
}

WRAP(int, flock, int fd, int how)
{
    return refuse("flock", ENOLCK) ? -1 : __real_flock(fd, how);
}

WRAP(FILE *, fopen, const char *path, const char *mode)
{
    return refuse("fopen", EMFILE) ? NULL : __real_fopen(path, mode);
}

WRAP(DIR *, opendir, const char *path)
{
    return refuse("opendir", EMFILE) ? NULL : __real_opendir(path);
}

WRAP(int, eventfd, unsigned start, int flags)
{
    return refuse("eventfd", EMFILE) ? -1 : __real_eventfd(start, flags);
}

WRAP(int, socket, int domain, int type, int protocol)
{
    return refuse("socket", EMFILE) ? -1
                                    : __real_socket(domain, type, protocol);
}

WRAP(int, bind, int fd, const struct sockaddr *to, socklen_t n)
{
    return refuse("bind", EADDRINUSE) ? -1 : __real_bind(fd, to, n);
}

WRAP(int, listen, int fd, int backlog)
{
    return refuse("listen", EADDRINUSE) ? -1 : __real_listen(fd, backlog);
}

WRAP(int, accept4, int fd, struct sockaddr *from, socklen_t *n, int flags)
{
    return refuse("accept", EMFILE) ? -1 : __real_accept4(fd, from, n, flags);
}

WRAP(int, setsockopt, int fd, int level, int name, const void *p, socklen_t n)
{
    return refuse("setsockopt", ENOMEM)
               ? -1
               : __real_setsockopt(fd, level, name, p, n);
}

WRAP(ssize_t, recv, int fd, void *p, size_t n, int flags)
{
    return refuse("recv", ECONNRESET) ? -1 : __real_recv(fd, p, n, flags);
}

WRAP(ssize_t, send, int fd, const void *p, size_t n, int flags)
{
    return refuse("send", ECONNRESET) ? -1 : __real_send(fd, p, n, flags);
}

WRAP(int, pthread_create, pthread_t *id, const pthread_attr_t *attr,
     void *(*run)(void *), void *arg)
{
    return fail_now("a thread") ? EAGAIN
                                : __real_pthread_create(id, attr, run, arg);
}

WRAP(int, pthread_mutex_init, pthread_mutex_t *m, const pthread_mutexattr_t *a)
{
    return fail_now("a lock") ? ENOMEM : __real_pthread_mutex_init(m, a);
}

WRAP(int, pthread_cond_init, pthread_cond_t *c, const pthread_condattr_t *a)
{
    return fail_now("a condition") ? ENOMEM : __real_pthread_cond_init(c, a);
}

WRAP(int, RAND_bytes, unsigned char *p, int n)
{
    return fail_now("random bytes") ? 0 : __real_RAND_bytes(p, n);
}

/* As slow as the real one nobody would wait for every k. */
WRAP(int, EVP_PBE_scrypt, const char *words, size_t n,
     const unsigned char *salt, size_t salts, uint64_t N, uint64_t r,
     uint64_t p, uint64_t most, unsigned char *key, size_t keys)
{
    (void)N;
    return fail_now("scrypt") ? 0
                              : __real_EVP_PBE_scrypt(words, n, salt, salts, 16,
                                                      r, p, most, key, keys);
}

/* It stands still. */
WRAP(time_t, time, time_t *out)
{
    static time_t now;

    if (now == 0)
        now = __real_time(NULL);
    if (out != NULL)
        *out = now;
    return now;
}
