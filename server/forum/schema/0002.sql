-- Version 2: people learn from one another. Questions that are answered, value
-- told in sentences, pages that are kept, services, and what finds and keeps
-- up. Times are seconds since 1970 in UTC; 0 in a column that says "or 0".

-- Does one want to be asked what came of an answer? The secret of the private
-- feed, if one has it.
ALTER TABLE member ADD COLUMN is_asked INTEGER NOT NULL DEFAULT 1;
ALTER TABLE member ADD COLUMN feed TEXT;
CREATE UNIQUE INDEX member_feed ON member (feed) WHERE feed IS NOT NULL;
-- Does catch-up bring them chat?
ALTER TABLE member ADD COLUMN hears_chat INTEGER NOT NULL DEFAULT 1;

-- A name for one who writes quietly in one thread. It is a row of member with
-- no name of its own to be looked up; tag is the HMAC of the real member, so
-- that their own certificate finds it and no query does (forum/quiet.h).
CREATE TABLE quiet (
    persona INTEGER PRIMARY KEY REFERENCES member, -- as whom they write
    thread  INTEGER REFERENCES thread, -- where; NULL: holds quiet drafts
    tag     BLOB NOT NULL              -- whose, unreadable; random: signed, or
                                       -- the thread was erased
) STRICT;
CREATE UNIQUE INDEX quiet_thread ON quiet (thread, tag);
CREATE UNIQUE INDEX quiet_desk ON quiet (tag) WHERE thread IS NULL;
CREATE INDEX quiet_tag ON quiet (tag);

-- Whom the operator keeps out; by tag, so that no name is needed.
CREATE TABLE bar (
    tag BLOB PRIMARY KEY,           -- HMAC of the member
    at  INTEGER NOT NULL,           -- since when
    why TEXT NOT NULL               -- said to whoever is barred
) STRICT, WITHOUT ROWID;

-- A room is a small closed community: a circle, two who were asked and ask,
-- or one alone. What is closed to others already is closed for rooms.
ALTER TABLE community ADD COLUMN room INTEGER NOT NULL DEFAULT 0;
-- A member has at most one room of their own.
CREATE UNIQUE INDEX community_self ON community (founder) WHERE room = 3;

-- Needed by: a day, or 0. wider: the community to which a question that was
-- asked of one person may go, or 0. author_at: when its author last wrote or
-- acted in it. expires_at: of needs and offers, or 0.
ALTER TABLE thread ADD COLUMN needed_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN tried TEXT NOT NULL DEFAULT '';
ALTER TABLE thread ADD COLUMN wider INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN author_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET author_at = made_at;

-- Its opening post was taken back or removed. Lists ask it of each thread, so
-- they need not look for that post.
ALTER TABLE thread ADD COLUMN is_withdrawn INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET is_withdrawn = 1
 WHERE (SELECT o.status FROM post o WHERE o.id = thread.id << 20 | 1) <> 0;

-- What is still open: questions and reviews, oldest first.
CREATE INDEX thread_open ON thread (id)
    WHERE kind = 1 AND state IN (1, 2);
CREATE INDEX thread_community_open ON thread (community, id)
    WHERE kind = 1 AND state IN (1, 2);
-- Needs and offers that are open.
CREATE INDEX thread_needs ON thread (community, id)
    WHERE kind = 3 AND state = 1;
CREATE INDEX thread_offers ON thread (community, id)
    WHERE kind = 4 AND state = 1;
-- The same offers, for the page of whoever can help.
CREATE INDEX thread_offered ON thread (author, id)
    WHERE kind = 4 AND state = 1;
-- What somebody works on, for their own page.
CREATE INDEX thread_work ON thread (author, id) WHERE kind = 5;
-- Reviews, and what people work on.
CREATE INDEX thread_reviews ON thread (community, id) WHERE kind = 2;
CREATE INDEX thread_working ON thread (community, id) WHERE kind = 5;
-- All but talk in the order of their beginning, for feeds.
CREATE INDEX thread_community_made ON thread (community, id) WHERE kind <> 6;

