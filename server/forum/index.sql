-- index_todo(most int): what is not in the index as it is now
SELECT id, community, title, text FROM found_todo
 WHERE id > -9223372036854775807 ORDER BY id LIMIT :most;

-- index_done!(id int): now it is
DELETE FROM found_todo WHERE id = :id;

-- index_post(seq int): a post as it is now; nothing if it is not to be found
SELECT p.community, CASE p.id & 1048575 WHEN 1 THEN t.title END, p.text
  FROM post p CROSS JOIN thread t ON t.id = p.id >> 20
 WHERE p.seq = :seq AND p.status = 0 AND t.kind <> 6;

-- index_thread(seq int): the thread that this post opens
SELECT id >> 20 FROM post WHERE seq = :seq AND id & 1048575 = 1;

-- index_page(page int): a page as it is now
SELECT p.community, p.title, v.text
  FROM page p
  LEFT JOIN page_version v ON v.page = p.id AND v.number = p.version
 WHERE p.id = :page;

-- index_closed(community int, id int): are the words of this post or page in
-- the index as those of a closed community?
SELECT CASE WHEN m.community IS NULL THEN c.openness = 2
            WHEN :id <= m.upto THEN 1 - m.was_closed
            ELSE m.was_closed END
  FROM community c LEFT JOIN found_move m ON m.community = c.id
 WHERE c.id = :community;

-- index_add!(id int, words text): into the index
INSERT INTO found (rowid, words) VALUES (:id, :words);

-- index_drop!(id int, words text): out of it; the words with which it came in
INSERT INTO found (found, rowid, words) VALUES ('delete', :id, :words);

-- index_move(): a community whose words are being moved
SELECT m.community, m.upto, m.was_closed, coalesce(c.openness = 2, -1)
  FROM found_move m LEFT JOIN community c ON c.id = m.community
 WHERE m.community > 0 ORDER BY m.community LIMIT 1;

-- index_move_pages(community int, page int, most int): the next to be moved
SELECT -id FROM page
 WHERE community = :community AND id < :page ORDER BY id DESC LIMIT :most;

-- index_move_posts(community int, seq int, most int): the same of posts
SELECT seq FROM post
 WHERE community = :community AND seq > :seq ORDER BY seq LIMIT :most;

-- index_moved!(community int, upto int): what is no later has been moved
UPDATE found_move SET upto = :upto WHERE community = :community;

-- index_move_again!(community int, was_closed int): it changed meanwhile
UPDATE found_move SET upto = -9223372036854775807, was_closed = :was_closed
 WHERE community = :community;

-- index_move_end!(community int): all have been moved
DELETE FROM found_move WHERE community = :community;
