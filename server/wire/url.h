/*
 * A URL of a request, taken apart by RFC 3986 (uriparser) and by what Gemini
 * asks on top of it (gemini.md section 2): absolute, no userinfo, no fragment.
 */
#ifndef WIRE_URL_H
#define WIRE_URL_H

#include "base/arena.h"

#define URL_MAX 1024 /* bytes, without CR LF */
#define URL_SEGMENTS 16

enum url_scheme { URL_GEMINI, URL_TITAN, URL_OTHER };

struct url {
    enum url_scheme scheme;
    struct str host; /* lower case, no brackets, no trailing dot */
    int port;        /* 0: none was given */
    struct str path; /* as it came, normalised dots; starts with '/' */
    /* The path in segments, percent-decoded after splitting, so that %2F is
     * never a separator; "/" has none, "/c/" has one and ends_in_slash. */
    struct str segment[URL_SEGMENTS];
    int segments;
    bool ends_in_slash;
    bool has_query;
    struct str query; /* as it came, without '?' */
};

/* E_MALFORMED or E_FOREIGN (a well-formed URL of another scheme). Strings are
 * borrowed from s and mem. A path of more than URL_SEGMENTS segments is fine
 * to parse and has segments = URL_SEGMENTS + 1: no route matches it. */
enum err url_parse(struct str s, struct arena *mem, struct url *out);

/* Fills segments and ends_in_slash from path, after that has changed. */
enum err url_split(struct url *url, struct arena *mem);

/* Percent-decodes once. E_MALFORMED for a bad escape, %00, or what is not
 * valid UTF-8. Raw spaces and raw UTF-8 are taken as they are. */
enum err url_decode(struct str s, struct arena *mem, struct str *out);

/* May this text of a user be the address of a link (gemtext.md 3.3)? Known
 * scheme, absolute, no userinfo, printable ASCII, at most URL_MAX bytes. Gives
 * the host for the label (borrowed; empty for mailto). */
bool url_is_linkable(struct str s, struct str *host);

#endif
