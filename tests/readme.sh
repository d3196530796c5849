#!/bin/sh
# README.md shows a conversation; tests/talk/readme.talk holds it. Speaks TAP.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=0
awk '/^```gemtext$/ { on = 1; next } /^```$/ { on = 0 } on && NF' README.md |
    while read -r line; do
        case $line in
        "=> "*) line=$(printf '%s' "$line" | cut -d' ' -f3-) ;;
        "## "*) line=${line%%,*} ;;
        esac
        grep -qF -- "$line" tests/talk/readme.talk || {
            echo "not ok - README.md shows a line that no test has: $line"
            exit 1
        }
    done || failed=1
for file in $(grep -o '`[a-z]*/[a-zA-Z/_0-9]*\.[a-z]*`' README.md | tr -d '`'); do
    [ -e "$file" ] || [ -e "server/$file" ] || {
        echo "not ok - README.md names $file, which is not there"
        failed=1
    }
done
[ "$failed" -eq 0 ] && echo "ok - README.md shows what is there"
exit "$failed"
