/* Who may do what: pages ask it what to show, the writer what to do. One
 * function, one truth. */
#ifndef FORUM_RULES_H
#define FORUM_RULES_H

#include "forum/community.h"
#include "forum/post.h"
#include "forum/thread.h"

/* May member write in this community? OK, E_NOT_JOINED (join first), or
 * E_NOT_FOUND (closed to them). A guest (0): E_FORBIDDEN. */
enum err rules_may_write(const struct community *c, int64_t member);
/* Tend what belongs to all of it, such as its pages: participants alone, in an
 * open community too. As rules_may_write. */
enum err rules_may_tend(const struct community *c, int64_t member);
/* As rules_may_write for replying in a thread, from the thread's own fields. */
enum err rules_may_reply(const struct thread *t, int64_t member);
/* Its author, within 15 minutes: OK, E_FORBIDDEN, E_TOO_LATE. */
enum err rules_may_take_back(const struct post *p, int64_t member, int64_t now);
/* Edit or remove: its author, while it is there. OK, E_FORBIDDEN, E_GONE. */
enum err rules_may_edit(const struct post *p, int64_t member);
/* How far a member's word counts about what answered the question: not at all,
 * by itself, or together with another participant, while its author is away. */
enum voice { VOICE_NONE, VOICE_OWN, VOICE_SHARED };
enum voice rules_voice(const struct thread *t, int64_t member, int64_t now);
/* Look after the community: its stewards. OK, E_FORBIDDEN. */
enum err rules_may_steward(const struct community *c, int64_t member);

#endif
