# The rules: a document and the facts become one nftables table.

compile() { # document: leaves $RUN/structure and $RUN/elements, and prints the queues to make
  awk -v owner="$owner" -v structure="$RUN/structure" -v elements="$RUN/elements" "$patterns_awk$compile_awk" \
    kind=facts "$RUN/facts" kind=shaper "$RUN/shaper" kind=document "$1" kind=table "$RUN/template"
}
listing() { # the table as the kernel has it, without what packets put into its sets, nor how many that is (newer nft)
  nft -s list table inet netpilot 2>/dev/null |
    awk '{ sub(/[ \t]*# count [0-9]+$/, "") } /^\t}/ { kind = 0 } /flags dynamic/ { kind = 1 } kind && /elements = / { kind = 2 } kind < 2'
}
bare() { awk '/^\t\telements = /, /}$/ { next } 1' "$1"; } # a listing, without what the policy puts into the sets either
# Where interfaces come and go, the queues on them come and go, too.
is_intact() { listing >"$RUN/listing" && cmp -s "$RUN/listing" "$RUN/listing.loaded" && { [ "${changed:-}" ] || shaper | cmp -s - "$RUN/shaper"; }; }
state() { if [ ! -r "$ETC/policy" ]; then say none; elif [ ! -e "$RUN/drifted" ] && is_intact; then say intact; else say drifted; fi; }
# Puts a document into the kernel, in one transaction, or changes nothing and gives the reason in $why. Elements alone go in unchecked:
# the kernel takes all of them or none, a check would take longer than that, and if it takes none the whole table is checked.
load() { # document, whole?
  why=invalid
  compile "$1" >"$RUN/queues.new" || return 1
  why=nft
  if [ "${2:-}" = whole ] || ! cmp -s "$RUN/structure" "$RUN/structure.loaded" || ! nft -f "$RUN/elements" 2>"$RUN/refusal" ||
    ! listing >"$RUN/listing" || [ "$(bare "$RUN/listing")" != "$(bare "$RUN/listing.loaded")" ]; then # or somebody changed the table
    { cat "$RUN/structure" "$RUN/elements" >"$RUN/table" && nft -c -f "$RUN/table" && nft -f "$RUN/table"; } 2>"$RUN/refusal" || return 1
    listing >"$RUN/listing" && mv "$RUN/structure" "$RUN/structure.loaded"
  fi
  mv "$RUN/listing" "$RUN/listing.loaded" && mv "$RUN/queues.new" "$RUN/queues"
}
