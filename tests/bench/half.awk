# Half of what one loop served in a second; behind table.awk.
END { print int(median("full", "ours", "per_second") / 2) }
