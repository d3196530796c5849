#include "tests/unit/site_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "pages/inner.h"
#include "tests/unit/scratch.h"

#define MEMORY ((size_t)64 << 20)

static const struct str hosts[] = {{"example.org", 11}};
static const int ports[] = {1965};
static const struct names names = {hosts, 1, ports, 1};

int
site_setup(void **state)
{
    struct site_box *b = calloc(1, sizeof(*b));
    int version = 0;

    assert_non_null(b);
    if (scratch_setup(&b->directory))
        return -1;
    b->database = scratch_path(&b->directory, "forum.db");
    b->content = scratch_path(&b->directory, "content");
    arena_init(&b->mem, MEMORY);
    b->config = (struct site_config){
        .database = str_of(b->database),
        .content = str_of(b->content),
        .title = STR("Understory"),
        .line = STR("A place to learn from one another."),
        .names = &names,
        .public_port = 1965,
        .fingerprint = STR("00112233445566778899aabbccddeeff"
                           "00112233445566778899aabbccddeeff"),
        .cert_not_after = INT64_C(4000000000),
        .queue = 16};
    assert_int_equal(site_open(&b->config, &b->site, &version), OK);
    b->service = site_service(b->site);
    b->home = mailbox_new(0, NULL, NULL);
    assert_non_null(b->home);
    b->loop = b->service.begin(b->service.site, b->home);
    assert_non_null(b->loop);
    *state = b;
    return 0;
}

int
site_teardown(void **state)
{
    struct site_box *b = *state;
    int bad;

    b->service.end(b->loop);
    site_close(b->site);
    mailbox_free(b->home);
    arena_release(&b->mem);
    free(b->database);
    free(b->content);
    bad = scratch_teardown(&b->directory);
    free(b);
    clock_shift(0);
    return bad;
}

