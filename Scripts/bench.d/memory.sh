# The most memory that was resident.
runs=3 claims=1000
mib() { scaled 1024; }
for ((run = 1; run <= runs; run++)); do
    make_registrar "registrar-$run"
    start_server "registrar-$run"
    pair "tablet-$run" "registrar-$run"
    queue_claims "tablet-$run" $claims
    peak_kib "$bin/muster" sync --store "tablet-$run" >>sync
    awk '/^VmHWM/ { print $2 }' "/proc/$server/status" >>server
    stop_server
    [[ $(count_in "tablet-$run" confirmed) -eq $claims ]]
done
address=127.0.0.1:1
pair many registrar-1
queue_claims many 10000
for ((run = 1; run <= runs; run++)); do
    peak_kib "$bin/muster" --help >>help
    peak_kib "$bin/muster" queue list --store many >>list
done
how="$runs runs; peak resident set, shared libraries included"
mib <help | row 'muster --help' MiB - "$how"
mib <list | row 'muster queue list, 10,000 queued' MiB - "$how"
mib <sync | row "muster sync of $claims claims" MiB - "$how"
mib <server | row 'muster-registrar serve after that' MiB - 'the same runs; VmHWM of the server'
