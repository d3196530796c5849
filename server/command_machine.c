/* Commands about the machine: how it is, how large, and smaller. */
#include "command.h"
#include "report.h"

enum {
    MIB = 1 << 20,
    WAL_MIB = 256,
    FREE_MIB = 512,
    CERT_DAYS = 60,
    BACKUP_HOURS = 48
};

/* Each sentence is a thing to do. Their number is told by the exit code. */
static int
attention(struct report *r, bool is_needed, const char *key,
          const char *sentence)
{
    if (is_needed && r->is_json)
        report_truth(r, key, "", true);
    else if (is_needed)
        fprintf(r->out, "! %s\n", sentence);
    return is_needed;
}

static int
attentions(struct report *r, const struct config *c,
           const struct server_health *h)
{
    int n = 0;

    n += attention(r,
                   h->disk_free < (int64_t)FREE_MIB * MIB ||
                       h->disk_free < 2 * h->database,
                   "wants_disk",
                   "The disk has little room: make some, or move the data "
                   "directory to a larger one.");
    n += attention(r, h->wal > (int64_t)WAL_MIB * MIB, "wants_checkpoint",
                   "The write-ahead log is large: a reader or a backup holds "
                   "it; if it stays so, start the server again.");
    n += attention(r, h->cert_days < CERT_DAYS, "wants_certificate",
                   "The certificate ends soon: 'understory cert renew', then "
                   "SIGHUP.");
    n += attention(r, !h->cert_covers_all, "wants_names",
                   "The certificate lacks a name of the setting host: "
                   "'understory cert renew', then SIGHUP.");
    n += attention(r, c->backup_to.n == 0, "wants_backup_to",
                   "No place for backups is set: give backup-to, and run "
                   "'understory backup' every night.");
    n += attention(r, c->backup_to.n > 0 && !h->has_backup, "wants_backup",
                   "There is no backup yet: 'understory backup'.");
    n += attention(r, h->has_backup && h->backup_hours > BACKUP_HOURS,
                   "wants_newer_backup",
                   "The newest backup is old: look why the last ones failed, "
                   "and run 'understory backup'.");
    return n;
}

int
health_run(struct call *call)
{
    struct server_health h;
    struct report r;
    int wants;

    if (server_health(&call->config, &h, call->why))
        return call_failed(call->why);
    report_begin(&r, stdout, call->flags & FLAG_JSON);
    report_truth(&r, "serving", "A server runs", h.is_served);
    report_number(&r, "disk_free", "Free on the disk",
                  r.is_json ? h.disk_free : h.disk_free / MIB, "MiB");
    report_number(&r, "database", "Database",
                  r.is_json ? h.database : h.database / MIB, "MiB");
    report_number(&r, "wal", "Write-ahead log", r.is_json ? h.wal : h.wal / MIB,
                  "MiB");
    if (h.has_backup)
        report_number(&r, "backup_hours", "Newest backup", h.backup_hours,
                      "hours old");
    report_number(&r, "certificate_days", "Certificate", h.cert_days,
                  "days left");
    wants = attentions(&r, &call->config, &h);
    report_end(&r);
    return wants ? FAILED : DONE;
}

int
stats_run(struct call *call)
{
    struct server_stats s;
    struct report r;

    if (server_stats(&call->config, &s, call->why))
        return call_failed(call->why);
    report_begin(&r, stdout, call->flags & FLAG_JSON);
    report_text(&r, "version", "Understory", str_of(VERSION));
    report_text(&r, "libraries", "Libraries", str_of(s.libraries));
    report_number(&r, "processors", "Processors", s.processors, "");
    report_number(&r, "schema", "Form of the database", s.schema, "");
    report_number(&r, "database", "Database", s.database, "bytes");
    report_number(&r, "wal", "Write-ahead log", s.wal, "bytes");
    report_number(&r, "page_bytes", "A page of it", s.page_bytes, "bytes");
    report_number(&r, "pages", "Pages", s.pages, "");
    report_number(&r, "pages_free", "  of them free", s.pages_free, "");
    report_end(&r);
    return DONE;
}

int
vacuum_run(struct call *call)
{
    struct server_vacuum v;
    struct report r;

    if (!call_agree(call, "The database is written anew without its free "
                          "pages; until that is done a running server asks "
                          "those who write to wait."))
        return ASKED_WRONG;
    if (server_vacuum(&call->config, &v, call->why))
        return call_failed(call->why);
    report_begin(&r, stdout, call->flags & FLAG_JSON);
    report_number(&r, "before", "Before", v.before, "bytes");
    report_number(&r, "after", "Now", v.after, "bytes");
    report_end(&r);
    return DONE;
}
