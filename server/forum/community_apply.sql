-- purpose_draft(member int, aim int, purpose text): the draft that already
-- holds this purpose
SELECT d.id FROM draft d
  JOIN draft_part p ON p.draft = d.id AND p.position = 1
 WHERE d.member = :member AND d.aim = :aim AND d.went_to IS NULL
   AND p.text = :purpose
 ORDER BY d.changed_at DESC LIMIT 1;

-- community_founded(member int, fold text, since int): what somebody founded
-- lately under this name
SELECT id, slug FROM community
 WHERE founder = :member AND fold = :fold AND started_at > :since
 ORDER BY started_at DESC LIMIT 1;

-- community_next_id(): the number of the next community
SELECT coalesce(max(id), 0) + 1 FROM community;

-- community_slug_owner(slug text): whether a short address is in use
SELECT id FROM community WHERE slug = :slug;

-- community_insert!(id int, slug text, name text, fold text, purpose text,
-- member int, at int): a new community, open to all
INSERT INTO community (id, slug, name, fold, purpose, rules, elsewhere,
                       openness, founder, started_at, last_seq, last_at)
VALUES (:id, :slug, :name, :fold, :purpose, '', '', 0, :member, :at, 0, :at);

-- participant_insert!(community int, member int, at int, is_steward int):
-- somebody joins
INSERT INTO participant (community, member, joined_at, is_steward)
VALUES (:community, :member, :at, :is_steward);

-- participant_get(community int, member int): who somebody is there
SELECT is_steward FROM participant
 WHERE community = :community AND member = :member;

-- participant_other(community int, member int): somebody else who takes part
SELECT member FROM participant
 WHERE community = :community AND member <> :member LIMIT 1;

-- steward_other(community int, member int): somebody else who looks after it
SELECT member FROM participant
 WHERE community = :community AND is_steward = 1 AND member <> :member
 LIMIT 1;

-- participant_drop!(community int, member int): somebody leaves; nobody leaves
-- their own room
DELETE FROM participant WHERE community = :community AND member = :member
   AND NOT EXISTS (SELECT 1 FROM community c
                    WHERE c.id = :community AND c.room = 3);

-- participant_set_steward!(community int, member int, is_steward int):
-- somebody begins or ends to look after it
UPDATE participant SET is_steward = :is_steward
 WHERE community = :community AND member = :member;

-- community_name!(id int, name text, fold text): its name from now on
UPDATE community SET name = :name, fold = :fold WHERE id = :id;

-- community_purpose!(id int, purpose text): what brings them together
UPDATE community SET purpose = :purpose WHERE id = :id;

-- community_openness!(id int, openness int): who reads and who writes
UPDATE community SET openness = :openness WHERE id = :id;

-- community_invite!(id int, secret text): a new invitation; the old one ends
UPDATE community SET invitation = :secret WHERE id = :id;
