-- quiet_in(thread int, tag blob): the quiet name of one in a thread
SELECT persona FROM quiet WHERE thread = :thread AND tag = :tag;

-- quiet_desk(tag blob): with whom the quiet drafts of one lie
SELECT persona FROM quiet WHERE tag = :tag AND thread IS NULL;

-- quiet_tag_of(persona int): whose it is
SELECT tag FROM quiet WHERE persona = :persona;

-- quiet_member!(name text, at int): nobody can come in as this one
INSERT INTO member (name, about, joined_at, tries, tries_at)
VALUES (:name, '', :at, 0, 0);

-- quiet_add!(persona int, thread int, tag blob): 0 is no thread yet
INSERT INTO quiet (persona, thread, tag)
VALUES (:persona, nullif(:thread, 0), :tag);

-- quiet_signed!(persona int): it is nobody's any more
UPDATE quiet SET thread = NULL, tag = randomblob(32) WHERE persona = :persona;

-- quiet_thread!(id int, persona int, member int): signed from here on
UPDATE thread SET author = :member WHERE id = :id AND author = :persona;

-- quiet_posts!(first int, last int, persona int, member int): the same
UPDATE post SET author = :member
 WHERE id BETWEEN :first AND :last AND author = :persona;

-- quiet_drafts!(persona int, member int): the same
UPDATE draft SET member = :member WHERE member = :persona;

-- quiet_once!(persona int, member int): the same
UPDATE OR REPLACE once SET member = :member WHERE member = :persona;

-- quiet_inbox!(first int, last int, tag blob, member int): what concerns it,
-- but for what was told to both
UPDATE OR IGNORE inbox SET member = :member
 WHERE post BETWEEN :first AND :last AND post <> 0 AND member =
       (SELECT persona FROM quiet WHERE tag = :tag AND thread IS NULL);

-- quiet_inbox_rest!(first int, last int, tag blob): which goes
DELETE FROM inbox
 WHERE post BETWEEN :first AND :last AND post <> 0 AND member =
       (SELECT persona FROM quiet WHERE tag = :tag AND thread IS NULL);

-- quiet_told!(first int, last int, persona int, member int): what others were
-- told of them
UPDATE OR IGNORE inbox SET other = :member
 WHERE post BETWEEN :first AND :last AND post <> 0 AND other = :persona;

-- quiet_due!(thread int, persona int, member int): the same
UPDATE due SET member = :member WHERE thread = :thread AND member = :persona;

-- quiet_thanks!(first int, last int, persona int, member int): given
UPDATE OR IGNORE thanks SET member = :member
 WHERE post BETWEEN :first AND :last AND member = :persona;

-- quiet_thanked!(persona int, member int): and got
UPDATE thanks SET helper = :member WHERE helper = :persona;

-- quiet_came!(first int, last int, persona int, member int): the same
UPDATE came SET member = :member
 WHERE post BETWEEN :first AND :last AND post <> 0 AND member = :persona;

-- quiet_credit!(first int, last int, persona int, member int): the same, on
-- pages that were made of these posts
UPDATE OR IGNORE page_credit SET member = :member
 WHERE member = :persona AND page IN
       (SELECT page FROM page_source WHERE post BETWEEN :first AND :last);

-- quiet_desk_draft!(desk int, post int): the desk no longer leads there
DELETE FROM draft WHERE member = :desk AND went_to = :post;

-- quiet_desk_once!(desk int, post int): the same
DELETE FROM once WHERE member = :desk AND post = :post;

-- bar_find(tag blob): why this one is kept out
SELECT why FROM bar WHERE tag = :tag;

-- bar_put!(tag blob, at int, why text): kept out; a new reason replaces
INSERT INTO bar (tag, at, why) VALUES (:tag, :at, :why)
    ON CONFLICT (tag) DO UPDATE SET why = :why;

-- bar_drop!(tag blob): may come again
DELETE FROM bar WHERE tag = :tag;

-- bar_post(id int): who wrote it, and their sign where that was quietly
SELECT p.author, q.tag FROM post p
  LEFT JOIN quiet q ON q.persona = p.author
 WHERE p.id = :id;
