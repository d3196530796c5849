#!/bin/sh
# The program as an operator meets it: tests/program.sh PROGRAM. Speaks TAP.
# Every wrong start must say one clear line and what to do, and touch nothing.
set -u
program=$1
dir=$(mktemp -d) || exit 1
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; chmod -R u+rwx "$dir"
    rm -rf "$dir"' EXIT
failed=0

# is NAME EXIT WORDS COMMAND...: ends with that code, and its output holds WORDS
is() {
    name=$1
    want=$2
    words=$3
    shift 3
    timeout 20 "$@" >"$dir/out" 2>&1
    code=$?
    if [ "$code" -eq "$want" ] && grep -qiF -- "$words" "$dir/out"; then
        echo "ok - $name"
    else
        echo "not ok - $name (exit $code, wanted $want and \"$words\")"
        sed 's/^/# /' "$dir/out"
        failed=1
    fi
}

# one_line NAME: the last output was a single line
one_line() {
    if [ "$(wc -l <"$dir/out")" -eq 1 ]; then
        echo "ok - $1 says one line"
    else
        echo "not ok - $1 says one line"
        sed 's/^/# /' "$dir/out"
        failed=1
    fi
}

serve() {
    : >"$dir/serve"
    "$program" serve --data "$dir/data" --listen 127.0.0.1:0 \
        --host localhost "$@" >"$dir/serve" 2>&1 &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        grep -q 'gemini://localhost' "$dir/serve" && return 0
        kill -0 "$server" 2>/dev/null || return 1
        sleep 0.25
    done
    return 1
}

