-- report_add!(post int, member int, community int, reason text): once
INSERT INTO report (post, member, community, reason)
VALUES (:post, :member, :community, :reason)
    ON CONFLICT DO NOTHING;

-- report_drop!(post int): a steward looked, or the post went
DELETE FROM report WHERE post = :post;

-- report_mine(post int, member int): did the member report it?
SELECT 1 FROM report WHERE post = :post AND member = :member;

-- report_list(community int): what waits for its stewards, without who said so
SELECT r.post, r.reason, t.title
  FROM report r JOIN thread t ON t.id = r.post >> 20
 WHERE r.community = :community ORDER BY r.post LIMIT 100;

-- report_of_post(post int): what was said of one post
SELECT r.post, r.reason, '' FROM report r WHERE r.post = :post LIMIT 100;
