-- feed_owner(secret text): whose private feed it is
SELECT id FROM member WHERE feed = :secret;

-- feed_secret!(member int, secret text): the address of their private feed
UPDATE member SET feed = :secret WHERE id = :member;

-- feed_secret_drop!(member int): they have none any more
UPDATE member SET feed = NULL WHERE id = :member;

-- own_feed_places(member int): what a member follows and did not mute; a tag
-- as what it became
SELECT f.kind,
       CASE f.kind WHEN 2
       THEN (SELECT CASE g.now WHEN 0 THEN g.id ELSE g.now END
               FROM tag g WHERE g.id = f.thing)
       ELSE f.thing END
  FROM follow f
 WHERE f.member = :member
   AND NOT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                      AND u.kind = f.kind AND u.thing = f.thing)
 ORDER BY f.kind, f.thing LIMIT 500;

-- own_feed_posts(community int): arrival numbers of its newest posts
SELECT p.seq FROM post p WHERE p.community = :community AND p.claim <> 10
 ORDER BY p.seq DESC LIMIT 60;

-- own_feed_pages(community int): the same of its kept pages
SELECT k.seq FROM page k WHERE k.community = :community
 ORDER BY k.seq DESC LIMIT 60;

-- own_feed_thread(first int, last int): the same of the posts of a thread
SELECT p.seq FROM post p WHERE p.id BETWEEN :first AND :last
 ORDER BY p.id DESC LIMIT 60;

-- own_feed_tag(tag int): the same of the threads under a tag
SELECT o.seq FROM tagged g CROSS JOIN post o ON o.id = g.thing << 20 | 1
 WHERE g.tag = :tag AND g.is_page = 0 ORDER BY g.thing DESC LIMIT 60;

-- own_feed_tag_pages(tag int): the same of the pages under a tag
SELECT k.seq FROM tagged g CROSS JOIN page k ON k.id = g.thing
 WHERE g.tag = :tag AND g.is_page = 1 ORDER BY g.thing DESC LIMIT 60;

-- own_feed_post(seq int, member int): one of them where a feed may tell it: is
-- it a page, its number, that of the post, title, author, community, text,
-- when it was written, when its text changed last; who wrote it
SELECT 0, t.id, o.id & 1048575, t.title, m.name, c.name, o.text, o.at,
       coalesce(o.edited_at, o.at), o.author
  FROM post o
 CROSS JOIN thread t ON t.id = o.id >> 20
 CROSS JOIN community c ON c.id = o.community
 CROSS JOIN member m ON m.id = o.author
 WHERE o.seq = :seq AND o.status = 0 AND o.author <> :member
   AND t.kind <> 6 AND t.is_withdrawn = 0 AND c.openness <> 2
   AND NOT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                      AND u.kind = 0 AND u.thing = c.id);

-- own_feed_page(seq int, member int): the same of a kept page
SELECT 1, k.id, 0, k.title, c.name, c.name, v.text, k.made_at, k.changed_at, 0
  FROM page k
 CROSS JOIN page_version v ON v.page = k.id AND v.number = k.version
 CROSS JOIN community c ON c.id = k.community
 WHERE k.seq = :seq AND v.author <> :member AND c.openness <> 2
   AND NOT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                      AND u.kind = 0 AND u.thing = c.id);
