-- check_integrity(): what SQLite itself finds wrong with the file
SELECT integrity_check FROM pragma_integrity_check
 WHERE integrity_check <> 'ok' LIMIT 20;

-- check_foreign_keys(): rows that lead to rows which are not there
SELECT "table" || ' ' || coalesce(rowid, '') FROM pragma_foreign_key_check
 LIMIT 20;

-- check_secret(): the key of all action links
SELECT 'secret' WHERE NOT EXISTS
       (SELECT 1 FROM site WHERE key = 'secret' AND length(value) = 32);

-- check_names(): members without a name that leads to them, but for quiet
-- names; and quiet names to which one leads
SELECT id FROM member
 WHERE EXISTS (SELECT 1 FROM name WHERE name.member = member.id) =
       EXISTS (SELECT 1 FROM quiet q WHERE q.persona = member.id) LIMIT 20;

-- check_quiet(): threads whose quiet author has left no sign in them
SELECT q.persona FROM quiet q
 WHERE q.thread IS NOT NULL AND NOT EXISTS
       (SELECT 1 FROM thread t WHERE t.id = q.thread AND t.author = q.persona)
 LIMIT 20;

-- check_certificates(): members whom no certificate lets in
SELECT id FROM member WHERE NOT EXISTS
       (SELECT 1 FROM certificate c WHERE c.member = member.id
           AND (c.retired_at IS NOT NULL) = 0)
   AND NOT EXISTS (SELECT 1 FROM quiet q WHERE q.persona = member.id) LIMIT 20;

-- check_numbers(): threads whose posts are not numbered from 1 without gaps; of
-- a porch, the oldest fade
SELECT t.id FROM thread t
 WHERE t.kind <> 6
   AND (t.last_number <> (SELECT count(*) FROM post p
        WHERE p.id > t.id << 20 AND p.id < (t.id + 1) << 20)
    OR NOT EXISTS (SELECT 1 FROM post p
        WHERE p.id = (t.id << 20 | t.last_number))) LIMIT 20;

-- check_homeless(): posts without a thread, or in another community than it
SELECT (p.id >> 20) || '/' || (p.id & 1048575) FROM post p
 WHERE NOT EXISTS (SELECT 1 FROM thread t
        WHERE t.id = p.id >> 20 AND t.community = p.community) LIMIT 20;

-- check_threads(): threads that do not know their newest post, or whether their
-- opening one is there
SELECT t.id FROM thread t
  LEFT JOIN post p ON p.id = (t.id << 20 | t.last_number)
  LEFT JOIN post o ON o.id = (t.id << 20 | 1)
 WHERE t.kind <> 6
   AND (p.seq IS NOT t.last_seq OR p.at IS NOT t.last_at
    OR t.is_withdrawn <> (o.status <> 0)) LIMIT 20;

-- check_communities(): communities that do not know their newest post or page
SELECT c.slug FROM community c
 WHERE c.last_seq <> max(coalesce((SELECT max(p.seq) FROM post p
        WHERE p.community = c.id AND p.claim <> 10), 0),
        coalesce((SELECT max(k.seq) FROM page k
        WHERE k.community = c.id), 0)) LIMIT 20;

-- check_removed(): posts that were taken away and still have a text
SELECT (id >> 20) || '/' || (id & 1048575) FROM post
 WHERE (status <> 0) AND text <> '' LIMIT 20;

-- check_answers(): posts that answer a later one
SELECT (id >> 20) || '/' || (id & 1048575) FROM post
 WHERE answers >= (id & 1048575) LIMIT 20;

-- check_parts(): drafts whose paragraphs are not numbered without gaps
SELECT draft FROM draft_part GROUP BY draft
HAVING min(position) <> 1 OR max(position) <> count(*) LIMIT 20;

-- check_porches(): lines of a porch that look like posts, and the other way
-- round
SELECT (p.id >> 20) || '/' || (p.id & 1048575) FROM post p
  JOIN thread t ON t.id = p.id >> 20
 WHERE (t.kind = 6) <> (p.claim = 10) LIMIT 20;

-- check_echoes(): posts beside which there is something that no list asks for
SELECT (p.id >> 20) || '/' || (p.id & 1048575) FROM post p
 WHERE p.echoes = 0
   AND (EXISTS (SELECT 1 FROM version v WHERE v.post = p.id)
     OR EXISTS (SELECT 1 FROM came w WHERE w.post = p.id AND w.post <> 0)
     OR EXISTS (SELECT 1 FROM thanks h
                 WHERE h.post = p.id AND h.is_shown = 1)
     OR EXISTS (SELECT 1 FROM page_source s WHERE s.post = p.id)) LIMIT 20;
