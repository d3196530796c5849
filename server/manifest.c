#include "manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

enum { PATH_LENGTH = 4096, TEXT_LENGTH = 2048, CHUNK = 64 * 1024 };

static const char *const names[MANIFEST_FILES] = {
    [MANIFEST_DATABASE] = "understory.db",
    [MANIFEST_KEY] = "server.key",
    [MANIFEST_CERTIFICATE] = "server.crt",
    [MANIFEST_NEXT_KEY] = "server.next.key",
    [MANIFEST_NEXT_CERTIFICATE] = "server.next.crt",
    [MANIFEST_SETTINGS] = "understory.ini",
};

const char *
manifest_name(enum manifest_file file)
{
    return names[file];
}

static enum err
say(char why[static MANIFEST_WHY], enum err e, const char *what,
    const char *words)
{
    (void)snprintf(why, MANIFEST_WHY, "%.250s: %.250s", what, words);
    return e;
}

/* What errno says, with the advice that a full disk needs. */
static enum err
trouble(char why[static MANIFEST_WHY], const char *what)
{
    bool is_full = errno == ENOSPC || errno == EDQUOT;

    return say(why, is_full ? E_FULL : E_IO, what,
               is_full ? "the disk is full: make room and try again"
                       : strerror(errno));
}

static enum err
path_of(char path[static PATH_LENGTH], const char *dir, const char *name,
        char why[static MANIFEST_WHY])
{
    if (snprintf(path, PATH_LENGTH, "%s/%s", dir, name) < PATH_LENGTH)
        return OK;
    return say(why, E_IO, dir, "too long a path");
}

