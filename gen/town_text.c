#include "gen/town_text.h"

#include "gen/town_words.h"

/* SplitMix64: small, and good enough for a town. */
uint64_t
town_roll(struct town *t, uint64_t below)
{
    uint64_t z = (t->dice += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

void
town_say(struct town *t, const char *format, const char *one, const char *two)
{
    const char *fill[2] = {one, two};
    int used = 0;

    for (const char *p = format; *p != '\0'; p++)
        if (p[0] == '%' && p[1] == 's' && used < 2) {
            buf_add(&t->text, str_of(fill[used++]));
            p++;
        } else {
            buf_add_char(&t->text, *p);
        }
    buf_add_char(&t->text, ' ');
}

/* What goes with any subject; in other languages, more of their own. */
static void
say_more(struct town *t, const struct subject *s)
{
    if (!s->is_english) {
        for (uint64_t n = town_roll(t, 3); n > 0; n--)
            town_say(t, s->answer[town_roll(t, 8)], s->part[town_roll(t, 8)],
                     "");
        return;
    }
    for (uint64_t n = town_roll(t, 4); n > 0; n--)
        town_say(t, middles[town_roll(t, COUNT(middles))], "", "");
    if (town_roll(t, 3) == 0)
        buf_add(&t->text, STR("\n\n"));
    if (town_roll(t, 12) == 0)
        buf_add(&t->text, STR("* what we had: wire, tape, a file\n"
                              "* what we lacked: the right spanner\n\n"));
    if (town_roll(t, 40) == 0)
        buf_add(&t->text, STR("```\nvalve --- pump --- tank\n          |\n"
                              "        drain\n```\n\n"));
    town_say(t, closings[town_roll(t, COUNT(closings))], "", "");
}

void
town_opening(struct town *t, const struct subject *s)
{
    buf_reset(&t->text);
    if (s->is_english)
        town_say(t, openings[town_roll(t, COUNT(openings))],
                 places[town_roll(t, COUNT(places))],
                 seasons[town_roll(t, COUNT(seasons))]);
    town_say(t, s->trouble[town_roll(t, 8)], s->part[town_roll(t, 8)], "");
    say_more(t, s);
}

void
town_reply(struct town *t, const struct subject *s)
{
    buf_reset(&t->text);
    town_say(t, s->answer[town_roll(t, 8)], s->part[town_roll(t, 8)], "");
    if (s->is_english && town_roll(t, 2) == 0)
        town_say(t, openings[town_roll(t, COUNT(openings))],
                 places[town_roll(t, COUNT(places))],
                 seasons[town_roll(t, COUNT(seasons))]);
    say_more(t, s);
    if (town_roll(t, 30) == 0)
        buf_add(&t->text, STR("\n=> https://example.org/drawing A drawing"));
    if (town_roll(t, 500) == 0)
        for (int i = 0; i < 40; i++)
            town_say(t, middles[town_roll(t, COUNT(middles))], "", "");
}
