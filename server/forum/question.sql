-- question_get(id int): what the clock must know of a question
SELECT t.author, t.state, t.needed_by, t.is_withdrawn
  FROM thread t
 WHERE t.id = :id AND t.kind = 1;

-- question_state!(id int, state int): what is said of it now
UPDATE thread SET state = :state WHERE id = :id;

-- question_needed_by!(id int, needed_by int): until when; 0 is none
UPDATE thread SET needed_by = :needed_by WHERE id = :id;

-- question_mark!(id int, mark int): what was said of an answer
UPDATE post SET mark = :mark WHERE id = :id;

-- question_marks(first int, last int): the marks of a thread, once each
SELECT max(mark = 1), max(mark = 2) FROM post INDEXED BY post_marked
 WHERE id BETWEEN :first AND :last AND mark <> 0;

-- question_wish!(post int, member int, mark int, at int): while the author is
-- away, a participant says it
INSERT INTO mark_wish (post, member, mark, at)
VALUES (:post, :member, :mark, :at)
    ON CONFLICT (post, member) DO UPDATE SET mark = :mark, at = :at;

-- question_agree(post int, member int, mark int, since int, community int): does
-- another participant say the same since the author went away?
SELECT w.member FROM mark_wish w
  JOIN participant p ON p.community = :community AND p.member = w.member
 WHERE w.post = :post AND w.member <> :member AND w.mark = :mark
   AND w.at > :since
 LIMIT 1;

-- question_wished(post int, member int): what the member said of it
SELECT mark, at FROM mark_wish WHERE post = :post AND member = :member;

-- question_wishes_drop!(post int): it has been decided
DELETE FROM mark_wish WHERE post = :post;
