/*
 * Before a benchmark: two members join by the pages that people use, one with a
 * P-256 and one with an RSA-2048 certificate, and a thread is found whose page
 * is nearest to 4,096 bytes.
 *
 *     settle PORT DIR      writes DIR/p256.pem and DIR/rsa.pem
 *
 * Prints NAME=VALUE lines: the thread's number, the size of its page for a
 * guest and for a member, and where the member's uploads go.
 */
#include <openssl/pem.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "tests/talk/browser.h"

#define WANTED 4096
#define THREADS_SEEN 400

static void
give_up(const char *what, const char *why)
{
    fprintf(stderr, "settle: %s: %s\n", what, why);
    exit(1);
}

/* Follows the link whose address holds `part`. */
static void
walk(struct browser *b, const char *part, char *text)
{
    char path[1100], *texts[1] = {text};

    if (!browser_link(b, part, true, path, sizeof path))
        give_up(part, "no such link");
    if (!browser_walk(b, path, texts, text != NULL) || b->last.status != 20)
        give_up(part, b->why);
}

static void
pem_save(const struct person *p, const char *dir, const char *kind)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s.pem", dir, kind);
    if ((f = fopen(path, "we")) == NULL ||
        PEM_write_X509(f, p->identity.cert) != 1 ||
        PEM_write_PrivateKey(f, p->identity.key, NULL, NULL, 0, NULL, NULL) !=
            1)
        give_up(path, "not written");
    fclose(f);
}

static void
member_join(struct browser *b, const char *dir, const char *kind)
{
    uint32_t number = 0;
    char name[32];

    secret_below(1000000000, &number);
    snprintf(name, sizeof name, "Visitor %u", (unsigned)number);
    snprintf(b->person.name, sizeof b->person.name, "%s", name);
    if (!person_identity(&b->person, kind, false))
        give_up(kind, "no certificate");
    if (!browser_get(b, "/i/join"))
        give_up("/i/join", b->why);
    walk(b, "/join/n/", name);
    pem_save(&b->person, dir, kind);
}

/* The thread whose page for a guest is nearest to what is wanted. */
static int
thread_choose(struct browser *guest, size_t *size)
{
    size_t nearest = SIZE_MAX;
    char path[64];
    int best = 0;

    for (int i = 2; i < THREADS_SEEN && nearest > 0; i++) {
        size_t n, off;

        snprintf(path, sizeof path, "/t/%d", i);
        if (!browser_get(guest, path))
            give_up(path, guest->why);
        n = guest->last.n;
        off = n > WANTED ? n - WANTED : WANTED - n;
        if (guest->last.status == 20 && off < nearest) {
            nearest = off;
            best = i;
            *size = n;
        }
    }
    if (best == 0)
        give_up("threads", "none can be read");
    return best;
}

int
main(int argc, char **argv)
{
    struct browser member = {.port = 0}, rsa = {.port = 0}, guest = {.port = 0};
    char path[64], upload[1100];
    size_t size = 0;
    int thread;

    if (argc != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    member.port = rsa.port = guest.port = (int)strtol(argv[1], NULL, 10);
    member_join(&member, argv[2], "p256");
    member_join(&rsa, argv[2], "rsa");
    thread = thread_choose(&guest, &size);
    snprintf(path, sizeof path, "/i/t/%d", thread);
    if (!browser_get(&member, path) || member.last.status != 20)
        give_up(path, member.why);
    printf("thread=%d\nsize=%zu\nmember_size=%zu\n", thread, size,
           member.last.n);
    if (!browser_get(&member, "/i/t/1") ||
        !browser_link(&member, "/t/1/r/", true, upload, sizeof upload))
        give_up("/i/t/1", "no link to reply");
    printf("upload=%s\n", upload);
    browser_release(&member);
    browser_release(&rsa);
    browser_release(&guest);
    return 0;
}
