-- start_list(community int): in order
SELECT s.position, s.thread, s.page, s.text, m.name,
       coalesce((SELECT p.title FROM page p WHERE p.id = s.page),
                (SELECT CASE WHEN o.status = 0 THEN t.title ELSE '' END
                   FROM thread t JOIN post o ON o.id = t.id << 20 | 1
                  WHERE t.id = s.thread), ''), s.member
  FROM start_here s CROSS JOIN member m ON m.id = s.member
 WHERE s.community = :community ORDER BY s.position LIMIT 5;

-- start_clear!(community int): all of them go
DELETE FROM start_here WHERE community = :community;

-- start_add!(community int, position int, thread int, page int, text text,
-- member int): one of them
INSERT INTO start_here (community, position, thread, page, text, member)
VALUES (:community, :position, :thread, :page, :text, :member);
