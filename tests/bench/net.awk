# The table of `make bench`; behind table.awk.
function cpu(what, name, goal,    a, b) {
    a = median(name, "ours", "cpu_us")
    b = median(name, "bare", "cpu_us")
    row(what, short(a) " us", short(b) " us", ratio(a, b), "x", "<", goal)
    note("  requests/s, 16 at once", short(median(name, "ours", "per_second")),
         short(median(name, "bare", "per_second")), "", "")
}

function beside(name, who) {
    return median(name, who, "in") - median(name, who, "body")
}

function bytes(what, name, from_server, from_client) {
    row(what ", from the server beside the page", beside(name, "ours"),
        beside(name, "bare"), beside(name, "ours"), "B", "<", from_server)
    row(what ", from the client", median(name, "ours", "out"),
        median(name, "bare", "out"), median(name, "ours", "out"), "B", "<",
        from_client)
}

END {
    heading()
    cpu("CPU, full handshake, guest's page", "full", 1.25)
    cpu("CPU, P-256 certificate, member's page with keys", "cert", 1.35)
    cpu("CPU, resumed, guest's page", "resumed", 1.5)
    note("CPU, RSA-2048 certificate, guest's page",
         short(median("rsa", "ours", "cpu_us")) " us",
         short(median("rsa", "bare", "cpu_us")) " us",
         ratio(median("rsa", "ours", "cpu_us"), \
               median("rsa", "bare", "cpu_us")), "x")

    a = median("half", "ours", "p99_us"); b = median("half", "bare", "p99_us")
    row("p99 at half load (" rate " a second)", short(a) " us",
        short(b) " us", ratio(a, b), "x", "<", 2)
    note("  p50", short(median("half", "ours", "p50_us")) " us",
         short(median("half", "bare", "p50_us")) " us", "", "")

    a = median("loops", "two", "cpu_us"); b = median("loops", "one", "cpu_us")
    row("CPU per request, two loops against one", short(a) " us",
        short(b) " us", ratio(a, b), "x", "<", 1.05)
    a = median("loops", "two", "per_second")
    b = median("loops", "one", "per_second")
    if (cores >= 4)
        row("requests/s, two loops against one", short(a), short(b),
            ratio(a, b), "x", ">", 1.8)
    else
        note("requests/s, two loops (goal 1.8x wants 4 cores; here " cores ")",
             short(a), short(b), ratio(a, b), "x")

    a = median("idle", "ours", "per_connection")
    b = median("idle", "bare", "per_connection")
    row("memory of an idle connection", short(a) " B", short(b) " B",
        ratio(a, b), "x", "<", 1.3)

    a = median("crowded", "crowd", "p99_us")
    b = median("quiet", "crowd", "p99_us")
    row("p99 among " idle " idle and " slow " slow, against alone",
        short(a) " us", short(b) " us", ratio(a, b), "x", "<", 2)
    row("  of those, ended by the server",
        most("idlers", "crowd", "ended") + most("slow", "crowd", "ended"),
        "", (most("idlers", "crowd", "ended") + \
             most("slow", "crowd", "ended")) * 100 / (idle + slow), "%", ">",
        100)
    row("  the last one, after its deadline of " deadline " s",
        short(most("slow", "crowd", "age_max")) " s", "",
        most("slow", "crowd", "age_max") / deadline, "x", "<", 1.1)
    note("  most memory of the server meanwhile",
         short(most("slow", "crowd", "most_kb") / 1024) " MiB", "", "", "")

    bytes("bytes, full, guest", "full", 1000, 490)
    # A signature is a byte longer or shorter by chance.
    a = beside("rsa", "ours") - beside("full", "ours")
    line("bytes more from the server for an RSA-2048 certificate",
         beside("rsa", "ours"), beside("full", "ours"), short(a) "B", "<= 0B",
         a < 1 ? "met" : "missed by " short(a) " bytes")
    bytes("bytes, resumed, guest", "resumed", 400, 560)
    bytes("bytes, resumed, RSA-2048 certificate", "resumed-rsa", 400, 560)

    note("uploads, CPU and number a second",
         short(median("upload", "ours", "cpu_us")) " us",
         short(median("upload", "ours", "per_second")) "/s", "", "")
}
