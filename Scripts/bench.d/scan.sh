# Pictures a second, against zbarimg.
runs=7

# Whether a symbol was found: what the label says of itself, and so the exit code, does not count.
muster_reads() { [[ $("$bin/muster" scan --json "$1" 2>/dev/null || true) == *'"symbology"'* ]]; }
zbarimg_reads() { [[ -n $(zbarimg --quiet --raw "$1" 2>/dev/null || true) ]]; }
muster_together() { "$bin/muster" scan "$@"; }
zbarimg_together() { zbarimg --quiet --raw "$@"; }
zbarimg_separately() { for file in "$@"; do zbarimg --quiet --raw "$file"; done; }

# compare NAME FILE…: rates of the three ways over the same files. What comes first warms the page cache.
compare() {
    local name=$1 way run
    shift
    for way in muster_together zbarimg_together zbarimg_separately; do
        seconds "$way" "$@" >/dev/null
        : >"$way"
    done
    for ((run = 0; run < runs; run++)); do
        for way in muster_together zbarimg_together zbarimg_separately; do seconds "$way" "$@" >>"$way"; done
    done
    for way in muster_together zbarimg_together zbarimg_separately; do
        awk -v n=$# '{ print n / $1 }' "$way" | row "$name: ${way/_/, }" images/s - "$# files, $runs runs, interleaved"
    done
    paste zbarimg_together muster_together | awk '{ print 100 * $1 / $2 }' \
        | row "$name: muster of zbarimg, together" % - 'ratio of the rates within each run; one process each'
    paste zbarimg_separately muster_together | awk '{ print 100 * $1 / $2 }' \
        | row "$name: muster of zbarimg, separately" % - 'zbarimg started for each file'
}

all=("$root"/Assets/labels/*.{bmp,jpg,png,tif,webp}) both=() muster=0 zbarimg=0
for file in "${all[@]}"; do
    ! muster_reads "$file" || muster=$((muster + 1))
    ! zbarimg_reads "$file" || zbarimg=$((zbarimg + 1))
    if muster_reads "$file" && zbarimg_reads "$file"; then both+=("$file"); fi
done
echo "$muster" | row 'pictures read by muster scan' files - "of ${#all[@]} sample labels (BMP, JPEG, PNG, TIFF, WebP)"
echo "$zbarimg" | row 'pictures read by zbarimg' files - 'the same files'
compare 'read by both' "${both[@]}"
compare 'all' "${all[@]}"
