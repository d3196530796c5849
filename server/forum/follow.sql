-- follow_add!(member int, kind int, thing int, mark int): unless they do
INSERT INTO follow (member, kind, thing, mark)
VALUES (:member, :kind, :thing, :mark) ON CONFLICT DO NOTHING;

-- follow_drop!(member int, kind int, thing int): no more; the mark goes with it
DELETE FROM follow
 WHERE member = :member AND kind = :kind AND thing = :thing;

-- follow_drop_all!(member int): all marks of a member
DELETE FROM follow WHERE member = :member;

-- mute_add!(member int, kind int, thing int): unless they do
INSERT INTO mute (member, kind, thing)
VALUES (:member, :kind, :thing) ON CONFLICT DO NOTHING;

-- mute_drop!(member int, kind int, thing int): no more
DELETE FROM mute
 WHERE member = :member AND kind = :kind AND thing = :thing;

-- follow_state(member int, kind int, thing int): followed, muted
SELECT EXISTS (SELECT 1 FROM follow f WHERE f.member = :member
                  AND f.kind = :kind AND f.thing = :thing),
       EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                  AND u.kind = :kind AND u.thing = :thing);

-- follow_list(member int, kind int, thing int, most int): what a member
-- follows, behind (kind, thing); the name is NULL where they may not read it
SELECT f.kind, f.thing,
       CASE f.kind
       WHEN 0 THEN (SELECT c.name FROM community c WHERE c.id = f.thing
                       AND (c.openness <> 2 OR EXISTS (
                            SELECT 1 FROM participant p
                             WHERE p.community = c.id
                               AND p.member = f.member)))
       WHEN 1 THEN (SELECT t.title
                      FROM thread t JOIN community c ON c.id = t.community
                     WHERE t.id = f.thing
                       AND (c.openness <> 2 OR EXISTS (
                            SELECT 1 FROM participant p
                             WHERE p.community = c.id
                               AND p.member = f.member))
                       AND (SELECT o.status = 0 FROM post o
                             WHERE o.id = t.id << 20 | 1))
       ELSE (SELECT g.name FROM tag g WHERE g.id = f.thing) END,
       CASE f.kind
       WHEN 0 THEN (SELECT c.slug FROM community c WHERE c.id = f.thing)
       WHEN 2 THEN (SELECT g.fold FROM tag g WHERE g.id = f.thing) END
  FROM follow f
 WHERE f.member = :member AND (f.kind, f.thing) > (:kind, :thing)
 ORDER BY f.kind, f.thing LIMIT :most;

-- mute_list(member int, kind int, thing int, most int): the same of what a
-- member muted, people among it
SELECT f.kind, f.thing,
       CASE f.kind
       WHEN 0 THEN (SELECT c.name FROM community c WHERE c.id = f.thing
                       AND (c.openness <> 2 OR EXISTS (
                            SELECT 1 FROM participant p
                             WHERE p.community = c.id
                               AND p.member = f.member)))
       WHEN 1 THEN (SELECT t.title
                      FROM thread t JOIN community c ON c.id = t.community
                     WHERE t.id = f.thing
                       AND (c.openness <> 2 OR EXISTS (
                            SELECT 1 FROM participant p
                             WHERE p.community = c.id
                               AND p.member = f.member))
                       AND (SELECT o.status = 0 FROM post o
                             WHERE o.id = t.id << 20 | 1))
       WHEN 2 THEN (SELECT g.name FROM tag g WHERE g.id = f.thing)
       ELSE (SELECT m.name FROM member m WHERE m.id = f.thing) END,
       CASE f.kind
       WHEN 0 THEN (SELECT c.slug FROM community c WHERE c.id = f.thing)
       WHEN 2 THEN (SELECT g.fold FROM tag g WHERE g.id = f.thing) END
  FROM mute f
 WHERE f.member = :member AND (f.kind, f.thing) > (:kind, :thing)
 ORDER BY f.kind, f.thing LIMIT :most;

-- follow_tag(fold text): a tag of the site, or the one it was merged into
SELECT CASE g.now WHEN 0 THEN g.id ELSE g.now END FROM tag g
 WHERE g.community = 0 AND g.fold = :fold;

