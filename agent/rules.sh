# The rules: a document and the facts become one nftables table.

# document, lines that it must have, whole?, where to write what nft must change: leaves $RUN/structure, $RUN/elements and $RUN/whole, and
# prints the queues to make; and $RUN/refused, the lines of the document that can't be taken
compile() {
  expected=${2:-} renew=${3:-} change=${4:-$RUN/change}
  set -- kind=facts "$RUN/facts" kind=shaper "$RUN/shaper" kind=document "$1" kind=table "$RUN/template"
  [ ! -s "$RUN/odd" ] || set -- kind=odd "$RUN/odd" "$@"
  [ ! -r "$RUN/structure.loaded" ] || set -- kind=structure "$RUN/structure.loaded" "$@"
  [ ! -r "$RUN/elements.loaded" ] || set -- kind=loaded "$RUN/elements.loaded" "$@"
  awk -v owner="$owner" -v epoch="${epoch:-0}" -v switches="$RUN/windows.new" -v structure="$RUN/structure" -v elements="$RUN/elements" -v change="$change" -v renew="$renew" -v whole="$RUN/whole" -v refused="$RUN/refused" -v expected="$expected" "$patterns_awk$windows_awk$rates_awk$everybody_awk$compile_awk" "$@"
}
# Leaves the table as the kernel has it in $RUN/listing, without what packets put into its sets, nor how many that is (newer nft);
# and in $RUN/bare without what the policy puts into them either.
listing() { # the file's name, if it is another one
  nft -s list table inet netpilot 2>/dev/null | filter_listing "${1:-listing}"
  [ -s "$RUN/${1:-listing}" ]
}
filter_listing() {
  awk -v listing="$RUN/${1:-listing}" -v bare="$RUN/bare_table" '
    BEGIN { printf "" >listing; printf "" >bare }
    { sub(/[ \t]*# count [0-9]+$/, "") }
    /^\t}/ { kind = 0 }
    /flags dynamic/ { kind = 1 }
    kind && /elements = / { kind = 2 }
    kind < 2 { print >listing }
    /^\t\telements = / { inside = 1 }
    !inside { print >bare }
    /}$/ { inside = 0 }'
}
# Where interfaces come and go, the queues on them come and go, too.
is_intact() {
  table=$(nft -s list table inet netpilot 2>/dev/null) && [ -r "$RUN/listing.loaded" ] || return 1
  if [ "$table" != "${intact:-}" ]; then # packets change sets; what is as it was at the last look needs no closer one
    say "$table" | filter_listing listing
    cmp -s "$RUN/listing" "$RUN/listing.loaded" || return 1
    intact=$table
  fi
  [ -n "${changed:-}" ] || [ ! -s "$RUN/queues.loaded" ] || shaper | cmp -s - "$RUN/shaper"
}
state() { if [ ! -r "$ETC/policy" ]; then say none; elif [ ! -e "$RUN/drifted" ] && is_intact; then say intact; else say drifted; fi; }
# How many lines of the policy that say `block` are done: all, less those whose elements the kernel does not have.
count_blocks() {
  { nft -s list table inet netpilot | awk '
    kind == "policy" && $1 == "block" { lines++ }
    kind == "loaded" && /^add element inet netpilot np_blocked/ { wanted += gsub(/,/, "") + 1 }
    kind != "kernel" { next }
    { sub(/#.*/, "") }
    $1 == "set" { is_one = $2 ~ /^np_blocked[46]?$/ }
    is_one && /elements = / { inside = 1 }
    inside { there += gsub(/,/, "") }
    inside && /}/ { there++; inside = 0 }
    END { missing = (wanted > there) ? wanted - there : 0; printf "%d\n", (lines > missing) ? lines - missing : 0 }' \
    kind=policy "$ETC/policy" kind=loaded "$RUN/elements.loaded" kind=kernel - || say 0; } 2>/dev/null
}
# Puts a document into the kernel, in one transaction, or changes nothing and gives the reason in $why. What nft refuses of it is left out
# and named in $RUN/refused: one odd address must not keep all others from holding.
load() { # document, whole?, lines that it must have
  attempts=0
  read_epoch
  while why=invalid; do
    # nft starts while it is still worked out what to do: either takes about as long as the other. If that is broken off (no memory), half of
    # it must not be done, and the last line is none that nft knows: then it does nothing.
    { compile "$1" "${3:-}" "${2:-}" /proc/self/fd/5 5>&1 >"$RUN/queues.new"; code=$?; [ "$code" -eq 0 ] || say broken off; say "$code" >"$RUN/compiled"; } |
      nft -f /proc/self/fd/0 2>"$RUN/refusal"
    changes=$?
    read -r code <"$RUN/compiled"
    [ "$code" -eq 0 ] || { [ "$code" -ne 4 ] || why=incomplete; return 1; }
    why=nft
    ! put_in "${2:-}" || break
    attempts=$((attempts + 1))
    [ "$attempts" -le 20 ] && find_odd || return 1
  done
  mv "$RUN/elements" "$RUN/elements.loaded" && mv "$RUN/queues.new" "$RUN/queues"
  keep_windows
  cmp -s "$RUN/queues" "$RUN/queues.loaded" || reshape=1
}
# Elements alone go in unchecked: the kernel takes all of them or none, a check would take longer than that, and if it takes none the
# whole table is checked.
put_in() { # whole?; $changes: how the changes alone went
  if [ "$1" = whole ] || [ -s "$RUN/whole" ] || [ "$changes" -ne 0 ] || ! listing listing.loaded ||
    ! cmp -s "$RUN/bare_table" "$RUN/bare.loaded"; then # or somebody changed the table
    rm -f "$RUN/listing.loaded"
    { cat "$RUN/structure" "$RUN/elements" >"$RUN/table" && nft -c -f "$RUN/table" && nft -f "$RUN/table"; } 2>"$RUN/refusal" || return 1
    listing listing.loaded && mv "$RUN/structure" "$RUN/structure.loaded" && mv "$RUN/bare_table" "$RUN/bare.loaded"
  fi
}
find_odd() { # adds to $RUN/odd the first element that nft refuses; fails if it is not one of them
  find_refused "$RUN/elements" || return 1
  sed -n "${high}p" "$RUN/elements" | awk '{ start = index($0, "{ "); n = split(substr($0, start + 2, length($0) - start - 3), part, ", ") }
    END { for (i = 1; i <= n; i++) print substr($0, 1, start + 1) part[i] " }" }' >"$RUN/single"
  find_refused "$RUN/single" || return 1
  sed -n "${high}s/.*{ \([^ ]*\( [.] [^ ]*\)*\) .*/\1/p" "$RUN/single" >>"$RUN/odd"
}
find_refused() { # file: $high, the first of its lines that the table can't have; fails if there is none, or the table can't be had at all
  low=0 high=$(wc -l <"$1")
  ! takes "$high" "$1" && takes 0 "$1" || return 1
  while [ $((high - low)) -gt 1 ]; do
    middle=$(((low + high) / 2))
    if takes "$middle" "$1"; then low=$middle; else high=$middle; fi
  done
}
takes() { { cat "$RUN/structure" && head -n "$1" "$2"; } | nft -c -f /proc/self/fd/0 2>/dev/null; } # lines, file: whether nft takes them
