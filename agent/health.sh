# How well the internet answers: of the two targets that the server has named, one a minute in turn, by one `ping`.

tell_health() {
  [ -z "${pinged:-}" ] || [ "$now" -lt "$pinged_until" ] || told_ping
  [ -z "${pinged:-}" ] && [ -n "${targets:-}" ] && [ "$now" -ge "${ping_at:-0}" ] || return 0
  ping_at=$((now + 60)) pinged_until=$((now + 9)) pinged=${targets%% *}
  case $targets in *' '*) targets="${targets#* } $pinged" ;; esac
  ping -q -c 5 -w 8 "$pinged" >"$RUN/ping" 2>/dev/null &
}
told_ping() { # `5 packets transmitted, 4 packets received, 20% packet loss` and `round-trip min/avg/max = 9.123/10.456/11.789 ms`
  loss=100 rtt=-
  while read -r line; do
    case $line in
      *'% packet loss'*) loss=${line%%%*} loss=${loss##* } ;;
      'round-trip '*) rtt=${line#*= } rtt=${rtt#*/} rtt=${rtt%%/*} ;;
    esac
  done <"$RUN/ping"
  case $loss$rtt in *[!0-9.-]*) ;; *) say "health $pinged $loss $rtt" ;; esac
  pinged=''
}
is_target() { # what ping takes for a name would be looked up
  case $1 in
    - | *:*:*) case $1 in *[!0-9a-f:-]*) return 1 ;; esac ;;
    *[!0-9.]* | *.*.*.*.* | .* | *. | *..*) return 1 ;;
    *.*.*.*) ;;
    *) return 1 ;;
  esac
}
are_targets() { is_target "${1%% *}" && is_target "${1#* }"; }
set_targets() { # two words, either of which may be `-`
  targets=''
  for target in "${1%% *}" "${1#* }"; do [ "$target" = - ] || targets="$targets${targets:+ }$target"; done
  ping_at=0
}