-- follow_newest(): the newest arrival number of all
SELECT max(coalesce(max(p.seq), 0),
           coalesce((SELECT max(k.seq) FROM page k), 0)) FROM post p;

-- news_community(member int, after int, most int): followed communities in
-- which something is new, and that the member may read and did not mute
SELECT 0, c.id, f.mark, c.slug, c.name, c.last_seq
  FROM follow f
 CROSS JOIN community c ON c.id = f.thing
 WHERE f.member = :member AND f.kind = 0 AND f.thing > :after
   AND (c.last_seq > f.mark
     OR ((SELECT v.hears_chat FROM member v WHERE v.id = :member)
         AND EXISTS (SELECT 1 FROM post k WHERE k.community = c.id
                        AND k.seq > f.mark AND k.claim = 10)))
   AND (c.openness <> 2 OR EXISTS (SELECT 1 FROM participant p
        WHERE p.community = c.id AND p.member = :member))
   AND NOT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                      AND u.kind = 0 AND u.thing = c.id)
 ORDER BY f.thing LIMIT :most;

-- news_thread(member int, after int, most int): the same of threads, where
-- their community is not followed itself
SELECT 1, t.id, f.mark, c.slug, t.title, t.last_seq
  FROM follow f
 CROSS JOIN thread t ON t.id = f.thing
 CROSS JOIN community c ON c.id = t.community
 WHERE f.member = :member AND f.kind = 1 AND f.thing > :after
   AND t.last_seq > f.mark
   AND (c.openness <> 2 OR EXISTS (SELECT 1 FROM participant p
        WHERE p.community = c.id AND p.member = :member))
   AND NOT EXISTS (SELECT 1 FROM follow o WHERE o.member = :member
                      AND o.kind = 0 AND o.thing = c.id)
   AND NOT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                      AND ((u.kind = 0 AND u.thing = c.id)
                        OR (u.kind = 1 AND u.thing = t.id)))
 ORDER BY f.thing LIMIT :most;

-- news_tag(member int, after int, most int): followed tags; whether threads
-- are new shows when they are looked at
SELECT 2, g.id, f.mark, g.fold, g.name, 0
  FROM follow f
 CROSS JOIN tag g ON g.id = f.thing
 WHERE f.member = :member AND f.kind = 2 AND f.thing > :after
   AND NOT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                      AND u.kind = 2 AND u.thing = g.id)
 ORDER BY f.thing LIMIT :most;

-- news_of_tag(tag int, member int): its threads, newest first, with the arrival
-- of their opening post; is it told of already, or not for this member?
SELECT t.id, o.seq,
       (c.openness = 2 AND NOT EXISTS (SELECT 1 FROM participant p
            WHERE p.community = c.id AND p.member = :member))
       OR EXISTS (SELECT 1 FROM follow o WHERE o.member = :member
                     AND ((o.kind = 0 AND o.thing = c.id)
                       OR (o.kind = 1 AND o.thing = t.id)))
       OR EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                     AND u.kind = 0 AND u.thing = c.id)
  FROM tagged g
 CROSS JOIN thread t ON t.id = g.thing
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN community c ON c.id = t.community
 WHERE g.tag = (SELECT CASE x.now WHEN 0 THEN x.id ELSE x.now END
                   FROM tag x WHERE x.id = :tag)
   AND g.is_page = 0
 ORDER BY g.thing DESC LIMIT 500;

-- news_pages_of_tag(tag int, member int): the same of its pages, with the
-- arrival of their newest version
SELECT k.id, k.seq,
       (c.openness = 2 AND NOT EXISTS (SELECT 1 FROM participant p
            WHERE p.community = c.id AND p.member = :member))
       OR EXISTS (SELECT 1 FROM follow o WHERE o.member = :member
                     AND o.kind = 0 AND o.thing = c.id)
       OR EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                     AND u.kind = 0 AND u.thing = c.id)
  FROM tagged g
 CROSS JOIN page k ON k.id = g.thing
 CROSS JOIN community c ON c.id = k.community
 WHERE g.tag = (SELECT CASE x.now WHEN 0 THEN x.id ELSE x.now END
                   FROM tag x WHERE x.id = :tag)
   AND g.is_page = 1
 ORDER BY g.thing DESC LIMIT 500;

