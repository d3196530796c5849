-- page_add!(community int, title text, fold text, author int, at int,
-- origin int, seq int): found true when and by whom it is made
INSERT INTO page (id, community, title, fold, version, made_at, changed_at,
                  true_at, true_where, true_by, origin, seq)
VALUES (1 + max(coalesce((SELECT max(id) FROM page), 0),
                coalesce((SELECT page FROM erased WHERE id = 1), 0)),
        :community, :title, :fold, 1, :at, :at, :at, '', :author, :origin,
        :seq);

-- page_change!(id int, title text, fold text, at int, seq int): one more
-- version
UPDATE page SET title = :title, fold = :fold, version = version + 1,
                changed_at = :at, seq = :seq
 WHERE id = :id;

-- page_version_add!(page int, author int, text text, at int): what it says now
INSERT INTO page_version (page, number, title, text, author, at)
SELECT id, version, title, :text, :author, :at FROM page WHERE id = :page;

-- page_touch_community!(community int, seq int): something arrived there
UPDATE community SET last_seq = :seq WHERE id = :community;

-- page_book_grow!(community int, bytes int): so many more in its book
UPDATE community SET book = book + :bytes WHERE id = :community;

-- page_source_add!(page int, draft int): the posts of a draft are its sources
INSERT INTO page_source (page, post)
SELECT :page, post FROM draft_source WHERE draft = :draft
    ON CONFLICT DO NOTHING;

-- page_credit_add!(page int, member int): who asked to be left out stays so
INSERT INTO page_credit (page, member, is_left_out)
VALUES (:page, :member, 0) ON CONFLICT DO NOTHING;

-- page_credit_copy!(page int, origin int): those of the page it began with
INSERT INTO page_credit (page, member, is_left_out)
SELECT :page, member, is_left_out FROM page_credit WHERE page = :origin
    ON CONFLICT DO NOTHING;

-- page_credit_set!(page int, member int, is_left_out int): named, or not
UPDATE page_credit SET is_left_out = :is_left_out
 WHERE page = :page AND member = :member;

-- page_choose!(page int, member int): on their own page, behind the others; 20
-- at most
INSERT INTO chosen (member, page)
SELECT :member, :page
 WHERE NOT EXISTS (SELECT 1 FROM chosen WHERE member = :member
                    ORDER BY id LIMIT 1 OFFSET 19)
    ON CONFLICT DO NOTHING;

-- page_unchoose!(page int, member int): off it again
DELETE FROM chosen WHERE page = :page AND member = :member;

-- page_true!(id int, text text, member int, at int): found true there
UPDATE page SET true_at = :at, true_where = :text, true_by = :member
 WHERE id = :id;

-- page_doubt_add!(page int, member int, text text, at int): one more
INSERT INTO page_doubt (page, member, text, at)
VALUES (:page, :member, :text, :at);

-- page_doubt_set!(id int, text text, at int): said in other words
UPDATE page_doubt SET text = :text, at = :at WHERE id = :id;

-- page_doubt_answer!(id int, text text, member int, version int, at int): by a
-- sentence or by a version
UPDATE page_doubt SET answered_at = :at, answer = :text, answer_by = :member,
                      version = :version
 WHERE id = :id AND answered_at = 0;

-- page_draft_find(member int, community int, thread int, page int, origin int,
-- title text): the newest open draft of a page
SELECT id FROM draft
 WHERE member = :member AND went_to IS NULL AND aim = 6 AND page = :page
   AND (:page <> 0
    OR (coalesce(community, 0) = :community AND coalesce(thread, 0) = :thread
   AND origin = :origin
   AND (:thread <> 0 OR :origin <> 0 OR title = :title)))
 ORDER BY changed_at DESC, id DESC LIMIT 1;

-- page_draft_get(id int): what only a draft of a page has
SELECT page, version, origin, doubt FROM draft WHERE id = :id;

-- page_draft_set!(id int, page int, version int, origin int, doubt int): the
-- same
UPDATE draft SET page = :page, version = :version, origin = :origin,
                 doubt = :doubt
 WHERE id = :id;

-- draft_source_add!(draft int, post int): chosen
INSERT INTO draft_source (draft, post) VALUES (:draft, :post)
    ON CONFLICT DO NOTHING;

-- draft_source_add_all!(draft int, first int, last int): the first hundred
INSERT INTO draft_source (draft, post)
SELECT :draft, id FROM post
 WHERE id BETWEEN :first AND :last AND status = 0 ORDER BY id LIMIT 100
    ON CONFLICT DO NOTHING;

-- draft_source_drop!(draft int, post int): chosen no more
DELETE FROM draft_source WHERE draft = :draft AND post = :post;

-- draft_source_away(draft int, community int): where else its posts stand
SELECT p.community FROM draft_source s CROSS JOIN post p ON p.id = s.post
 WHERE s.draft = :draft AND p.community <> :community;

-- draft_source_in!(draft int, post int): its text is in the draft
UPDATE draft_source SET is_in = 1 WHERE draft = :draft AND post = :post;

-- draft_source_drop_all!(draft int): published; the page has them now
DELETE FROM draft_source WHERE draft = :draft;

-- draft_sources(draft int): the posts chosen for it
SELECT s.post, s.is_in, m.name,
       CASE WHEN o.status = 0 THEN t.title ELSE '' END, p.status, p.author,
       p.text
  FROM draft_source s
 CROSS JOIN post p ON p.id = s.post
 CROSS JOIN thread t ON t.id = s.post >> 20
 CROSS JOIN post o ON o.id = t.id << 20 | 1
 CROSS JOIN member m ON m.id = p.author
 WHERE s.draft = :draft ORDER BY s.post LIMIT 100;

-- draft_source_state(draft int, post int): chosen, and put in?
SELECT is_in FROM draft_source WHERE draft = :draft AND post = :post;

-- page_draft_doubt!(id int, doubt int): the doubt that an open draft answers
UPDATE draft SET doubt = :doubt WHERE id = :id;
