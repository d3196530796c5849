-- inbox_add!(member int, kind int, other int, post int, page int, thing int,
-- text text, at int): unless the same lies there already
INSERT INTO inbox (member, kind, other, post, page, thing, text, at)
VALUES (:member, :kind, nullif(:other, 0), :post, :page, :thing, :text, :at)
    ON CONFLICT DO NOTHING;

-- inbox_take!(member int, kind int, post int, page int, thing int): what it
-- told of has gone
DELETE FROM inbox
 WHERE member = :member AND kind = :kind AND post = :post AND page = :page
   AND thing = :thing;

-- inbox_list(member int, before int, most int): newest first. The place is
-- that of the post or of the page, or the circle itself (14); words are shown
-- where the member may read the place now and the post is still there
SELECT i.id, i.at, i.kind, i.other, i.post, i.page, i.thing,
       CASE WHEN i.post = 0 AND i.page = 0 THEN i.text
            WHEN c.openness = 2 AND p.member IS NULL THEN ''
            WHEN o.status <> 0 THEN '' ELSE i.text END,
       coalesce(m.name, ''),
       CASE WHEN c.openness = 2 AND p.member IS NULL THEN ''
            WHEN i.kind = 14 THEN c.name
            WHEN i.page <> 0 THEN g.title
            WHEN h.status <> 0 THEN '' ELSE coalesce(t.title, '') END,
       coalesce(c.slug, ''),
       CASE WHEN i.kind > 1 OR o.status <> 0 OR
                 (c.openness = 2 AND p.member IS NULL) THEN ''
            ELSE substr(coalesce(o.text, ''), 1, 400) END,
       c.id IS NOT NULL AND (c.openness <> 2 OR p.member IS NOT NULL)
  FROM inbox i
  LEFT JOIN member m ON m.id = i.other
  LEFT JOIN post o ON o.id = i.post
  LEFT JOIN thread t ON t.id = i.post >> 20
  LEFT JOIN post h ON h.id = t.id << 20 | 1
  LEFT JOIN page g ON g.id = i.page
  LEFT JOIN community c
    ON c.id = CASE WHEN i.kind = 14 THEN i.thing
                   WHEN i.page <> 0 THEN g.community ELSE t.community END
  LEFT JOIN participant p ON p.community = c.id AND p.member = :member
 WHERE i.member = :member AND i.id < :before
 ORDER BY i.id DESC LIMIT :most;

-- inbox_has(member int): does anything lie there?
SELECT id FROM inbox WHERE member = :member LIMIT 1;

-- inbox_drop!(member int, id int, week int): its owner clears one; news of a
-- device (13) not before a week
DELETE FROM inbox
 WHERE id = :id AND member = :member AND (kind <> 13 OR at <= :week);

-- inbox_clear!(member int, id int, week int): its owner clears all up to one;
-- what came later stays, and news of a device for a week
DELETE FROM inbox
 WHERE member = :member AND id <= :id AND (kind <> 13 OR at <= :week);
