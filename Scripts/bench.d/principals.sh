# Keys, certificates, the vault and hand-overs.
each=2000
cores=$(nproc)

# Figures of `openssl speed`: signatures and verifications a second with P-256 on one core.
signs_and_verifies() {
    openssl speed -seconds 2 -elapsed ecdsap256 2>/dev/null | awk '/ecdsa/ { print $(NF - 1), $NF }'
}
issue() { "$bin/muster-bench" principals issue "$1" "$each"; }

# In turn, so that whatever else the machine does falls on all of them alike.
for ((run = 0; run < 5; run++)); do
    read -r signs verifies < <(signs_and_verifies)
    one=$(issue 1)
    all=$(issue "$cores")
    echo "$one" >>one
    echo "$all" >>all
    # Its parts: the key, about as long as a signature; the request's signature, its check, the certificate's signature.
    awk -v s="$signs" -v v="$verifies" 'BEGIN { printf "%.0f\n", 1 / (3 / s + 1 / v) }' >>parts
    percent "$one" "$(tail -n 1 parts)" >>share
    percent "$all" "$one" >>scale
done
how="P-256 key, request, proof of possession checked, certificate; $each a run"
row 'the sum of its parts, one core' '1/s' - 'openssl speed ecdsap256: 3 signatures and 1 verification' <parts
row 'key, request and certificate, one core' '1/s' - "$how" <one
row '… of the sum of its parts' % '>= 70' 'both in one run' <share
row "key, request and certificate, $cores cores" '1/s' - "$how" <all
row "… of one core" % ">= $((cores * 90))" 'linear would be 100 for each core' <scale

"$bin/muster-bench" principals unlock 7 | row 'vault opened' ms '<= 1000' 'scrypt N=2^17, r=8, p=1, then AES-256-GCM'

# A hand-over over a pseudo terminal: label to proven principals, the embedded registrar included.
hand_over() {
    "$bin/muster" simulate device "$PWD/disk-$1" --identity "$1" --serial "$PWD/tty-$1" --once >"$1.out" 2>&1 &
    local device=$!
    until [[ -e tty-$1 ]]; do :; done
    seconds "$bin/muster" commission --serial "$1" --hand-over "serial:$PWD/tty-$1" --store "$PWD/tablet" \
        --endpoint mqtts://broker.example:8883
    [[ $("$bin/muster" simulate device "$PWD/disk-$1" --show --json) == *'"principals":"whole"'* ]]
    wait "$device"
}
"$bin/muster" device find nothing --store "$PWD/tablet" >/dev/null 2>&1 || true
for ((run = 1; run <= 7; run++)); do hand_over "HO-$run"; done | row 'label to proven principals over a pty' s '<= 2' \
    'muster commission --hand-over, embedded registrar'
