-- came_asker(thread int, post int): whom to ask what came of an answer: the
-- asker, unless they never want to be asked or have told already
SELECT t.author
  FROM thread t
  JOIN member m ON m.id = t.author
  JOIN post p ON p.id = :post
 WHERE t.id = :thread AND m.is_asked = 1 AND p.status = 0 AND p.mark <> 0
   AND p.author <> t.author
   AND NOT EXISTS (SELECT 1 FROM came c
                    WHERE c.post = :post AND c.post <> 0 AND c.member = t.author);
