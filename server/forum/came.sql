-- came_of_post(post int, before int, most int): newest first
SELECT w.id, w.community, w.post, w.page, w.member, m.name, w.kind, w.text,
       w.at, '', '', ''
  FROM came w JOIN member m ON m.id = w.member
 WHERE w.post = :post AND w.post <> 0 AND w.id < :before
 ORDER BY w.id DESC LIMIT :most;

-- came_of_page(page int, before int, most int): newest first
SELECT w.id, w.community, w.post, w.page, w.member, m.name, w.kind, w.text,
       w.at, '', '', ''
  FROM came w JOIN member m ON m.id = w.member
 WHERE w.page = :page AND w.page <> 0 AND w.id < :before
 ORDER BY w.id DESC LIMIT :most;

-- came_list(community int, before int, most int): newest first, without what
-- was told of posts that are withdrawn
SELECT w.id, w.community, w.post, w.page, w.member, m.name, w.kind, w.text,
       w.at,
       CASE WHEN w.page <> 0 THEN g.title
            WHEN h.status <> 0 THEN '' ELSE coalesce(t.title, '') END, '', ''
  FROM came w
 CROSS JOIN member m ON m.id = w.member
  LEFT JOIN post o ON o.id = w.post
  LEFT JOIN thread t ON t.id = w.post >> 20
  LEFT JOIN post h ON h.id = t.id << 20 | 1
  LEFT JOIN page g ON g.id = w.page
 WHERE w.community = :community AND w.id < :before
   AND coalesce(o.status, 0) = 0
 ORDER BY w.id DESC LIMIT :most;

-- came_recent(before int, most int): in communities that everybody can read, newest first
SELECT w.id, w.community, w.post, w.page, w.member, m.name, w.kind, w.text,
       w.at,
       CASE WHEN w.page <> 0 THEN g.title
            WHEN h.status <> 0 THEN '' ELSE coalesce(t.title, '') END,
       c.slug, c.name
  FROM came w
 CROSS JOIN community c ON c.id = w.community
 CROSS JOIN member m ON m.id = w.member
  LEFT JOIN post o ON o.id = w.post
  LEFT JOIN thread t ON t.id = w.post >> 20
  LEFT JOIN post h ON h.id = t.id << 20 | 1
  LEFT JOIN page g ON g.id = w.page
 WHERE w.id < :before AND c.openness <> 2 AND coalesce(o.status, 0) = 0
 ORDER BY w.id DESC LIMIT :most;

-- came_has(community int): has anybody told anything there?
SELECT id FROM came WHERE community = :community LIMIT 1;

-- came_same_post(member int, post int, kind int, text text): told already
SELECT id FROM came
 WHERE post = :post AND post <> 0 AND member = :member AND kind = :kind
   AND text = :text LIMIT 1;

-- came_same_page(member int, page int, kind int, text text): told already
SELECT id FROM came
 WHERE page = :page AND page <> 0 AND member = :member AND kind = :kind
   AND text = :text LIMIT 1;

-- came_add!(community int, post int, page int, member int, kind int,
-- text text, at int): one more line
INSERT INTO came (community, post, page, member, kind, text, at)
VALUES (:community, :post, :page, :member, :kind, :text, :at);

-- came_told(id int): one line: where, who was told of it, who told it
SELECT w.community, w.post, w.page, coalesce(o.author, 0), w.member
  FROM came w LEFT JOIN post o ON o.id = w.post
 WHERE w.id = :id;

-- came_drop!(id int, member int): taken away
DELETE FROM came WHERE id = :id AND member = :member;

-- came_page(page int, viewer int): the community of a page, to whoever may
-- read it
SELECT g.community
  FROM page g
  JOIN community c ON c.id = g.community
  LEFT JOIN participant p ON p.community = c.id AND p.member = :viewer
 WHERE g.id = :page AND (c.openness <> 2 OR p.member IS NOT NULL);

-- came_credit(page int): who is credited in a page
SELECT member FROM page_credit WHERE page = :page LIMIT 50;

-- came_set_asked!(member int, is int): does a member want to be asked?
UPDATE member SET is_asked = :is WHERE id = :member;

-- came_is_asked(member int): does a member want to be asked?
SELECT is_asked FROM member WHERE id = :member;
