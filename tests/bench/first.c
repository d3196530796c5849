/*
 * How long from the start of the program until it has answered a visitor.
 *
 *     first PROGRAM DIR PATH
 *
 * Starts it on DIR, asks for PATH again and again, prints first_ms=N, and ends
 * it.
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/meter.h"
#include "tests/talk/browser.h"

#define MOST_MS 60000

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
        return -1;
    close(fd);
    return ntohs(a.sin_port);
}

static pid_t
start(const char *program, const char *dir, int port)
{
    char at[32];
    pid_t pid;
    int quiet;

    snprintf(at, sizeof at, "127.0.0.1:%d", port);
    if ((pid = fork()) != 0)
        return pid;
    if ((quiet = open("/dev/null", O_WRONLY)) >= 0)
        dup2(quiet, STDOUT_FILENO);
    execl(program, program, "serve", "--data", dir, "--listen", at, "--host",
          "localhost", "--log-level", "error", (char *)NULL);
    _exit(9);
}

int
main(int argc, char **argv)
{
    struct browser guest = {.port = free_port()};
    int64_t began = meter_now(), ns = 0;
    bool is_up = false;
    pid_t pid;

    if (argc != 4)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    pid = start(argv[1], argv[2], guest.port);
    while (pid > 0 && !is_up && ns < MOST_MS * INT64_C(1000000)) {
        is_up = browser_get(&guest, argv[3]) && guest.last.status == 20;
        ns = meter_now() - began;
        if (!is_up)
            usleep(1000);
    }
    printf("first_ms=%.1f\n", (double)ns / 1e6);
    if (pid > 0 && kill(pid, SIGTERM) == 0)
        waitpid(pid, NULL, 0);
    browser_release(&guest);
    return is_up ? 0 : 1;
}
