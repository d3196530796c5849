-- porch_find(community int, most int): its porch that has room for more
SELECT id FROM thread
 WHERE community = :community AND kind = 6 AND last_number < :most
 ORDER BY id DESC LIMIT 1;

-- porch_awake!(post int, at int, before int): talk keeps its community from
-- resting; more than that it does not move it
UPDATE community SET last_at = :at
 WHERE id = (SELECT p.community FROM post p WHERE p.id = :post)
   AND last_at < :before;

-- porch_planned(thread int): will it fade?
SELECT id FROM due WHERE thread = :thread AND kind = 4 LIMIT 1;

-- porch_oldest(first int, last int, most int): its oldest lines
SELECT id, at FROM post WHERE id BETWEEN :first AND :last
 ORDER BY id LIMIT :most;