static void
hex_of(const unsigned char digest[static DIGEST_SIZE],
       char hex[static MANIFEST_HEX])
{
    for (int i = 0; i < DIGEST_SIZE; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* Reads fd to its end; to: where it is copied, or -1. */
static enum err
stream(int fd, int to, int64_t *size, char hex[static MANIFEST_HEX])
{
    unsigned char digest[DIGEST_SIZE];
    struct secret_sum *sum = secret_sum_new();
    char *chunk = malloc(CHUNK);
    enum err e = sum && chunk ? OK : E_NOMEM;
    ssize_t n = 0;

    *size = 0;
    while (!e && (n = read(fd, chunk, CHUNK)) > 0) {
        *size += n;
        e = secret_sum_add(sum, (struct str){chunk, (size_t)n});
        for (ssize_t done = 0, put = 0; to >= 0 && done < n && !e; done += put)
            if ((put = write(to, chunk + done, (size_t)(n - done))) < 0)
                e = E_IO;
    }
    if (n < 0)
        e = E_IO;
    if (!e && !(e = secret_sum_end(sum, digest)))
        hex_of(digest, hex);
    secret_sum_free(sum);
    free(chunk);
    return e;
}

static enum err
file_open(const char *path, int *fd, char why[static MANIFEST_WHY])
{
    struct stat st;

    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0)
        return trouble(why, path);
    if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
        return OK;
    close(*fd);
    *fd = -1;
    return say(why, E_IO, path, "is not a file");
}

enum err
manifest_copy(struct manifest *m, enum manifest_file file, const char *from,
              const char *dir, char why[static MANIFEST_WHY])
{
    char path[PATH_LENGTH];
    int in = -1, out = -1;
    enum err e = path_of(path, dir, names[file], why);

    if (e || (e = file_open(from, &in, why)))
        return e;
    out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    errno = out < 0 ? errno : 0;
    if (out < 0 ||
        (e = stream(in, out, &m->file[file].size, m->file[file].sha256)) ||
        fsync(out) != 0)
        e = e == E_NOMEM ? say(why, e, path, "not enough memory")
                         : trouble(why, path);
    if (out >= 0 && close(out) != 0 && !e)
        e = trouble(why, path);
    close(in);
    m->file[file].is_there = !e;
    return e;
}

static enum err
sum_file(const char *dir, const char *name, int64_t *size,
         char hex[static MANIFEST_HEX], char why[static MANIFEST_WHY])
{
    char path[PATH_LENGTH];
    int fd;
    enum err e = path_of(path, dir, name, why);

    if (e || (e = file_open(path, &fd, why)))
        return e;
    if ((e = stream(fd, -1, size, hex)))
        (void)say(why, e, path,
                  e == E_NOMEM ? "not enough memory" : strerror(errno));
    close(fd);
    return e;
}

enum err
manifest_note(struct manifest *m, enum manifest_file file, const char *dir,
              char why[static MANIFEST_WHY])
{
    enum err e = sum_file(dir, names[file], &m->file[file].size,
                          m->file[file].sha256, why);

    m->file[file].is_there = !e;
    return e;
}

enum err
manifest_verify(const struct manifest *m, enum manifest_file file,
                const char *dir, char why[static MANIFEST_WHY])
{
    char hex[MANIFEST_HEX] = "";
    int64_t size;
    enum err e = sum_file(dir, names[file], &size, hex, why);

    if (e)
        return e;
    if (size == m->file[file].size && strcmp(hex, m->file[file].sha256) == 0)
        return OK;
    (void)snprintf(why, MANIFEST_WHY,
                   "%.250s/%s: is not what the manifest says (%lld bytes, it "
                   "was %lld): this backup is damaged, take another one",
                   dir, names[file], (long long)size,
                   (long long)m->file[file].size);
    return E_UNUSABLE;
}

/* All lines but the last; how many bytes. */
static int
text_make(const struct manifest *m, char text[static TEXT_LENGTH])
{
    struct arena mem;
    struct str stamp;
    int n;

    arena_init(&mem, 1024);
    stamp = clock_stamp(&mem, m->made);
    n = snprintf(text, TEXT_LENGTH,
                 "understory-backup 1\nmade %.*s\nschema %d\n", (int)stamp.n,
                 stamp.p, m->schema);
    arena_release(&mem);
    for (int i = 0; i < MANIFEST_FILES; i++)
        if (m->file[i].is_there)
            n += snprintf(text + n, (size_t)(TEXT_LENGTH - n),
                          "file %s %lld %s\n", names[i],
                          (long long)m->file[i].size, m->file[i].sha256);
    return n;
}

enum err
manifest_write(const struct manifest *m, const char *dir,
               char why[static MANIFEST_WHY])
{
    char path[PATH_LENGTH], text[TEXT_LENGTH], hex[MANIFEST_HEX];
    unsigned char digest[DIGEST_SIZE];
    int n = text_make(m, text), fd;
    enum err e = secret_sha256((struct str){text, (size_t)n}, digest);

    if (e)
        return say(why, e, dir, "not enough memory");
    hex_of(digest, hex);
    n += snprintf(text + n, (size_t)(TEXT_LENGTH - n), "end %s\n", hex);
    if ((e = path_of(path, dir, MANIFEST_NAME, why)))
        return e;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, text, (size_t)n) != n || fsync(fd) != 0)
        e = trouble(why, path);
    if (fd >= 0 && close(fd) != 0 && !e)
        e = trouble(why, path);
    return e;
}

static bool
hex_read(struct str s, char hex[static MANIFEST_HEX])
{
    if (s.n != MANIFEST_HEX - 1)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!memchr("0123456789abcdef", s.p[i], 16))
            return false;
    memcpy(hex, s.p, s.n);
    hex[s.n] = '\0';
    return true;
}

/* "understory.db 4096 <hex>", each at most once. */
static bool
file_read(struct manifest *m, struct str rest)
{
    struct str name = str_cut(&rest, ' ');
    struct str size = str_cut(&rest, ' ');

    for (int i = 0; i < MANIFEST_FILES; i++)
        if (str_eq(name, str_of(names[i])) && !m->file[i].is_there)
            return m->file[i].is_there = str_to_int(size, &m->file[i].size) &&
                                         hex_read(rest, m->file[i].sha256);
    return false;
}

/* Two digits, less than most. */
static bool
two_read(struct str *rest, char sep, int64_t most, int64_t *n)
{
    struct str two = str_cut(rest, sep);

    /* What str_to_int takes has no zero in front. */
    if (two.n != 2 || !str_to_int(str_skip(two, two.p[0] == '0'), n))
        return false;
    return *n < most;
}

