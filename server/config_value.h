/* What a setting is, and how the words of one become its value. */
#ifndef CONFIG_VALUE_H
#define CONFIG_VALUE_H

#include "config.h"

enum kind { TEXT, NUMBER, YES_NO, LEVEL, ADDRESSES, HOSTS, PORTS, NETWORKS };

/* What a file and the command line may say. Limits are those of a number, or
 * of how many a list may hold. */
struct setting {
    const char *name;
    enum kind kind;
    size_t place; /* in struct config */
    const char *fallback;
    int64_t least, most;
    const char *sentence;
};

bool setting_is_list(const struct setting *s);
/* Checks value and takes it; a list takes one more. E_WRONG says why. */
enum err value_set(struct config *c, const struct setting *s, struct str value,
                   char why[static CONFIG_WHY]);
/* Empties a list. */
void value_clear(struct config *c, const struct setting *s);
/* Always E_WRONG: "name = value: words". */
enum err value_wrong(char why[static CONFIG_WHY], const struct setting *s,
                     struct str value, const char *words);
/* The word of a log level, and that of yes or no. */
const char *value_level(int64_t n);
const char *value_answer(int64_t n);

#endif