-- How sure an answer is, and which part of a review or of work it tells: enum
-- post_claim. mark: the asker said that it answered them, enum post_mark.
ALTER TABLE post ADD COLUMN claim INTEGER NOT NULL DEFAULT 0;
ALTER TABLE post ADD COLUMN claim_where TEXT NOT NULL DEFAULT '';
ALTER TABLE post ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;
CREATE INDEX post_marked ON post (id) WHERE mark <> 0;
-- 1: it may have earlier texts, what came of it, shown thanks or a page that
-- uses it; 0: it has none, and who lists posts need not ask. The triggers that
-- set it stand at the end.
ALTER TABLE post ADD COLUMN echoes INTEGER NOT NULL DEFAULT 0;
UPDATE post SET echoes = 1 WHERE id IN (SELECT post FROM version);
-- The contributions to a review or to a piece of work, by what they tell.
CREATE INDEX post_told ON post (claim, id) WHERE claim >= 3 AND claim <= 9;

-- A porch (a thread of kind 6, its posts of claim 10) must not push anything
-- out of a list, nor make a list slower: the orders by arrival leave it out.
-- Whoever lists threads says kind <> 6, and of posts claim <> 10.
DROP INDEX thread_last;
CREATE UNIQUE INDEX thread_last ON thread (last_seq) WHERE kind <> 6;
DROP INDEX thread_community_last;
CREATE INDEX thread_community_last ON thread (community, last_seq)
    WHERE kind <> 6;
DROP INDEX post_community_seq;
CREATE INDEX post_community_seq ON post (community, seq) WHERE claim <> 10;
-- Talk itself, for those whose catch-up brings it.
CREATE INDEX post_porch_seq ON post (community, seq) WHERE claim = 10;
CREATE INDEX thread_porch ON thread (community, id) WHERE kind = 6;
-- The arrival numbers go on, though the newest line has faded.
CREATE INDEX thread_porch_last ON thread (last_seq) WHERE kind = 6;

-- Participants who say that a post answered the question of one who is away.
CREATE TABLE mark_wish (
    post   INTEGER NOT NULL REFERENCES post,
    member INTEGER NOT NULL REFERENCES member,
    mark   INTEGER NOT NULL,        -- enum post_mark
    at     INTEGER NOT NULL,        -- when
    PRIMARY KEY (post, member)
) STRICT, WITHOUT ROWID;

-- What a draft will be beside its text.
ALTER TABLE draft ADD COLUMN claim INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN claim_where TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN needed_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN tried TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
-- Of a page: which one gets new words (0: a new page is made), the version
-- they were made from, the page that a new one began with, and the doubt that
-- the words answer; or 0.
ALTER TABLE draft ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0;

