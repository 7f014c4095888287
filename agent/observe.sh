# Which devices are on the networks. A look at rest starts one process; the rest is for when something is different.

lease_files() { # $leased: where UCI says that dnsmasq and odhcpd keep them; no file's name has a space
  leased=$leases
  [ -z "$leases" ] || return 0
  leased=/tmp/dhcp.leases
  while read -r word option file; do
    file=${file#[\'\"]}
    case "$word $option $file" in 'option leasefile '/*) leased="$leased ${file%[\'\"]}" ;; esac
  done </etc/config/dhcp
} 2>/dev/null

neighbours_before='' present='' # there may be none
# $neighbours, as `ip` prints them; $present: which address is whose, of those that may be there, whatever the rest says.
read_neighbours() {
  neighbours=$(ip neigh show 2>/dev/null)
  [ "$neighbours" != "$neighbours_before" ] || return 0
  neighbours_before=$neighbours present=''
  IFS='
'
  for line in $neighbours; do
    case $line in
      *' lladdr '*FAILED*) ;;
      *' lladdr '*)
        line=${line%% used *} # of busybox: `ref 1 used 0/0/0 probes 0`, or without the first two
        line="${line% ref *} "
        present="$present${line%% [A-Z]*}
" ;;
    esac
  done
  unset IFS
}
read_stations() { # asks the access points who is there
  for radio in $radios; do iw dev "$radio" station dump; done >"$RUN/stations" 2>/dev/null
  dumped=${radios:+$now}
}
# Looks at everything; prints events, leaves the scan in $RUN/devices, and says whether the rules must follow.
observe() {
  now
  [ -n "${lans:-}" ] || survey
  [ "${1:-}" = read ] || read_neighbours
  say "$neighbours" >"$RUN/neighbours"
  lease_files
  # shellcheck disable=SC2086 # the words of $tables are files
  [ -z "$tables" ] || hexdump -v -e '"heard " 5/1 "%02x:" 1/1 "%02x" 2/1 " %u" 1/4 " %u" 4/1 " %u" "\n"' $tables >"$RUN/heard" 2>/dev/null
  set -- kind=networks "$RUN/networks"
  for file in policy devices bare answered facts places; do
    place=$RUN/$file; [ "$file" != policy ] || place=$ETC/policy
    [ ! -r "$place" ] || set -- "$@" "kind=$file" "$place"
  done
  set -- "$@" kind=leases
  for file in $leased; do [ ! -r "$file" ] || set -- "$@" "$file"; done
  [ -z "$tables" ] || set -- "$@" kind=heard "$RUN/heard"
  [ -z "$radios" ] || set -- "$@" kind=stations "$RUN/stations"
  awk -v run="$RUN" -v now="$now" -v dumped="${dumped:-}" "$patterns_awk$observe_awk$places_awk" "$@" kind=neighbours "$RUN/neighbours"
  case $? in 17) changed=1 ;; 18) dumped='' ;; 19) changed=1 dumped='' ;; esac
}
