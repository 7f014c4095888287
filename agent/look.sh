# When to look, and what follows from it. A look at rest starts one process (`ip neigh`), and a glance none.

# Called every few seconds, and when a bell rings: $rung is `network`, `station` or `lease` then.
look() {
  now
  glance
  case ${rung:-} in '') ;; network) survey_at=0 check_at=0 ;; station) dumped='' whole=1 ;; *) whole=1 ;; esac
  rung=''
  [ "$now" -lt "${survey_at:-0}" ] || { survey_at=$((now + 300)) whole=1 && survey; }
  [ "$references" = "${kept:-}" ] || check_at=0
  [ -n "${whole:-}" ] || [ "$now" -ge "${look_at:-0}" ] || { [ "${check_at:-0}" -gt 0 ] || keep_rules; return 0; }
  look_at=$((now + interval))
  read_neighbours
  # shellcheck disable=SC2086 # the words are files
  if [ -n "${whole:-}" ] || [ "$present" != "${present_before:-}" ] || [ "$now" -ge "${whole_at:-0}" ] || is_newer "$RUN/devices" ${leased:-}; then
    whole='' present_before=$present whole_at=$((now + (${uplinks:-0} > 0 ? 0 : 2 * probe)))
    [ "$now" -lt $((${dumped:--300} + 300)) ] || read_stations
    observe read
  fi
  [ "$now" -lt "${ask_at:-0}" ] || { ask_at=$((now + probe)); ask; }
  ask_ntp
  keep_rules
}
# Notices that networks have changed: then, and twice after that, they are asked for again, as what is new is not complete at once.
glance() {
  read_signs
  read_references
  if [ "$signs" != "${signs_before:-}" ]; then
    signs_before=$signs unsettled=3
  else
    is_newer "$RUN/networks" /etc/config/network /etc/config/firewall && [ "$now" -ge "${config_at:-0}" ] && config_at=$((now + 60)) unsettled=1
  fi
  [ "${unsettled:-0}" -eq 0 ] || { unsettled=$((unsettled - 1)); survey_at=0; }
}
# How many there are who use nftables in the kernel, each rule among them, where that is a module. Another number may mean that somebody
# has deleted the table, and costs no process to see.
read_references() { references='' && read -r references </sys/module/nf_tables/refcnt; } 2>/dev/null
is_newer() { # a file, others: whether one of them has been written since
  file=$1
  shift
  # shellcheck disable=SC3013 # busybox has -nt
  for other in "$@"; do [ ! "$other" -nt "$file" ] || return 0; done
  return 1
}
# Keeps the rules in step. A changed table is restored; the state stays `drifted` until the server has sent the document again, so
# that the server notes it.
keep_rules() {
  [ -z "${changed:-}" ] || [ ! -e "$RUN/facts.new" ] || mv "$RUN/facts.new" "$RUN/facts"
  [ -z "${reshape=1}" ] || { reshape=''; shape; changed=1; }
  [ -r "$ETC/policy" ] || { changed=''; return 0; }
  if [ "$now" -ge "${check_at:-0}" ]; then
    began=$now
    if [ ! -e "$RUN/listing.loaded" ]; then changed=1; elif ! is_intact; then : >"$RUN/drifted"; shape; load "$ETC/policy" whole; fi
    store_time
    now
    check_at=$((now + 3 * interval + 20 * (now - began))) # a table with 100,000 elements takes seconds to read
  fi
  [ -z "${changed:-}" ] || { changed='' && load "$ETC/policy"; }
  read_references
  kept=$references
}

# Makes the kernel find out whether quiet neighbours are still there, a few at a time and in turns; leaves in $RUN/answered the
# addresses that answered. Where a bridge hears somebody whose address nobody knows, all are asked at once, by IPv6.
ask() {
  total=0 place=0 chosen=''
  while read -r address interface; do [ -z "$interface" ] || total=$((total + 1)); done <"$RUN/stale"
  while read -r address interface; do
    [ -n "$interface" ] || continue
    [ $(((place - ${turn:-0} + total) % total)) -ge 4 ] || chosen="$chosen $address%$interface"
    place=$((place + 1))
  done <"$RUN/stale"
  [ "$total" -eq 0 ] || turn=$(((${turn:-0} + 4) % total))
  if [ -s "$RUN/bare" ]; then chosen="$chosen ff02::1%${lans##* }"; lans="${lans##* } ${lans% *}"; fi
  [ -z "$chosen" ] || ask_them &
}
ask_them() {
  answers=''
  [ ! -r "$RUN/answered" ] || while read -r _ address; do
    case $chosen in *" $address%"*) ;; *) answers="${answers}answered $address
" ;; esac
  done <"$RUN/answered"
  for address in $chosen; do
    ! ping -c 1 -W 1 -I "${address#*%}" "${address%\%*}" >/dev/null 2>&1 || answers="${answers}answered ${address%\%*}
"
  done
  printf %s "$answers" >"$RUN/answered"
}
