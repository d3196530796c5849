-- member_by_id(member int): one member
SELECT id, name, about, joined_at, words_hash IS NOT NULL, is_asked
  FROM member WHERE id = :member;

-- member_of_name(fold text): whose a name is or was
SELECT m.id, m.name, m.about, m.joined_at, m.words_hash IS NOT NULL,
       m.is_asked
  FROM name n JOIN member m ON m.id = n.member WHERE n.fold = :fold;

-- name_like(skeleton text, member int): another member's name that looks so
SELECT fold FROM name
 WHERE skeleton = :skeleton AND member <> :member LIMIT 1;

-- member_words(member int): the recovery words' salt, hash and tries
SELECT words_salt, words_hash, tries, tries_at
  FROM member WHERE id = :member;

-- certificate_rows(member int): in use first, each group newest first
SELECT id, label, added_at, not_after, retired_at, cert
  FROM certificate WHERE member = :member
 ORDER BY (retired_at IS NOT NULL), id DESC LIMIT 200;

-- certificate_by_id(id int, member int): one of a member's certificates
SELECT id, label, added_at, not_after, retired_at, cert
  FROM certificate WHERE id = :id AND member = :member;

-- link_code_of(member int, now int): the code that a member shows now
SELECT code, expires_at FROM link_code
 WHERE member = :member AND expires_at > :now LIMIT 1;
