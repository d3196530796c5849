# Medians, and the one form that all rows have. Input: NAME WHO KEY VALUE.
{ count[$1, $2, $3]++; value[$1, $2, $3, count[$1, $2, $3]] = $4 + 0 }

# The middle of what was measured; of an even number the upper one.
function median(name, who, key,    n, i, j, x, a) {
    n = count[name, who, key]
    for (i = 1; i <= n; i++) {
        x = value[name, who, key, i]
        for (j = i; j > 1 && a[j - 1] > x; j--)
            a[j] = a[j - 1]
        a[j] = x
    }
    return n ? a[int(n / 2) + 1] : 0
}

function most(name, who, key,    n, i, x) {
    n = count[name, who, key]
    for (i = 1; i <= n; i++)
        if (i == 1 || value[name, who, key, i] > x)
            x = value[name, who, key, i]
    return x + 0
}

function ratio(a, b) { return b > 0 ? a / b : 0 }

function line(what, ours, reference, figure, goal, verdict) {
    printf "%-58s %11s %11s %9s %9s  %s\n", what, ours, reference, figure,
        goal, verdict
}

function heading() {
    line("what", "ours", "reference", "figure", "goal", "verdict")
}

# A figure that may be at most (way "<") or must be at least (">") the goal.
# Nothing measured is nothing met.
function row(what, ours, reference, figure, unit, way, goal,    good, off,
             verdict) {
    good = (figure > 0) && (way == "<" ? (figure <= goal) : (figure >= goal))
    off = way == "<" ? figure / goal - 1 : 1 - figure / goal
    verdict = good ? "met" : sprintf("missed by %.0f %%", off * 100)
    if (figure <= 0)
        verdict = "not measured"
    line(what, ours, reference, short(figure) unit,
         (way == "<" ? "<= " : ">= ") goal unit, verdict)
}

# A figure to see beside the others.
function note(what, ours, reference, figure, unit) {
    line(what, ours, reference, figure == "" ? "" : short(figure) unit, "", "")
}

function short(x) { return sprintf(x < 100 ? "%.2f" : "%.0f", x) }
