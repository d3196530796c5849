-- due_add!(at int, kind int, member int, thread int, number int, thing int):
-- one thing to do later
INSERT INTO due (at, kind, member, thread, number, thing)
VALUES (:at, :kind, :member, :thread, :number, :thing);

-- due_drop!(thread int, kind int): it need not be done any more
DELETE FROM due WHERE thread = :thread AND kind = :kind;
