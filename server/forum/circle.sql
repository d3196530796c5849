-- circle_get(community int): one circle
SELECT c.community, k.slug, k.name, c.ends_at, c.closed_at, c.prompts,
       c.revision, c.meeting, c.review, k.invitation
  FROM circle c JOIN community k ON k.id = c.community
 WHERE c.community = :community;

-- circle_list(member int): those that a member is in
SELECT c.community, k.slug, k.name, c.ends_at, c.closed_at
  FROM participant p
 CROSS JOIN circle c ON c.community = p.community
 CROSS JOIN community k ON k.id = p.community
 WHERE p.member = :member ORDER BY p.community LIMIT 100;

-- circle_people(community int): who is in, and what they wish
SELECT m.name, coalesce(w.wish, 3)
  FROM participant p
 CROSS JOIN member m ON m.id = p.member
  LEFT JOIN circle_wish w ON w.community = p.community AND w.member = p.member
 WHERE p.community = :community ORDER BY p.member LIMIT 20;

-- circle_other_wish(community int, wish int): somebody who does not wish that
SELECT p.member FROM participant p
 WHERE p.community = :community
   AND NOT EXISTS (SELECT 1 FROM circle_wish w
                    WHERE w.community = p.community AND w.member = p.member
                      AND w.wish = :wish)
 LIMIT 1;

-- circle_add!(community int, ends_at int, prompts text): a new one
INSERT INTO circle (community, ends_at, prompts, revision, meeting, review,
                    closed_at)
VALUES (:community, :ends_at, :prompts, 1, 0, 0, 0);

-- circle_started(member int, fold text, since int): what somebody started
-- lately under this name
SELECT id, slug FROM community
 WHERE founder = :member AND fold = :fold AND started_at > :since AND room = 1
 ORDER BY started_at DESC LIMIT 1;

-- circle_set_prompts!(community int, prompts text): other prompts
UPDATE circle SET prompts = :prompts, revision = revision + 1
 WHERE community = :community;

-- circle_set_until!(community int, ends_at int): another last day; one that had
-- closed goes on
UPDATE circle SET ends_at = :ends_at, closed_at = 0
 WHERE community = :community;

-- circle_set_meeting!(community int, thread int): they met
UPDATE circle SET meeting = :thread WHERE community = :community;

-- circle_set_closed!(community int, review int, at int): it has closed
UPDATE circle SET review = :review, closed_at = :at
 WHERE community = :community;

-- circle_uninvite!(community int): nobody comes any more
UPDATE community SET invitation = NULL WHERE id = :community;

-- circle_wish_set!(community int, member int, wish int): what one of it wants
INSERT INTO circle_wish (community, member, wish)
VALUES (:community, :member, :wish)
    ON CONFLICT (community, member) DO UPDATE SET wish = :wish;

-- circle_wish_drop!(community int, member int): that one has left
DELETE FROM circle_wish WHERE community = :community AND member = :member;

-- circle_wishes_drop!(community int): it goes on, so they will be asked again
DELETE FROM circle_wish WHERE community = :community;

-- circle_members(community int): who is in
SELECT member FROM participant WHERE community = :community LIMIT 20;

-- circle_met(thread int): when that meeting began
SELECT made_at FROM thread WHERE id = :thread;

-- circle_learned(community int, first int, last int): what its people said in a
-- thread; those who have left did not agree
SELECT p.id, p.text FROM post p
 CROSS JOIN participant q
    ON q.community = p.community AND q.member = p.author
 WHERE p.id BETWEEN :first AND :last AND p.status = 0
   AND p.community = :community AND p.text <> ''
 ORDER BY p.id;
