# Folders are layers. Reads every #include of the files named, and fails on an
# arrow that points upwards and on a system header outside its folder.

BEGIN {
    may["base"] = " base "
    may["wire"] = " base wire "
    may["certs"] = " base certs "
    may["store"] = " base store "
    may["forum"] = " base store forum sql.h "
    may["pages"] = " base wire forum pages texts.h "
    may["net"] = " base wire certs net "

    # Who else may use a system header: folders, or single files.
    only["openssl/"] = " certs net server/base/secret.c server/health.c "
    only["sqlite3.h"] = " store "
    only["event2/"] = " net server/health.c "
    only["utf8proc.h"] = " server/base/text.c server/base/text_name.c " \
        "server/base/text_width.c server/base/text_words.c "
    only["libxml/"] = " server/wire/atom.c "
    only["uriparser/"] = " server/wire/url.c "
    only["ini.h"] = " server/config.c "
    only["seccomp.h"] = " server/base/jail.c "
    only["linux/landlock.h"] = " server/base/jail.c "
    only["pthread.h"] = " server/base/mailbox.c "
    only["sys/socket.h"] = " net top "
    only["netinet/"] = " net top "
    only["arpa/"] = " certs net top "
    only["netdb.h"] = " net top "
}

# The layer that a file stands in; "top" for those that may use everything.
function layer_of(file, part, n) {
    n = split(file, part, "/")
    if (part[1] == "certs")
        return "certs"
    if (part[1] == "server" && n > 2)
        return part[2]
    return part[1] == "server" ? "top" : "tests"
}

function wrong(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    bad = 1
}

FNR == 1 {
    layer = layer_of(FILENAME)
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    target = quoted[2]
    if (index(target, ".."))
        wrong("an include is written from server/ or from the top")
    if (index(target, "/"))
        sub("/.*", "", target)
    if (layer in may && index(may[layer], " " target " ") == 0)
        wrong(layer " may not include \"" quoted[2] "\"")
}

/^[ \t]*#[ \t]*include[ \t]*</ && layer != "tests" {
    split($0, angled, "[<>]")
    for (header in only)
        if (index(angled[2], header) == 1 &&
            index(only[header], " " layer " ") == 0 &&
            index(only[header], " " FILENAME " ") == 0)
            wrong("<" angled[2] "> stays in" only[header])
}

END {
    exit bad
}
