-- community_of_slug(slug text, viewer int): a community that the viewer may see
SELECT c.id, c.slug, c.name, c.fold, c.purpose, c.openness, c.last_at,
       p.member IS NOT NULL, c.rules, c.elsewhere, c.started_at, c.last_seq,
       coalesce(p.is_steward, 0), c.invitation, c.room, c.book
  FROM community c
  LEFT JOIN participant p ON p.community = c.id AND p.member = :viewer
 WHERE c.slug = :slug AND (c.openness <> 2 OR p.member IS NOT NULL);

-- community_of_id(id int, viewer int): the same, by its number
SELECT c.id, c.slug, c.name, c.fold, c.purpose, c.openness, c.last_at,
       p.member IS NOT NULL, c.rules, c.elsewhere, c.started_at, c.last_seq,
       coalesce(p.is_steward, 0), c.invitation, c.room, c.book
  FROM community c
  LEFT JOIN participant p ON p.community = c.id AND p.member = :viewer
 WHERE c.id = :id AND (c.openness <> 2 OR p.member IS NOT NULL);

-- community_of_invitation(secret text, viewer int): the same for whoever holds
-- its invitation, closed or not
SELECT c.id, c.slug, c.name, c.fold, c.purpose, c.openness, c.last_at,
       p.member IS NOT NULL, c.rules, c.elsewhere, c.started_at, c.last_seq,
       coalesce(p.is_steward, 0), c.invitation, c.room, c.book
  FROM community c
  LEFT JOIN participant p ON p.community = c.id AND p.member = :viewer
 WHERE c.invitation = :secret;

-- community_page(viewer int, is_resting int, since int, fold text, id int):
-- the directory in alphabetical order, behind (fold, id)
SELECT c.id, c.slug, c.name, c.fold, c.purpose, c.openness, c.last_at,
       p.member IS NOT NULL
  FROM community c
  LEFT JOIN participant p ON p.community = c.id AND p.member = :viewer
 WHERE (c.fold, c.id) > (:fold, :id)
   AND (c.last_at < :since) = :is_resting AND c.room = 0
   AND (c.openness <> 2 OR p.member IS NOT NULL)
 ORDER BY c.fold, c.id LIMIT 200;

-- community_joined(member int): those that a member joined, alphabetical
SELECT c.id, c.slug, c.name, c.fold, c.purpose, c.openness, c.last_at, 1
  FROM participant p JOIN community c ON c.id = p.community
 WHERE p.member = :member AND c.room = 0
 ORDER BY c.fold, c.id LIMIT 200;

-- community_active(viewer int, count int): active last, newest first
SELECT c.id, c.slug, c.name, c.fold, c.purpose, c.openness, c.last_at,
       p.member IS NOT NULL
  FROM community c
  LEFT JOIN participant p ON p.community = c.id AND p.member = :viewer
 WHERE c.last_at > 0 AND c.room = 0
   AND (c.openness <> 2 OR p.member IS NOT NULL)
 ORDER BY c.last_at DESC, c.id DESC LIMIT :count;

-- steward_names(community int): who looks after it, oldest first
SELECT m.name FROM participant p JOIN member m ON m.id = p.member
 WHERE p.community = :community AND p.is_steward = 1
 ORDER BY p.joined_at, p.member LIMIT 100;
