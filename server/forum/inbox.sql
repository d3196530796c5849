-- inbox_add!(member int, kind int, other int, post int, page int, thing int,
-- text text, at int): unless the same lies there already
INSERT INTO inbox (member, kind, other, post, page, thing, text, at)
VALUES (:member, :kind, nullif(:other, 0), :post, :page, :thing, :text, :at)
    ON CONFLICT DO NOTHING;
