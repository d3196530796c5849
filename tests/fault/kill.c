/*
 * Kills the server with SIGKILL while several people write, starts it again,
 * and lets them go on, many times. What was answered must be there, once; what
 * was not answered is sent again, and must then be there, once; `understory
 * check` must find nothing.
 *
 *     kill PROGRAM ROUNDS [gently]
 *
 * Gently: guests read too, and SIGHUP and then SIGTERM come in the midst of
 * it. The program has to end well, which under a sanitizer says that it found
 * nothing.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mailbox.h"
#include "base/secret.h"
#include "tests/talk/browser.h"

#define WRITERS 4
#define READERS 3
#define TOWN_KILLS 300 /* then a new town: a large one takes long to check */
#define LEAST_MS 5     /* of writing before a kill, and chance adds some */
#define CHANCE_MS 70
#define GENTLE_MS 1200

struct writer_person {
    struct browser browser;
    char reply[1100]; /* the address that posts */
    int number;
    int acknowledged; /* texts 1..acknowledged were answered with 30 */
};

static struct {
    char dir[64];
    const char *program;
    int port;
    pid_t server;
    atomic_bool stop;
    bool is_gentle;
    struct browser guests[READERS];
    atomic_int pages; /* that they have read in this round */
    struct writer_person people[WRITERS];
} town;

static void
give_up(const char *what, const char *why)
{
    printf("not ok - %s: %s\n", what, why);
    if (town.server > 0)
        kill(town.server, SIGKILL);
    exit(1);
}

/* A port that nobody has just now. */
static int
free_port(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t n = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
        getsockname(fd, (struct sockaddr *)&a, &n) != 0)
        give_up("port", "none");
    close(fd);
    return ntohs(a.sin_port);
}

static pid_t
run(const char *command, const char *listen_at)
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    if (open("/dev/null", O_WRONLY) < 0)
        _exit(9);
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    if (listen_at != NULL)
        execl(town.program, town.program, command, "--data", town.dir,
              "--listen", listen_at, "--host", "localhost", "--loops", "2",
              "--posts-per-minute", "0", "--posts-per-hour", "0", (char *)NULL);
    else
        execl(town.program, town.program, command, "--data", town.dir,
              (char *)NULL);
    _exit(9);
}

static void
start(void)
{
    char at[32];
    struct browser guest = {.port = town.port};

    snprintf(at, sizeof at, "127.0.0.1:%d", town.port);
    town.server = run("serve", at);
    for (int tries = 0; tries < 2000; tries++) {
        bool is_up = browser_get(&guest, "/about");

        browser_release(&guest);
        if (is_up)
            return;
        if (waitpid(town.server, NULL, WNOHANG) == town.server)
            give_up("start", "the server ended");
        poll(NULL, 0, 5);
    }
    give_up("start", guest.why);
}

static void
check(void)
{
    int status = -1;
    pid_t pid = run("check", NULL);

    if (waitpid(pid, &status, 0) != pid || status != 0)
        give_up("check", "something is broken");
}

static void
walk(struct browser *b, const char *from, const char *part, char *text)
{
    char path[1100];
    char *texts[1] = {text};

    if (!browser_get(b, from) ||
        !browser_link(b, part, true, path, sizeof path) ||
        !browser_walk(b, path, texts, text != NULL) || b->last.status != 20)
        give_up(from, b->why[0] ? b->why : part);
}

static void
settle(void)
{
    for (int i = 0; i < WRITERS; i++) {
        struct writer_person *w = &town.people[i];
        char name[32], path[1100];
        char *texts[] = {name, name};

        w->number = i + 1;
        w->browser.port = town.port;
        snprintf(name, sizeof name, "Writer %d", w->number);
        snprintf(w->browser.person.name, sizeof w->browser.person.name, "%s",
                 name);
        if (!person_identity(&w->browser.person, "p256", false))
            give_up("certificate", "not made");
        walk(&w->browser, "/i/join", "/join/n/", name);
        if (i == 0) {
            if (!browser_get(&w->browser, "/i/c/") ||
                !browser_link(&w->browser, "/i/start/", true, path,
                              sizeof path) ||
                !browser_walk(&w->browser, path, texts, 2))
                give_up("community", w->browser.why);
            if (!browser_link(&w->browser, "/note/", true, path, sizeof path) ||
                !browser_walk(&w->browser, path, texts, 2))
                give_up("thread", w->browser.why);
        }
        if (!browser_get(&w->browser, "/i/t/1") ||
            !browser_link(&w->browser, "/i/t/1/r/", true, w->reply,
                          sizeof w->reply))
            give_up("reply link", w->browser.why);
    }
}

static void
write_on(void *arg)
{
    struct writer_person *w = arg;

    while (!atomic_load(&town.stop)) {
        char path[1200];

        snprintf(path, sizeof path, "%s?writer%%20%d%%20text%%20%d", w->reply,
                 w->number, w->acknowledged + 1);
        if (!browser_get(&w->browser, path))
            return; /* killed: the same text again in the next round */
        if (w->browser.last.status == 30)
            w->acknowledged++;
    }
}

