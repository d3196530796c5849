-- The community's memory, version 1. Times are seconds since 1970 in UTC.

-- What the site itself must remember: its secret, its own notes.
CREATE TABLE site (
    key   TEXT PRIMARY KEY, -- "secret": the key of all action links
    value BLOB NOT NULL     -- the bytes themselves
) STRICT, WITHOUT ROWID;

-- Someone whom the site knows by a certificate.
CREATE TABLE member (
    id         INTEGER PRIMARY KEY, -- never shown, never reused
    name       TEXT NOT NULL,       -- as others see it now
    about      TEXT NOT NULL,       -- a line about oneself; may be empty
    joined_at  INTEGER NOT NULL,    -- when the name was chosen first
    words_salt BLOB,                -- salt of the six recovery words
    words_hash BLOB,                -- their slow hash; NULL: none any more
    tries      INTEGER NOT NULL,    -- wrong words since tries_at
    tries_at   INTEGER NOT NULL     -- when the count of tries began
) STRICT;

-- Every name that was ever somebody's, so that old mentions keep working.
CREATE TABLE name (
    fold       TEXT PRIMARY KEY,    -- case-folded and normalised
    skeleton   TEXT NOT NULL,       -- look-alike letters mapped together
    member     INTEGER NOT NULL REFERENCES member, -- whose it is or was
    taken_at   INTEGER NOT NULL     -- when they first used it
) STRICT, WITHOUT ROWID;
CREATE INDEX name_skeleton ON name (skeleton);
CREATE INDEX name_member ON name (member);

-- A client certificate, known by its public key.
CREATE TABLE certificate (
    id         INTEGER PRIMARY KEY, -- for its own pages
    member     INTEGER NOT NULL REFERENCES member, -- whom it stands for
    key        BLOB NOT NULL,       -- SHA-256 of the public key (SPKI)
    cert       BLOB NOT NULL,       -- SHA-256 of the DER that joined
    label      TEXT NOT NULL,       -- its owner's word for it; may be empty
    added_at   INTEGER NOT NULL,    -- when it joined or was linked
    not_after  INTEGER NOT NULL,    -- when it expires
    retired_at INTEGER              -- when its owner retired it, if so
) STRICT;
-- One key in use stands for one member; a retired one may come back. NULL
-- sorts first, so the one in use is found before those that were retired.
CREATE UNIQUE INDEX certificate_in_use ON certificate (key)
    WHERE retired_at IS NULL;
CREATE INDEX certificate_key ON certificate (key, retired_at);
CREATE INDEX certificate_member
    ON certificate (member, (retired_at IS NOT NULL), id DESC);

-- An 8-letter code with which a further device joins its owner.
CREATE TABLE link_code (
    code       TEXT PRIMARY KEY,    -- letters and digits, lower case
    member     INTEGER NOT NULL REFERENCES member, -- who showed it
    expires_at INTEGER NOT NULL     -- 15 minutes after it was made
) STRICT, WITHOUT ROWID;
CREATE INDEX link_code_member ON link_code (member);
CREATE INDEX link_code_expires ON link_code (expires_at);

-- People around a purpose.
CREATE TABLE community (
    id         INTEGER PRIMARY KEY, -- never shown
    slug       TEXT NOT NULL UNIQUE, -- its short address
    name       TEXT NOT NULL,       -- as people call it
    fold       TEXT NOT NULL,       -- folded name, for the alphabet
    purpose    TEXT NOT NULL,       -- what brings them together, one line
    rules      TEXT NOT NULL,       -- gemtext; may be empty
    elsewhere  TEXT NOT NULL,       -- where they already talk; may be empty
    openness   INTEGER NOT NULL,    -- 0 open, 1 join-to-write, 2 closed
    invitation TEXT UNIQUE,         -- secret of the invitation link, if any
    founder    INTEGER NOT NULL REFERENCES member, -- who started it
    started_at INTEGER NOT NULL,    -- when
    last_seq   INTEGER NOT NULL,    -- arrival number of its newest post, or 0
    last_at    INTEGER NOT NULL     -- when something last happened there
) STRICT;
CREATE INDEX community_fold ON community (fold, id);
CREATE INDEX community_last ON community (last_at, id);
CREATE INDEX community_founder ON community (founder, fold, started_at);

