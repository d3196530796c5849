-- pair_draft(draft int): whom a draft will ask first; and may it ask one
-- person: its owner takes part in the community where it goes, which is no room
SELECT d.asked, coalesce(m.name, ''),
       c.id IS NOT NULL AND c.room = 0 AND p.member IS NOT NULL
  FROM draft d
  LEFT JOIN member m ON m.id = d.asked
  LEFT JOIN community c ON c.id = d.community
  LEFT JOIN participant p ON p.community = d.community AND p.member = d.member
 WHERE d.id = :draft;

-- pair_ask!(draft int, member int): it asks them first; 0 asks everyone
UPDATE draft SET asked = :member WHERE id = :draft;

-- pair_part(community int, member int): do they take part there?
SELECT member FROM participant
 WHERE community = :community AND member = :member;

-- pair_room(asker int, asked int): the room in which one asks the other
SELECT c.id
  FROM participant p CROSS JOIN community c ON c.id = p.community
 WHERE p.member = :asked AND c.room = 2 AND c.founder = :asker LIMIT 1;

-- pair_wider!(thread int, community int): where it may go
UPDATE thread SET wider = :community WHERE id = :thread;

-- pair_about(thread int): where a question to one person may go, and whom it
-- asks
SELECT t.wider, coalesce(w.name, ''), coalesce(m.id, 0), coalesce(m.name, '')
  FROM thread t
  LEFT JOIN community w ON w.id = t.wider
  LEFT JOIN participant p
    ON p.community = t.community AND p.member <> t.author AND t.wider <> 0
  LEFT JOIN member m ON m.id = p.member
 WHERE t.id = :thread LIMIT 1;

-- pair_waits(thread int): its asker, where it asks one person still, is open
-- and nobody else has a post there
SELECT t.author
  FROM thread t
 WHERE t.id = :thread AND t.wider <> 0 AND t.state = 1 AND t.is_withdrawn = 0
   AND NOT EXISTS (SELECT 1 FROM post o
                    WHERE o.id BETWEEN t.id << 20 AND (t.id << 20 | 1048575)
                      AND o.author <> t.author AND o.status = 0);

-- pair_widen!(thread int, community int, seq int, at int): it goes there
UPDATE thread
   SET community = :community, wider = 0, last_seq = :seq, last_at = :at,
       author_at = :at
 WHERE id = :thread;

-- pair_widen_posts!(first int, last int, community int, seq int): with all its
-- posts, which arrive there now, behind that number
UPDATE post SET community = :community, seq = :seq + (id & 1048575)
 WHERE id BETWEEN :first AND :last;

-- pair_widen_found!(first int, last int): whose words are to be found
INSERT OR IGNORE INTO found_todo (id)
SELECT seq FROM post WHERE id BETWEEN :first AND :last;

-- pair_widen_came!(first int, last int, community int): and what came of them
UPDATE came SET community = :community
 WHERE post BETWEEN :first AND :last AND post <> 0;

-- pair_widen_drafts!(thread int, community int): and what is being written
UPDATE draft SET community = :community
 WHERE thread = :thread AND community IS NOT NULL;

-- pair_left!(community int): the newest that is left in their room
UPDATE community
   SET last_seq = coalesce((SELECT max(p.seq) FROM post p
                             WHERE p.community = :community AND p.claim <> 10),
                           0)
 WHERE id = :community;
