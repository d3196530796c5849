/* An answer: status, meta and body; refuses what would break the header. */
#ifndef WIRE_RESPONSE_H
#define WIRE_RESPONSE_H

#include "base/buf.h"

#define RESPONSE_META_MAX 1000       /* bytes (gemini.md section 3) */
#define RESPONSE_BODY_MAX (16 << 20) /* bytes */
#define MIME_GEMINI "text/gemini; charset=utf-8; lang=en"

struct response {
    int status; /* 0: nothing said yet */
    struct buf meta, body;
};

void response_init(struct response *rs);
void response_release(struct response *rs);
/* Back to "nothing said yet". */
void response_reset(struct response *rs);

/* Sets status and meta and empties the body. Control characters in meta become
 * spaces, '<', '>' and '&' go (some clients show meta as HTML), and it is cut
 * between characters at RESPONSE_META_MAX; an empty meta becomes "-". */
void response_say(struct response *rs, int status, struct str meta);
/* As response_say for 20, keeping what is in the body. */
void response_type(struct response *rs, struct lit mime);

/* Makes sure that something whole can be sent: a body or meta that failed
 * becomes 41, "nothing said yet" becomes 40. Writes the header line. */
void response_finish(struct response *rs, struct buf *header);

#endif