-- news_page_muted(member int, page int): does a page have a tag that the member
-- muted?
SELECT EXISTS (SELECT 1 FROM tagged g
               CROSS JOIN mute u ON u.member = :member AND u.kind = 2
                                AND u.thing = g.tag
                WHERE g.is_page = 1 AND g.thing = :page);

-- news_page_sizes(community int, seq int, most int): bytes of the pages that
-- changed afterwards
SELECT length(CAST(v.text AS BLOB))
  FROM page k
 CROSS JOIN page_version v ON v.page = k.id AND v.number = k.version
 WHERE k.community = :community AND k.seq > :seq
 ORDER BY k.seq LIMIT :most;

-- news_sizes(community int, seq int, most int): bytes of what arrived
-- afterwards, post by post
SELECT length(CAST(p.text AS BLOB)) FROM post p
 WHERE p.community = :community AND p.seq > :seq
 ORDER BY p.seq LIMIT :most;

-- news_muted(member int, thread int, author int): is a post left out?
SELECT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member
                  AND ((u.kind = 3 AND u.thing = :author)
                    OR (u.kind = 1 AND u.thing = :thread)))
    OR EXISTS (SELECT 1 FROM tagged g
               CROSS JOIN mute u ON u.member = :member AND u.kind = 2
                                AND u.thing = g.tag
                WHERE g.is_page = 0 AND g.thing = :thread);

-- news_mutes(member int): does a member mute anything at all?
SELECT EXISTS (SELECT 1 FROM mute u WHERE u.member = :member);

-- mark_range!(member int, mark int, kind int, thing int, to_kind int,
-- to_thing int): of all that catch-up shows between the two, itself without
-- them; never backwards
UPDATE follow SET mark = :mark
 WHERE member = :member AND mark < :mark
   AND (kind, thing) > (:kind, :thing)
   AND (kind, thing) < (:to_kind, :to_thing)
   AND NOT EXISTS (SELECT 1 FROM mute u WHERE u.member = follow.member
                      AND u.kind = follow.kind AND u.thing = follow.thing)
   AND (kind = 2
     OR (kind = 0 AND EXISTS (SELECT 1 FROM community c
          WHERE c.id = follow.thing
            AND (c.openness <> 2 OR EXISTS (SELECT 1 FROM participant p
                 WHERE p.community = c.id AND p.member = follow.member))))
     OR (kind = 1 AND EXISTS (SELECT 1 FROM thread t
          JOIN community c ON c.id = t.community
          WHERE t.id = follow.thing
            AND (c.openness <> 2 OR EXISTS (SELECT 1 FROM participant p
                 WHERE p.community = c.id AND p.member = follow.member))
            AND NOT EXISTS (SELECT 1 FROM mute u
                 WHERE u.member = follow.member AND u.kind = 0
                   AND u.thing = c.id)
            AND NOT EXISTS (SELECT 1 FROM follow o
                 WHERE o.member = follow.member AND o.kind = 0
                   AND o.thing = c.id))));

-- mark_one!(member int, kind int, thing int, mark int): of one place
UPDATE follow SET mark = :mark
 WHERE member = :member AND kind = :kind AND thing = :thing AND mark < :mark;

-- mark_threads!(member int): a thread was read with its community
UPDATE follow
   SET mark = (SELECT o.mark FROM follow o, thread t
                WHERE t.id = follow.thing AND o.member = follow.member
                  AND o.kind = 0 AND o.thing = t.community)
 WHERE member = :member AND kind = 1
   AND mark < (SELECT o.mark FROM follow o, thread t
                WHERE t.id = follow.thing AND o.member = follow.member
                  AND o.kind = 0 AND o.thing = t.community);

-- keep_up_get(member int): own settings of keeping up
SELECT hears_chat, coalesce(feed, '') FROM member WHERE id = :member;

-- hears_chat!(member int, is_on int): is chat in catch-up?
UPDATE member SET hears_chat = :is_on WHERE id = :member;
