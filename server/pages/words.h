/* Pages that show six recovery words, the one time that they are known. */
#ifndef PAGES_WORDS_H
#define PAGES_WORDS_H

#include "pages/visit.h"

/* Fills a frame with the holes {{name}} and {{words}} from o. */
enum err words_page(const struct visit *v, struct response *rs,
                    enum frame_id frame, const struct outcome *o);

#endif