-- Who joined which community.
CREATE TABLE participant (
    community  INTEGER NOT NULL REFERENCES community,
    member     INTEGER NOT NULL REFERENCES member,
    joined_at  INTEGER NOT NULL,    -- when they joined
    is_steward INTEGER NOT NULL,    -- 1: looks after it
    PRIMARY KEY (community, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_member ON participant (member, community);
CREATE INDEX participant_steward ON participant (community, joined_at, member)
    WHERE is_steward = 1;

-- An opening post and its replies.
CREATE TABLE thread (
    id          INTEGER PRIMARY KEY, -- the <n> of /t/<n>
    community   INTEGER NOT NULL REFERENCES community,
    author      INTEGER NOT NULL REFERENCES member, -- who opened it
    kind        INTEGER NOT NULL,   -- enum thread_kind
    state       INTEGER NOT NULL,   -- enum thread_state
    title       TEXT NOT NULL,      -- one line
    made_at     INTEGER NOT NULL,   -- when it was opened
    last_number INTEGER NOT NULL,   -- number of its newest post
    last_seq    INTEGER NOT NULL,   -- arrival number of its newest post
    last_at     INTEGER NOT NULL    -- when that came
) STRICT;
CREATE UNIQUE INDEX thread_last ON thread (last_seq);
CREATE INDEX thread_community_last ON thread (community, last_seq);

-- One post. A thread's posts lie side by side: id = thread << 20 | number.
CREATE TABLE post (
    id        INTEGER PRIMARY KEY,  -- thread << 20 | number in the thread
    seq       INTEGER NOT NULL,     -- order of arrival in the whole site
    community INTEGER NOT NULL REFERENCES community, -- its thread's
    author    INTEGER NOT NULL REFERENCES member,
    answers   INTEGER,              -- number of the post it replies to, if any
    text      TEXT NOT NULL,        -- gemtext; empty where status is not 0
    at        INTEGER NOT NULL,     -- when it was posted
    edited_at INTEGER,              -- when its text changed last, if ever
    status    INTEGER NOT NULL      -- enum post_status
) STRICT;
CREATE UNIQUE INDEX post_seq ON post (seq);
CREATE INDEX post_community_seq ON post (community, seq);

-- What an edited post said before.
CREATE TABLE version (
    post    INTEGER NOT NULL REFERENCES post,
    number  INTEGER NOT NULL,       -- 1 is the oldest
    text    TEXT NOT NULL,          -- as it was
    at      INTEGER NOT NULL,       -- when that text had been written
    PRIMARY KEY (post, number)
) STRICT, WITHOUT ROWID;

-- Text not yet published; its author's alone.
CREATE TABLE draft (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- the <n> of /i/d/<n>
    member     INTEGER NOT NULL REFERENCES member, -- whose it is
    aim        INTEGER NOT NULL,    -- enum draft_aim: what it will become
    community  INTEGER REFERENCES community, -- where to, if decided
    thread     INTEGER REFERENCES thread,    -- reply to or edit in, if so
    answers    INTEGER,             -- number of the post replied to or edited
    kind       INTEGER NOT NULL,    -- enum thread_kind, for a new thread
    title      TEXT NOT NULL,       -- of the thread; may be empty
    revision   INTEGER NOT NULL,    -- goes up with every change
    changed_at INTEGER NOT NULL,    -- when it changed last
    went_to    INTEGER              -- the post it became (-1: a text of its
                                    -- community); kept for a day
) STRICT;
CREATE INDEX draft_member ON draft (member, changed_at);
CREATE INDEX draft_gone ON draft (changed_at) WHERE went_to IS NOT NULL;

-- The paragraphs of a draft.
CREATE TABLE draft_part (
    draft    INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- from 1, without gaps
    text     TEXT NOT NULL,         -- a line, or a block fenced with ```
    blank    INTEGER NOT NULL DEFAULT 1, -- blank lines between it and the last
    PRIMARY KEY (draft, position)
) STRICT, WITHOUT ROWID;

-- What was posted within a day, so that the same text again is no new post.
CREATE TABLE once (
    member INTEGER NOT NULL REFERENCES member,
    digest BLOB NOT NULL,           -- SHA-256 of place and text
    post   INTEGER NOT NULL,        -- what it became
    at     INTEGER NOT NULL,        -- when
    PRIMARY KEY (member, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX once_at ON once (at);

-- What stewards did, in the open.
CREATE TABLE act (
    id        INTEGER PRIMARY KEY,  -- in the order in which it happened
    at        INTEGER NOT NULL,     -- when
    community INTEGER NOT NULL REFERENCES community,
    steward   INTEGER NOT NULL REFERENCES member, -- who did it
    kind      INTEGER NOT NULL,     -- enum act_kind
    about     INTEGER REFERENCES member, -- whom it concerned, if anyone
    text      TEXT NOT NULL         -- the new words; of ACT_OPENNESS its number
) STRICT;
CREATE INDEX act_community ON act (community, id);
