/*
 * Every way in which something can fail, and the Gemini status that a visitor
 * sees for it. The sentence beside the status is content/words/errors.txt,
 * under "error-" and the name in lower case with '-' for '_'.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/*
 * Status 10 marks what the visitor can mend by typing again: serve() leads
 * them (30) to the same prompt, with the reason in the path.
 */
#define ERR_TABLE(X)                                                           \
    X(OK, 20)            /* no failure */                                      \
    X(WAITING, 20)       /* no failure: the answer comes later */              \
    X(EMPTY, 10)         /* nothing was typed */                               \
    X(TOO_SHORT, 10)     /* fewer letters than needed */                       \
    X(TOO_LONG, 10)      /* more than fits here */                             \
    X(UNUSABLE, 10)      /* typed text that means nothing here */              \
    X(PAST, 10)          /* a day that has passed */                           \
    X(TAKEN, 10)         /* a name or address that another one has */          \
    X(LOOKALIKE, 10)     /* a name that looks like another one's */            \
    X(WRONG, 10)         /* a code, name or word that is not the right one */  \
    X(NO_TRIES, 20)      /* too many wrong words; wait a day */                \
    X(FORBIDDEN, 20)     /* seen, but not allowed: a page that helps */        \
    X(BARRED, 20)        /* the operator keeps them out; the page says why */  \
    X(NOT_JOINED, 20)    /* only participants write here */                    \
    X(TOO_LATE, 20)      /* 15 minutes have passed */                          \
    X(LAST_ONE, 20)      /* the last certificate or steward stays */           \
    X(CROWDED, 20)       /* a circle has twelve people at most */              \
    X(TOO_FEW, 20)       /* a circle begins with four */                       \
    X(NOT_AGREED, 20)    /* not all of a circle wish to share it */            \
    X(CONFLICT, 40)      /* the text changed since it was fetched */           \
    X(IO, 40)            /* disk or system trouble */                          \
    X(BUG, 40)           /* our own promise broken */                          \
    X(TIMEOUT_QUERY, 40) /* a query used up its budget */                      \
    X(NOMEM, 41)         /* no memory */                                       \
    X(BUSY, 41)          /* a queue is full, or we are stopping */             \
    X(FULL, 41)          /* the disk is full */                                \
    X(UNSHOWN, 41)       /* stored, but the page about it failed */            \
    X(RATE, 44)          /* too fast; META is a bare number of seconds */      \
    X(NOT_FOUND, 51)     /* also: exists, but not for you */                   \
    X(GONE, 52)          /* was here, and will not be again */                 \
    X(FOREIGN, 53)       /* another host, port or scheme */                    \
    X(MALFORMED, 59)     /* not a request */                                   \
    X(URL_TOO_LONG, 59)  /* more than 1,024 bytes before CR LF */              \
    X(TIMEOUT, 59)       /* the request line or body never ended */            \
    X(UPLOAD_SIZE, 59)   /* more than this path takes */                       \
    X(UPLOAD_TYPE, 59)   /* neither text/gemini nor text/plain */              \
    X(UPLOAD_TEXT, 59)   /* not valid UTF-8 */                                 \
    X(NO_UPLOAD, 59)     /* titan:// where no text is taken */                 \
    X(NEED_CERT, 60)     /* at /i/ only */                                     \
    X(BAD_CERT, 62)      /* at /i/ only: expired or not yet valid */

#define ERR_ENUM(name, status) E_##name,
enum err { ERR_TABLE(ERR_ENUM) ERR_COUNT };
#undef ERR_ENUM
#define OK E_OK

/* The Gemini status of e, 20 to 62. */
int err_status(enum err e);

/* The name of e in lower case with '-', as in "not-found". Never NULL. */
const char *err_name(enum err e);

/* The failure whose err_name is this, or OK where there is none. */
enum err err_find(const char *name);

#endif
