/* Worksheets: a page to be, whose headings are questions. Each is answered in a
 * prompt of its own, in any order and over many days; the page is the draft,
 * published as any other. */
#include "base/text.h"
#include "pages/draft.h"
#include "pages/reading.h"

#define QUESTIONS 8
#define HEADING "## "

static const struct sheet {
    enum word_id title;
    int n;
    enum word_id question[QUESTIONS];
} sheets[] = {
    {WORD_sheet_purpose,
     5,
     {WORD_sheet_purpose_1, WORD_sheet_purpose_2, WORD_sheet_purpose_3,
      WORD_sheet_purpose_4, WORD_sheet_purpose_5}},
    {WORD_sheet_invite,
     5,
     {WORD_sheet_invite_1, WORD_sheet_invite_2, WORD_sheet_invite_3,
      WORD_sheet_invite_4, WORD_sheet_invite_5}},
    {WORD_sheet_welcome,
     5,
     {WORD_sheet_welcome_1, WORD_sheet_welcome_2, WORD_sheet_welcome_3,
      WORD_sheet_welcome_4, WORD_sheet_welcome_5}},
    {WORD_sheet_rules,
     6,
     {WORD_sheet_rules_1, WORD_sheet_rules_2, WORD_sheet_rules_3,
      WORD_sheet_rules_4, WORD_sheet_rules_5, WORD_sheet_rules_6}},
    {WORD_sheet_rhythm,
     5,
     {WORD_sheet_rhythm_1, WORD_sheet_rhythm_2, WORD_sheet_rhythm_3,
      WORD_sheet_rhythm_4, WORD_sheet_rhythm_5}},
    {WORD_sheet_away,
     5,
     {WORD_sheet_away_1, WORD_sheet_away_2, WORD_sheet_away_3,
      WORD_sheet_away_4, WORD_sheet_away_5}},
    {WORD_sheet_look_back,
     8,
     {WORD_sheet_look_back_1, WORD_sheet_look_back_2, WORD_sheet_look_back_3,
      WORD_sheet_look_back_4, WORD_sheet_look_back_5, WORD_sheet_look_back_6,
      WORD_sheet_look_back_7, WORD_sheet_look_back_8}},
    {WORD_sheet_story,
     6,
     {WORD_sheet_story_1, WORD_sheet_story_2, WORD_sheet_story_3,
      WORD_sheet_story_4, WORD_sheet_story_5, WORD_sheet_story_6}},
};
#define SHEETS ((int)(sizeof(sheets) / sizeof(sheets[0])))

struct sheets_view {
    const struct visit *visit; /* first */
};

static void
name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct sheets_view *)view)->visit->community->name);
}

/* Each is begun, or gone on with. */
static void
list(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct sheets_view *)view)->visit;

    for (int i = 0; i < SHEETS; i++) {
        gmi_link(g,
                 route(v, R_sheet, .name = v->community->slug, .page = i + 1));
        gmi_say(g, word(v, sheets[i].title));
    }
}

static struct href
pages(const void *view)
{
    const struct visit *v = ((const struct sheets_view *)view)->visit;

    return route(v, R_pages, .name = v->community->slug);
}

static struct href
front(const void *view)
{
    const struct visit *v = ((const struct sheets_view *)view)->visit;

    return route(v, R_community, .name = v->community->slug);
}

const struct hole holes_sheets[] = {WORDS("name", name),
                                    LINES("list", list),
                                    HREF("pages", pages),
                                    HREF("front", front),
                                    {0}};

enum err
page_sheets(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_sheets, &(struct sheets_view){v});
}

enum err
page_sheet(const struct visit *v, struct response *rs)
{
    const struct sheet *sheet;
    struct str text = STR("");

    if (v->at.page < 1 || v->at.page > SHEETS)
        return E_NOT_FOUND;
    sheet = &sheets[v->at.page - 1];
    for (int i = 0; i < sheet->n; i++) {
        struct str question = word(v, sheet->question[i]).s;

        text = arena_fmt(v->mem, "%.*s" HEADING "%.*s\n\n", (int)text.n, text.p,
                         (int)question.n, question.p);
    }
    if (v->mem->bad)
        return v->mem->bad;
    return visit_change(v, rs, opened_after, CHANGE_PAGE_BEGIN,
                        .community = v->community->id,
                        .title = word(v, sheet->title).s, .text = text);
}

