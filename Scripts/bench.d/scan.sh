# Pictures a second, against zbarimg.
runs=5
files=()
for file in "$root"/Assets/labels/*.{png,jpg}; do files+=("$file"); done
count=${#files[@]}

each_by_itself() { for file in "${files[@]}"; do zbarimg --quiet --raw "$file"; done; }
found_by_zbarimg() { for file in "${files[@]}"; do zbarimg --quiet --raw "$file" 2>/dev/null | grep -q . && echo; done | wc -l; }
found_by_muster() {
    "$bin/muster" scan --json "${files[@]}" 2>/dev/null | grep '"symbology"' | grep -o '"file":"[^"]*"' | sort -u | wc -l
}

for ((run = 0; run <= runs; run++)); do
    seconds "$bin/muster" scan "${files[@]}" >>muster
    seconds zbarimg --quiet --raw "${files[@]}" >>together
    seconds each_by_itself >>separately
done
# The first run warmed the page cache.
sed -i 1d muster together separately
rate() { awk -v n="$count" '{ print n / $1 }' "$1"; }
how="$count sample labels (PNG, JPEG), $runs runs interleaved"
rate muster | row 'muster scan, all files at once' images/s - "$how; found symbols in $(found_by_muster)"
rate together | row 'zbarimg, all files at once' images/s - "found symbols in $(found_by_zbarimg || true)"
rate separately | row 'zbarimg, started per file' images/s - 'the same files, one process each'
paste together muster | awk '{ print 100 * $1 / $2 }' | row 'muster of zbarimg, all at once' % - 'ratio of the rates within each run'
paste separately muster | awk '{ print 100 * $1 / $2 }' | row 'muster of zbarimg, per file' % - 'ratio of the rates within each run'
