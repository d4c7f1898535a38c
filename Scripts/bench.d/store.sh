# Durable accepts a second, against plain SQLite.
slices=80 commits=25
measure() { "$bin/muster-bench" store "$1" $slices $commits; }

measure "$PWD/store" >figures
cut -d' ' -f1 figures | row 'Store.accept' commits/s - \
    "$slices slices of $commits commits of one claim: operation, device, identifiers, audit entry"
cut -d' ' -f2 figures | row 'plain SQLite, the same rows' commits/s - \
    'between the slices: C API, same schema, settings and bytes; no look-ups, hashes or checks'
cut -d' ' -f3 figures | row 'Store.accept of plain SQLite' % '>= 70' 'ratio of the rates within each slice'

if [[ $(stat -f -c %T /dev/shm 2>/dev/null) == tmpfs && -w /dev/shm ]]; then
    memory=$(mktemp -d -p /dev/shm)
    trap 'rm -rf "$memory"' EXIT
    measure "$memory/store" | cut -d' ' -f3 | row 'the same where the disk costs nothing' % - \
        'in /dev/shm: what is left is computing alone'
fi
