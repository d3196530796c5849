-- search_posts(words text, closed int, most int): the newest posts that have
-- the words, of public communities or of one that is closed
SELECT found.rowid, t.kind, t.state
  FROM found
 CROSS JOIN post p INDEXED BY post_seq ON p.seq = found.rowid
 CROSS JOIN thread t ON t.id = p.id >> 20
 CROSS JOIN community c ON c.id = t.community
 WHERE found MATCH :words AND found.rowid > 0
   AND (c.openness <> 2 OR c.id = :closed)
 ORDER BY found.rowid DESC LIMIT :most;

-- search_pages(words text, closed int, most int): the newest pages likewise
SELECT found.rowid
  FROM found
 CROSS JOIN page g ON g.id = -found.rowid
 CROSS JOIN community c ON c.id = g.community
 WHERE found MATCH :words AND found.rowid < 0
   AND (c.openness <> 2 OR c.id = :closed)
 ORDER BY found.rowid LIMIT :most;

-- search_scopes(member int): a member's closed communities
SELECT p.community
  FROM participant p CROSS JOIN community c ON c.id = p.community
 WHERE p.member = :member AND c.openness = 2
 ORDER BY p.community DESC LIMIT 200;

-- search_post(seq int, viewer int): a post that was found
SELECT p.id, t.kind, t.state, p.at, c.slug, c.name,
       CASE o.status WHEN 0 THEN t.title ELSE '' END, p.text
  FROM post p
 CROSS JOIN thread t ON t.id = p.id >> 20
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN community c ON c.id = t.community
  LEFT JOIN participant a ON a.community = c.id AND a.member = :viewer
 WHERE p.seq = :seq AND p.status = 0
   AND (c.openness <> 2 OR a.member IS NOT NULL);

-- search_page(page int, viewer int): a page that was found
SELECT g.id, 0, 0, g.changed_at, c.slug, c.name, g.title, v.text
  FROM page g
 CROSS JOIN community c ON c.id = g.community
  LEFT JOIN page_version v ON v.page = g.id AND v.number = g.version
  LEFT JOIN participant a ON a.community = c.id AND a.member = :viewer
 WHERE g.id = :page AND (c.openness <> 2 OR a.member IS NOT NULL);

-- near_newest(words text, most int): where the newest posts with a word are,
-- which also tells how rare it is
SELECT rowid FROM found
 WHERE found MATCH :words AND rowid > 0 ORDER BY rowid DESC LIMIT :most;

-- near_pages(words text, most int): the newest pages with a word
SELECT rowid FROM found
 WHERE found MATCH :words AND rowid < 0 ORDER BY rowid LIMIT :most;
