#include "tests/talk/script.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "server.h"
#include "tests/talk/atom_check.h"

#define PEOPLE 16
#define WORDS 16
#define KEPT 32
#define LINE 80000

struct word {
    char text[LINE];
    size_t n; /* may hold NUL */
    bool is_quoted;
};

struct script {
    struct world world;
    int loops;
    struct browser people[PEOPLE];
    int count;
    struct {
        char name[32];
        char path[1100];
    } kept[KEPT];
    int keeps;
    int64_t shift;
    struct word word[WORDS];
    int words;
    char why[1024];
};

static bool
fail(struct script *s, const char *what, const char *more)
{
    snprintf(s->why, sizeof s->why, "%.300s%s%.300s", what, more[0] ? ": " : "",
             more);
    return false;
}

/* Who is meant; people come into being when they are first named. */
static struct browser *
who(struct script *s, const char *name)
{
    struct browser *b;

    for (int i = 0; i < s->count; i++)
        if (strcmp(s->people[i].person.name, name) == 0)
            return &s->people[i];
    if (s->count == PEOPLE)
        return NULL;
    b = &s->people[s->count++];
    snprintf(b->person.name, sizeof b->person.name, "%.31s", name);
    return b;
}

/* --- one line into words ---------------------------------------------------
 */

static void
word_add(struct word *w, char c)
{
    if (w->n < sizeof w->text - 1)
        w->text[w->n++] = c;
}

static const char *
read_escape(const char *p, struct word *w)
{
    static const char from[] = "nrt0\"\\", to[] = "\n\r\t\0\"\\";
    const char *at = strchr(from, *p);

    if (*p == 'x' && isxdigit((unsigned char)p[1])) {
        char hex[3] = {p[1], p[2], '\0'};

        word_add(w, (char)strtol(hex, NULL, 16));
        return p + 3;
    }
    word_add(w, at != NULL && *p != '\0' ? to[at - from] : *p);
    return p + (*p != '\0');
}

/* $name stands for a kept address; */
static const char *
read_variable(struct script *s, const char *p, struct word *w)
{
    size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789-");

    for (int i = s->keeps - 1; i >= 0; i--)
        if (strlen(s->kept[i].name) == n &&
            strncmp(s->kept[i].name, p, n) == 0) {
            for (const char *c = s->kept[i].path; *c != '\0'; c++)
                word_add(w, *c);
            return p + n;
        }
    word_add(w, '$');
    return p;
}

/* %{300}x in quotes is 300 times x. */
static const char *
read_repeat(const char *p, struct word *w)
{
    char *end;
    long times = strtol(p, &end, 10);

    if (*end != '}' || end[1] == '\0')
        return p;
    for (long i = 0; i < times; i++)
        word_add(w, end[1]);
    return end + 2;
}

static void
split_line(struct script *s, const char *p)
{
    for (s->words = 0; s->words < WORDS; s->words++) {
        struct word *w = &s->word[s->words];

        p += strspn(p, " \t");
        if (*p == '\0' || *p == '#' || *p == '\n')
            return;
        w->n = 0;
        w->is_quoted = *p == '"';
        p += w->is_quoted;
        while (*p != '\0' && *p != '\n' &&
               (w->is_quoted ? *p != '"' : *p != ' ' && *p != '\t')) {
            if (*p == '\\' && w->is_quoted)
                p = read_escape(p + 1, w);
            else if (*p == '$')
                p = read_variable(s, p + 1, w);
            else if (p[0] == '%' && p[1] == '{')
                p = read_repeat(p + 2, w);
            else
                word_add(w, *p++);
        }
        p += *p == '"';
        w->text[w->n] = '\0';
    }
}

/* The status at the end of the line, taken off it; 20 where there is none. */
static int
take_status(struct script *s)
{
    struct word *w = &s->word[s->words - 1];

    if (s->words < 3 || w->is_quoted || w->n != 2 ||
        !isdigit((unsigned char)w->text[0]) ||
        !isdigit((unsigned char)w->text[1]))
        return 20;
    s->words--;
    return (int)strtol(w->text, NULL, 10);
}

/* --- commands ---------------------------------------------------------------
 */

static bool
came(struct script *s, struct browser *b, bool is_fine, int status)
{
    char more[1200];

    if (!is_fine)
        return fail(s, "broken", b->why);
    if (b->last.status == status)
        return true;
    snprintf(more, sizeof more, "%d %.300s (wanted %d)", b->last.status,
             b->last.meta, status);
    return fail(s, b->path, more);
}

static bool
do_walk(struct script *s, struct browser *b, const char *path, int first)
{
    char *texts[WORDS];
    int status = take_status(s), n = 0;

    for (int i = first; i < s->words; i++)
        texts[n++] = s->word[i].text;
    return came(s, b, browser_walk(b, path, texts, n), status);
}

