-- page_get(id int, viewer int): one page, to whoever may read its community
SELECT p.id, p.title, p.changed_at, c.slug, c.name, p.community, p.version,
       c.openness, x.member IS NOT NULL, v.text, w.name, p.made_at, p.true_at,
       p.true_where, t.name, p.origin
  FROM page p
  JOIN community c ON c.id = p.community
  JOIN page_version v ON v.page = p.id AND v.number = p.version
  JOIN member w ON w.id = v.author
  JOIN member t ON t.id = p.true_by
  LEFT JOIN participant x ON x.community = p.community AND x.member = :viewer
 WHERE p.id = :id AND (c.openness <> 2 OR x.member IS NOT NULL);

-- page_of_title(community int, fold text): the one of that title
SELECT id FROM page WHERE community = :community AND fold = :fold LIMIT 1;

-- page_fold(id int): its place in the alphabet
SELECT fold FROM page WHERE id = :id;

-- page_list(community int, fold text, id int): by title, behind (fold, id)
SELECT p.id, p.title, p.changed_at, c.slug, c.name
  FROM page p CROSS JOIN community c ON c.id = p.community
 WHERE p.community = :community AND (p.fold, p.id) > (:fold, :id)
 ORDER BY p.fold, p.id LIMIT 1000;

-- page_newest(community int, changed int, id int, most int): changed last
-- first, before (changed, id)
SELECT p.id, p.title, p.changed_at, c.slug, c.name
  FROM page p CROSS JOIN community c ON c.id = p.community
 WHERE p.community = :community AND (p.changed_at, p.id) < (:changed, :id)
 ORDER BY p.changed_at DESC, p.id DESC LIMIT :most;

-- page_since(community int, seq int): changed after arrival `seq`, in the order
-- of arrival
SELECT p.id, p.seq FROM page p
 WHERE p.community = :community AND p.seq > :seq
 ORDER BY p.seq LIMIT 1000;

-- page_recent(viewer int, before int, most int): changed last first, of all
-- communities that the viewer may read
SELECT p.id, p.title, p.changed_at, c.slug, c.name
  FROM page p
 CROSS JOIN community c ON c.id = p.community
  LEFT JOIN participant x ON x.community = p.community AND x.member = :viewer
 WHERE p.changed_at < :before
   AND (c.openness <> 2 OR x.member IS NOT NULL)
 ORDER BY p.changed_at DESC, p.id DESC LIMIT :most;

-- page_chosen(member int, viewer int): those that a member shows on their own
-- page and the viewer may read, in the order of choosing
SELECT p.id, p.title, p.changed_at, c.slug, c.name
  FROM chosen h
 CROSS JOIN page p ON p.id = h.page
 CROSS JOIN community c ON c.id = p.community
  LEFT JOIN participant x ON x.community = p.community AND x.member = :viewer
 WHERE h.member = :member AND (c.openness <> 2 OR x.member IS NOT NULL)
 ORDER BY h.id LIMIT 20;

-- page_is_chosen(page int, member int): is it one of those?
SELECT 1 FROM chosen WHERE page = :page AND member = :member;

-- page_of_post(post int, viewer int): a few of those that use it
SELECT p.id, p.title, p.changed_at, c.slug, c.name
  FROM page_source s
 CROSS JOIN page p ON p.id = s.page
 CROSS JOIN community c ON c.id = p.community
  LEFT JOIN participant x ON x.community = p.community AND x.member = :viewer
 WHERE s.post = :post AND (c.openness <> 2 OR x.member IS NOT NULL)
 ORDER BY s.page LIMIT 3;

-- page_book(community int, fold text, id int): by title, with their text
SELECT p.id, p.title, p.changed_at, v.text, p.true_at, p.true_where, w.name
  FROM page p
 CROSS JOIN page_version v ON v.page = p.id AND v.number = p.version
 CROSS JOIN member w ON w.id = v.author
 WHERE p.community = :community AND (p.fold, p.id) > (:fold, :id)
 ORDER BY p.fold, p.id LIMIT 1001;

