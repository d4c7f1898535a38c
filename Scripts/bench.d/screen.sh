# The full screen, driven through a pseudo terminal of 80 by 24, beside two well-known programs.
drive() { python3 "$root/Scripts/bench.d/screen.py" "$@"; }
runs=15
make_registrar registrar
address=127.0.0.1:1
pair empty registrar
pair many registrar
queue_claims many 10000
full=("$bin/muster" --store "$PWD/many")

how="$runs starts, warm; from the start to the first 300 bytes that are painted"
drive paint $runs "$bin/muster" --store "$PWD/empty" | row 'first paint: muster' ms '<= 60' "$how"
drive paint $runs htop | row 'first paint: htop' ms - "$how"
(cd "$root" && drive paint $runs tig) | row 'first paint: tig' ms - "$how, in Muster's own sources"
drive ready $runs 'acme/oslo-1' "${full[@]}" | row 'armed with 10,000 devices and operations' ms '<= 1000' \
    "$runs starts, warm; until the place of work is painted"

drive keys 3 '\x1b[B' '3' "${full[@]}" >keys
cut -d' ' -f1 keys | row 'a key in an outbox of 10,000: 95th percentile' ms '<= 20' \
    '3 runs of 100 presses of Down; until the first byte of the frame'
cut -d' ' -f2 keys | row 'bytes a key' bytes - 'the same presses'
how='3 runs of 40 scans with Return at their end, 40 ms of which wait for a line feed'
drive scans 3 40 "$bin/muster" --store "$PWD/empty" | row 'scan to "is saved": 95th percentile' ms '<= 150' "$how"
drive scans 3 40 "${full[@]}" | row 'the same behind 10,000 open operations' ms - "$how"

how='10 s after the start has settled; user and system time'
drive idle 10 "$bin/muster" --store "$PWD/empty" | row 'idle: muster' '% CPU' '<= 0.5' "$how"
drive idle 10 htop | row 'idle: htop' '% CPU' - "$how"
(cd "$root" && drive idle 10 tig) | row 'idle: tig' '% CPU' - "$how"
