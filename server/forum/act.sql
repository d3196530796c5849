-- act_insert!(at int, community int, steward int, kind int, about int,
-- text text, post int): a row of the public log
INSERT INTO act (at, community, steward, kind, about, text, post)
VALUES (:at, :community, :steward, :kind, nullif(:about, 0), :text, :post);

-- act_of_community(community int, viewer int, before int): the log of one
-- community, newest first
SELECT a.id, a.at, a.kind, c.slug, c.name, s.name, m.name, a.text,
       a.post
  FROM act a JOIN community c ON c.id = a.community
  JOIN member s ON s.id = a.steward
  LEFT JOIN member m ON m.id = a.about
 WHERE a.community = :community AND a.id < :before
   AND (c.openness <> 2 OR EXISTS (SELECT 1 FROM participant p
        WHERE p.community = c.id AND p.member = :viewer))
 ORDER BY a.id DESC LIMIT 100;

-- act_of_all(viewer int, before int): the log of every community that the
-- viewer may read, newest first
SELECT a.id, a.at, a.kind, c.slug, c.name, s.name, m.name, a.text,
       a.post
  FROM act a JOIN community c ON c.id = a.community
  JOIN member s ON s.id = a.steward
  LEFT JOIN member m ON m.id = a.about
 WHERE a.id < :before
   AND (c.openness <> 2 OR EXISTS (SELECT 1 FROM participant p
        WHERE p.community = c.id AND p.member = :viewer))
 ORDER BY a.id DESC LIMIT 100;
