# What this router is and how it is: when that changes, and every five minutes.

tell_router() {
  [ "$about" != "${about_told:-}" ] || [ "$now" -ge "${router_at:-0}" ] || return 0
  about_told=$about router_at=$((now + 300)) memory=0 available=0
  read -r up _ </proc/uptime
  read -r load _ </proc/loadavg
  while read -r word number _; do
    case $word in MemTotal:) memory=$number ;; MemAvailable:) available=$number; break ;; esac
  done </proc/meminfo
  # shellcheck disable=SC2086 # the words of what survey found: model, release, WAN, its addresses, offloading
  set -- $about
  say "router $1 $2 ${up%.*} $load $((memory * 1024)) $((available * 1024)) $3 $4 $5 $6"
}
