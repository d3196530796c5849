#include "tests/talk/atom_check.h"

#include <stdio.h>
#include <string.h>

#include <libxml/xmlreader.h>

#define NAMESPACE "http://www.w3.org/2005/Atom"
#define IDS 100

/* What a feed or an entry must have, and what it may have once at most. */
enum part { ID, TITLE, UPDATED, PUBLISHED, CONTENT, SUMMARY, SUBTITLE, PARTS };

static const char *const part_name[PARTS] = {
    "id", "title", "updated", "published", "content", "summary", "subtitle"};

struct level {
    int seen[PARTS], authors, alternates, selves;
};

struct check {
    xmlTextReaderPtr reader;
    struct level level[2]; /* the feed, and the entry in it */
    bool is_in_entry;
    char id[IDS][256];
    int ids;
    char *why;
    size_t room;
};

static bool
wrong(struct check *c, const char *what, const char *where)
{
    snprintf(c->why, c->room, "%s: %.80s", what, where);
    return false;
}

static bool
is_digits(const char *s, const char *shape)
{
    for (; *shape; s++, shape++)
        if (*shape == '0' ? *s < '0' || *s > '9' : *s != *shape)
            return false;
    return *s == '\0';
}

static bool
id_is_new(struct check *c, const char *id)
{
    if (strncmp(id, "gemini://", 9) != 0)
        return wrong(c, "an id that is no absolute address", id);
    for (int i = 0; i < c->ids; i++)
        if (strcmp(c->id[i], id) == 0)
            return wrong(c, "an id that is there twice", id);
    if (c->ids == IDS)
        return wrong(c, "too many entries", id);
    snprintf(c->id[c->ids++], sizeof(c->id[0]), "%s", id);
    return true;
}

static bool
part_check(struct check *c, struct level *l, enum part part)
{
    xmlChar *s = xmlTextReaderReadString(c->reader);
    const char *text = s ? (const char *)s : "";
    bool is_good = true;

    if (l->seen[part]++)
        is_good = wrong(c, "an element that is there twice", part_name[part]);
    /* The id of a feed may be that of none of its entries, but is its own. */
    else if (part == ID)
        is_good = id_is_new(c, text);
    else if ((part == UPDATED || part == PUBLISHED) &&
             !is_digits(text, "0000-00-00T00:00:00Z"))
        is_good = wrong(c, "a date that is none", text);
    xmlFree(s);
    return is_good;
}

static bool
link_check(struct check *c, struct level *l)
{
    xmlChar *href =
        xmlTextReaderGetAttribute(c->reader, (const xmlChar *)"href");
    xmlChar *rel = xmlTextReaderGetAttribute(c->reader, (const xmlChar *)"rel");
    const char *to = href ? (const char *)href : "";
    bool is_good = true;

    if (strncmp(to, "gemini://", 9) != 0)
        is_good = wrong(c, "a link that is not absolute", to);
    else if (rel && strcmp((const char *)rel, "self") == 0)
        l->selves++;
    else
        l->alternates++;
    xmlFree(href);
    xmlFree(rel);
    return is_good;
}

static bool
level_check(struct check *c, const struct level *l, bool is_entry)
{
    if (!l->seen[ID] || !l->seen[TITLE] || !l->seen[UPDATED])
        return wrong(c, "id, title or updated is missing",
                     is_entry ? "entry" : "feed");
    if (l->seen[CONTENT] && l->seen[SUMMARY])
        return wrong(c, "content and summary", "entry");
    if (l->authors != 1)
        return wrong(c, "not one author", is_entry ? "entry" : "feed");
    if (l->alternates != 1 || l->selves != (is_entry ? 0 : 1))
        return wrong(c, "links", is_entry ? "entry" : "feed");
    return true;
}

static bool
element_check(struct check *c, const char *name)
{
    struct level *l = &c->level[c->is_in_entry];

    if (strcmp(name, "entry") == 0) {
        if (c->is_in_entry)
            return wrong(c, "an entry in an entry", name);
        c->is_in_entry = true;
        c->level[1] = (struct level){0};
        return true;
    }
    if (strcmp(name, "link") == 0)
        return link_check(c, l);
    if (strcmp(name, "author") == 0)
        l->authors++;
    for (int i = 0; i < PARTS; i++)
        if (strcmp(name, part_name[i]) == 0)
            return part_check(c, l, (enum part)i);
    return strcmp(name, "author") == 0 || strcmp(name, "name") == 0 ||
           wrong(c, "an element that Atom has not", name);
}

static bool
node_check(struct check *c)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(c->reader);
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(c->reader);
    int type = xmlTextReaderNodeType(c->reader);
    int depth = xmlTextReaderDepth(c->reader);

    if (type == XML_READER_TYPE_END_ELEMENT && strcmp(name, "entry") == 0) {
        c->is_in_entry = false;
        return level_check(c, &c->level[1], true);
    }
    if (type != XML_READER_TYPE_ELEMENT)
        return true;
    if (!space || strcmp(space, NAMESPACE) != 0)
        return wrong(c, "not of Atom", name);
    if (depth == 0)
        return strcmp(name, "feed") == 0 || wrong(c, "no feed", name);
    return element_check(c, name);
}

bool
atom_check(const char *xml, size_t n, char *why, size_t room)
{
    struct check c = {.room = room};
    bool is_good = true;
    int more = -1;

    c.why = why;
    c.reader = xmlReaderForMemory(xml, (int)n, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR |
                                      XML_PARSE_NOWARNING);
    if (!c.reader)
        return wrong(&c, "nothing to read", "");
    while (is_good && (more = xmlTextReaderRead(c.reader)) == 1)
        is_good = node_check(&c);
    if (is_good && more != 0)
        is_good = wrong(&c, "not well-formed", "");
    xmlFreeTextReader(c.reader);
    return is_good && level_check(&c, &c.level[0], false);
}