# stop SIGNAL NAME: the server ends with exit code 0
stop() {
    kill "-$1" "$server"
    wait "$server"
    code=$?
    server=
    if [ "$code" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2 (exit $code)"
        sed 's/^/# /' "$dir/serve"
        failed=1
    fi
}

says() {
    if grep -qiF -- "$2" "$dir/serve"; then
        echo "ok - $1"
    else
        echo "not ok - $1 (\"$2\")"
        sed 's/^/# /' "$dir/serve"
        failed=1
    fi
}

is "help names the commands" 0 "serve" "$program" --help
is "help is a command too" 0 "serve" "$program" help
is "the version is told" 0 "understory" "$program" --version
"$program" help | sed -n 's/^  \([a-z][a-z ]*[a-z]\)  .*/\1/p' >"$dir/commands"
[ "$(wc -l <"$dir/commands")" -gt 5 ] || echo "not ok - help lists commands"
while read -r command; do
    is "the manual page tells of $command" 0 "" \
        grep -E "^\.(It )?Cm (.*\| )?$command\b" content/man/understory.1
    # shellcheck disable=SC2086
    is "$command has help of its own" 0 "understory $command" \
        "$program" $command --help
done <"$dir/commands"
is "a word too many is named" 2 "'data' is one word too many" \
    "$program" check data
is "a flag that a command has not is refused" 2 "no --yes" \
    "$program" settings --yes
is "settings are printed with their defaults" 0 "public-port" \
    "$program" settings
is "no command says which there are" 2 "serve" "$program"
is "a wrong command says which there are" 2 "settings" "$program" dance
is "a wrong option says which there are" 2 "--listen" \
    "$program" serve --dance
is "an option without a value says so" 2 "--data" "$program" serve --data
is "a wrong address says how one looks" 2 "listen" \
    "$program" serve --data "$dir/data" --listen nowhere

printf 'dance = yes\n' >"$dir/bad.conf"
is "an unknown setting is named with its line" 1 "bad.conf:1" \
    "$program" serve --data "$dir/data" --config "$dir/bad.conf"
one_line "an unknown setting"
printf '\nloops = many\n' >"$dir/bad.conf"
is "a bad value is named with its line" 1 "bad.conf:2" \
    "$program" serve --data "$dir/data" --config "$dir/bad.conf"
one_line "a bad value"
is "a settings file that is not there is named" 1 "missing.conf" \
    "$program" serve --data "$dir/data" --config "$dir/missing.conf"
one_line "a missing settings file"
[ -e "$dir/data" ] && echo "not ok - a wrong start made a data directory" &&
    failed=1

is "init makes data, certificate and database" 0 "" \
    "$program" init --data "$dir/data" --host localhost
for file in server.key server.crt understory.db; do
    [ -s "$dir/data/$file" ] || {
        echo "not ok - init made $file"
        failed=1
    }
done
is "a key is for its owner alone" 0 "600" stat -c %a "$dir/data/server.key"
is "a data directory is for its owner alone" 0 "700" stat -c %a "$dir/data"
is "check finds nothing wrong in what init made" 0 "" \
    "$program" check --data "$dir/data"
is "bar says how a post is written" 1 "THREAD/POST" \
    "$program" bar nobody "Enough" --data "$dir/data"
is "bar says that there is no such post" 1 "1/1" \
    "$program" bar 1/1 "Enough" --data "$dir/data"
is "bar needs a reason" 2 "REASON" "$program" bar 1/1 --data "$dir/data"
before=$(sha256sum <"$dir/data/server.crt")
is "init a second time changes nothing" 0 "" \
    "$program" init --data "$dir/data" --host localhost
[ "$before" = "$(sha256sum <"$dir/data/server.crt")" ] || {
    echo "not ok - init a second time changes nothing: another certificate"
    failed=1
}

serve || echo "# it did not start"
says "the start tells the address" "gemini://localhost"
says "the start tells the fingerprint" "SHA-256"
says "the start tells where the data lies" "$dir/data"
says "the start names clients" "Lagrange"
is "two servers do not share a directory" 1 "another" \
    "$program" serve --data "$dir/data" --listen 127.0.0.1:0 --host localhost
one_line "a shared directory"
port=$(sed -n 's|.*gemini://localhost:\([0-9]*\).*|\1|p' "$dir/serve" | head -1)
is "a port in use says so" 1 "$port" \
    "$program" serve --data "$dir/other" --listen "127.0.0.1:$port" \
    --host localhost
one_line "a port in use"
kill -HUP "$server"
sleep 0.3
kill -0 "$server" 2>/dev/null && echo "ok - SIGHUP does not end it"
stop INT "Ctrl-C ends it cleanly"
serve || echo "# it did not start again"
says "a second start uses what is there" "gemini://localhost"
stop TERM "SIGTERM ends it cleanly"
[ "$before" = "$(sha256sum <"$dir/data/server.crt")" ] ||
    echo "not ok - a second start keeps the certificate"

# A backup while it serves, and back from it: the same place.
serve || echo "# it did not start for a backup"
fingerprint=$(grep -o 'SHA-256 .*' "$dir/serve")
is "a backup is made while it serves" 0 "$dir/backups/understory-" \
    "$program" backup "$dir/backups" --data "$dir/data"
is "a script reads where it is" 0 '{"path": "' \
    "$program" backup "$dir/backups" --data "$dir/data" --json
stop TERM "it ends cleanly after a backup"
backup=$(find "$dir/backups" -name 'understory-*' | head -1)
is "a backup is verified" 0 "All is as it was made" "$program" verify "$backup"
is "nothing is restored over what is there" 1 "not empty" \
    "$program" restore "$backup" --data "$dir/data"
one_line "a restore over data"
mv "$dir/data" "$dir/lost"
is "a backup is restored" 0 "Restored from" \
    "$program" restore "$backup" --data "$dir/data"
is "check finds nothing wrong in what came back" 0 "Nothing is wrong" \
    "$program" check --data "$dir/data"
serve || echo "# it did not start from a backup"
says "what came back shows the same certificate" "$fingerprint"
stop TERM "what came back ends cleanly"
rm -rf "$dir/lost"
printf 'x' >>"$backup/understory.db"
is "a damaged backup is named" 1 "damaged" "$program" verify "$backup"
one_line "a damaged backup"
is "what is no backup is named" 1 "no manifest" "$program" verify "$dir/data"
is "a backup needs to know where to" 1 "backup-to" \
    "$program" backup --data "$dir/data"
is "a backup into a file is refused" 1 "is not a directory" \
    "$program" backup "$backup/manifest" --data "$dir/data"
is "without a database there is no backup" 1 "no database" \
    "$program" backup "$dir/backups" --data "$dir/nothing"

# How the machine is.
is "health wants a place for backups" 1 "! No place for backups" \
    "$program" health --data "$dir/data" --host localhost
is "health is content with a new backup" 0 "0 hours old" "$program" health \
    --data "$dir/data" --host localhost --backup-to "$dir/backups"
is "health tells a script" 1 '"wants_backup_to": true' \
    "$program" health --data "$dir/data" --host localhost --json
is "health sees a name that the certificate lacks" 1 "lacks a name" \
    "$program" health --data "$dir/data" --host other.example \
    --backup-to "$dir/backups"
is "health sees that none was made" 1 "no backup yet" "$program" health \
    --data "$dir/data" --host localhost --backup-to "$dir/empty"
is "health needs a data directory" 1 "$dir/nothing" \
    "$program" health --data "$dir/nothing"
one_line "health of nothing"
is "stats tell the versions" 0 "SQLite 3" "$program" stats --data "$dir/data"
serve || echo "# it did not start before vacuum"
is "health sees that a server runs" 0 '"serving": true' "$program" health \
    --data "$dir/data" --host localhost --backup-to "$dir/backups" --json
is "vacuum works beside a server" 0 '"after": ' \
    "$program" vacuum --yes --json --data "$dir/data"
stop TERM "it ends cleanly after vacuum"
is "check finds nothing wrong after vacuum" 0 "Nothing is wrong" \
    "$program" check --data "$dir/data"

# The certificate: shown, renewed, announced, changed while it serves.
is "cert show tells the fingerprint" 0 "Fingerprint, SHA-256" \
    "$program" cert show --data "$dir/data"
before=$(sed -n 's/^Fingerprint, SHA-256 *//p' "$dir/out")
is "cert announce tells the next fingerprint" 0 "The next, SHA-256" \
    "$program" cert announce --data "$dir/data"
next=$(sed -n 's/^The next, SHA-256 *//p' "$dir/out")
is "cert show tells both to a script" 0 "\"next_fingerprint\": \"$next\"" \
    "$program" cert show --json --data "$dir/data"
is "cert change does nothing where nobody agrees" 2 "Give --yes" \
    "$program" cert change --data "$dir/data" </dev/null
one_line "a change that nobody agreed to"
serve || echo "# it did not start before a change of its certificate"
says "what was announced is not in use" "$before"
is "cert change puts it to use" 0 "$next" \
    "$program" cert change --yes --data "$dir/data"
kill -HUP "$server"
sleep 0.5
says "a running server takes the changed certificate" "certificate=\"$next\""
stop TERM "it ends cleanly after a change of its certificate"
is "cert renew keeps the names" 0 "speaks for every host     yes" \
    "$program" cert renew --yes --data "$dir/data" --host localhost
is "cert import refuses what does not belong together" 1 "does not belong" \
    "$program" cert import "$dir/data/server.before.key" \
    "$dir/data/server.crt" --yes --data "$dir/data"
one_line "a wrong import"
is "cert import brings the old one back" 0 "$before" \
    "$program" cert import "$dir/data/server.before.key" \
    "$dir/data/server.before.crt" --yes --data "$dir/data"
is "half a command names its other half" 2 "cert show, cert renew" \
    "$program" cert

# Reload: wrong texts are refused with file and line, the old ones stay.
mkdir -p "$dir/texts/pages"
printf 'title = First\ncontent = %s\n' "$dir/texts" >"$dir/good.conf"
serve --config "$dir/good.conf"
printf '# {{dance}}\n' >"$dir/texts/pages/home.gmi"
kill -HUP "$server"
sleep 0.5
says "a wrong text is named with its line at a reload" "home.gmi:1"
kill -0 "$server" 2>/dev/null && echo "ok - a wrong text does not end it"
stop TERM "it still ends cleanly after a wrong reload"
is "a wrong text stops a start" 1 "home.gmi:1" "$program" serve \
    --data "$dir/data" --listen 127.0.0.1:0 --host localhost \
    --config "$dir/good.conf"
rm "$dir/texts/pages/home.gmi"

sqlite3 "$dir/data/understory.db" 'PRAGMA user_version = 999' 2>/dev/null &&
    is "a database newer than the program stops the start" 1 "newer" \
        "$program" serve --data "$dir/data" --listen 127.0.0.1:0 \
        --host localhost
if [ "$(id -u)" -eq 0 ]; then
    mkdir "$dir/theirs" && chown 12345 "$dir/theirs" && chmod 711 "$dir"
    is "a data directory of another user stops the start" 1 "another user" \
        "$program" serve --data "$dir/theirs" --listen 127.0.0.1:0 \
        --host localhost --user root
    mv "$dir/data" "$dir/before" && mv "$dir/theirs" "$dir/data"
    serve || echo "# it did not start"
    is "root becomes the owner of the data" 0 12345 stat -c %u "/proc/$server"
    is "what it makes then belongs to the owner" 0 12345 \
        stat -c %u "$dir/data/understory.db"
    stop TERM "it ends cleanly as another user"
fi

# In the jail: a kernel that can not is no failure of ours, and sanitizers need
# more than a jail gives.
mkdir "$dir/jailed" && mv "$dir/data" "$dir/before-jail"
mv "$dir/jailed" "$dir/data"
printf 'title = First\ncontent = %s\n' "$dir/texts" >"$dir/good.conf"
if grep -q -e __asan_init -e __tsan_init "$program"; then
    echo "ok - # skip: no jail around sanitizers"
elif serve --jail yes --config "$dir/good.conf"; then
    is "the calls of all its threads are bounded" 0 "all" sh -c \
        "test -z \"\$(grep -L Seccomp:.2 /proc/$server/task/*/status)\" &&
            echo all"
    mv "$dir/good.conf" "$dir/old.conf" # as editors do
    cp "$dir/old.conf" "$dir/good.conf"
    kill -HUP "$server"
    sleep 0.5
    says "it reloads in its jail" "reloaded"
    printf '# {{dance}}\n' >"$dir/texts/pages/home.gmi"
    kill -HUP "$server"
    sleep 0.5
    says "it reads changed texts in its jail" "home.gmi:1"
    stop TERM "it ends cleanly in its jail"
    is "the database is sound after a jail" 0 "" \
        "$program" check --data "$dir/data"
elif grep -q 'jail = auto' "$dir/serve"; then
    echo "ok - # skip: this kernel has no jail"
else
    echo "not ok - it starts in its jail"
    sed 's/^/# /' "$dir/serve"
    failed=1
fi
exit "$failed"
