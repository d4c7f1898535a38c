# Symbols read right, read wrong and read fast, against zbarimg, dmtxread and ZXingReader, on photographs that are drawn
# from a seed. LABELS_COUNT pictures of each symbology (20), LABELS_NEGATIVES without any (30), LABELS_SEED (1);
# LABELS_KEEP=DIR keeps the pictures there.
count=${LABELS_COUNT:-20} negatives=${LABELS_NEGATIVES:-30} seed=${LABELS_SEED:-1}
pictures=${LABELS_KEEP:-$PWD/pictures}
# Debian's own, which has Debian's modules.
python() { /usr/bin/python3 -B "$root/Scripts/bench.d/$1.py" "${@:2}"; }

made=$(python label_pictures "$pictures" --seed "$seed" --count "$count" --negatives "$negatives")
# The same seed gives the same pictures, or a figure could not be measured again.
first=$(python label_pictures "$PWD/first" --seed "$seed" --count 1 --negatives 2)
second=$(python label_pictures "$PWD/second" --seed "$seed" --count 1 --negatives 2)
[[ $first == "$second" ]] || { echo "The pictures of seed $seed differ from run to run." >&2; exit 1; }
echo "Pictures: seed $seed, SHA-256 $made" >&2

python label_reads "$bin/muster" "$pictures" | while IFS=$'\t' read -r name unit aim how numbers; do
    tr '\t' '\n' <<<"$numbers" | row "$name" "$unit" "$aim" "$how"
done
