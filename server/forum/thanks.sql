-- thanks_get(post int, member int): what a member wrote for a post
SELECT h.id, h.post, h.member, h.helper, h.text, h.at, h.may_show, h.is_shown,
       m.name, ''
  FROM thanks h JOIN member m ON m.id = h.member
 WHERE h.post = :post AND h.member = :member;

-- thanks_list(helper int, before int, most int): what a helper got, newest
-- first
SELECT h.id, h.post, h.member, h.helper, h.text, h.at, h.may_show, h.is_shown,
       m.name,
       CASE WHEN o.status <> 0 OR (c.openness = 2 AND p.member IS NULL)
            THEN '' ELSE t.title END
  FROM thanks h
  JOIN member m ON m.id = h.member
  JOIN thread t ON t.id = h.post >> 20
  JOIN post o ON o.id = t.id << 20 | 1
  JOIN community c ON c.id = t.community
  LEFT JOIN participant p ON p.community = c.id AND p.member = :helper
 WHERE h.helper = :helper AND h.id < :before
 ORDER BY h.id DESC LIMIT :most;

-- thanks_shown(post int): of a post, those that both agreed to show
SELECT h.id, h.post, h.member, h.helper, h.text, h.at, h.may_show, h.is_shown,
       m.name, ''
  FROM thanks h JOIN member m ON m.id = h.member
 WHERE h.post = :post AND h.is_shown = 1 ORDER BY h.id LIMIT 20;

-- thanks_put!(post int, member int, helper int, text text, at int): one for
-- each person and post; other words are not shown until both agree anew
INSERT INTO thanks (post, member, helper, text, at, may_show, is_shown)
VALUES (:post, :member, :helper, :text, :at, 0, 0)
    ON CONFLICT (post, member)
    DO UPDATE SET text = :text, at = :at, may_show = 0, is_shown = 0
    WHERE text <> :text;

-- thanks_agree!(post int, member int, may int): who thanks agrees to show it,
-- or not any more
UPDATE thanks SET may_show = :may, is_shown = is_shown AND :may
 WHERE post = :post AND member = :member;

-- thanks_show!(id int, helper int, is int): the helper shows it, or not any
-- more
UPDATE thanks SET is_shown = :is
 WHERE id = :id AND helper = :helper AND may_show = 1;

-- thanks_drop!(post int, member int): taken back
DELETE FROM thanks WHERE post = :post AND member = :member;
