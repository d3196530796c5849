-- room_insert!(id int, slug text, name text, fold text, purpose text,
-- member int, at int, kind int): closed to all but its participants
INSERT INTO community (id, slug, name, fold, purpose, rules, elsewhere,
                       openness, founder, started_at, last_seq, last_at, room)
VALUES (:id, :slug, :name, :fold, :purpose, '', '', 2, :member, :at, 0, :at,
        :kind);

-- room_let_in!(room int, member int, at int): one more participant
INSERT INTO participant (community, member, joined_at, is_steward)
VALUES (:room, :member, :at, 0)
    ON CONFLICT DO NOTHING;
