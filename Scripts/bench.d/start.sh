# From being started to having ended.
runs=41
start() { "$bin/muster-bench" start "$@" | scaled 1000; }
make_registrar registrar
address=127.0.0.1:1
pair few registrar
pair many registrar
queue_claims few 1000
queue_claims many 10000

warm="warm: $runs runs after one another, everything in the page cache"
start $runs /bin/true | row '/bin/true' ms - "$warm"
start $runs "$(command -v sqlite3)" --version | row 'sqlite3 --version' ms - "$warm"
start $runs "$bin/muster" --help | row 'muster --help' ms - "$warm"
start $runs "$bin/muster" queue list --store "$PWD/few" | row 'muster queue list, 1,000 queued' ms - "$warm"
start $runs "$bin/muster" queue list --limit 20 --store "$PWD/many" | row 'ready with 10,000 queued' ms '<= 1000' \
    "$warm; muster queue list --limit 20"

# Takes a program, its libraries and a store out of the page cache, as far as nobody else has them mapped.
evict() {
    local file
    for file in "$1" $(ldd "$1" | grep -o '/[^ ]*') "$PWD"/few/store.db*; do
        dd if="$file" iflag=nocache count=0 status=none || true
    done
}
cold() { # PROGRAM ARGUMENTS…
    for ((i = 0; i < 9; i++)); do
        evict "$1"
        start 1 "$@"
    done
}
how='cold: 9 runs, program, libraries nobody else uses, and store out of the page cache before each'
cold "$(command -v sqlite3)" --version | row 'sqlite3 --version, cold' ms - "$how"
cold "$bin/muster" --help | row 'muster --help, cold' ms - "$how"
cold "$bin/muster" queue list --store "$PWD/few" | row 'muster queue list, 1,000 queued, cold' ms - "$how"