static void
read_on(void *arg)
{
    static const char *const paths[] = {"/", "/t/1", "/c/", "/t/1/all"};
    struct browser *b = arg;

    for (int i = 0; !atomic_load(&town.stop); i++)
        if (browser_get(b, paths[i % 4]) && b->last.status == 20)
            atomic_fetch_add(&town.pages, 1);
        else
            poll(NULL, 0, 1); /* it stops just now */
}

/* All of it under way until the server ends. */
static void
end_gently(void)
{
    int status = 0;

    for (int i = 0; i < 4; i++) {
        poll(NULL, 0, GENTLE_MS / 4);
        kill(town.server, i < 3 ? SIGHUP : SIGTERM);
    }
    if (waitpid(town.server, &status, 0) != town.server || status != 0)
        give_up("stop", "SIGTERM did not end it cleanly");
}

static void
end_at_once(void)
{
    uint32_t milliseconds = 0;

    secret_below(CHANCE_MS, &milliseconds);
    poll(NULL, 0, LEAST_MS + (int)milliseconds);
    kill(town.server, SIGKILL);
    waitpid(town.server, NULL, 0);
}

static void
one_round(void)
{
    struct thread_handle *threads[WRITERS + READERS];
    int readers = town.is_gentle ? READERS : 0;

    atomic_store(&town.stop, false);
    atomic_store(&town.pages, 0);
    for (int i = 0; i < WRITERS; i++)
        threads[i] = thread_start("writer", write_on, &town.people[i]);
    for (int i = 0; i < readers; i++)
        threads[WRITERS + i] = thread_start("reader", read_on, &town.guests[i]);
    if (town.is_gentle)
        end_gently();
    else
        end_at_once();
    atomic_store(&town.stop, true);
    for (int i = 0; i < WRITERS + readers; i++)
        thread_join(threads[i]);
    if (town.is_gentle && atomic_load(&town.pages) == 0)
        give_up("reading", "no page came");
    check();
    start();
}

/* Every acknowledged text stands in the thread once; one more at most, which
 * was stored but not answered. */
static int
count_all(void)
{
    struct browser *b = &town.people[0].browser;
    int all = 0;

    if (!browser_get(b, "/t/1/all") || b->last.status != 20)
        give_up("reading all", b->why);
    for (int i = 0; i < WRITERS; i++)
        for (int n = 1; n <= town.people[i].acknowledged + 1; n++) {
            char line[64];
            int found = 0;
            const char *p = b->last.body;
            size_t size = (size_t)snprintf(line, sizeof line,
                                           "\nwriter %d text %d\n", i + 1, n);

            while ((p = strstr(p, line)) != NULL)
                found++, p += size - 1;
            if (found > 1)
                give_up("doubled", line);
            if (found == 0 && n <= town.people[i].acknowledged)
                give_up("lost", line);
            all += found;
        }
    return all;
}

/* A new town, so many kills, and all is counted. */
static int
town_run(long rounds)
{
    int status = 0, all;
    char remove[128];

    memset(town.people, 0, sizeof town.people);
    snprintf(town.dir, sizeof town.dir, "/tmp/understory-kill-XXXXXX");
    if (mkdtemp(town.dir) == NULL)
        give_up("directory", "not made");
    town.port = free_port();
    start();
    settle();
    for (int i = 0; i < READERS; i++)
        town.guests[i] = (struct browser){
            .port = town.port,
            .person = {.does_resume = i > 0, .tls = i > 1 ? TLS1_2_VERSION : 0},
        };
    for (long i = 0; i < rounds; i++)
        one_round();
    all = count_all();
    kill(town.server, SIGTERM);
    if (waitpid(town.server, &status, 0) != town.server || status != 0)
        give_up("stop", "SIGTERM did not end it cleanly");
    for (int i = 0; i < WRITERS; i++)
        browser_release(&town.people[i].browser);
    for (int i = 0; i < READERS; i++)
        browser_release(&town.guests[i]);
    snprintf(remove, sizeof remove, "rm -rf %s", town.dir);
    /* NOLINTNEXTLINE(cert-env33-c): the name is mkdtemp's */
    if (system(remove) != 0)
        give_up("remove", town.dir);
    return all;
}

int
main(int argc, char **argv)
{
    long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 20;
    long done = 0, all = 0;

    if (argc < 2)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    town.program = argv[1];
    town.is_gentle = argc > 3 && strcmp(argv[3], "gently") == 0;
    while (done < rounds) {
        long n = rounds - done < TOWN_KILLS ? rounds - done : TOWN_KILLS;

        all += town_run(n);
        done += n;
    }
    printf("ok - %ld %s, %ld posts, none lost and none doubled\n", done,
           town.is_gentle ? "restarts" : "kills", all);
    return 0;
}
