/* The server's certificate and key on the disk (declared in issue.h). */
#include "certs/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/pem.h>

#include "base/clock.h"

#define YEARS_VALID 50

enum err
keep_say(char why[static ISSUE_WHY], const char *path, const char *words)
{
    snprintf(why, ISSUE_WHY, "%.100s: %s", path, words);
    return E_IO;
}

enum err
keep_paths(const char *dir, const char *stem, struct keep *p,
           char why[static ISSUE_WHY])
{
    p->dir = dir;
    if (snprintf(p->key, sizeof p->key, "%s/%s.key", dir, stem) >= PATH_MAX ||
        snprintf(p->cert, sizeof p->cert, "%s/%s.crt", dir, stem) >= PATH_MAX)
        return keep_say(why, dir, "the path is too long");
    return OK;
}

static bool
write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = write(fd, p, n);

        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return false;
        p += k;
        n -= (size_t)k;
    }
    return fsync(fd) == 0;
}

/* What root writes belongs to whoever serves from the directory. */
static bool
owner_give(int fd, const char *dir)
{
    struct stat st;

    return geteuid() != 0 ||
           (stat(dir, &st) == 0 && fchown(fd, st.st_uid, st.st_gid) == 0);
}

/* A rename lasts once its directory is on the disk. */
bool
keep_sync(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_done = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return is_done;
}

/* Whole or not at all: written beside, then renamed over. */
static enum err
file_save(const struct keep *p, const char *path, mode_t mode, BIO *pem,
          char why[static ISSUE_WHY])
{
    char beside[PATH_MAX + 8];
    char *bytes;
    long n = BIO_get_mem_data(pem, &bytes);
    int fd;
    bool is_done;

    snprintf(beside, sizeof beside, "%s.new", path);
    (void)unlink(beside); /* what an interrupted start may have left */
    fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return keep_say(why, beside, strerror(errno));
    is_done = owner_give(fd, p->dir) && write_all(fd, bytes, (size_t)n);
    if (close(fd) != 0 || !is_done || rename(beside, path) != 0 ||
        !keep_sync(p->dir)) {
        keep_say(why, path, strerror(errno));
        (void)unlink(beside); /* the reason is told already */
        return E_IO;
    }
    return OK;
}

enum err
keep_key(const struct keep *p, EVP_PKEY *key, char why[static ISSUE_WHY])
{
    BIO *pem = BIO_new(BIO_s_mem());
    enum err e = E_NOMEM;

    if (pem != NULL &&
        PEM_write_bio_PrivateKey(pem, key, NULL, NULL, 0, NULL, NULL) == 1)
        e = file_save(p, p->key, 0600, pem, why);
    else
        keep_say(why, p->key, "no memory");
    BIO_free(pem);
    return e;
}

enum err
keep_cert(const struct keep *p, X509 *cert, char why[static ISSUE_WHY])
{
    BIO *pem = BIO_new(BIO_s_mem());
    enum err e = E_NOMEM;

    if (pem != NULL && PEM_write_bio_X509(pem, cert) == 1)
        e = file_save(p, p->cert, 0644, pem, why);
    else
        keep_say(why, p->cert, "no memory");
    BIO_free(pem);
    return e;
}

/* A password prompt would stop an unattended start. */
static int
/* NOLINTNEXTLINE(readability-non-const-parameter): OpenSSL gives the type */
no_password(char *buf, int size, int rwflag, void *arg)
{
    (void)buf, (void)size, (void)rwflag, (void)arg;
    return -1;
}

enum err
keep_load(const struct keep *p, struct identity *out,
          char why[static ISSUE_WHY])
{
    FILE *f = fopen(p->key, "re");

    if (f != NULL) {
        out->key = PEM_read_PrivateKey(f, NULL, no_password, NULL);
        fclose(f);
        if (out->key == NULL)
            return keep_say(why, p->key, "is not a private key in PEM form");
    } else if (errno != ENOENT) {
        return keep_say(why, p->key, strerror(errno));
    }
    f = fopen(p->cert, "re");
    if (f != NULL) {
        out->cert = PEM_read_X509(f, NULL, no_password, NULL);
        fclose(f);
        if (out->cert == NULL)
            return keep_say(why, p->cert, "is not a certificate in PEM form");
    } else if (errno != ENOENT) {
        return keep_say(why, p->cert, strerror(errno));
    }
    return OK;
}

enum err
keep_make(const struct keep *p, const struct str *host, int hosts,
          struct identity *id, char why[static ISSUE_WHY])
{
    struct issue want = {.name = hosts > 0 ? host[0] : STR("localhost"),
                         .host = host,
                         .hosts = hosts,
                         .kind = ISSUE_P256,
                         .key = id->key};
    struct identity made;
    enum err e;

    want.not_before = clock_now() - DAY;
    want.not_after = clock_now() + YEARS_VALID * 365 * DAY;
    if ((e = issue_make(&want, &made))) {
        keep_say(why, p->cert, "no certificate could be made");
        return e;
    }
    /* The key first: a certificate without its key would be of no use. */
    if (id->key == NULL)
        e = keep_key(p, made.key, why);
    if (!e)
        e = keep_cert(p, made.cert, why);
    identity_release(id);
    *id = made;
    return e;
}

enum err
issue_server(const char *dir, const struct str *host, int hosts,
             struct identity *out, char why[static ISSUE_WHY])
{
    struct keep p;
    enum err e;

    *out = (struct identity){NULL, NULL};
    if ((e = keep_paths(dir, "server", &p, why)))
        return e;
    e = keep_load(&p, out, why);
    if (!e && out->key == NULL && out->cert != NULL)
        e = keep_say(
            why, p.cert,
            "its server.key is missing: put the key back, or remove the "
            "certificate too and get a new one");
    else if (!e && out->cert == NULL)
        e = keep_make(&p, host, hosts, out, why);
    else if (!e && X509_check_private_key(out->cert, out->key) != 1)
        e = keep_say(
            why, p.cert,
            "does not belong to the server.key beside it: put the right "
            "one back, or remove it to have one made for the key");
    if (e)
        identity_release(out);
    return e;
}
