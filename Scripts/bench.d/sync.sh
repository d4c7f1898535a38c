# A day's work of a tablet, sent to a registrar over HTTPS.
runs=3 claims=1000
: >took
for ((run = 1; run <= runs; run++)); do
    make_registrar "registrar-$run"
    start_server "registrar-$run"
    pair "tablet-$run" "registrar-$run"
    queue_claims "tablet-$run" $claims
    seconds "$bin/muster" sync --store "tablet-$run" >>took
    stop_server
    [[ $(count_in "tablet-$run" confirmed) -eq $claims ]]
done
how="$runs runs, each with a new registrar and tablet; whole \`muster sync\`, receipts verified"
row "muster sync of $claims claims" s '<= 10' "$how" <took
awk -v n=$claims '{ print n / $1 }' took | row 'operations synced' ops/s - 'the same, over loopback HTTPS'
