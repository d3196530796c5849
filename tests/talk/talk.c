/*
 * Runs talk files, each against a server of its own, and says which held.
 *
 *     talk FILE.talk...
 *
 * In the world that matrix.talk makes, every route meets every visitor; in that
 * of crawl.talk, crawlers and planted links change nothing.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "tests/talk/crawl.h"
#include "tests/talk/matrix.h"
#include "tests/talk/script.h"

static script_then *
then_of(const char *file)
{
    if (strstr(file, "matrix") != NULL)
        return matrix_walk;
    return strstr(file, "crawl") != NULL ? crawl_walk : NULL;
}

int
main(int argc, char **argv)
{
    int passed = 0, failed = 0;

    signal(SIGPIPE, SIG_IGN);
    log_set_level(getenv("TALK_LOG") != NULL ? LOG_DEBUG : LOG_ERROR);
    for (int i = 1; i < argc; i++) {
        bool is_fine = script_run(argv[i], 1 + i % 2, then_of(argv[i]));

        printf("%s %s\n", is_fine ? "ok    " : "FAILED", argv[i]);
        fflush(stdout);
        if (is_fine)
            passed++;
        else
            failed++;
    }
    printf("talk: %d passed, %d failed\n", passed, failed);
    return failed > 0;
}