static bool
do_link(struct script *s, struct browser *b, bool by_path)
{
    char path[1100];

    if (!browser_link(b, s->word[2].text, by_path, path, sizeof path))
        return fail(s, "no such link", s->word[2].text);
    return do_walk(s, b, path, 3);
}

static bool
do_press(struct script *s, struct browser *b)
{
    return do_link(s, b, false);
}

static bool
do_follow(struct script *s, struct browser *b)
{
    return do_link(s, b, true);
}

static bool
do_go(struct script *s, struct browser *b)
{
    char path[1100];

    snprintf(path, sizeof path, "%.1000s", s->word[2].text);
    return do_walk(s, b, path, 3);
}

static bool
do_get(struct script *s, struct browser *b)
{
    int status = take_status(s);

    return came(s, b, browser_get(b, s->word[2].text), status);
}

static bool
do_send(struct script *s, struct browser *b)
{
    int status = take_status(s);

    return came(s, b, browser_send(b, s->word[2].text, s->word[2].n), status);
}

static bool
do_begin(struct script *s, struct browser *b)
{
    return browser_begin(b, s->word[2].text, s->word[2].n) ||
           fail(s, "broken", b->why);
}

static bool
do_end(struct script *s, struct browser *b)
{
    (void)s;
    client_close(&b->begun);
    return true;
}

static bool
upload(struct script *s, struct browser *b, const char *path)
{
    int status = take_status(s);
    const char *mime = s->words > 4 ? s->word[4].text : "text/plain";

    return came(s, b,
                browser_upload(b, path, s->word[3].text, s->word[3].n, mime),
                status);
}

static bool
do_upload(struct script *s, struct browser *b)
{
    char path[1100];

    if (!browser_link(b, s->word[2].text, false, path, sizeof path))
        return fail(s, "no such link", s->word[2].text);
    return upload(s, b, path);
}

static bool
do_upload_to(struct script *s, struct browser *b)
{
    return upload(s, b, s->word[2].text);
}

static bool
do_edit(struct script *s, struct browser *b)
{
    char path[1100];
    int status = take_status(s);

    if (!browser_link(b, s->word[2].text, false, path, sizeof path))
        return fail(s, "no such link", s->word[2].text);
    return came(s, b, browser_edit(b, path), status);
}

static bool
want(struct script *s, struct browser *b, bool is_so)
{
    char more[700];

    if (is_so)
        return true;
    snprintf(more, sizeof more, "%.60s %.300s (at %.200s)", s->word[1].text,
             s->word[2].text, b->path);
    return fail(s, "does not hold", more);
}

static bool
do_look(struct script *s, struct browser *b)
{
    const char *verb = s->word[1].text, *text = s->word[2].text;
    const char *body = b->last.body == NULL ? "" : b->last.body;
    bool is_not = strncmp(verb, "no-", 3) == 0;
    char path[1100];

    verb += is_not ? 3 : 0;
    if (strcmp(verb, "line") == 0)
        return want(s, b, browser_has_line(b, text) != is_not);
    if (strcmp(verb, "has") == 0)
        return want(s, b, (strstr(body, text) != NULL) != is_not);
    if (strcmp(verb, "link") == 0)
        return want(s, b,
                    browser_link(b, text, false, path, sizeof path) != is_not);
    if (strcmp(verb, "meta") == 0)
        return want(s, b, (strstr(b->last.meta, text) != NULL) != is_not);
    if (strcmp(verb, "body") == 0)
        return want(s, b, (strcmp(body, text) == 0) != is_not);
    if (strcmp(verb, "at") == 0)
        return want(s, b, (strcmp(b->path, text) == 0) != is_not);
    return want(s, b,
                b->last.n <= (size_t)strtoul(text, NULL, 10)); /* bytes-max */
}

static bool
do_atom(struct script *s, struct browser *b)
{
    char why[200];

    if (atom_check(b->last.body ? b->last.body : "", b->last.n, why,
                   sizeof why))
        return true;
    return fail(s, "no Atom feed", why);
}

/* Since it was asked last. */
static bool
do_spent(struct script *s, struct browser *b)
{
    int most = (int)strtol(s->word[2].text, NULL, 10), spent = b->requests;

    b->requests = 0;
    if (spent == most)
        return true;
    snprintf(b->why, sizeof b->why, "%d, not %d", spent, most);
    return fail(s, "requests", b->why);
}

static bool
do_keep(struct script *s, struct browser *b)
{
    if (s->keeps == KEPT)
        return fail(s, "too many addresses kept", "");
    if (s->words < 4)
        snprintf(s->kept[s->keeps].path, sizeof s->kept[0].path, "%.1000s",
                 b->path);
    else if (!browser_link(b, s->word[3].text, false, s->kept[s->keeps].path,
                           sizeof s->kept[0].path))
        return fail(s, "no such link", s->word[3].text);
    snprintf(s->kept[s->keeps++].name, sizeof s->kept[0].name, "%.30s",
             s->word[2].text);
    return true;
}

