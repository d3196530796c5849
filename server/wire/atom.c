#include "wire/atom.h"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>

#include "base/text.h"

#define NAMESPACE "http://www.w3.org/2005/Atom"
#define TEXT_MAX (1 << 20) /* bytes of one element */

void
atom_start(void)
{
    xmlInitParser();
}

/* The characters that XML 1.0 has; the rest can not be written in any way. */
static bool
is_xml(int32_t c)
{
    return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xd7ff) ||
           (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
}

/* s as libxml2 wants it: NUL-ended, and nothing that XML has not. */
static void
text_put(struct buf *out, struct str s)
{
    while (s.n > 0) {
        struct str rest = s;
        int32_t c = text_next(&rest);
        struct str letter = {s.p, s.n - rest.n};

        if (c == 0xfffd)
            buf_add(out, STR("\xef\xbf\xbd"));
        else if (is_xml(c) && (c == '\n' || text_kind(c) != TEXT_UNWANTED))
            buf_add(out, letter);
        else
            buf_add_char(out, ' ');
        s = rest;
    }
    buf_add_char(out, '\0');
}

/* The same bytes, as libxml2 calls them. */
static const xmlChar *
xml(const char *s)
{
    return (const xmlChar *)s;
}

/* What the writer answers: bytes written, or less than nothing. */
static void
took(struct atom *a, int n)
{
    if (n < 0 && !a->bad)
        a->bad = E_NOMEM;
}

static void
element_begin(struct atom *a, const char *name)
{
    if (!a->bad)
        took(a, xmlTextWriterStartElement(a->writer, xml(name)));
}

static void
element_end(struct atom *a)
{
    if (!a->bad)
        took(a, xmlTextWriterEndElement(a->writer));
}

static void
attribute(struct atom *a, const char *name, struct str value)
{
    struct buf b;

    buf_init(&b, TEXT_MAX);
    text_put(&b, value);
    if (!a->bad)
        a->bad = b.bad;
    if (!a->bad)
        took(a, xmlTextWriterWriteAttribute(a->writer, xml(name), xml(b.p)));
    buf_release(&b);
}

static void
text(struct atom *a, struct str s)
{
    struct buf b;

    buf_init(&b, TEXT_MAX);
    text_put(&b, s);
    if (!a->bad)
        a->bad = b.bad;
    if (!a->bad)
        took(a, xmlTextWriterWriteString(a->writer, xml(b.p)));
    buf_release(&b);
}

static void
element(struct atom *a, const char *name, struct str s)
{
    element_begin(a, name);
    text(a, s);
    element_end(a);
}

static void
element_text(struct atom *a, const char *name, struct str s)
{
    element_begin(a, name);
    attribute(a, "type", STR("text"));
    text(a, s);
    element_end(a);
}

static void
element_link(struct atom *a, struct str rel, struct str href, struct str type)
{
    element_begin(a, "link");
    attribute(a, "rel", rel);
    attribute(a, "type", type);
    attribute(a, "href", href);
    element_end(a);
}

/* A person without a name would be no person. */
static void
element_author(struct atom *a, struct str name)
{
    element_begin(a, "author");
    element(a, "name", name.n > 0 ? name : STR("-"));
    element_end(a);
}

void
atom_begin(struct atom *a, const struct atom_feed *f)
{
    *a = (struct atom){.xml = xmlBufferCreate()};
    if (a->xml)
        a->writer = xmlNewTextWriterMemory(a->xml, 0);
    if (!a->writer)
        a->bad = E_NOMEM;
    if (!a->bad)
        took(a, xmlTextWriterStartDocument(a->writer, "1.0", NULL, NULL));
    element_begin(a, "feed");
    attribute(a, "xmlns", STR(NAMESPACE));
    element(a, "id", f->id);
    element_text(a, "title", f->title);
    if (f->subtitle.n > 0)
        element_text(a, "subtitle", f->subtitle);
    element(a, "updated", f->updated);
    element_author(a, f->author);
    element_link(a, STR("self"), f->self, STR(MIME_ATOM));
    element_link(a, STR("alternate"), f->alternate, STR("text/gemini"));
}

void
atom_entry(struct atom *a, const struct atom_entry *e)
{
    element_begin(a, "entry");
    element(a, "id", e->id);
    element_text(a, "title", e->title);
    element(a, "published", e->published);
    element(a, "updated", e->updated);
    element_author(a, e->author);
    element_link(a, STR("alternate"), e->link, STR("text/gemini"));
    if (e->text.n > 0)
        element_text(a, e->is_whole ? "content" : "summary", e->text);
    element_end(a);
}

enum err
atom_end(struct atom *a, struct buf *out)
{
    element_end(a);
    if (!a->bad)
        took(a, xmlTextWriterEndDocument(a->writer));
    if (a->writer)
        xmlFreeTextWriter(a->writer);
    if (!a->bad)
        buf_add(out, (struct str){(const char *)xmlBufferContent(a->xml),
                                  (size_t)xmlBufferLength(a->xml)});
    if (a->xml)
        xmlBufferFree(a->xml);
    return a->bad ? a->bad : out->bad;
}