-- page_version_get(page int, number int): one version
SELECT v.number, v.at, v.title, m.name, v.text
  FROM page_version v JOIN member m ON m.id = v.author
 WHERE v.page = :page AND v.number = :number;

-- page_version_list(page int, before int): newest first
SELECT v.number, v.at, v.title, m.name, ''
  FROM page_version v CROSS JOIN member m ON m.id = v.author
 WHERE v.page = :page AND v.number < :before
 ORDER BY v.number DESC LIMIT 100;

-- page_sources(page int, viewer int): the posts that it was made from
SELECT s.post, m.name, CASE WHEN o.status = 0 THEN t.title ELSE '' END,
       coalesce((SELECT k.is_left_out FROM page_credit k
                  WHERE k.page = s.page AND k.member = p.author), 0),
       p.status <> 0, c.openness <> 2 OR x.member IS NOT NULL
  FROM page_source s
 CROSS JOIN post p ON p.id = s.post
 CROSS JOIN thread t ON t.id = s.post >> 20
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN community c ON c.id = t.community
 CROSS JOIN member m ON m.id = p.author
  LEFT JOIN participant x ON x.community = t.community AND x.member = :viewer
 WHERE s.page = :page
 ORDER BY s.post LIMIT 100;

-- page_credits(page int): who wrote them, and whether nothing of theirs is left
SELECT k.member, m.name, k.is_left_out,
       EXISTS (SELECT 1 FROM page_source s CROSS JOIN post p ON p.id = s.post
                WHERE s.page = k.page AND p.author = k.member)
   AND NOT EXISTS (SELECT 1 FROM page_source s CROSS JOIN post p
                       ON p.id = s.post
                    WHERE s.page = k.page AND p.author = k.member
                      AND p.status = 0)
  FROM page_credit k CROSS JOIN member m ON m.id = k.member
 WHERE k.page = :page ORDER BY k.member LIMIT 100;

-- page_credit_of(page int, member int): is this one credited?
SELECT is_left_out FROM page_credit WHERE page = :page AND member = :member;

-- page_credit_quiet(page int, tag blob): under which quiet names it credits the
-- one whom the tag stands for
SELECT q.thread, m.name, k.is_left_out
  FROM quiet q
 CROSS JOIN page_credit k ON k.page = :page AND k.member = q.persona
 CROSS JOIN member m ON m.id = q.persona
 WHERE q.tag = :tag AND q.thread IS NOT NULL LIMIT 20;

-- page_doubts_open(page int, since int): not answered yet, oldest first
SELECT d.id, d.member, d.at, m.name, d.text, d.answered_at, d.answer, '',
       d.version
  FROM page_doubt d CROSS JOIN member m ON m.id = d.member
 WHERE d.page = :page AND d.answered_at = 0 AND d.id >= :since
 ORDER BY d.id LIMIT 20;

-- page_doubts(page int, before int): all, newest first
SELECT d.id, d.member, d.at, m.name, d.text, d.answered_at, d.answer, a.name,
       d.version
  FROM page_doubt d
 CROSS JOIN member m ON m.id = d.member
  LEFT JOIN member a ON a.id = d.answer_by
 WHERE d.page = :page AND d.id < :before
 ORDER BY d.id DESC LIMIT 100;

-- page_doubt_get(id int, page int): is it there, and still open?
SELECT member, answered_at FROM page_doubt WHERE id = :id AND page = :page;

-- page_doubt_of(page int, member int): this member's open one
SELECT id, text FROM page_doubt
 WHERE page = :page AND member = :member AND answered_at = 0;

-- page_makers(page int): who made its versions, newest first
SELECT author FROM page_version
 WHERE page = :page ORDER BY number DESC LIMIT 20;
