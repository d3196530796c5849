-- post_get(id int): one post
SELECT p.id, p.seq, p.author, p.community, m.name, p.text, p.answers, p.at,
       p.edited_at, p.status, iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM version v WHERE v.post = p.id)),
       p.claim, p.claim_where, p.mark,
       iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM came w WHERE w.post = p.id AND w.post <> 0)
       OR EXISTS (SELECT 1 FROM thanks h
                   WHERE h.post = p.id AND h.is_shown = 1)
       OR EXISTS (SELECT 1 FROM page_source s WHERE s.post = p.id))
  FROM post p JOIN member m ON m.id = p.author
 WHERE p.id = :id;

-- post_slice(first int, last int): a thread's posts lie side by side
SELECT p.id, p.seq, p.author, p.community, m.name, p.text, p.answers, p.at,
       p.edited_at, p.status, iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM version v WHERE v.post = p.id)),
       p.claim, p.claim_where, p.mark,
       iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM came w WHERE w.post = p.id AND w.post <> 0)
       OR EXISTS (SELECT 1 FROM thanks h
                   WHERE h.post = p.id AND h.is_shown = 1)
       OR EXISTS (SELECT 1 FROM page_source s WHERE s.post = p.id))
  FROM post p CROSS JOIN member m ON m.id = p.author
 WHERE p.id BETWEEN :first AND :last
 ORDER BY p.id;

-- post_slice_back(first int, last int): the same from the end
SELECT p.id, p.seq, p.author, p.community, m.name, p.text, p.answers, p.at,
       p.edited_at, p.status, iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM version v WHERE v.post = p.id)),
       p.claim, p.claim_where, p.mark,
       iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM came w WHERE w.post = p.id AND w.post <> 0)
       OR EXISTS (SELECT 1 FROM thanks h
                   WHERE h.post = p.id AND h.is_shown = 1)
       OR EXISTS (SELECT 1 FROM page_source s WHERE s.post = p.id))
  FROM post p CROSS JOIN member m ON m.id = p.author
 WHERE p.id BETWEEN :first AND :last
 ORDER BY p.id DESC;

-- post_marked(first int, last int): what answered the question of a thread
SELECT p.id, p.seq, p.author, p.community, m.name, p.text, p.answers, p.at,
       p.edited_at, p.status, iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM version v WHERE v.post = p.id)),
       p.claim, p.claim_where, p.mark,
       iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM came w WHERE w.post = p.id AND w.post <> 0)
       OR EXISTS (SELECT 1 FROM thanks h
                   WHERE h.post = p.id AND h.is_shown = 1)
       OR EXISTS (SELECT 1 FROM page_source s WHERE s.post = p.id))
  FROM post p INDEXED BY post_marked CROSS JOIN member m ON m.id = p.author
 WHERE p.id BETWEEN :first AND :last AND p.mark <> 0
 ORDER BY p.id LIMIT 100;

-- post_since(community int, seq int): what arrived in a community afterwards;
-- more than any slice of a page can hold
SELECT p.id, p.seq, p.author, p.community, m.name, p.text, p.answers, p.at,
       p.edited_at, p.status, iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM version v WHERE v.post = p.id)),
       p.claim, p.claim_where, p.mark,
       iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM came w WHERE w.post = p.id AND w.post <> 0)
       OR EXISTS (SELECT 1 FROM thanks h
                   WHERE h.post = p.id AND h.is_shown = 1)
       OR EXISTS (SELECT 1 FROM page_source s WHERE s.post = p.id)), t.title
  FROM post p
 CROSS JOIN member m ON m.id = p.author
 CROSS JOIN thread t ON t.id = p.id >> 20
 WHERE p.community = :community AND p.seq > :seq AND p.claim <> 10
 ORDER BY p.seq LIMIT 1000;

