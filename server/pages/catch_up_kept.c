/* A kept page among what is new. */
#include "pages/catch_up.h"

#define PAGE_WHOLE (16 << 10) /* bytes of a page that is told in full */

/* Its head is a link of ours that says its size where that is much; where it
 * is very much, the text is behind that link alone. */
void
catch_up_kept(struct gmi *g, const struct visit *v, const struct page *k,
              bool with_community, bool is_whole)
{
    gmi_blank(g);
    gmi_link(g, route(v, R_page, .id = k->id));
    gmi_say(g, word(v, WORD_catch_page));
    gmi_say(g, LIT(" "));
    gmi_user(g, k->title);
    gmi_say(g, LIT(" \xc2\xb7 "));
    gmi_say(g, word(v, WORD_catch_version));
    gmi_say(g, LIT(" "));
    gmi_int(g, k->version);
    if (with_community) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, k->community_name);
    }
    line_size(g, v, k->text.n);
    if (is_whole && k->text.n <= PAGE_WHOLE)
        gmi_user_block(g, k->text);
}
