-- notebook_list(member int, before int, most int): newest first
SELECT s.id, s.at, s.post, s.page, s.collection, s.note,
       c.id IS NOT NULL AND (c.openness <> 2 OR p.member IS NOT NULL)
       AND (s.post & 1048575 = 0
            OR EXISTS (SELECT 1 FROM post x WHERE x.id = s.post)),
       CASE WHEN s.page THEN k.title WHEN o.status = 0 THEN t.title ELSE '' END
  FROM saved s
  LEFT JOIN thread t ON t.id = s.post >> 20
  LEFT JOIN post o ON o.id = t.id << 20 | 1
  LEFT JOIN page k ON k.id = s.page
  LEFT JOIN community c ON c.id = coalesce(t.community, k.community)
  LEFT JOIN participant p ON p.community = c.id AND p.member = :member
 WHERE s.member = :member AND s.id < :before
 ORDER BY s.id DESC LIMIT :most;

-- notebook_of(member int, collection text, before int, most int): the same of
-- one collection
SELECT s.id, s.at, s.post, s.page, s.collection, s.note,
       c.id IS NOT NULL AND (c.openness <> 2 OR p.member IS NOT NULL)
       AND (s.post & 1048575 = 0
            OR EXISTS (SELECT 1 FROM post x WHERE x.id = s.post)),
       CASE WHEN s.page THEN k.title WHEN o.status = 0 THEN t.title ELSE '' END
  FROM saved s
  LEFT JOIN thread t ON t.id = s.post >> 20
  LEFT JOIN post o ON o.id = t.id << 20 | 1
  LEFT JOIN page k ON k.id = s.page
  LEFT JOIN community c ON c.id = coalesce(t.community, k.community)
  LEFT JOIN participant p ON p.community = c.id AND p.member = :member
 WHERE s.member = :member AND s.collection = :collection AND s.id < :before
 ORDER BY s.id DESC LIMIT :most;

-- notebook_get(id int, member int): one entry, to its owner
SELECT s.id, s.at, s.post, s.page, s.collection, s.note,
       c.id IS NOT NULL AND (c.openness <> 2 OR p.member IS NOT NULL)
       AND (s.post & 1048575 = 0
            OR EXISTS (SELECT 1 FROM post x WHERE x.id = s.post)),
       CASE WHEN s.page THEN k.title WHEN o.status = 0 THEN t.title ELSE '' END
  FROM saved s
  LEFT JOIN thread t ON t.id = s.post >> 20
  LEFT JOIN post o ON o.id = t.id << 20 | 1
  LEFT JOIN page k ON k.id = s.page
  LEFT JOIN community c ON c.id = coalesce(t.community, k.community)
  LEFT JOIN participant p ON p.community = c.id AND p.member = :member
 WHERE s.id = :id AND s.member = :member;

-- notebook_collections(member int): the words, by the alphabet
SELECT DISTINCT collection FROM saved
 WHERE member = :member AND collection <> '' ORDER BY collection LIMIT 100;

-- notebook_save!(member int, post int, page int, note text, at int): once for
-- each thing; saving it again with a note replaces the note
INSERT INTO saved (member, post, page, collection, note, at)
VALUES (:member, :post, :page, '', :note, :at)
    ON CONFLICT (member, post, page) DO UPDATE SET note = :note
    WHERE :note <> '';

-- notebook_find(member int, post int, page int): its entry
SELECT id FROM saved
 WHERE member = :member AND post = :post AND page = :page;

-- notebook_note!(id int, member int, note text): other words
UPDATE saved SET note = :note WHERE id = :id AND member = :member;

-- notebook_put!(id int, member int, collection text): under another word
UPDATE saved SET collection = :collection
 WHERE id = :id AND member = :member;

-- notebook_drop!(id int, member int): it goes
DELETE FROM saved WHERE id = :id AND member = :member;
