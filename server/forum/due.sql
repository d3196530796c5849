-- due_add!(at int, kind int, member int, thread int, number int, thing int):
-- one thing to do later
INSERT INTO due (at, kind, member, thread, number, thing)
VALUES (:at, :kind, :member, :thread, :number, :thing);

-- due_drop!(thread int, kind int): it need not be done any more
DELETE FROM due WHERE thread = :thread AND kind = :kind;

-- due_first(now int): is anything due?
SELECT id FROM due WHERE at <= :now LIMIT 1;

-- due_list(now int, most int): what is due, the oldest first
SELECT id, at, kind, member, thread, number, thing
  FROM due WHERE at <= :now ORDER BY at, id LIMIT :most;

-- due_take!(id int): it is done now
DELETE FROM due WHERE id = :id;

-- due_put_off!(id int, at int): it could not be done
UPDATE due SET at = :at WHERE id = :id;
