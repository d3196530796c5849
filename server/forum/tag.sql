-- tag_by_fold(community int, fold text): one, and what it became
SELECT coalesce(n.id, t.id), coalesce(n.community, t.community),
       coalesce(n.fold, t.fold), coalesce(n.name, t.name), t.now <> 0
  FROM tag t LEFT JOIN tag n ON n.id = t.now AND t.now <> 0
 WHERE t.community = :community AND t.fold = :fold;

-- tag_by_id(id int): the same
SELECT coalesce(n.id, t.id), coalesce(n.community, t.community),
       coalesce(n.fold, t.fold), coalesce(n.name, t.name), t.now <> 0
  FROM tag t LEFT JOIN tag n ON n.id = t.now AND t.now <> 0
 WHERE t.id = :id;

-- tag_rows(after text, most int): of the site, by the alphabet
SELECT t.id, t.community, t.fold, t.name
  FROM tag t
 WHERE t.community = 0 AND t.fold > :after AND t.now = 0
   AND EXISTS (SELECT 1 FROM tagged g WHERE g.tag = t.id)
 ORDER BY t.fold LIMIT :most;

-- tag_closed_rows(member int, most int): of a member's closed communities
SELECT t.id, t.community, t.fold, t.name, c.slug, c.name
  FROM participant p
 CROSS JOIN community c ON c.id = p.community
 CROSS JOIN tag t ON t.community = c.id
 WHERE p.member = :member AND c.openness = 2 AND t.now = 0
   AND EXISTS (SELECT 1 FROM tagged g WHERE g.tag = t.id)
 ORDER BY p.community LIMIT :most;

-- tag_of(is_page int, thing int): of a thread or page, as they came
SELECT t.id, t.community, t.fold, t.name
  FROM tagged g CROSS JOIN tag t ON t.id = g.tag
 WHERE g.is_page = :is_page AND g.thing = :thing
 ORDER BY g.tag LIMIT 32;

-- tag_thread_rows(tag int, viewer int, before int, most int): what has it
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, p.member IS NOT NULL, coalesce(p.is_steward, 0),
       t.is_withdrawn, t.needed_by, t.tried,
       t.author_at
  FROM tagged g
 CROSS JOIN thread t ON t.id = g.thing
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
  LEFT JOIN participant p ON p.community = t.community AND p.member = :viewer
 WHERE g.tag = :tag AND g.is_page = 0 AND g.thing < :before
   AND (c.openness <> 2 OR p.member IS NOT NULL)
   AND (t.is_withdrawn = 0 OR t.last_number > 1)
 ORDER BY g.thing DESC LIMIT :most;

-- tag_page_rows(tag int, viewer int, most int): the same of pages
SELECT k.id, k.title
  FROM tagged g
 CROSS JOIN page k ON k.id = g.thing
 CROSS JOIN community c ON c.id = k.community
  LEFT JOIN participant p ON p.community = k.community AND p.member = :viewer
 WHERE g.tag = :tag AND g.is_page = 1
   AND (c.openness <> 2 OR p.member IS NOT NULL)
 ORDER BY g.thing DESC LIMIT :most;

-- tag_used_by(tag int, member int): did the member join where it was used of
-- late?
SELECT 1
  FROM (SELECT thing FROM tagged WHERE tag = :tag AND is_page = 0
         ORDER BY thing DESC LIMIT 200) g
 CROSS JOIN thread t ON t.id = g.thing
 CROSS JOIN participant p ON p.community = t.community
                         AND p.member = :member
 LIMIT 1;

-- tag_used_by_page(tag int, member int): the same of pages
SELECT 1
  FROM (SELECT thing FROM tagged WHERE tag = :tag AND is_page = 1
         ORDER BY thing DESC LIMIT 200) g
 CROSS JOIN page t ON t.id = g.thing
 CROSS JOIN participant p ON p.community = t.community
                         AND p.member = :member
 LIMIT 1;

-- tag_place_thread(thing int): whose tags a thread has: 0, or of its closed
-- community
SELECT CASE c.openness WHEN 2 THEN c.id ELSE 0 END, c.id
  FROM thread t JOIN community c ON c.id = t.community WHERE t.id = :thing;

-- tag_place_page(thing int): the same of a page
SELECT CASE c.openness WHEN 2 THEN c.id ELSE 0 END, c.id
  FROM page t JOIN community c ON c.id = t.community WHERE t.id = :thing;

-- tag_make!(community int, fold text, name text): one more
INSERT INTO tag (community, fold, name) VALUES (:community, :fold, :name);

-- tag_give!(tag int, is_page int, thing int): to a thread or page
INSERT OR IGNORE INTO tagged (tag, is_page, thing)
VALUES (:tag, :is_page, :thing);

-- tag_take!(tag int, is_page int, thing int): from it
DELETE FROM tagged
 WHERE tag = :tag AND is_page = :is_page AND thing = :thing;

-- tag_call!(id int, fold text, name text): it is called so now
UPDATE tag SET fold = :fold, name = :name WHERE id = :id;

-- tag_old!(community int, fold text, name text, now int): and was called so
INSERT INTO tag (community, fold, name, now)
VALUES (:community, :fold, :name, :now);

-- tag_forget!(community int, fold text): an old name is taken into use again
DELETE FROM tag WHERE community = :community AND fold = :fold AND now <> 0
   AND is_moving = 0;

-- tag_merge!(id int, now int): it became another one
UPDATE tag SET now = :now, is_moving = 1 WHERE id = :id;

-- tag_lead!(old int, now int): what led to it leads to that
UPDATE tag SET now = :now WHERE now = :old AND now <> 0;

-- tag_moving(): one whose things are being moved
SELECT id, now FROM tag WHERE is_moving = 1 AND id > 0 ORDER BY id LIMIT 1;

-- tag_things(tag int, most int): what still has it
SELECT is_page, thing FROM tagged WHERE tag = :tag LIMIT :most;

-- tag_moved!(id int): nothing has it any more
UPDATE tag SET is_moving = 0 WHERE id = :id;
