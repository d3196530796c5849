/*
 * The whole site in one process, without sockets: the input says who asks and
 * holds a raw request line, for uploads with what follows it. The answer's
 * status is one that Gemini knows, its header keeps to the grammar, a page is
 * one that any client can show, and nothing a guest or a stranger sends changes
 * anything. Where a path ends in "/KEY", a member's gets the right key.
 */
#include <ftw.h>

#include "base/clock.h"
#include "base/log.h"
#include "pages/inner.h"
#include "store/db.h"
#include "store/writer.h"
#include "tests/fuzz/oracle.h"

#define MEMORY ((size_t)4 << 20)

static const struct str hosts[] = {{"h", 1}};
static const int ports[] = {1965};
static const struct names names = {hosts, 1, ports, 1};

enum who { GUEST, STRANGER, EXPIRED, AMINA, JOSEF, WHO };

/* One site for all inputs, made at the first. */
static struct box {
    char dir[64], database[128];
    struct site *site;
    struct service service;
    struct mailbox *home;
    void *loop;
    struct db *watch; /* sees whether something changed */
} box;

static struct peer
peer_of(enum who who)
{
    struct peer p = {.is_there = who != GUEST};

    memset(p.cert, (int)who, sizeof(p.cert));
    memset(p.key, (int)who, sizeof(p.key));
    p.not_after = clock_now() + (who == EXPIRED ? -DAY : 365 * DAY);
    return p;
}

static void
deliver_until(const bool *is_done)
{
    while (!*is_done) {
        struct mail *m = mailbox_wait(box.home, 1);

        m->deliver(m);
    }
}

struct doing {
    struct change_job cj; /* first */
    bool is_done;
};

static void
doing_done(struct job *job)
{
    ((struct doing *)job)->is_done = true;
}

static struct outcome
do_change(struct change c)
{
    struct doing d = {.is_done = false};

    c.at = clock_now();
    change_job_init(&d.cj, &c);
    d.cj.job.home = box.home;
    d.cj.job.done = doing_done;
    DEMAND(writer_post(box.site->writer, &d.cj.job) == OK);
    deliver_until(&d.is_done);
    DEMAND(d.cj.job.err == OK);
    return d.cj.out;
}

