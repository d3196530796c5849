-- draft_get(id int): one draft; the caller looks whose it is
SELECT d.id, d.member, d.revision, d.changed_at, d.aim, d.kind, d.community,
       d.thread, d.answers, c.slug, c.name, d.title, t.title, d.went_to,
       d.claim, d.claim_where, d.needed_by, d.tried, d.tags,
       coalesce(t.kind, 0), q.tag
  FROM draft d
  LEFT JOIN community c ON c.id = d.community
  LEFT JOIN thread t ON t.id = d.thread
  LEFT JOIN quiet q ON q.persona = d.member
 WHERE d.id = :id;

-- draft_list(member int): newest first, without those that became posts
SELECT d.id, d.member, d.revision, d.changed_at, d.aim, d.kind, d.community,
       d.thread, d.answers, c.slug, c.name, d.title, t.title, d.went_to,
       d.claim, d.claim_where, d.needed_by, d.tried, d.tags,
       coalesce(t.kind, 0), q.tag
  FROM draft d
  LEFT JOIN community c ON c.id = d.community
  LEFT JOIN thread t ON t.id = d.thread
  LEFT JOIN quiet q ON q.persona = d.member
 WHERE d.member = :member AND d.went_to IS NULL
 ORDER BY d.changed_at DESC LIMIT 100;

-- draft_list_quiet(tag blob): the same of those that will be or are written
-- quietly
SELECT d.id, d.member, d.revision, d.changed_at, d.aim, d.kind, d.community,
       d.thread, d.answers, c.slug, c.name, d.title, t.title, d.went_to,
       d.claim, d.claim_where, d.needed_by, d.tried, d.tags,
       coalesce(t.kind, 0), q.tag
  FROM quiet q
 CROSS JOIN draft d ON d.member = q.persona
  LEFT JOIN community c ON c.id = d.community
  LEFT JOIN thread t ON t.id = d.thread
 WHERE q.tag = :tag AND d.went_to IS NULL
 ORDER BY q.persona DESC LIMIT 100;

-- draft_find(member int, aim int, community int, thread int, answers int,
-- kind int, title text, claim int, claim_where text): the newest open draft for
-- a place
SELECT id FROM draft
 WHERE member = :member AND went_to IS NULL AND aim = :aim
   AND coalesce(community, 0) = :community AND coalesce(thread, 0) = :thread
   AND coalesce(answers, 0) = :answers AND kind = :kind AND title = :title
   AND claim = :claim AND claim_where = :claim_where
 ORDER BY changed_at DESC, id DESC LIMIT 1;

-- draft_parts(draft int): its paragraphs in order
SELECT position, text, blank FROM draft_part
 WHERE draft = :draft ORDER BY position;

-- draft_part_get(draft int, position int): one paragraph
SELECT text, blank FROM draft_part
 WHERE draft = :draft AND position = :position;

-- draft_last(draft int): its last paragraph
SELECT position, text FROM draft_part
 WHERE draft = :draft ORDER BY position DESC LIMIT 1;

-- draft_size(draft int): bytes of the whole text, at most
SELECT coalesce(sum(length(CAST(text AS BLOB)) + blank + 1), 0)
  FROM draft_part WHERE draft = :draft;

-- draft_make!(member int, aim int, community int, thread int, answers int,
-- kind int, title text, at int, claim int, claim_where text, needed_by int,
-- tried text): 0 is none
INSERT INTO draft (member, aim, community, thread, answers, kind, title,
                   revision, changed_at, went_to, claim, claim_where,
                   needed_by, tried)
VALUES (:member, :aim, nullif(:community, 0), nullif(:thread, 0),
        nullif(:answers, 0), :kind, :title, 1, :at, NULL, :claim, :claim_where,
        :needed_by, :tried);

-- draft_touch!(id int, at int): it changed
UPDATE draft SET revision = revision + 1, changed_at = :at WHERE id = :id;

-- draft_part_add!(draft int, position int, text text, blank int): one more
INSERT INTO draft_part (draft, position, text, blank)
VALUES (:draft, :position, :text, :blank);

-- draft_part_set!(draft int, position int, text text, blank int): other words
UPDATE draft_part SET text = :text, blank = :blank
 WHERE draft = :draft AND position = :position;

-- draft_part_drop!(draft int, position int): one less
DELETE FROM draft_part WHERE draft = :draft AND position = :position;

-- draft_part_lift!(draft int, after int): moves what follows out of the way,
-- to negative numbers, so that no two ever have the same
UPDATE draft_part SET position = -position
 WHERE draft = :draft AND position > :after;

-- draft_part_land!(draft int, by int): and back, so many places further on
UPDATE draft_part SET position = -position + :by
 WHERE draft = :draft AND position < 0;

-- draft_clear!(draft int): all its paragraphs go
DELETE FROM draft_part WHERE draft = :draft;

-- draft_title!(id int, title text): of the thread to be
UPDATE draft SET title = :title WHERE id = :id;

-- draft_where!(id int, community int): where to
UPDATE draft SET community = :community WHERE id = :id;

-- draft_kind!(id int, kind int): of the thread to be
UPDATE draft SET kind = :kind WHERE id = :id;

-- draft_claim!(id int, claim int, claim_where text): how sure an answer is
UPDATE draft SET claim = :claim, claim_where = :claim_where WHERE id = :id;

-- draft_needed_by!(id int, needed_by int): until when; 0 is none
UPDATE draft SET needed_by = :needed_by WHERE id = :id;

-- draft_tried!(id int, tried text): what was tried
UPDATE draft SET tried = :tried WHERE id = :id;

-- draft_tags!(id int, tags text): as they were typed
UPDATE draft SET tags = :tags WHERE id = :id;

-- draft_owner!(id int, member int): it is theirs, or their quiet name's
UPDATE draft SET member = :member WHERE id = :id;

-- draft_went!(id int, post int): published; the row leads to the post
UPDATE draft SET went_to = :post WHERE id = :id;

-- draft_remove!(id int): its paragraphs go with it
DELETE FROM draft WHERE id = :id;

-- draft_prune!(before int): a few of those published more than a day ago
DELETE FROM draft WHERE id IN
       (SELECT id FROM draft WHERE went_to IS NOT NULL
           AND changed_at <= :before ORDER BY changed_at LIMIT 4);

-- draft_rules!(community int, text text): a steward's words
UPDATE community SET rules = :text WHERE id = :community;

-- draft_elsewhere!(community int, text text): a steward's words
UPDATE community SET elsewhere = :text WHERE id = :community;
