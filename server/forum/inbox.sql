-- inbox_add!(member int, kind int, other int, post int, page int, thing int,
-- text text, at int): unless the same lies there already, or the member muted
-- who did it or the thread; a steward's note (12) comes in any case
INSERT INTO inbox (member, kind, other, post, page, thing, text, at)
SELECT :member, :kind, nullif(:other, 0), :post, :page, :thing, :text, :at
 WHERE :kind = 12
    OR NOT EXISTS (SELECT 1 FROM mute u
                    WHERE u.member = :member
                      AND ((u.kind = 3 AND u.thing = :other)
                        OR (u.kind = 1 AND u.thing = :post >> 20)))
    ON CONFLICT DO NOTHING;

-- inbox_take!(member int, kind int, post int, page int, thing int): what it
-- told of has gone
DELETE FROM inbox
 WHERE member = :member AND kind = :kind AND post = :post AND page = :page
   AND thing = :thing;

-- inbox_keeper(persona int): with whom lies what concerns a quiet name: with
-- its owner's quiet drafts
SELECT d.persona
  FROM quiet q JOIN quiet d ON d.tag = q.tag AND d.thread IS NULL
 WHERE q.persona = :persona;

-- inbox_list(member int, tag blob, before int, most int): newest first, of the
-- member and of their quiet names; whoever never wants to be asked what came of
-- it (7) is not. The place is that of the post or of the page, or the circle
-- itself (14); words are shown where the member may read the place now and the
-- post is still there
SELECT i.id, i.at, i.kind, i.other, i.post, i.page, i.thing,
       CASE WHEN i.post = 0 AND i.page = 0 THEN i.text
            WHEN c.openness = 2 AND p.member IS NULL THEN ''
            WHEN o.status <> 0 AND i.kind <> 12 THEN '' ELSE i.text END,
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
  FROM (SELECT * FROM inbox WHERE member = :member AND id < :before
         UNION ALL
        SELECT * FROM inbox
         WHERE member =
               (SELECT persona FROM quiet WHERE tag = :tag AND thread IS NULL)
           AND id < :before
           AND (kind <> 7 OR (SELECT is_asked FROM member WHERE id = :member))
         ORDER BY id DESC LIMIT :most) i
  LEFT JOIN member m ON m.id = i.other
  LEFT JOIN post o ON o.id = i.post
  LEFT JOIN thread t ON t.id = i.post >> 20
  LEFT JOIN post h ON h.id = t.id << 20 | 1
  LEFT JOIN page g ON g.id = i.page
  LEFT JOIN community c
    ON c.id = CASE WHEN i.kind = 14 THEN i.thing
                   WHEN i.page <> 0 THEN g.community ELSE t.community END
  LEFT JOIN participant p ON p.community = c.id AND p.member = :member
 ORDER BY i.id DESC;

-- inbox_has(member int): does anything lie there?
SELECT id FROM inbox WHERE member = :member LIMIT 1;

-- inbox_has_quiet(member int, tag blob): or with their quiet names?
SELECT id FROM inbox
 WHERE member =
       (SELECT persona FROM quiet WHERE tag = :tag AND thread IS NULL)
   AND (kind <> 7 OR (SELECT is_asked FROM member WHERE id = :member))
 LIMIT 1;

-- inbox_drop!(member int, tag blob, id int, week int): its owner clears one;
-- news of a device (13) not before a week
DELETE FROM inbox
 WHERE id = :id AND (kind <> 13 OR at <= :week)
   AND (member = :member OR member =
        (SELECT persona FROM quiet WHERE tag = :tag AND thread IS NULL));

-- inbox_clear!(member int, id int, week int): its owner clears all up to one;
-- what came later stays, and news of a device for a week
DELETE FROM inbox
 WHERE member = :member AND id <= :id AND (kind <> 13 OR at <= :week);

-- inbox_clear_quiet!(tag blob, id int): the same of their quiet names
DELETE FROM inbox
 WHERE member =
       (SELECT persona FROM quiet WHERE tag = :tag AND thread IS NULL)
   AND id <= :id;