/* "2026-11-24T16:05:00Z" */
static bool
stamp_read(struct str rest, int64_t *at)
{
    int64_t hour, minute, second;

    if (!clock_day(str_cut(&rest, 'T'), at) ||
        !two_read(&rest, ':', 24, &hour) ||
        !two_read(&rest, ':', 60, &minute) ||
        !two_read(&rest, 'Z', 60, &second) || rest.n > 0)
        return false;
    *at += hour * HOUR + minute * MINUTE + second;
    return true;
}

static bool
line_read(struct manifest *m, struct str line)
{
    struct str word = str_cut(&line, ' ');
    int64_t n = 0;

    if (str_eq(word, STR("made")))
        return stamp_read(line, &m->made);
    if (str_eq(word, STR("file")))
        return file_read(m, line);
    if (!str_eq(word, STR("schema")) || !str_to_int(line, &n) || n > INT32_MAX)
        return false;
    m->schema = (int)n;
    return true;
}

/* The last line says what all before it must be. */
static bool
end_fits(struct str before, struct str end)
{
    unsigned char digest[DIGEST_SIZE];
    char hex[MANIFEST_HEX];

    if (secret_sha256(before, digest))
        return false;
    hex_of(digest, hex);
    return str_eq(end, str_of(hex));
}

static bool
text_read(struct manifest *m, struct str all)
{
    struct str rest = all;
    bool is_good = str_has_suffix(all, STR("\n")) &&
                   str_eq(str_cut(&rest, '\n'), STR("understory-backup 1"));

    while (is_good && rest.n > 0) {
        struct str before = {all.p, (size_t)(rest.p - all.p)};
        struct str line = str_cut(&rest, '\n');

        if (str_has_prefix(line, STR("end ")))
            return rest.n == 0 && end_fits(before, str_skip(line, 4)) &&
                   m->file[MANIFEST_DATABASE].is_there &&
                   m->file[MANIFEST_KEY].is_there;
        is_good = line_read(m, line);
    }
    return false;
}

enum err
manifest_read(struct manifest *m, const char *dir,
              char why[static MANIFEST_WHY])
{
    char path[PATH_LENGTH], text[TEXT_LENGTH];
    int fd;
    ssize_t n;
    enum err e = path_of(path, dir, MANIFEST_NAME, why);

    memset(m, 0, sizeof(*m));
    if (e)
        return e;
    if (access(path, F_OK) != 0 && errno != EACCES)
        return say(why, E_NOT_FOUND, dir,
                   "is no backup: there is no manifest in it; 'understory "
                   "backup' prints the directory that it made");
    if ((e = file_open(path, &fd, why)))
        return e;
    n = read(fd, text, sizeof(text));
    close(fd);
    if (n < 0)
        return trouble(why, path);
    if (text_read(m, (struct str){text, (size_t)n}))
        return OK;
    return say(why, E_UNUSABLE, path,
               "is damaged, or of another program: take another backup");
}

enum err
manifest_remove(const char *dir)
{
    static const char *const besides[] = {
        MANIFEST_NAME,           "understory.db.part",
        "understory.db-wal",     "understory.db-shm",
        "understory.db-journal", "understory.db.part-journal"};
    char path[PATH_LENGTH];
    int bad = 0;

    /* The manifest goes first: what is left then is no backup any more. */
    for (size_t i = 0; i < sizeof(besides) / sizeof(besides[0]); i++)
        if (snprintf(path, sizeof(path), "%s/%s", dir, besides[i]) <
            PATH_LENGTH)
            bad |= unlink(path) != 0 && errno != ENOENT;
    for (int i = 0; i < MANIFEST_FILES; i++)
        if (snprintf(path, sizeof(path), "%s/%s", dir, names[i]) < PATH_LENGTH)
            bad |= unlink(path) != 0 && errno != ENOENT;
    return rmdir(dir) != 0 || bad ? E_IO : OK;
}