static bool
do_identity(struct script *s, struct browser *b)
{
    return person_identity(&b->person, s->word[2].text, false) ||
           fail(s, "no certificate made", s->word[2].text);
}

static bool
do_set(struct script *s, struct browser *b)
{
    const char *verb = s->word[1].text;

    if (strcmp(verb, "renews") == 0)
        return person_identity(&b->person, "p256", true) ||
               fail(s, "not renewed", "");
    if (strcmp(verb, "resumes") == 0)
        b->person.does_resume = true;
    else if (strcmp(verb, "resumed") == 0)
        return want(s, b, b->last.was_resumed);
    else if (strcmp(s->word[2].text, "1.2") == 0)
        b->person.tls = TLS1_2_VERSION;
    else
        b->person.tls = TLS1_3_VERSION;
    return true;
}

static const struct command {
    const char *verb;
    int words; /* at least, with who and verb */
    bool (*run)(struct script *, struct browser *);
} commands[] = {
    {"get", 3, do_get},
    {"go", 3, do_go},
    {"send", 3, do_send},
    {"begins", 3, do_begin},
    {"ends", 2, do_end},
    {"press", 3, do_press},
    {"follow", 3, do_follow},
    {"upload", 4, do_upload},
    {"upload-to", 4, do_upload_to},
    {"edit", 3, do_edit},
    {"keep", 3, do_keep},
    {"identity", 3, do_identity},
    {"renews", 2, do_set},
    {"resumes", 2, do_set},
    {"resumed", 2, do_set},
    {"tls", 3, do_set},
    {"line", 3, do_look},
    {"no-line", 3, do_look},
    {"has", 3, do_look},
    {"no-has", 3, do_look},
    {"link", 3, do_look},
    {"no-link", 3, do_look},
    {"meta", 3, do_look},
    {"no-meta", 3, do_look},
    {"body", 3, do_look},
    {"at", 3, do_look},
    {"bytes-max", 3, do_look},
    {"atom", 2, do_atom},
    {"spent", 3, do_spent},
};

static bool
do_clock(struct script *s)
{
    char *end;
    int64_t n = strtol(s->word[1].text, &end, 10);

    s->shift += n * (*end == 'm' ? MINUTE : *end == 'h' ? HOUR : DAY);
    clock_shift(s->shift);
    return server_tick(s->world.server) == OK || fail(s, "no tick", "");
}

static bool
run_words(struct script *s)
{
    struct browser *b;

    if (strcmp(s->word[0].text, "clock") == 0 && s->words == 2)
        return do_clock(s);
    if (strcmp(s->word[0].text, "setting") == 0 && s->words == 3)
        return world_set(&s->world, s->word[1].text, s->word[2].text) ||
               fail(s, "too many settings", "");
    if (strcmp(s->word[0].text, "restart") == 0)
        return world_restart(&s->world, s->loops) || fail(s, "no restart", "");
    if ((b = who(s, s->word[0].text)) == NULL)
        return fail(s, "too many people", "");
    b->port = s->world.port;
    for (size_t i = 0; s->words > 1 && i < sizeof commands / sizeof *commands;
         i++)
        if (strcmp(commands[i].verb, s->word[1].text) == 0) {
            if (s->words < commands[i].words)
                return fail(s, "too few words", "");
            if (!b->person.has_identity && commands[i].run != do_identity &&
                strcmp(b->person.name, "guest") != 0 &&
                !person_identity(&b->person, "p256", false))
                return fail(s, "no certificate made", "");
            return commands[i].run(s, b);
        }
    return fail(s, "no such command", s->word[1].text);
}

static bool
run_lines(struct script *s, FILE *in, const char *file)
{
    static char line[LINE];
    int number = 0;

    while (fgets(line, sizeof line, in) != NULL) {
        number++;
        split_line(s, line);
        if (s->words > 0 && !run_words(s)) {
            fprintf(stderr, "%s:%d: %s\n", file, number, s->why);
            for (int i = 0; i < s->count; i++)
                if (strcmp(s->people[i].person.name, s->word[0].text) == 0)
                    fprintf(stderr, "--- last page of %s:\n%s---\n",
                            s->word[0].text,
                            s->people[i].last.body ? s->people[i].last.body
                                                   : "");
            return false;
        }
    }
    return true;
}

bool
script_run(const char *file, int loops, script_then *then)
{
    struct script *s = calloc(1, sizeof *s);
    FILE *in = fopen(file, "r");
    bool is_fine = false;

    if (s == NULL || in == NULL)
        fprintf(stderr, "%s: can not be read\n", file);
    else if (world_begin(&s->world, s->loops = loops)) {
        is_fine = run_lines(s, in, file) &&
                  (then == NULL || then(&s->world, s->people, s->count));
        world_end(&s->world);
    }
    for (int i = 0; s != NULL && i < s->count; i++)
        browser_release(&s->people[i]);
    clock_shift(0);
    if (in != NULL)
        fclose(in);
    free(s);
    return is_fine;
}