-- post_talk(community int, seq int): the lines of its porch afterwards, oldest
-- first
SELECT p.id, p.seq, p.author, p.community, m.name, p.text, p.answers, p.at,
       p.edited_at, p.status, 0, p.claim, p.claim_where, p.mark, 0
  FROM post p
 CROSS JOIN member m ON m.id = p.author
 WHERE p.community = :community AND p.seq > :seq AND p.claim = 10
 ORDER BY p.seq LIMIT 1000;

-- version_list(post int): earlier texts, newest first
SELECT number, at, text FROM version
 WHERE post = :post ORDER BY number DESC LIMIT 100;

-- post_told(claim int, first int, last int): of a thread, what tells one part of
-- a review or of a piece of work
SELECT p.id, p.seq, p.author, p.community, m.name, p.text, p.answers, p.at,
       p.edited_at, p.status, iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM version v WHERE v.post = p.id)),
       p.claim, p.claim_where, p.mark,
       iif(p.echoes = 0, 0,
       EXISTS (SELECT 1 FROM came w WHERE w.post = p.id AND w.post <> 0)
       OR EXISTS (SELECT 1 FROM thanks h
                   WHERE h.post = p.id AND h.is_shown = 1)
       OR EXISTS (SELECT 1 FROM page_source s WHERE s.post = p.id))
  FROM post p INDEXED BY post_told
 CROSS JOIN member m ON m.id = p.author
 WHERE p.claim = :claim AND p.claim >= 3 AND p.claim <= 9
   AND p.id BETWEEN :first AND :last
 ORDER BY p.id;

-- post_next_seq(): the arrival number of the next post or version of a page;
-- never one of a line that has faded, or of what was erased
SELECT 1 + max(coalesce(max(p.seq), 0),
               coalesce((SELECT max(k.seq) FROM page k), 0),
               coalesce((SELECT max(t.last_seq) FROM thread t
                          WHERE t.kind = 6), 0),
               coalesce((SELECT seq FROM erased WHERE id = 1), 0))
  FROM post p;

-- post_add!(id int, seq int, community int, author int, answers int,
-- text text, at int, claim int, claim_where text): answers 0 is the thread as a
-- whole
INSERT INTO post (id, seq, community, author, answers, text, at, edited_at,
                  status, claim, claim_where)
VALUES (:id, :seq, :community, :author, nullif(:answers, 0), :text, :at, NULL,
        0, :claim, :claim_where);

-- post_touch_community!(community int, seq int, at int): a post came
UPDATE community SET last_seq = :seq, last_at = :at WHERE id = :community;

-- post_set_text!(id int, text text, at int): it says something else now
UPDATE post SET text = :text, edited_at = :at WHERE id = :id;

-- post_withdraw!(id int, status int): its number stays, with a marker; a line
-- of a porch stays one
UPDATE post SET text = '', status = :status,
       claim = iif(claim = 10, 10, 0), claim_where = '', mark = 0
 WHERE id = :id;

-- version_keep!(post int): what the post says now becomes an earlier text
INSERT INTO version (post, number, text, at)
SELECT p.id,
       1 + coalesce((SELECT max(v.number) FROM version v WHERE v.post = p.id),
                    0),
       p.text, coalesce(p.edited_at, p.at)
  FROM post p WHERE p.id = :post;

-- version_drop!(post int, number int): one earlier text goes
DELETE FROM version WHERE post = :post AND number = :number;

-- version_drop_all!(post int): all earlier texts go
DELETE FROM version WHERE post = :post;

-- once_find(member int, digest blob, since int): the post that this became
SELECT post FROM once
 WHERE member = :member AND digest = :digest AND at > :since;

-- once_add!(member int, digest blob, post int, at int): posted now
INSERT INTO once (member, digest, post, at)
VALUES (:member, :digest, :post, :at)
    ON CONFLICT (member, digest) DO UPDATE SET post = :post, at = :at;

-- once_old(before int): a few of those that are older than a day
SELECT at FROM once WHERE at <= :before ORDER BY at LIMIT 4;

-- once_prune!(until int): these go
DELETE FROM once WHERE at <= :until;
