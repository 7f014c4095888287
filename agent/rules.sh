# The rules: a document and the facts become one nftables table.

compile() { # document: leaves $RUN/structure, $RUN/elements, $RUN/change and $RUN/whole, and prints the queues to make
  set -- kind=facts "$RUN/facts" kind=shaper "$RUN/shaper" kind=document "$1" kind=table "$RUN/template"
  [ ! -r "$RUN/structure.loaded" ] || set -- kind=structure "$RUN/structure.loaded" "$@"
  [ ! -r "$RUN/elements.loaded" ] || set -- kind=loaded "$RUN/elements.loaded" "$@"
  awk -v owner="$owner" -v structure="$RUN/structure" -v elements="$RUN/elements" -v change="$RUN/change" -v whole="$RUN/whole" "$patterns_awk$compile_awk" "$@"
}
# Leaves the table as the kernel has it in $RUN/listing, without what packets put into its sets, nor how many that is (newer nft);
# and in $RUN/bare without what the policy puts into them either.
listing() {
  nft -s list table inet netpilot >"$RUN/raw" 2>/dev/null && filter_listing
}
filter_listing() {
  awk -v listing="$RUN/listing" -v bare="$RUN/bare_table" '
    { sub(/[ \t]*# count [0-9]+$/, "") }
    /^\t}/ { kind = 0 }
    /flags dynamic/ { kind = 1 }
    kind && /elements = / { kind = 2 }
    kind < 2 { print >listing }
    /^\t\telements = / { inside = 1 }
    !inside { print >bare }
    /}$/ { inside = 0 }' "$RUN/raw"
}
# Where interfaces come and go, the queues on them come and go, too.
is_intact() {
  table=$(nft -s list table inet netpilot 2>/dev/null) && [ -r "$RUN/listing.loaded" ] || return 1
  if [ "$table" != "${intact:-}" ]; then # packets change sets; what is as it was at the last look needs no closer one
    say "$table" >"$RUN/raw"
    filter_listing
    cmp -s "$RUN/listing" "$RUN/listing.loaded" || return 1
    intact=$table
  fi
  [ -n "${changed:-}" ] || [ ! -s "$RUN/queues.loaded" ] || shaper | cmp -s - "$RUN/shaper"
}
state() { if [ ! -r "$ETC/policy" ]; then say none; elif [ ! -e "$RUN/drifted" ] && is_intact; then say intact; else say drifted; fi; }
# Puts a document into the kernel, in one transaction, or changes nothing and gives the reason in $why. Elements alone go in unchecked:
# the kernel takes all of them or none, a check would take longer than that, and if it takes none the whole table is checked.
load() { # document, whole?
  why=invalid
  compile "$1" >"$RUN/queues.new" || return 1
  if [ "${2:-}" = whole ] || [ -s "$RUN/whole" ] || ! nft -f "$RUN/change" 2>"$RUN/refusal" || ! listing ||
    ! cmp -s "$RUN/bare_table" "$RUN/bare.loaded"; then # or somebody changed the table
    why=nft
    { cat "$RUN/structure" "$RUN/elements" >"$RUN/table" && nft -c -f "$RUN/table" && nft -f "$RUN/table"; } 2>"$RUN/refusal" || return 1
    listing && mv "$RUN/structure" "$RUN/structure.loaded" && mv "$RUN/bare_table" "$RUN/bare.loaded"
  fi
  mv "$RUN/elements" "$RUN/elements.loaded" && mv "$RUN/listing" "$RUN/listing.loaded" && mv "$RUN/queues.new" "$RUN/queues"
  cmp -s "$RUN/queues" "$RUN/queues.loaded" || reshape=1
}
