-- member_insert!(name text, at int, salt blob, hash blob): a newcomer
INSERT INTO member (name, about, joined_at, words_salt, words_hash, tries,
                    tries_at)
VALUES (:name, '', :at, :salt, :hash, 0, 0);

-- name_insert!(fold text, skeleton text, member int, at int): a name becomes
-- theirs for good; taking an old one up again changes nothing
INSERT INTO name (fold, skeleton, member, taken_at)
VALUES (:fold, :skeleton, :member, :at) ON CONFLICT (fold) DO NOTHING;

-- member_set_name!(name text, member int): as others see it from now on
UPDATE member SET name = :name WHERE id = :member;

-- member_set_about!(about text, member int): a line about oneself
UPDATE member SET about = :about WHERE id = :member;

-- member_set_words!(salt blob, hash blob, member int): new recovery words
UPDATE member SET words_salt = :salt, words_hash = :hash, tries = 0,
       tries_at = 0
 WHERE id = :member;

-- member_set_tries!(tries int, since int, member int): wrong words were typed
UPDATE member SET tries = :tries, tries_at = :since WHERE id = :member;

-- certificate_insert!(member int, key blob, cert blob, at int,
-- not_after int): a certificate stands for a member from now on
INSERT INTO certificate (member, key, cert, label, added_at, not_after)
VALUES (:member, :key, :cert, '', :at, :not_after);

-- certificate_owner(key blob): whose the certificate in use is
SELECT member FROM certificate WHERE key = :key AND retired_at IS NULL;

-- certificate_other(member int, id int): another one in use
SELECT id FROM certificate
 WHERE member = :member AND (retired_at IS NOT NULL) = 0 AND id <> :id
 LIMIT 1;

-- certificate_set_label!(label text, id int): its owner's word for it
UPDATE certificate SET label = :label WHERE id = :id;

-- certificate_retire!(at int, id int): it stands for nobody any more
UPDATE certificate SET retired_at = :at WHERE id = :id;

-- link_code_insert!(code text, member int, until int): a code to show
INSERT INTO link_code (code, member, expires_at)
VALUES (:code, :member, :until);

-- link_code_owner(code text, now int): who shows this code
SELECT member FROM link_code WHERE code = :code AND expires_at > :now;

-- link_code_drop!(member int): a member's codes go
DELETE FROM link_code WHERE member = :member;

-- link_code_prune!(now int): expired codes go
DELETE FROM link_code WHERE expires_at <= :now;
