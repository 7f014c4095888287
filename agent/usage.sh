# How much each device receives and sends: usage.nft counts it, once a minute what is new is told, each 2 s while the server asks for it.

load_usage() { # what survey has made; begins at nothing
  [ -n "$counting" ] || return 0
  how='' families='' way=egress
  # shellcheck disable=SC2086 # the words of what survey found
  set -- $counting
  if ! nft -f "$RUN/counting.egress" 2>/dev/null; then
    way=address
    nft -f "$RUN/counting.address" 2>/dev/null || return
  fi
  cat "$RUN/counting.egress" "$RUN/counting.address" >"$RUN/counting.loaded"
  counting="same ${counting#* }"
  if [ "$way" = egress ]; then
    how=$2
    shift 3
    families=$*
  else
    how=$3 families=inet
  fi
  say "$how $families" >"$RUN/counting.how"
  now
  say "at ${ticks}0" >"$RUN/counts" # milliseconds
  counted='' sampled=''
}
sample() {
  { read -r how families <"$RUN/counting.how"; } 2>/dev/null || { load_usage; return; }
  # One process for each: nft cannot list two tables at once.
  counters=$(for family in $families; do nft list table "$family" netpilot_usage || exit; done 2>/dev/null) || { load_usage; return; }
  now
  if [ "$counters" = "${counted:-}" ] && [ "$ticks" -gt "$sampled" ]; then # nobody used anything, and there is nothing to work out
    say "used $((ticks - sampled))0 0 $how"
    sampled=$ticks
    return
  fi
  counted=$counters
  say "$counters" >"$RUN/counters"
  awk -v now="${ticks}0" -v sampled="${sampled:+${sampled}0}" -v how="$how" -v counts="$RUN/counts.new" "$patterns_awk$usage_awk" kind=counts "$RUN/counts" kind=devices "$RUN/devices" kind=table "$RUN/counters"
  case $? in
    0) sampled=$ticks && mv "$RUN/counts.new" "$RUN/counts" ;;
    *) load_usage ;;
  esac
}
tell_usage() {
  [ "$now" -ge "${usage_at:-0}" ] || [ "${counting%% *}" = new ] || return 0
  usage_at=$((now + (now < ${live_until:-0} ? 2 : 60)))
  sample
  [ "${counting%% *}" != new ] || load_usage
}
remove_usage() {
  for family in inet netdev; do ! nft list table "$family" netpilot_usage >/dev/null 2>&1 || nft delete table "$family" netpilot_usage; done
}
