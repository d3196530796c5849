-- mention_answered(post int): who wrote a post that is being answered and may
-- still read its place; of a quiet name only its owner's inbox can tell
SELECT o.author
  FROM post o
  JOIN community c ON c.id = o.community
  LEFT JOIN participant p ON p.community = c.id AND p.member = o.author
 WHERE o.id = :post
   AND (c.openness <> 2 OR p.member IS NOT NULL OR
        EXISTS (SELECT 1 FROM quiet q WHERE q.persona = o.author));

-- mention_may_tell(community int, member int, post int): may a member read a
-- place, and has nobody told them of the post yet (0: as a reply)?
SELECT c.id
  FROM community c
  LEFT JOIN participant p ON p.community = c.id AND p.member = :member
 WHERE c.id = :community AND (c.openness <> 2 OR p.member IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM inbox i
                    WHERE i.member = :member AND i.kind = 0 AND i.post = :post);
