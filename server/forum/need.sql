-- need_list(community int, before int, like int, most int): open needs of a
-- community, newest first
SELECT t.id, t.author, m.name, t.title, t.made_at, t.expires_at,
       substr(o.text, 1, 300),
       EXISTS (SELECT 1 FROM tagged a
                 JOIN tagged b ON b.tag = a.tag AND b.is_page = 0
                              AND b.thing = t.id
                WHERE a.is_page = 0 AND a.thing = :like)
  FROM thread t INDEXED BY thread_needs
 CROSS JOIN member m ON m.id = t.author
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 WHERE t.community = :community AND t.kind = 3 AND t.state = 1
   AND t.is_withdrawn = 0 AND t.id < :before
 ORDER BY t.id DESC LIMIT :most;

-- need_offers(community int, before int, like int, most int): the same of what
-- people offer
SELECT t.id, t.author, m.name, t.title, t.made_at, t.expires_at,
       substr(o.text, 1, 300),
       EXISTS (SELECT 1 FROM tagged a
                 JOIN tagged b ON b.tag = a.tag AND b.is_page = 0
                              AND b.thing = t.id
                WHERE a.is_page = 0 AND a.thing = :like)
  FROM thread t INDEXED BY thread_offers
 CROSS JOIN member m ON m.id = t.author
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 WHERE t.community = :community AND t.kind = 4 AND t.state = 1
   AND t.is_withdrawn = 0 AND t.id < :before
 ORDER BY t.id DESC LIMIT :most;

-- need_offered(author int, viewer int, before int, most int): what somebody
-- offers, of what the viewer may read, newest first
SELECT t.id, t.author, m.name, t.title, t.made_at, t.expires_at, '', 0
  FROM thread t INDEXED BY thread_offered
 CROSS JOIN member m ON m.id = t.author
 CROSS JOIN community c ON c.id = t.community
  LEFT JOIN participant p ON p.community = c.id AND p.member = :viewer
 WHERE t.author = :author AND t.kind = 4 AND t.state = 1
   AND t.is_withdrawn = 0 AND t.id < :before
   AND (c.openness <> 2 OR p.member IS NOT NULL)
 ORDER BY t.id DESC LIMIT :most;

-- need_get(id int): until when, and whether it is open
SELECT expires_at, kind, state FROM thread WHERE id = :id;

-- need_lasts!(id int, until int): until when
UPDATE thread SET expires_at = :until WHERE id = :id;

-- need_state!(id int, state int): open, or no longer needed
UPDATE thread SET state = :state WHERE id = :id;

-- need_matches(member int): how many matches they want in 30 days
SELECT matches FROM member WHERE id = :member;

-- need_set_matches!(member int, most int): so many
UPDATE member SET matches = :most WHERE id = :member;

-- need_may_read(community int, member int): can they read there?
SELECT c.id FROM community c
  LEFT JOIN participant p ON p.community = c.id AND p.member = :member
 WHERE c.id = :community AND (c.openness <> 2 OR p.member IS NOT NULL);

-- need_told(thread int, member int): were they told of this need?
SELECT at FROM matched WHERE thread = :thread AND member = :member;

-- need_room(member int, since int, nth int): the nth match since then
SELECT at FROM matched WHERE member = :member AND at > :since
 ORDER BY at LIMIT 1 OFFSET :nth;

-- need_tell!(thread int, member int, at int): they are told now
INSERT INTO matched (thread, member, at) VALUES (:thread, :member, :at);

-- need_forget!(before int): a few that are long past
DELETE FROM matched WHERE (thread, member) IN
       (SELECT thread, member FROM matched WHERE at < :before
         ORDER BY at LIMIT 4);

-- need_untell!(post int): it has ended, so nobody is asked any more
DELETE FROM inbox WHERE id IN
       (SELECT i.id FROM inbox i WHERE i.post = :post AND i.post <> 0
           AND i.kind = 9);
