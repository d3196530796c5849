#include "report.h"

#include "base/text.h"

void
report_begin(struct report *r, FILE *out, bool is_json)
{
    *r = (struct report){.out = out, .is_json = is_json};
    if (is_json)
        fputc('{', out);
}

/* A file's name need not be UTF-8, and JSON must be. */
static void
string_print(FILE *out, struct str s)
{
    bool is_valid = text_is_valid(s);

    fputc('"', out);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < 0x20)
            fprintf(out, "\\u%04x", c);
        else if (c >= 0x80 && !is_valid)
            fputs("\\ufffd", out);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static void
key_print(struct report *r, const char *key, const char *label)
{
    if (r->is_json) {
        fputs(r->fields++ ? ", " : "", r->out);
        string_print(r->out, str_of(key));
        fputs(": ", r->out);
    } else {
        fprintf(r->out, "%-28s", label);
    }
}

void
report_text(struct report *r, const char *key, const char *label,
            struct str value)
{
    key_print(r, key, label);
    if (r->is_json)
        string_print(r->out, value);
    else
        fprintf(r->out, "%.*s\n", (int)value.n, value.p);
}

void
report_number(struct report *r, const char *key, const char *label,
              int64_t value, const char *unit)
{
    key_print(r, key, label);
    fprintf(r->out, "%lld", (long long)value);
    if (!r->is_json)
        fprintf(r->out, "%s%s\n", *unit ? " " : "", unit);
}

void
report_truth(struct report *r, const char *key, const char *label, bool value)
{
    key_print(r, key, label);
    if (r->is_json)
        fputs(value ? "true" : "false", r->out);
    else
        fputs(value ? "yes\n" : "no\n", r->out);
}

void
report_end(struct report *r)
{
    if (r->is_json)
        fputs("}\n", r->out);
}
