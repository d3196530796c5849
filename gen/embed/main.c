/*
 * A build step: makes C of the SQL in server/forum/ and of the texts in
 * content/. Run as `embed OUT` from the top of the source; writes OUT/sql.h,
 * sql.c, schema.c, texts.h and texts.c, each only where it differs, so that a
 * changed sentence does not rebuild the program.
 */
#include <stdio.h>

#include "gen/embed/embed.h"

int
main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: embed OUT-DIRECTORY\n", stderr);
        return 2;
    }
    sql_make(argv[1]);
    schema_make(argv[1]);
    texts_make(argv[1]);
    return 0;
}