-- The posts from which a draft of a page is made.
CREATE TABLE draft_source (
    draft INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
    post  INTEGER NOT NULL REFERENCES post,
    is_in INTEGER NOT NULL DEFAULT 0, -- 1: its text was put into the draft
    PRIMARY KEY (draft, post)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_source_post ON draft_source (post);

-- What concerns a member: enum inbox_kind says which columns count.
CREATE TABLE inbox (
    id     INTEGER PRIMARY KEY,     -- in the order of arrival
    member INTEGER NOT NULL REFERENCES member, -- whose; may be a quiet name
    kind   INTEGER NOT NULL,        -- enum inbox_kind
    other  INTEGER REFERENCES member, -- who did it, where that is told
    post   INTEGER NOT NULL DEFAULT 0, -- POST_ID, or 0
    page   INTEGER NOT NULL DEFAULT 0, -- page, or 0
    thing  INTEGER NOT NULL DEFAULT 0, -- row of thanks, came, ..., or 0
    text   TEXT NOT NULL DEFAULT '', -- a sentence, where there is one
    at     INTEGER NOT NULL         -- when
) STRICT;
CREATE INDEX inbox_member ON inbox (member, id);
CREATE INDEX inbox_post ON inbox (post) WHERE post <> 0;
CREATE UNIQUE INDEX inbox_same
    ON inbox (member, kind, post, page, thing, coalesce(other, 0));

-- What members reported to the stewards, until one has looked. The member is
-- kept only so that nobody reports a post twice; no page shows who it was.
CREATE TABLE report (
    post      INTEGER NOT NULL REFERENCES post,
    member    INTEGER NOT NULL REFERENCES member,
    community INTEGER NOT NULL REFERENCES community, -- of the post
    reason    TEXT NOT NULL,        -- one line
    PRIMARY KEY (post, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_community ON report (community, post);
-- The post that an act concerned, or 0.
ALTER TABLE act ADD COLUMN post INTEGER NOT NULL DEFAULT 0;
CREATE INDEX act_post ON act (post) WHERE post <> 0;

-- What the site will do by itself, and when.
CREATE TABLE due (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,        -- when
    kind   INTEGER NOT NULL,        -- enum due_kind
    member INTEGER NOT NULL,        -- whom it concerns, or 0
    thread INTEGER NOT NULL,        -- or 0
    number INTEGER NOT NULL,        -- of a post, or 0
    thing  INTEGER NOT NULL         -- of that kind, or 0
) STRICT;
CREATE INDEX due_at ON due (at);
CREATE INDEX due_thread ON due (thread, kind);

-- Thanks with a reason, for the helper's eyes.
CREATE TABLE thanks (
    id          INTEGER PRIMARY KEY,
    post        INTEGER NOT NULL REFERENCES post, -- what helped
    member      INTEGER NOT NULL REFERENCES member, -- who thanks
    helper      INTEGER NOT NULL REFERENCES member, -- who is thanked
    text        TEXT NOT NULL,      -- what it helped to do; may be empty
    at          INTEGER NOT NULL,   -- when
    may_show    INTEGER NOT NULL,   -- 1: who thanks agrees to show it
    is_shown    INTEGER NOT NULL    -- 1: the helper too
) STRICT;
CREATE UNIQUE INDEX thanks_post ON thanks (post, member);
CREATE INDEX thanks_shown ON thanks (post, id) WHERE is_shown = 1;
CREATE INDEX thanks_helper ON thanks (helper, id);

-- What happened when somebody used an answer or a page.
CREATE TABLE came (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL REFERENCES community,
    post      INTEGER NOT NULL,     -- POST_ID, or 0
    page      INTEGER NOT NULL,     -- page, or 0
    member    INTEGER NOT NULL REFERENCES member, -- who tells
    kind      INTEGER NOT NULL,     -- enum came_kind
    text      TEXT NOT NULL,        -- the sentence
    at        INTEGER NOT NULL      -- when
) STRICT;
CREATE INDEX came_community ON came (community, id);
CREATE INDEX came_post ON came (post, id) WHERE post <> 0;
CREATE INDEX came_page ON came (page, id) WHERE page <> 0;

-- About how many bytes all pages of a community have together.
ALTER TABLE community ADD COLUMN book INTEGER NOT NULL DEFAULT 0;

-- A community's lasting text.
CREATE TABLE page (
    id         INTEGER PRIMARY KEY, -- the <n> of /p/<n>
    community  INTEGER NOT NULL REFERENCES community,
    title      TEXT NOT NULL,       -- one line
    fold       TEXT NOT NULL,       -- folded title, for the alphabet
    version    INTEGER NOT NULL,    -- number of the newest
    made_at    INTEGER NOT NULL,    -- when it was kept first
    changed_at INTEGER NOT NULL,    -- when its text changed last
    true_at    INTEGER NOT NULL,    -- when it was last found true
    true_where TEXT NOT NULL,       -- and where; may be empty
    seq        INTEGER NOT NULL,    -- arrival number of its newest version
    true_by    INTEGER NOT NULL REFERENCES member, -- by whom
    origin     INTEGER NOT NULL     -- the page that it began with, or 0
) STRICT;
CREATE INDEX page_community_fold ON page (community, fold, id);
CREATE INDEX page_community_changed ON page (community, changed_at, id);
CREATE INDEX page_changed ON page (changed_at, id);
CREATE INDEX page_community ON page (community, id);
CREATE UNIQUE INDEX page_seq ON page (seq);
CREATE INDEX page_community_seq ON page (community, seq);

CREATE TABLE page_version (
    page   INTEGER NOT NULL REFERENCES page,
    number INTEGER NOT NULL,        -- 1 is the oldest
    title  TEXT NOT NULL,
    text   TEXT NOT NULL,           -- gemtext
    author INTEGER NOT NULL REFERENCES member, -- who made this version
    at     INTEGER NOT NULL,        -- when
    PRIMARY KEY (page, number)
) STRICT, WITHOUT ROWID;

-- From which posts a page was made, and whom it credits.
CREATE TABLE page_source (
    page INTEGER NOT NULL REFERENCES page,
    post INTEGER NOT NULL REFERENCES post,
    PRIMARY KEY (page, post)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_source_post ON page_source (post, page);
CREATE TABLE page_credit (
    page        INTEGER NOT NULL REFERENCES page,
    member      INTEGER NOT NULL REFERENCES member,
    is_left_out INTEGER NOT NULL,   -- 1: asked not to be named
    PRIMARY KEY (page, member)
) STRICT, WITHOUT ROWID;

-- Somebody found a page wrong, or asks; shown until it is answered.
CREATE TABLE page_doubt (
    id          INTEGER PRIMARY KEY,
    page        INTEGER NOT NULL REFERENCES page,
    member      INTEGER NOT NULL REFERENCES member,
    text        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    answered_at INTEGER NOT NULL DEFAULT 0, -- or 0
    answer      TEXT NOT NULL DEFAULT '', -- a sentence; empty: by a version
    answer_by   INTEGER REFERENCES member, -- who answered it, if anybody
    version     INTEGER NOT NULL DEFAULT 0 -- of the page, that answers; or 0
) STRICT;
CREATE INDEX page_doubt_page ON page_doubt (page, id);
CREATE INDEX page_doubt_open ON page_doubt (page, id) WHERE answered_at = 0;
CREATE UNIQUE INDEX page_doubt_member ON page_doubt (page, member)
    WHERE answered_at = 0;

-- What participants chose to show a newcomer, at most five.
CREATE TABLE start_here (
    community INTEGER NOT NULL REFERENCES community,
    position  INTEGER NOT NULL,     -- 1 to 5
    thread    INTEGER NOT NULL,     -- or 0
    page      INTEGER NOT NULL,     -- or 0
    text      TEXT NOT NULL,        -- why, in a sentence
    member    INTEGER NOT NULL REFERENCES member, -- who chose it
    PRIMARY KEY (community, position)
) STRICT, WITHOUT ROWID;

-- Words by which threads and pages are found.
CREATE TABLE tag (
    id        INTEGER PRIMARY KEY,
    community INTEGER NOT NULL DEFAULT 0, -- 0: of the site; else of a closed one
    fold      TEXT NOT NULL,        -- folded; the <tag> of /tag/<tag>
    name      TEXT NOT NULL,        -- as it is shown
    now       INTEGER NOT NULL DEFAULT 0, -- the tag it became, or 0
    is_moving INTEGER NOT NULL DEFAULT 0  -- 1: what has it is being moved there
) STRICT;
CREATE UNIQUE INDEX tag_fold ON tag (community, fold);
CREATE INDEX tag_now ON tag (now) WHERE now <> 0;
CREATE INDEX tag_moving ON tag (id) WHERE is_moving = 1;
CREATE TABLE tagged (
    tag    INTEGER NOT NULL REFERENCES tag,
    is_page INTEGER NOT NULL,       -- 1: a page, 0: a thread
    thing  INTEGER NOT NULL,        -- its number
    PRIMARY KEY (tag, is_page, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_thing ON tagged (is_page, thing, tag);

-- Pages that a member chose to show on their own page.
CREATE TABLE chosen (
    id     INTEGER PRIMARY KEY,     -- in the order of choosing
    member INTEGER NOT NULL REFERENCES member,
    page   INTEGER NOT NULL REFERENCES page
) STRICT;
CREATE UNIQUE INDEX chosen_page ON chosen (page, member);
CREATE INDEX chosen_member ON chosen (member, id);

-- What a member follows, and how far they have read there; what they mute.
CREATE TABLE follow (
    member INTEGER NOT NULL REFERENCES member,
    kind   INTEGER NOT NULL,        -- enum follow_kind
    thing  INTEGER NOT NULL,        -- community, thread or tag
    mark   INTEGER NOT NULL,        -- arrival number read up to
    PRIMARY KEY (member, kind, thing)
) STRICT, WITHOUT ROWID;
CREATE TABLE mute (
    member INTEGER NOT NULL REFERENCES member,
    kind   INTEGER NOT NULL,        -- enum follow_kind
    thing  INTEGER NOT NULL,        -- community, thread, tag or member
    PRIMARY KEY (member, kind, thing)
) STRICT, WITHOUT ROWID;

-- Whoever joins follows, from its newest post on; whoever leaves does not any
-- more. It stands here because many ways lead into a community.
CREATE TRIGGER participant_follows AFTER INSERT ON participant BEGIN
    INSERT INTO follow (member, kind, thing, mark)
    SELECT new.member, 0, c.id, c.last_seq FROM community c
     WHERE c.id = new.community AND c.room <> 2 -- a question tells by itself
        ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER participant_leaves AFTER DELETE ON participant BEGIN
    DELETE FROM follow
     WHERE member = old.member AND kind = 0 AND thing = old.community;
END;
INSERT INTO follow (member, kind, thing, mark)
SELECT p.member, 0, c.id, c.last_seq
  FROM participant p JOIN community c ON c.id = p.community;

-- A member's notebook.
CREATE TABLE saved (
    id         INTEGER PRIMARY KEY,
    member     INTEGER NOT NULL REFERENCES member,
    post       INTEGER NOT NULL,    -- POST_ID; number 0: the thread; or 0
    page       INTEGER NOT NULL,    -- or 0
    collection TEXT NOT NULL,       -- a word of its owner's; may be empty
    note       TEXT NOT NULL,       -- may be empty
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_member ON saved (member, id);
CREATE UNIQUE INDEX saved_thing ON saved (member, post, page);
CREATE INDEX saved_collection ON saved (member, collection, id);

-- What a circle agreed on.
CREATE TABLE circle (
    community INTEGER PRIMARY KEY REFERENCES community,
    ends_at   INTEGER NOT NULL,     -- when it closes
    prompts   TEXT NOT NULL,        -- one a line, for each meeting
    revision  INTEGER NOT NULL,     -- of the prompts; goes up with each change
    meeting   INTEGER NOT NULL,     -- thread of the last meeting, or 0
    review    INTEGER NOT NULL,     -- thread of the closing review, or 0
    closed_at INTEGER NOT NULL      -- when that began, or 0
) STRICT;

-- What each of a circle wants to become of what was written there.
CREATE TABLE circle_wish (
    community INTEGER NOT NULL REFERENCES community,
    member    INTEGER NOT NULL REFERENCES member,
    wish      INTEGER NOT NULL,     -- enum circle_wish
    PRIMARY KEY (community, member)
) STRICT, WITHOUT ROWID;

-- One row: the highest numbers of what was erased for good, since none of them
-- is given again.
CREATE TABLE erased (
    id     INTEGER PRIMARY KEY,     -- 1
    thread INTEGER NOT NULL,        -- number of a thread
    seq    INTEGER NOT NULL,        -- arrival number
    page   INTEGER NOT NULL         -- number of a page
) STRICT;
-- Drafts lose their place when it is erased.
CREATE INDEX draft_community ON draft (community) WHERE community IS NOT NULL;
CREATE INDEX draft_thread ON draft (thread) WHERE thread IS NOT NULL;

-- What members offer to help with is a thread of kind "offer"; how many
-- matches they want in 30 days, where it is not two.
ALTER TABLE member ADD COLUMN matches INTEGER NOT NULL DEFAULT 2;

-- Who was told of which need because of what they offer, so that nobody is told
-- twice, nor too often. Nobody is shown it.
CREATE TABLE matched (
    thread INTEGER NOT NULL REFERENCES thread, -- the need
    member INTEGER NOT NULL REFERENCES member, -- who may help
    at     INTEGER NOT NULL,                   -- when
    PRIMARY KEY (thread, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX matched_member ON matched (member, at);
CREATE INDEX matched_at ON matched (at);

-- The words of posts (rowid: their arrival number) and of pages (rowid: minus
-- their number), by which search finds them; the texts are not kept twice. The
-- words of closed communities have the community's number before them. A further
-- word says that it is a page (":p"), or which quarter of a
-- million of posts it belongs to (":e7"), so that a search of common words can end.
CREATE VIRTUAL TABLE found USING fts5 (
    words, content = '', columnsize = 0, prefix = '1 2 3',
    tokenize = "ascii tokenchars ':'");

-- What changed and is not in the index as it is now: as it was before the first
-- of the changes, or NULL for what was not in the index. A moment of the writer
-- that nobody waits for brings it up to date.
CREATE TABLE found_todo (
    id        INTEGER PRIMARY KEY,  -- arrival number, or minus the page's
    community INTEGER,              -- where it was; NULL: it was not found
    title     TEXT,                 -- of a page, or of a thread's first post
    text      TEXT
) STRICT;

-- Communities whose words are being moved, because they were closed or opened.
CREATE TABLE found_move (
    community  INTEGER PRIMARY KEY,
    upto       INTEGER NOT NULL,    -- what is no later has been moved
    was_closed INTEGER NOT NULL     -- 1: the words of the others are closed
) STRICT;

CREATE TRIGGER post_found_new AFTER INSERT ON post
WHEN (SELECT kind FROM thread WHERE id = new.id >> 20) <> 6
BEGIN
    INSERT OR IGNORE INTO found_todo (id) VALUES (new.seq);
END;
CREATE TRIGGER post_found_change
AFTER UPDATE OF text, status, community ON post
WHEN (SELECT kind FROM thread WHERE id = new.id >> 20) <> 6
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT old.seq, CASE old.status WHEN 0 THEN old.community END,
           CASE old.id & 1048575 WHEN 1 THEN t.title END, old.text
      FROM thread t WHERE t.id = old.id >> 20;
END;
CREATE TRIGGER post_found_end BEFORE DELETE ON post
WHEN (SELECT kind FROM thread WHERE id = old.id >> 20) <> 6
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT old.seq, CASE old.status WHEN 0 THEN old.community END,
           CASE old.id & 1048575 WHEN 1 THEN t.title END, old.text
      FROM thread t WHERE t.id = old.id >> 20;
END;
CREATE TRIGGER thread_found_change AFTER UPDATE OF title ON thread
WHEN old.kind <> 6
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT seq, CASE status WHEN 0 THEN community END, old.title, text
      FROM post WHERE id = old.id << 20 | 1;
END;
-- Of a thread that is deleted before its posts.
CREATE TRIGGER thread_found_end BEFORE DELETE ON thread
WHEN old.kind <> 6
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT seq, CASE status WHEN 0 THEN community END,
           CASE id & 1048575 WHEN 1 THEN old.title END, text
      FROM post WHERE id BETWEEN old.id << 20 AND (old.id << 20 | 1048575);
END;
CREATE TRIGGER page_found_new AFTER INSERT ON page
BEGIN
    INSERT OR IGNORE INTO found_todo (id) VALUES (-new.id);
END;
CREATE TRIGGER page_found_change
BEFORE UPDATE OF version, title, community ON page
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT -old.id, old.community, old.title, v.text FROM page_version v
     WHERE v.page = old.id AND v.number = old.version;
END;
CREATE TRIGGER page_version_found_change BEFORE UPDATE OF text ON page_version
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT -p.id, p.community, p.title, old.text FROM page p
     WHERE p.id = old.page AND p.version = old.number;
END;
CREATE TRIGGER page_version_found_end BEFORE DELETE ON page_version
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT -p.id, p.community, p.title, old.text FROM page p
     WHERE p.id = old.page AND p.version = old.number;
END;
CREATE TRIGGER page_found_end BEFORE DELETE ON page
BEGIN
    INSERT OR IGNORE INTO found_todo
    SELECT -old.id, old.community, old.title, v.text FROM page_version v
     WHERE v.page = old.id AND v.number = old.version;
END;
-- The words of a community that was closed or opened are moved in slices.
CREATE TRIGGER community_found_move AFTER UPDATE OF openness ON community
WHEN (old.openness = 2) <> (new.openness = 2)
BEGIN
    INSERT OR IGNORE INTO found_move
    VALUES (old.id, -9223372036854775807, old.openness = 2);
END;
INSERT INTO found_todo (id)
SELECT p.seq FROM post p JOIN thread t ON t.id = p.id >> 20
 WHERE t.kind <> 6;

-- What stands beside a post is asked for only where there may be something.
CREATE TRIGGER version_echoes AFTER INSERT ON version BEGIN
    UPDATE post SET echoes = 1 WHERE id = new.post AND echoes = 0;
END;
CREATE TRIGGER came_echoes AFTER INSERT ON came WHEN new.post <> 0 BEGIN
    UPDATE post SET echoes = 1 WHERE id = new.post AND echoes = 0;
END;
CREATE TRIGGER thanks_echoes AFTER UPDATE OF is_shown ON thanks
 WHEN new.is_shown = 1 BEGIN
    UPDATE post SET echoes = 1 WHERE id = new.post AND echoes = 0;
END;
CREATE TRIGGER source_echoes AFTER INSERT ON page_source BEGIN
    UPDATE post SET echoes = 1 WHERE id = new.post AND echoes = 0;
END;
