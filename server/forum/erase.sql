-- erase_versions!(first int, last int): what those posts said before
DELETE FROM version WHERE post BETWEEN :first AND :last;

-- erase_wishes!(first int, last int): what was wished of them
DELETE FROM mark_wish WHERE post BETWEEN :first AND :last;

-- erase_reports!(first int, last int): what was reported of them
DELETE FROM report WHERE post BETWEEN :first AND :last;

-- erase_acts!(first int, last int): the log leads to them no more
UPDATE act SET post = 0 WHERE post BETWEEN :first AND :last AND post <> 0;

-- erase_thanks!(first int, last int): thanks for them
DELETE FROM thanks WHERE post BETWEEN :first AND :last;

-- erase_came!(first int, last int): what came of them
DELETE FROM came WHERE post BETWEEN :first AND :last AND post <> 0;

-- erase_draft_sources!(first int, last int): drafts of pages made of them
DELETE FROM draft_source WHERE post BETWEEN :first AND :last;

-- erase_sources!(first int, last int): pages keep their words and credits
DELETE FROM page_source WHERE post BETWEEN :first AND :last;

-- erase_inbox!(first int, last int): what was told about them
DELETE FROM inbox WHERE post BETWEEN :first AND :last AND post <> 0;

-- erase_posts!(first int, last int): the posts themselves
DELETE FROM post WHERE id BETWEEN :first AND :last;

-- erase_thread_next(community int): a thread that is still there
SELECT id, last_seq FROM thread
 WHERE id = coalesce((SELECT id FROM thread
                       WHERE community = :community AND kind <> 6 LIMIT 1),
                     (SELECT id FROM thread
                       WHERE community = :community AND kind = 6 LIMIT 1));

-- erase_thread_due!(thread int): what was to be done about it
DELETE FROM due WHERE thread = :thread;

-- erase_thread_matched!(thread int): who was told of that need
DELETE FROM matched WHERE thread = :thread;

-- erase_thread_quiet_drafts!(thread int): what somebody writes there quietly
-- and has not published goes to their other quiet drafts
UPDATE draft SET member =
       (SELECT d.persona
          FROM quiet q JOIN quiet d ON d.tag = q.tag AND d.thread IS NULL
         WHERE q.persona = draft.member)
 WHERE thread = :thread AND went_to IS NULL AND EXISTS
       (SELECT 1
          FROM quiet q JOIN quiet d ON d.tag = q.tag AND d.thread IS NULL
         WHERE q.persona = draft.member AND q.thread = :thread);

-- erase_thread_quiet!(thread int): who wrote there quietly; the name that they
-- had stays a name
UPDATE quiet SET thread = NULL, tag = randomblob(32) WHERE thread = :thread;

-- erase_thread_tagged!(thread int): its tags
DELETE FROM tagged WHERE is_page = 0 AND thing = :thread;

-- erase_thread_follows!(community int, thread int): how far they read in it
DELETE FROM follow
 WHERE kind = 1 AND thing = :thread
   AND member IN (SELECT member FROM participant
                   WHERE community = :community);

-- erase_thread_mutes!(community int, thread int): whom it was too much
DELETE FROM mute
 WHERE kind = 1 AND thing = :thread
   AND member IN (SELECT member FROM participant
                   WHERE community = :community);

-- erase_thread_sent!(thread int): drafts that became its posts
DELETE FROM draft WHERE thread = :thread AND went_to IS NOT NULL;

-- erase_thread_drafts!(thread int): replies that wait become notes
UPDATE draft SET aim = 0, kind = 0, community = NULL, thread = NULL,
       answers = NULL, revision = revision + 1
 WHERE thread = :thread;

-- erase_numbers!(thread int, seq int, page int): those that are not given again
INSERT INTO erased (id, thread, seq, page) VALUES (1, :thread, :seq, :page)
    ON CONFLICT (id) DO UPDATE SET thread = max(thread, :thread),
                                   seq = max(seq, :seq),
                                   page = max(page, :page);

-- erase_thread!(thread int): the thread itself
DELETE FROM thread WHERE id = :thread;

-- erase_page_next(community int): a page that is still there
SELECT id, seq FROM page WHERE community = :community LIMIT 1;

-- erase_page_versions!(page int): what it says, and said
DELETE FROM page_version WHERE page = :page;

-- erase_page_sources!(page int): where it came from
DELETE FROM page_source WHERE page = :page;

-- erase_page_credits!(page int): whom it credits
DELETE FROM page_credit WHERE page = :page;

-- erase_page_doubts!(page int): who doubted it
DELETE FROM page_doubt WHERE page = :page;

-- erase_page_tagged!(page int): its tags
DELETE FROM tagged WHERE is_page = 1 AND thing = :page;

-- erase_page_chosen!(page int): who shows it on their own page
DELETE FROM chosen WHERE page = :page;

-- erase_page_inbox!(community int, page int): what was told about it
DELETE FROM inbox
 WHERE page = :page
   AND member IN (SELECT member FROM participant
                   WHERE community = :community);

-- erase_page!(page int): the page itself
DELETE FROM page WHERE id = :page;

-- erase_room_came!(community int): what came of its pages
DELETE FROM came WHERE community = :community;

-- erase_room_acts!(community int): what was done in the open
DELETE FROM act WHERE community = :community;

-- erase_room_start!(community int): what newcomers were shown
DELETE FROM start_here WHERE community = :community;

-- erase_room_tagged!(community int): what has its own tags
DELETE FROM tagged
 WHERE tag IN (SELECT id FROM tag WHERE community = :community);

-- erase_room_tags!(community int): those tags
DELETE FROM tag WHERE community = :community;

-- erase_room_inbox!(community int): what was told about the room itself
DELETE FROM inbox
 WHERE kind = 14 AND thing = :community
   AND member IN (SELECT member FROM participant
                   WHERE community = :community);

-- erase_room_follows!(community int): how far they read there
DELETE FROM follow
 WHERE kind = 0 AND thing = :community
   AND member IN (SELECT member FROM participant
                   WHERE community = :community);

-- erase_room_mutes!(community int): whom it was too much
DELETE FROM mute
 WHERE kind = 0 AND thing = :community
   AND member IN (SELECT member FROM participant
                   WHERE community = :community);

-- erase_room_sent!(community int): drafts that became its threads
DELETE FROM draft WHERE community = :community AND went_to IS NOT NULL;

-- erase_room_drafts!(community int): what is not published waits for a place
UPDATE draft SET aim = 0, kind = 0, community = NULL,
       revision = revision + 1
 WHERE community = :community;

-- erase_room_wishes!(community int): what each of it wanted
DELETE FROM circle_wish WHERE community = :community;

-- erase_room_circle!(community int): what they agreed on
DELETE FROM circle WHERE community = :community;

-- erase_room_people!(community int): who was in it
DELETE FROM participant WHERE community = :community;

-- erase_room!(community int): its name and its purpose
UPDATE community SET name = '', fold = '', purpose = '', rules = '',
       elsewhere = '', book = 0, invitation = NULL, started_at = 0, last_seq = 0,
       last_at = 0
 WHERE id = :community;