/* The question that a part of a draft asks, or WORD_COUNT. */
static enum word_id
question_of(const struct visit *v, struct str text)
{
    if (!str_has_prefix(text, STR(HEADING)))
        return WORD_COUNT;
    text = str_skip(text, sizeof(HEADING) - 1);
    for (int i = 0; i < SHEETS; i++)
        for (int k = 0; k < sheets[i].n; k++)
            if (str_eq(text, word(v, sheets[i].question[k]).s))
                return sheets[i].question[k];
    return WORD_COUNT;
}

struct question {
    int64_t position;   /* 0: there is none */
    enum word_id asked; /* WORD_COUNT: that part is no question */
    bool is_open;       /* nothing stands below it */
};

/* The first open question from a part on; with exactly, that part alone. */
static enum err
question_find(const struct visit *v, int64_t from, bool exactly,
              struct question *out)
{
    struct rows r = draft_parts(v->rd, v->draft->id);
    struct question q = {.asked = WORD_COUNT};
    bool is_found = false;

    while (!is_found && rows_next(&r)) {
        int64_t position = rows_int(&r, 0);
        enum word_id asked;

        if (position < from)
            continue;
        asked = question_of(v, rows_text(&r, 1));
        if (q.position != 0) {
            q.is_open = asked != WORD_COUNT;
            is_found = exactly || q.is_open;
        }
        if (!is_found && (asked != WORD_COUNT || exactly))
            q = (struct question){position, asked, true};
        else if (!is_found)
            q = (struct question){.asked = WORD_COUNT};
    }
    *out = q;
    return rows_end(&r);
}

enum word_id
sheet_prompt(const struct visit *v)
{
    struct question q;

    if (!v->draft || question_find(v, v->at.page, true, &q) ||
        q.asked == WORD_COUNT)
        return WORD_prompt_sheet;
    return q.asked;
}

void
sheet_show(struct gmi *g, const struct visit *v, int64_t position,
           struct str text)
{
    struct str below = {NULL, 0};
    enum err e;

    if (question_of(v, text) == WORD_COUNT)
        return;
    e = draft_part(v->rd, v->draft->id, position + 1, v->mem, &below);
    if (e)
        g->out->bad = e;
    else if (!below.p || question_of(v, below) != WORD_COUNT) {
        gmi_link(
            g, route(v, R_sheet_answer, .id = v->draft->id, .page = position));
        gmi_say(g, word(v, WORD_draft_answer));
    }
}

/* On to the next question that has no answer; behind the last, the draft. */
static enum err
further(const struct visit *v, struct response *rs)
{
    struct question q;
    enum err e = question_find(v, v->at.page + 1, false, &q);

    if (e)
        return e;
    if (!q.position || !q.is_open)
        return draft_show(v, rs, v->at.id);
    return redirect(
        v, rs, route(v, R_sheet_answer, .id = v->at.id, .page = q.position));
}

static enum err
answered_after(const struct visit *v, struct response *rs,
               const struct outcome *o)
{
    return o->why ? draft_kept(v, rs, o) : further(v, rs);
}

/* The answer goes below its question. Where the question was moved or dropped
 * meanwhile it goes to the end: no words are lost. */
enum err
page_sheet_answer(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_ADD, .draft = v->draft->id};
    struct str typed = text_clean(v->mem, v->input), asked;
    struct question q;
    enum err e;

    if (str_eq(typed, STR(".")) && !draft_went(v, rs, &e))
        return further(v, rs);
    if (typed.n == 0)
        return v->mem->bad ? v->mem->bad : E_EMPTY;
    if ((e = question_find(v, v->at.page, true, &q)))
        return e;
    c.text = typed;
    if (q.asked != WORD_COUNT) {
        asked = word(v, q.asked).s;
        c.kind = CHANGE_DRAFT_REPLACE;
        c.number = v->at.page;
        c.text = arena_fmt(v->mem, HEADING "%.*s\n%.*s", (int)asked.n, asked.p,
                           (int)typed.n, typed.p);
    }
    return v->mem->bad ? v->mem->bad
                       : visit_change_with(v, rs, answered_after, &c);
}