/* Two communities, one of them closed, with a thread each; a draft. */
static void
town_make(void)
{
    static const struct str name[] = {{"Garden", 6}, {"Cellar", 6}};

    do_change((struct change){
        .kind = CHANGE_JOIN, .peer = peer_of(AMINA), .text = STR("Amina")});
    do_change((struct change){
        .kind = CHANGE_JOIN, .peer = peer_of(JOSEF), .text = STR("Josef")});
    for (int i = 0; i < 2; i++) {
        struct outcome o = do_change((struct change){
            .kind = CHANGE_START, .member = 1, .text = STR("To grow")});

        o = do_change((struct change){.kind = CHANGE_FOUND,
                                      .member = 1,
                                      .draft = o.draft,
                                      .text = name[i]});
        do_change((struct change){.kind = CHANGE_THREAD,
                                  .member = 1,
                                  .community = o.community,
                                  .title = STR("Pump"),
                                  .text = STR("It stopped.")});
        if (i == 1)
            do_change((struct change){.kind = CHANGE_SET_OPENNESS,
                                      .member = 1,
                                      .community = o.community,
                                      .value = CLOSED});
    }
    do_change((struct change){
        .kind = CHANGE_START, .member = 2, .text = STR("Half a thought")});
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void
box_end(void)
{
    box.service.end(box.loop);
    site_close(box.site);
    db_close(box.watch);
    mailbox_free(box.home);
    (void)nftw(box.dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void
box_make(void)
{
    static const struct statements none;
    struct site_config c = {.database = {box.database, 0},
                            .title = STR("Fuzz"),
                            .line = STR("A place."),
                            .names = &names,
                            .public_port = 1965,
                            .fingerprint = STR("00"),
                            .cert_not_after = INT64_C(4000000000),
                            .queue = 64};
    int version;

    log_set_level((enum log_level)(LOG_ERROR + 1));
    (void)snprintf(box.dir, sizeof(box.dir), "/tmp/understory-fuzz-XXXXXX");
    DEMAND(mkdtemp(box.dir));
    (void)snprintf(box.database, sizeof(box.database), "%s/db", box.dir);
    c.database.n = strlen(box.database);
    DEMAND(site_open(&c, &box.site, &version) == OK);
    box.service = site_service(box.site);
    DEMAND((box.home = mailbox_new(0, NULL, NULL)));
    DEMAND((box.loop = box.service.begin(box.service.site, box.home)));
    DEMAND(db_open(box.database, DB_READ, &none, &box.watch) == OK);
    DEMAND(atexit(box_end) == 0);
    town_make();
}

/* "/KEY" at the end of the path becomes the key that this member has. */
static void
key_put(struct exchange *x, enum who who)
{
    struct visit v = {.ls = box.loop, .who = {.peer = x->rq.peer}};
    char sql[80];
    struct url *url = &x->rq.url;
    struct str *last;
    char *key;
    int64_t revision = 0;
    struct at at;

    if (url->segments < 2 || url->segments > URL_SEGMENTS)
        return;
    last = &url->segment[url->segments - 1];
    if (!str_eq(*last, STR("KEY")) || route_match(url, &at))
        return;
    if (strncmp(route_row(at.route)->pattern, "/d/", 3) == 0) {
        (void)snprintf(sql, sizeof(sql),
                       "SELECT revision FROM draft WHERE id = %lld",
                       (long long)at.id);
        revision = db_number(box.watch, sql, 0);
    }
    v.who.member = who - AMINA + 1;
    v.now = clock_now();
    key = arena_alloc(&x->mem, KEY_LENGTH);
    *last = (struct str){key, KEY_LENGTH};
    if (key)
        DEMAND(key_make(&v, &at, revision, clock_month(v.now), key) == OK);
}

struct asking {
    struct exchange x; /* first */
    bool is_done;
};

static void
asking_done(struct exchange *x)
{
    DEMAND(!((struct asking *)x)->is_done);
    ((struct asking *)x)->is_done = true;
}

static bool
is_status(int n)
{
    static const int known[] = {10, 11, 20, 30, 31, 40, 41,
                                44, 51, 52, 53, 59, 60, 62};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i] == n)
            return true;
    return false;
}

/* ^[1-6][0-9] [^control]{1,1000}\r\n */
static void
answer_check(const struct response *rs, struct str header, bool is_prompted)
{
    bool is_page = header.n > 15 && !memcmp(header.p, "20 text/gemini;", 15);

    DEMAND(is_status(rs->status));
    DEMAND(header.n >= 6 && header.n <= 1005);
    DEMAND(header.p[0] == '0' + rs->status / 10 &&
           header.p[1] == '0' + rs->status % 10 && header.p[2] == ' ');
    DEMAND(memcmp(header.p + header.n - 2, "\r\n", 2) == 0);
    DEMAND(oracle_utf8(header.p, header.n));
    for (size_t i = 0; i < header.n - 2; i++)
        DEMAND((unsigned char)header.p[i] >= 0x20 && header.p[i] != 0x7F);
    DEMAND(rs->status == 20 || rs->body.n == 0);
    DEMAND(rs->status != 40 && rs->status != 41); /* nothing is broken here */
    DEMAND(!is_prompted || rs->status / 10 != 1);
    if (is_page)
        oracle_gemtext(rs->body.p, rs->body.n);
}

static void
ask(struct str line, struct str body, enum who who)
{
    struct asking a = {.is_done = false};
    struct exchange *x = &a.x;
    struct buf header;

    x->finished = asking_done;
    arena_init(&x->mem, MEMORY);
    response_init(&x->rs);
    buf_init(&header, 2048);
    x->bad = request_parse(line, STR(""), &names, &x->mem, &x->rq);
    x->rq.peer = peer_of(who);
    if (!x->bad && who >= AMINA)
        key_put(x, who);
    if (!x->bad && x->rq.is_upload)
        x->bad = box.service.admit(box.loop, x);
    if (!x->bad && x->rq.is_upload && x->rq.titan.size < body.n)
        body.n = x->rq.titan.size;
    if (!x->bad && x->rq.is_upload)
        x->rq.body = body;
    box.service.serve(box.loop, x);
    deliver_until(&a.is_done);
    response_finish(&x->rs, &header);
    answer_check(&x->rs, buf_str(&header), !x->bad && x->rq.has_input);
    buf_release(&header);
    response_release(&x->rs);
    arena_release(&x->mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line, body = {NULL, 0};
    const char *end;
    enum who who;
    int64_t before;

    if (size < 2 || size > 70000)
        return 0;
    if (!box.site)
        box_make();
    who = (enum who)(data[0] % WHO);
    line = (struct str){(const char *)data + 1, size - 1};
    if ((end = memmem(line.p, line.n, "\r\n", 2))) {
        body = str_skip(line, (size_t)(end - line.p) + 2);
        line.n = (size_t)(end - line.p);
    }
    before = db_number(box.watch, "PRAGMA data_version", -1);
    ask(line, body, who);
    if (who < AMINA)
        DEMAND(db_number(box.watch, "PRAGMA data_version", -2) == before);
    return 0;
}