void
site_content(struct site_box *b, const char *file, const char *text)
{
    char path[512];
    FILE *f;

    for (const char *end = file; end; end = strchr(end + 1, '/')) {
        (void)snprintf(path, sizeof(path), "%s/%.*s", b->content,
                       (int)(end - file), file);
        (void)mkdir(path, 0700); /* may be there already */
    }
    (void)snprintf(path, sizeof(path), "%s/%s", b->content, file);
    f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

struct peer
site_peer(unsigned n)
{
    struct peer peer = {.is_there = n != 0};

    memset(peer.cert, (int)n, sizeof(peer.cert));
    memset(peer.key, (int)n, sizeof(peer.key));
    peer.not_after = clock_now() + 365 * DAY;
    return peer;
}

/* What is waited for, found again from the exchange or the job. */
struct asking {
    struct exchange x; /* first */
    bool is_done;
};

static void
asking_done(struct exchange *x)
{
    ((struct asking *)x)->is_done = true;
}

static void
deliver_until(struct site_box *b, const bool *is_done)
{
    while (!*is_done) {
        struct mail *m = mailbox_wait(b->home, 1);

        m->deliver(m);
    }
}

static void
asking_init(struct asking *a, const struct peer *who)
{
    *a = (struct asking){.is_done = false};
    a->x.finished = asking_done;
    arena_init(&a->x.mem, (size_t)4 << 20);
    response_init(&a->x.rs);
    a->x.rq.peer = *who;
}

static struct answer
asking_end(struct site_box *b, struct asking *a)
{
    struct answer answer;
    struct buf header;

    b->service.serve(b->loop, &a->x);
    deliver_until(b, &a->is_done);
    buf_init(&header, 2048);
    response_finish(&a->x.rs, &header);
    answer.status = a->x.rs.status;
    answer.meta.p = arena_z(&b->mem, buf_str(&a->x.rs.meta));
    answer.meta.n = a->x.rs.meta.n;
    answer.body.p = arena_z(&b->mem, buf_str(&a->x.rs.body));
    answer.body.n = a->x.rs.body.n;
    assert_false(b->mem.bad);
    buf_release(&header);
    response_release(&a->x.rs);
    arena_release(&a->x.mem);
    return answer;
}

static struct answer
ask(struct site_box *b, const struct peer *who, const char *line,
    struct str body)
{
    struct asking a;

    asking_init(&a, who);
    a.x.bad = request_parse(str_of(line), STR(""), &names, &a.x.mem, &a.x.rq);
    a.x.rq.peer = *who;
    if (!a.x.bad && a.x.rq.is_upload)
        a.x.bad = b->service.admit(b->loop, &a.x);
    a.x.rq.body = body;
    return asking_end(b, &a);
}

struct answer
site_ask(struct site_box *b, const struct peer *who, const char *url)
{
    char line[2048];

    (void)snprintf(line, sizeof(line), "%s%s", *url == '/' ? SITE_HOST : "",
                   url);
    return ask(b, who, line, STR(""));
}

struct answer
site_upload(struct site_box *b, const struct peer *who, const char *line,
            struct str body)
{
    return ask(b, who, line, body);
}

struct answer
site_refuse(struct site_box *b, enum err bad, int seconds)
{
    struct peer nobody = site_peer(0);
    struct asking a;

    asking_init(&a, &nobody);
    a.x.bad = bad;
    a.x.rate_seconds = seconds;
    return asking_end(b, &a);
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

struct outcome
site_do(struct site_box *b, const struct change *c)
{
    struct doing d = {.is_done = false};
    struct change change = *c;

    change.at = clock_now();
    change_job_init(&d.cj, &change);
    d.cj.job.home = b->home;
    d.cj.job.done = doing_done;
    assert_int_equal(writer_post(b->site->writer, &d.cj.job), OK);
    deliver_until(b, &d.is_done);
    assert_int_equal(d.cj.job.err, OK);
    return d.cj.out;
}

static void
people(struct site_box *b)
{
    struct peer amina = site_peer(AMINA), josef = site_peer(JOSEF);

    site_do(b, &(struct change){
                   .kind = CHANGE_JOIN, .peer = amina, .text = STR("Amina")});
    site_do(b, &(struct change){
                   .kind = CHANGE_JOIN, .peer = josef, .text = STR("Josef")});
}

static int64_t
community(struct site_box *b, struct str name)
{
    struct outcome o = site_do(b, &(struct change){.kind = CHANGE_START,
                                                   .member = 1,
                                                   .text = STR("To grow")});

    return site_do(b, &(struct change){.kind = CHANGE_FOUND,
                                       .member = 1,
                                       .draft = o.draft,
                                       .text = name})
        .community;
}

static int64_t
thread(struct site_box *b, int64_t in, struct str title)
{
    return site_do(b, &(struct change){.kind = CHANGE_THREAD,
                                       .member = 1,
                                       .community = in,
                                       .title = title,
                                       .text = STR("The pump stopped.")})
        .thread;
}

int
town_setup(void **state)
{
    struct site_box *b;
    int64_t cellar;

    if (site_setup(state))
        return -1;
    b = *state;
    people(b);
    assert_int_equal(thread(b, community(b, STR("Garden")), STR("Pump")), 1);
    cellar = community(b, STR("Cellar"));
    assert_int_equal(thread(b, cellar, STR("Wine")), 2);
    site_do(b, &(struct change){.kind = CHANGE_SET_OPENNESS,
                                .member = 1,
                                .community = cellar,
                                .value = CLOSED});
    return 0;
}

bool
answer_has(const struct answer *a, const char *text)
{
    return a->body.n > 0 && strstr(a->body.p, text) != NULL;
}

const char *
answer_link(struct site_box *b, const struct answer *a, const char *label)
{
    struct str rest = a->body;

    while (rest.n > 0) {
        struct str line = str_cut(&rest, '\n');

        if (!str_has_prefix(line, STR("=> ")))
            continue;
        line = str_skip(line, 3);
        if (str_has_prefix(str_skip(line, (size_t)str_find(line, ' ') + 1),
                           str_of(label)))
            return arena_z(&b->mem, str_cut(&line, ' '));
    }
    print_error("no link \"%s\" on:\n%s\n", label, a->body.p);
    fail();
    return NULL;
}
