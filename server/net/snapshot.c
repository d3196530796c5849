#include "net/snapshot.h"

#include <stdlib.h>
#include <string.h>

#define SNAPSHOT_BYTES (1 << 20)

static void
names_copy(struct snapshot *s, const struct names *names, const int *ports,
           int count)
{
    size_t hosts = (size_t)names->hosts, mine = (size_t)names->ports;
    struct str *host = arena_alloc(&s->mem, (hosts + 1) * sizeof *host);
    int *port = arena_alloc(&s->mem, (mine + (size_t)count + 1) * sizeof *port);

    for (size_t i = 0; host != NULL && i < hosts; i++)
        host[i] = arena_copy(&s->mem, names->host[i]);
    if (port != NULL && mine > 0)
        memcpy(port, names->port, mine * sizeof *port);
    if (port != NULL && count > 0)
        memcpy(port + mine, ports, (size_t)count * sizeof *port);
    s->names = (struct names){.host = host,
                              .hosts = names->hosts,
                              .port = port,
                              .ports = names->ports + count};
}

enum err
snapshot_new(const struct names *names, const int *ports, int count,
             struct context *tls, struct snapshot **out)
{
    struct snapshot *s = calloc(1, sizeof *s);

    *out = NULL;
    if (s == NULL)
        return E_NOMEM;
    atomic_init(&s->owners, 1);
    arena_init(&s->mem, SNAPSHOT_BYTES);
    s->tls = context_keep(tls);
    names_copy(s, names, ports, count);
    if (s->mem.bad) {
        snapshot_free(s);
        return E_NOMEM;
    }
    *out = s;
    return OK;
}

struct snapshot *
snapshot_keep(struct snapshot *s)
{
    atomic_fetch_add(&s->owners, 1);
    return s;
}

void
snapshot_free(struct snapshot *s)
{
    if (s == NULL || atomic_fetch_sub(&s->owners, 1) > 1)
        return;
    context_free(s->tls);
    arena_release(&s->mem);
    free(s);
}
