-- thread_get(id int, viewer int): one thread, to whoever may read it
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, p.member IS NOT NULL, coalesce(p.is_steward, 0),
       t.is_withdrawn, t.needed_by, t.tried,
       t.author_at
  FROM thread t
  JOIN community c ON c.id = t.community
  JOIN member m ON m.id = t.author
  LEFT JOIN participant p ON p.community = t.community AND p.member = :viewer
 WHERE t.id = :id AND (c.openness <> 2 OR p.member IS NOT NULL);

-- thread_list(community int, before int, most int): of a community, newest
-- activity first, without what was withdrawn before anybody answered
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, 0, 0, t.is_withdrawn, t.needed_by, t.tried,
       t.author_at
  FROM thread t
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
 WHERE t.community = :community AND t.last_seq < :before
   AND t.kind <> 6 AND (t.is_withdrawn = 0 OR t.last_number > 1)
 ORDER BY t.last_seq DESC LIMIT :most;

-- thread_recent(viewer int, before int, most int): all that the viewer may
-- read; one walk down the index of the newest activity
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, p.member IS NOT NULL, coalesce(p.is_steward, 0),
       t.is_withdrawn, t.needed_by, t.tried,
       t.author_at
  FROM thread t
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
  LEFT JOIN participant p ON p.community = t.community AND p.member = :viewer
 WHERE t.last_seq < :before
   AND (c.openness <> 2 OR p.member IS NOT NULL)
   AND t.kind <> 6 AND (t.is_withdrawn = 0 OR t.last_number > 1)
 ORDER BY t.last_seq DESC LIMIT :most;

-- thread_mine(member int, before int, most int): all in communities that the
-- member joined. The queue holds the newest thread of each community; what is
-- taken from it makes room for the next one of the same community. Without any
-- LIMIT of its own SQLite would leave out the queue's order in a join. One's own
-- room is no community
  WITH RECURSIVE newest (community, seq, is_steward) AS (
       SELECT p.community,
              (SELECT max(f.last_seq) FROM thread f
                WHERE f.community = p.community AND f.last_seq < :before
                  AND f.kind <> 6),
              p.is_steward
         FROM participant p CROSS JOIN community r ON r.id = p.community
        WHERE p.member = :member AND r.room <> 3
        UNION ALL
       SELECT newest.community,
              (SELECT max(f.last_seq) FROM thread f
                WHERE f.community = newest.community
                  AND f.last_seq < newest.seq AND f.kind <> 6),
              newest.is_steward
         FROM newest WHERE newest.seq IS NOT NULL
        ORDER BY 2 DESC LIMIT -1)
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, 1, newest.is_steward, t.is_withdrawn, t.needed_by, t.tried,
       t.author_at
  FROM newest
 CROSS JOIN thread t ON t.last_seq = newest.seq AND t.kind <> 6
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
 WHERE t.is_withdrawn = 0 OR t.last_number > 1
 LIMIT :most;

-- thread_open(viewer int, after int, most int): questions that are still open,
-- oldest first
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, p.member IS NOT NULL, coalesce(p.is_steward, 0),
       t.is_withdrawn, t.needed_by, t.tried, t.author_at
  FROM thread t INDEXED BY thread_open
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
  LEFT JOIN participant p ON p.community = t.community AND p.member = :viewer
 WHERE t.kind = 1 AND t.state IN (1, 2) AND t.id > :after
   AND (c.openness <> 2 OR p.member IS NOT NULL) AND t.is_withdrawn = 0
 ORDER BY t.id LIMIT :most;

-- thread_open_in(community int, after int, most int): the same in one community
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, 0, 0, t.is_withdrawn, t.needed_by, t.tried, t.author_at
  FROM thread t INDEXED BY thread_community_open
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
 WHERE t.community = :community AND t.kind = 1 AND t.state IN (1, 2)
   AND t.id > :after AND t.is_withdrawn = 0
 ORDER BY t.id LIMIT :most;

-- thread_reviews(community int, before int, most int): newest first
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, 0, 0, t.is_withdrawn, t.needed_by, t.tried, t.author_at
  FROM thread t INDEXED BY thread_reviews
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
 WHERE t.community = :community AND t.kind = 2 AND t.id < :before
   AND (t.is_withdrawn = 0 OR t.last_number > 1)
 ORDER BY t.id DESC LIMIT :most;

-- thread_working(community int, before int, most int): what people work on
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, 0, 0, t.is_withdrawn, t.needed_by, t.tried, t.author_at
  FROM thread t INDEXED BY thread_working
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
 WHERE t.community = :community AND t.kind = 5 AND t.id < :before
   AND (t.is_withdrawn = 0 OR t.last_number > 1)
 ORDER BY t.id DESC LIMIT :most;

-- thread_work(member int, before int, most int): what a member works on,
-- wherever they can read it
SELECT t.id, t.community, t.author, c.slug, c.name, m.name, t.title,
       c.openness, t.kind, t.state, t.made_at, t.last_number, t.last_seq,
       t.last_at, p.member IS NOT NULL, coalesce(p.is_steward, 0),
       t.is_withdrawn, t.needed_by, t.tried, t.author_at
  FROM thread t INDEXED BY thread_work
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = t.author
  LEFT JOIN participant p ON p.community = t.community AND p.member = :member
 WHERE t.author = :member AND t.kind = 5 AND t.id < :before
   AND (c.openness <> 2 OR p.member IS NOT NULL) AND t.is_withdrawn = 0
 ORDER BY t.id DESC LIMIT :most;

-- thread_add!(community int, author int, kind int, state int, title text,
-- at int, seq int, needed_by int, tried text): with the arrival number of its
-- opening post. A number that was erased is not given again
INSERT INTO thread (id, community, author, kind, state, title, made_at,
                    last_number, last_seq, last_at, needed_by, tried,
                    author_at)
VALUES (1 + max(coalesce((SELECT max(id) FROM thread), 0),
                coalesce((SELECT thread FROM erased WHERE id = 1), 0)),
        :community, :author, :kind, :state, :title, :at, 1, :seq, :at,
        :needed_by, :tried, :at);

-- thread_touch!(id int, number int, seq int, at int, author int): a post of
-- that author came
UPDATE thread SET last_number = :number, last_seq = :seq, last_at = :at,
       author_at = iif(author = :author, :at, author_at)
 WHERE id = :id;

-- thread_author_here!(id int, member int, at int): they did something in it
UPDATE thread SET author_at = :at WHERE id = :id AND author = :member;

-- thread_title(id int): its kind, title and what was tried, for its own author
SELECT kind, title, tried FROM thread WHERE id = :id;

-- thread_withdraw!(id int): its opening post is taken away; a porch goes on
UPDATE thread SET is_withdrawn = 1 WHERE id = :id AND kind <> 6;
