-- feed_site(before int, most int): the newest opening posts in public; is it a
-- page, its number, that of the post, title, author, community, text, when it
-- was written, when its text changed last
SELECT 0, t.id, 1, t.title, m.name, c.name, o.text, o.at,
       coalesce(o.edited_at, o.at)
  FROM thread t
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN member m ON m.id = o.author
 WHERE t.id < :before AND t.kind <> 6 AND t.is_withdrawn = 0
   AND c.openness <> 2 AND o.status = 0
 ORDER BY t.id DESC LIMIT :most;

-- feed_site_pages(before int, most int): the kept pages that changed last; no
-- author but their community
SELECT 1, p.id, 0, p.title, c.name, c.name, v.text, p.made_at, p.changed_at
  FROM page p
 CROSS JOIN community c ON c.id = p.community
 CROSS JOIN page_version v ON v.page = p.id AND v.number = p.version
 WHERE p.changed_at < :before AND c.openness <> 2
 ORDER BY p.changed_at DESC, p.id DESC LIMIT :most;

-- feed_community(community int, most int): opening posts of one community,
-- which whoever asks may read
SELECT 0, t.id, 1, t.title, m.name, c.name, o.text, o.at,
       coalesce(o.edited_at, o.at)
  FROM thread t INDEXED BY thread_community_made
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN member m ON m.id = o.author
 WHERE t.community = :community AND t.kind <> 6 AND t.is_withdrawn = 0
   AND o.status = 0
 ORDER BY t.id DESC LIMIT :most;

-- feed_community_pages(community int, most int): its kept pages
SELECT 1, p.id, 0, p.title, c.name, c.name, v.text, p.made_at, p.changed_at
  FROM page p
 CROSS JOIN community c ON c.id = p.community
 CROSS JOIN page_version v ON v.page = p.id AND v.number = p.version
 WHERE p.community = :community
 ORDER BY p.changed_at DESC, p.id DESC LIMIT :most;

-- feed_tag(tag int, most int): opening posts of what has a tag, in public
SELECT 0, t.id, 1, t.title, m.name, c.name, o.text, o.at,
       coalesce(o.edited_at, o.at)
  FROM tagged g
 CROSS JOIN thread t ON t.id = g.thing
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN member m ON m.id = o.author
 WHERE g.tag = :tag AND g.is_page = 0 AND t.kind <> 6 AND t.is_withdrawn = 0
   AND c.openness <> 2 AND o.status = 0
 ORDER BY g.thing DESC LIMIT :most;

-- feed_tag_pages(tag int, most int): the kept pages that have it
SELECT 1, p.id, 0, p.title, c.name, c.name, v.text, p.made_at, p.changed_at
  FROM tagged g
 CROSS JOIN page p ON p.id = g.thing
 CROSS JOIN community c ON c.id = p.community
 CROSS JOIN page_version v ON v.page = p.id AND v.number = p.version
 WHERE g.tag = :tag AND g.is_page = 1 AND c.openness <> 2
 ORDER BY g.thing DESC LIMIT :most;

-- feed_thread(first int, last int, most int): the newest posts of a thread,
-- which whoever asks may read
SELECT 0, t.id, o.id & 1048575,
       CASE t.is_withdrawn WHEN 0 THEN t.title ELSE '' END, m.name, c.name,
       o.text, o.at, coalesce(o.edited_at, o.at)
  FROM post o
 CROSS JOIN thread t ON t.id = o.id >> 20
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = o.author
 WHERE o.id >= :first AND o.id < :last AND o.status = 0
 ORDER BY o.id DESC LIMIT :most;

-- feed_page(page int, most int): the versions of a page, newest first
SELECT 1, v.page, v.number, v.title, c.name, c.name, v.text, v.at, v.at
  FROM page_version v
 CROSS JOIN page p ON p.id = v.page
 CROSS JOIN community c ON c.id = p.community
 WHERE v.page = :page
 ORDER BY v.number DESC LIMIT :most;

-- feed_member(member int): the kept pages that a person chose to show, the last
-- choice first, in public
SELECT 1, p.id, 0, p.title, c.name, c.name, v.text, p.made_at, p.changed_at
  FROM chosen h
 CROSS JOIN page p ON p.id = h.page
 CROSS JOIN community c ON c.id = p.community
 CROSS JOIN page_version v ON v.page = p.id AND v.number = p.version
 WHERE h.member = :member AND c.openness <> 2
 ORDER BY h.id DESC LIMIT 20;
