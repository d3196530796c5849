-- thread_get(id int, viewer int): one thread, to whoever may read it
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, p.member IS NOT NULL, coalesce(p.is_steward, 0),
       coalesce((SELECT o.status <> 0 FROM post o WHERE o.id = t.id << 20 | 1),
                0)
  FROM thread t
  JOIN community c ON c.id = t.community
  JOIN member m ON m.id = t.author
  LEFT JOIN participant p ON p.community = t.community AND p.member = :viewer
 WHERE t.id = :id AND (c.openness <> 2 OR p.member IS NOT NULL);

-- thread_list(community int, before int, most int): of a community, newest
-- activity first, without what was withdrawn before anybody answered
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, 0, 0, o.status <> 0
  FROM thread t
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
 WHERE t.community = :community AND t.last_seq < :before
   AND (o.status = 0 OR t.last_number > 1)
 ORDER BY t.last_seq DESC LIMIT :most;

-- thread_recent(viewer int, before int, most int): all that the viewer may
-- read; one walk down the index of the newest activity
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, p.member IS NOT NULL, coalesce(p.is_steward, 0),
       o.status <> 0
  FROM thread t
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN member m ON m.id = t.author
  LEFT JOIN participant p ON p.community = t.community AND p.member = :viewer
 WHERE t.last_seq < :before
   AND (c.openness <> 2 OR p.member IS NOT NULL)
   AND (o.status = 0 OR t.last_number > 1)
 ORDER BY t.last_seq DESC LIMIT :most;

-- thread_mine(member int, before int, most int): all in communities that the
-- member joined; the walk begins and ends where those communities do
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, 1, p.is_steward, o.status <> 0
  FROM thread t
 CROSS JOIN participant p ON p.community = t.community AND p.member = :member
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN member m ON m.id = t.author
 WHERE t.last_seq < :before
   AND t.last_seq <= (SELECT max(l.last_seq)
                        FROM participant j
                        JOIN community l ON l.id = j.community
                       WHERE j.member = :member)
   AND t.last_seq >= (SELECT min((SELECT min(f.last_seq) FROM thread f
                                   WHERE f.community = j.community))
                        FROM participant j WHERE j.member = :member)
   AND (o.status = 0 OR t.last_number > 1)
 ORDER BY t.last_seq DESC LIMIT :most;

-- thread_add!(community int, author int, kind int, state int, title text,
-- at int, seq int): with the arrival number of its opening post
INSERT INTO thread (community, author, kind, state, title, made_at,
                    last_number, last_seq, last_at)
VALUES (:community, :author, :kind, :state, :title, :at, 1, :seq, :at);

-- thread_touch!(id int, number int, seq int, at int): a post came
UPDATE thread SET last_number = :number, last_seq = :seq, last_at = :at
 WHERE id = :id;

-- thread_title(id int): its kind and title, for its own author
SELECT kind, title FROM thread WHERE id = :id;
