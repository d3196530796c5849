-- actor_by_key(key blob): the member of a public key, in use before retired
SELECT c.id, c.member, c.retired_at, m.name
  FROM certificate c JOIN member m ON m.id = c.member
 WHERE c.key = :key ORDER BY c.retired_at LIMIT 1;
