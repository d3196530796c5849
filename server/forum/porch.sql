-- porch_find(community int, most int): its porch that has room for more
SELECT id FROM thread
 WHERE community = :community AND kind = 6 AND last_number < :most
 ORDER BY id DESC LIMIT 1;

-- porch_awake!(post int, at int, before int): talk keeps its community from
-- resting; more than that it does not move it
UPDATE community SET last_at = :at
 WHERE id = (SELECT p.community FROM post p WHERE p.id = :post)
   AND last_at < :before;

-- porch_planned(thread int): will it fade?
SELECT id FROM due WHERE thread = :thread AND kind = 4 LIMIT 1;

-- porch_oldest(first int, last int, most int): its oldest lines
SELECT id, at FROM post WHERE id BETWEEN :first AND :last
 ORDER BY id LIMIT :most;

-- porch_fade_versions!(first int, last int): what those lines said before
DELETE FROM version WHERE post BETWEEN :first AND :last;

-- porch_fade_wishes!(first int, last int): what was wished of them
DELETE FROM mark_wish WHERE post BETWEEN :first AND :last;

-- porch_fade_thanks!(first int, last int): thanks for them
DELETE FROM thanks WHERE post BETWEEN :first AND :last;

-- porch_fade_came!(first int, last int): what came of them
DELETE FROM came WHERE post BETWEEN :first AND :last AND post <> 0;

-- porch_fade_draft_sources!(first int, last int): drafts of pages made of them
DELETE FROM draft_source WHERE post BETWEEN :first AND :last;

-- porch_fade_sources!(first int, last int): pages keep their words and credits
DELETE FROM page_source WHERE post BETWEEN :first AND :last;

-- porch_fade_inbox!(first int, last int): what was told about them
DELETE FROM inbox WHERE post BETWEEN :first AND :last AND post <> 0;

-- porch_fade!(first int, last int): the lines themselves
DELETE FROM post WHERE id BETWEEN :first AND :last;
