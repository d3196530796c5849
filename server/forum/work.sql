-- work_room(member int): one's own room
SELECT id FROM community WHERE founder = :member AND room = 3;
