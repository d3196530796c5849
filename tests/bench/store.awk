# The table of `make bench-store`; behind table.awk. small and large are the
# numbers of posts of the smallest and the largest town.
# A small town has shorter lists: a list is compared by what each row costs.
function rows(name, who,    n) {
    n = median(name, who, "rows")
    return n > 1 ? n : 1
}

# A search looks at the newest that match, in a large town at more of them.
function searches(name) {
    row(name ", p99", short(median(name, large, "p99_us")) " us",
        short(median(name, small, "p99_us")) " us",
        median(name, large, "p99_us") / 1000, "ms", "<", 50)
    note("  median", short(median(name, large, "p50_us")) " us",
         short(median(name, small, "p50_us")) " us", "", "")
}

function queries(    n, name, names, i, a, b, key, seen) {
    for (key in count) {
        split(key, part, SUBSEP)
        if (part[3] == "steps" && part[2] == large)
            names[++n] = part[1]
    }
    for (i = 1; i <= n; i++) {
        name = names[i]
        if (name ~ /^(search|near)/) {
            searches(name)
            continue
        }
        a = median(name, large, "steps")
        b = median(name, small, "steps")
        row(name ", steps per row", short(a), short(b), ratio(a, b), "x",
            "<", 1.1)
        a = median(name, large, "p50_us")
        b = median(name, small, "p50_us")
        row("  median; per row that came", short(a) " us", short(b) " us",
            ratio(a / rows(name, large), b / rows(name, small)), "x", "<", 4)
        row("  p99; median", short(median(name, large, "p99_us")) " us",
            short(median(name, small, "p99_us")) " us", a / 1000, "ms", "<",
            0.5)
    }
}

END {
    line("what", large " posts", small, "figure", "goal", "verdict")
    queries()
    print ""
    line("what", "ours", "reference", "figure", "goal", "verdict")
    a = median("write", small, "posts_64")
    b = median("write", small, "posts_1")
    row("posts a second, 64 writers against one", short(a), short(b),
        ratio(a, b), "x", ">", 4)
    note("  with a reader beside them",
         short(median("write", small, "posts_64_read")), "", "", "")
    note("  median and p99 of a post, 64 writers",
         short(median("write", small, "commit_64_p50_us")) " us",
         short(median("write", small, "commit_64_p99_us")) " us", "", "")
    note("  median and p99 of a post, one writer",
         short(median("write", small, "commit_1_p50_us")) " us",
         short(median("write", small, "commit_1_p99_us")) " us", "", "")
    a = median("write", small, "read_busy_p50_us")
    b = median("write", small, "read_idle_p50_us")
    row("a reader's median while 64 write, against idle", short(a) " us",
        short(b) " us", ratio(a, b), "x", "<", 1.3)
    note("  p99", short(median("write", small, "read_busy_p99_us")) " us",
         short(median("write", small, "read_idle_p99_us")) " us", "", "")
    a = median("pages", large, "rss_kb") / 1024
    row("resident memory after " pages " random pages, " large " posts",
        short(a) " MiB", "", a, "MiB", "<", 96)
    note("  of that, not of files",
         short(median("pages", large, "anon_kb") / 1024) " MiB", "", "", "")
    a = median("first", large, "first_ms")
    row("start to first answer, " large " posts", short(a) " ms",
        short(median("first", small, "first_ms")) " ms", a, "ms", "<", 200)
}
