#include "tests/unit/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
scratch_setup(void **state)
{
    char *dir = strdup("/tmp/understory-test-XXXXXX");

    if (!dir || !mkdtemp(dir)) {
        free(dir);
        return -1;
    }
    *state = dir;
    return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

int
scratch_teardown(void **state)
{
    int bad = nftw(*state, remove_one, 8, FTW_DEPTH | FTW_PHYS);

    free(*state);
    return bad;
}

char *
scratch_path(void *const *state, const char *name)
{
    char *path = NULL;

    if (asprintf(&path, "%s/%s", (const char *)*state, name) < 0)
        abort();
    return path;
}
