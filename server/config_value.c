#include "config_value.h"

#include <assert.h>
#include <string.h>

#include "base/jail.h"
#include "base/log.h"
#include "base/text.h"
#include "net/network.h"

/* A line of a settings file ends at 198 bytes, and has a name too. */
enum { TEXT_MAX = 180 };

static const char *const levels[] = {"debug", "info", "warn", "error"};

static const char *const answers[] = {"no", "yes", "auto"};

static_assert(JAIL_NO == 0 && JAIL_YES == 1 && JAIL_AUTO == 2,
              "the words of jail");
static_assert(LOG_DEBUG == 0 && LOG_ERROR == 3, "the words of log-level");

enum err
value_wrong(char why[static CONFIG_WHY], const struct setting *s,
            struct str value, const char *words)
{
    (void)snprintf(why, CONFIG_WHY, "%s = %.*s: %s", s->name,
                   (int)(value.n < 200 ? value.n : 200), value.p, words);
    return E_WRONG;
}

static void *
place_of(struct config *c, const struct setting *s)
{
    return (char *)c + s->place;
}

static enum err
text_set(struct config *c, const struct setting *s, struct str value,
         char why[static CONFIG_WHY])
{
    struct str *at = place_of(c, s);

    if (value.n == 0 && s->least > 0)
        return value_wrong(why, s, value, "may not be empty");
    if (value.n > TEXT_MAX)
        return value_wrong(why, s, value, "is longer than 180 bytes");
    if (!text_is_valid(value))
        return value_wrong(why, s, value, "is not UTF-8");
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < 32 || value.p[i] == 127)
            return value_wrong(why, s, value, "has a control character");
    /* A file could not say it. */
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == ';' && (i == 0 || value.p[i - 1] == ' '))
            return value_wrong(why, s, value,
                               "a ; at its beginning or behind a blank would "
                               "begin a remark");
    at->p = arena_z(&c->mem, value);
    at->n = value.n;
    return c->mem.bad;
}

static enum err
number_set(struct config *c, const struct setting *s, struct str value,
           char why[static CONFIG_WHY])
{
    int64_t *at = place_of(c, s);
    int64_t n;
    char words[80];

    if (str_to_int(value, &n) && n >= s->least && n <= s->most) {
        *at = n;
        return OK;
    }
    (void)snprintf(words, sizeof(words), "give a number from %lld to %lld",
                   (long long)s->least, (long long)s->most);
    return value_wrong(why, s, value, words);
}

static enum err
word_set(struct config *c, const struct setting *s, struct str value,
         char why[static CONFIG_WHY])
{
    const char *const *word = s->kind == LEVEL ? levels : answers;
    int64_t *at = place_of(c, s);

    for (int64_t i = s->least; i <= s->most; i++)
        if (str_eq(value, str_of(word[i]))) {
            *at = i;
            return OK;
        }
    return value_wrong(why, s, value,
                       s->kind == LEVEL ? "give debug, info, warn or error"
                       : s->most == JAIL_AUTO ? "give yes, no or auto"
                                              : "give yes or no");
}

static bool
is_port(struct str s)
{
    int64_t n;

    return str_to_int(s, &n) && n >= 1 && n <= 65535;
}

static bool
is_host(struct str s)
{
    if (s.n == 0 || s.n > TEXT_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-.:_", s.p[i]))
            return false;
    return true;
}

/* As hosts stand in requests: lower case, without brackets. */
static struct str
host_plain(struct arena *mem, struct str s)
{
    char *z;

    if (s.n > 2 && s.p[0] == '[' && s.p[s.n - 1] == ']')
        s = (struct str){s.p + 1, s.n - 2};
    if (!(z = arena_z(mem, s)))
        return STR("");
    for (size_t i = 0; i < s.n; i++)
        if (z[i] >= 'A' && z[i] <= 'Z')
            z[i] = (char)(z[i] - 'A' + 'a');
    return (struct str){z, s.n};
}

static enum err
list_add(struct config *c, const struct setting *s, struct str value,
         char why[static CONFIG_WHY])
{
    struct config_list *list = place_of(c, s);
    struct str item = host_plain(&c->mem, value);
    struct address address;
    struct network network;

    if (s->kind == ADDRESSES)
        item = (struct str){arena_z(&c->mem, value), value.n};
    if (c->mem.bad)
        return c->mem.bad;
    if (s->kind == ADDRESSES && !address_parse(item, &address))
        return value_wrong(
            why, s, value,
            "give ADDRESS:PORT, as in [::]:1965 or 0.0.0.0:1965");
    if (s->kind == PORTS && !is_port(item))
        return value_wrong(why, s, value, "give a port from 1 to 65535");
    if (s->kind == HOSTS && !is_host(item))
        return value_wrong(
            why, s, value,
            "give a host name or address (other scripts as xn--...)");
    if (s->kind == NETWORKS && !network_parse(item, &network))
        return value_wrong(why, s, value,
                           "give an address or network, as in 10.0.0.7, "
                           "10.0.0.0/8 or fd00::/8");
    for (int i = 0; i < list->n; i++)
        if (str_eq(list->item[i], item))
            return OK;
    if (list->n == s->most)
        return value_wrong(why, s, value, "one too many");
    list->item[list->n++] = item;
    return OK;
}

bool
setting_is_list(const struct setting *s)
{
    return s->kind == ADDRESSES || s->kind == HOSTS || s->kind == PORTS ||
           s->kind == NETWORKS;
}

enum err
value_set(struct config *c, const struct setting *s, struct str value,
          char why[static CONFIG_WHY])
{
    switch (s->kind) {
    case TEXT:
        return text_set(c, s, value, why);
    case NUMBER:
        return number_set(c, s, value, why);
    case YES_NO:
    case LEVEL:
        return word_set(c, s, value, why);
    case ADDRESSES:
    case HOSTS:
    case PORTS:
    case NETWORKS:
        return list_add(c, s, value, why);
    }
    return E_BUG;
}

void
value_clear(struct config *c, const struct setting *s)
{
    ((struct config_list *)place_of(c, s))->n = 0;
}

const char *
value_level(int64_t n)
{
    return levels[n];
}

const char *
value_answer(int64_t n)
{
    return answers[n];
}
