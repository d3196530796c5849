#include "forum/match.h"

#include "base/text.h"

#define WORD_MIN 4 /* letters */
#define WORD_LONG 5
#define STEM_MIN 4 /* letters that two forms of a word begin with */
#define TAIL_MAX 3 /* letters that may follow in each */
#define ENOUGH 2
#define UNSPACED_FROM 0x2e80 /* from here on, scripts without blanks */

/* Words that say nothing of what is needed or offered; of other languages than
 * English the two of ENOUGH must do. */
static const char *const empty[] = {
    "about",    "after",   "again",     "also",      "anybody", "anyone",
    "because",  "before",  "borrow",    "can",       "could",   "does",
    "done",     "every",   "everybody", "everyone",  "first",   "from",
    "give",     "good",    "have",      "help",      "here",    "into",
    "just",     "like",    "looking",   "made",      "make",    "many",
    "more",     "much",    "need",      "needed",    "needs",   "never",
    "offer",    "offers",  "often",     "only",      "other",   "others",
    "over",     "people",  "please",    "should",    "small",   "some",
    "somebody", "someone", "something", "sometimes", "take",    "than",
    "that",     "their",   "them",      "then",      "there",   "these",
    "they",     "thing",   "things",    "think",     "this",    "those",
    "three",    "today",   "tomorrow",  "under",     "until",   "very",
    "want",     "wanted",  "week",      "weeks",     "what",    "when",
    "where",    "which",   "while",     "will",      "with",    "within",
    "without",  "would",   "years",     "your"};

static bool
is_empty(struct str word)
{
    for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++)
        if (str_eq(word, str_of(empty[i])))
            return true;
    return false;
}

static void
word_add(struct match_words *w, struct str word, int letters)
{
    if (w->n == MATCH_WORDS || is_empty(word))
        return;
    for (int i = 0; i < w->n; i++)
        if (str_eq(w->word[i], word))
            return;
    w->word[w->n] = word;
    w->letters[w->n++] = letters;
}

/* From p on: the word that begins there, or of an unspaced script two letters,
 * of which the second begins the next pair. */
static struct str
word_take(struct str *rest, int *letters)
{
    struct str word = {rest->p, 0}, after_first = {NULL, 0};
    bool is_pair = false;

    for (*letters = 0; !(is_pair && *letters == 2);) {
        struct str ahead = *rest;
        int32_t c = text_next(&ahead);
        bool is_unspaced = c >= UNSPACED_FROM;

        if (c < 0 || !text_is_alnum(c) || (*letters && is_unspaced != is_pair))
            break;
        is_pair = is_unspaced;
        *rest = ahead;
        if (++*letters == 1)
            after_first = ahead;
    }
    word.n = (size_t)(rest->p - word.p);
    if (is_pair && *letters == 2)
        *rest = after_first;
    return word;
}

void
match_read(struct arena *mem, struct str text, struct match_words *out)
{
    struct str rest = text_fold(mem, text);

    out->n = 0;
    while (rest.n > 0) {
        int32_t c = text_next(&(struct str){rest.p, rest.n});
        int letters;
        struct str word = word_take(&rest, &letters);

        if (letters >= WORD_MIN || (letters == 2 && c >= UNSPACED_FROM))
            word_add(out, word, letters);
        if (letters == 0)
            (void)text_next(&rest);
    }
}

/* Letters that both begin with. */
static int
stem(struct str a, struct str b)
{
    int n = 0;

    while (a.n > 0 && b.n > 0) {
        if (text_next(&a) != text_next(&b))
            break;
        n++;
    }
    return n;
}

static int
weight(const struct match_words *a, int i, const struct match_words *b, int j)
{
    int x = a->letters[i], y = b->letters[j], longer = x > y ? x : y;
    int same = stem(a->word[i], b->word[j]);
    bool is_same = same == x && same == y;

    if (!is_same &&
        (same < STEM_MIN || x - same > TAIL_MAX || y - same > TAIL_MAX))
        return 0;
    return longer >= WORD_LONG ? ENOUGH : 1;
}

bool
match_is(const struct match_words *a, const struct match_words *b)
{
    int sum = 0;

    for (int i = 0; i < a->n; i++) {
        int best = 0;

        for (int j = 0; j < b->n && best < ENOUGH; j++) {
            int w = weight(a, i, b, j);

            best = w > best ? w : best;
        }
        sum += best;
        if (sum >= ENOUGH)
            return true;
    }
    return false;
}
