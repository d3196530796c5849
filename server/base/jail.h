/*
 * What the program takes from itself before it meets visitors, so that whoever
 * finds a hole in it has won little: it leaves root, opens nothing outside its
 * own directories (Landlock), and makes no system call but those it needs
 * (libseccomp). A call that is not on the list fails with EPERM instead of
 * killing the process: one that we forgot costs one request and stands in the
 * log with its reason, where a killed server would be down without a word.
 */
#ifndef BASE_JAIL_H
#define BASE_JAIL_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

#define JAIL_WHY 256

/* YES: no start without it. AUTO: as far as the kernel can, and not at all in
 * a build with sanitizers, which need more than we do. */
enum jail { JAIL_NO, JAIL_YES, JAIL_AUTO };

/* A directory, with all below it. */
struct jail_room {
    const char *path;
    bool may_write; /* false: only read */
};

/* Run by root, becomes the user of that name, or, where it is empty, the owner
 * of the data directory; stays root only where that is root's. Run by another,
 * it may only be itself: E_FORBIDDEN, E_NOT_FOUND. */
enum err jail_user(const char *name, uid_t owner, gid_t group,
                   char why[static JAIL_WHY]);

/* The user of that name. E_NOT_FOUND. */
enum err jail_user_find(const char *name, uid_t *out,
                        char why[static JAIL_WHY]);

/* For this thread and those it starts from now on: files outside the rooms can
 * not be opened, and nothing anywhere can be run. What is open stays so. A room
 * that is not there is left out. E_UNUSABLE: JAIL_YES, and no Landlock here. */
enum err jail_files(enum jail, const struct jail_room *, int rooms,
                    char why[static JAIL_WHY]);

/* For all threads of the process, whenever they began: from now on no new
 * thread, process, program, socket or connection. E_UNUSABLE as above. */
enum err jail_calls(enum jail, char why[static JAIL_WHY]);

#endif
