# Bytes on the wire and rows stepped are the same on a fast machine and a busy
# one: of these a missed goal, and of any a figure that is not there, fails.
/not measured$/ || (/missed by/ && (/^bytes/ || /, steps per row/)) {
    print "bench: an exact goal is missed: " $0
    bad = 1
}
END {
    if (NR < 10)
        print "bench: there is no table"
    exit bad || NR < 10
}
