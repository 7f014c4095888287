# The conversation with the server, and the looks at the networks beside it.

apply() { # revision, lines: the document in $RUN/document. While a long one is put in, the server is told that we are at it
  : >"$RUN/odd"
  working=''
  [ "$2" -lt 1000 ] || { while sleep 5 >/dev/null; do say "busy $1"; done & working=$!; }
  if load "$RUN/document" '' "$2"; then
    if store_policy "$1" "$RUN/document"; then
      rm -f "$RUN/drifted"
      revision=$1 why=''
    else
      if [ -r "$ETC/policy" ]; then load "$ETC/policy"; else remove_rules; : >"$RUN/queues"; fi
      why=storage
    fi
  fi
  [ -z "$working" ] || kill "$working"
  if [ -z "$why" ]; then
    while read -r reason line; do say "refusal $1 $reason $line"; done <"$RUN/refused"
    say "applied $1"
  else
    say "refused $1 $why"
  fi
  rm -f "$RUN/document"
}
tell_devices() { # of the scan: as many as the server wants at a time
  if [ -n "$most" ]; then sed -n "$((told + 1)),$((told + most))p" "$RUN/scan"; else cat "$RUN/scan"; fi
  told=$((told + ${most:-found}))
  if [ "$told" -lt "$found" ]; then say "more $scanning $told"; else say "scanned $scanning $found" && scanning='' && head -n 1000 "$RUN/places"; fi
}
answer() { # one line of the server
  token=${1#* }
  case $1 in
    'ping '* | 'status '* | 'more '*) is_positive "$token" 9 ;;
    'scan '*) is_positive "${token%% *}" 9 && { [ "$token" = "${token%% *}" ] || is_positive "${token#* }" 5; } ;;
    'unlink '*) [ "$token" = "$lan_mac" ] ;;
    'usage '*) is_positive "$token" 3 ;;
    'health '*) are_targets "$token" ;;
    'wake '*) is_mac "$token" ;;
    redial) ;;
    'move '*) is_host "${token% *}" && is_positive "${token##* }" 5 && [ "$token" = "${token%% *} ${token##* }" ] ;;
    *) say 'error unknown-verb'; return ;;
  esac || { say 'error bad-token'; return; }
  case $1 in
    'ping '*) say "pong $token" ;;
    'status '*) say "status $token $revision $(state) $(cat "$RUN/limiter")$(clock_token)" ;;
    'scan '*)
      read_stations
      observe
      cat "$RUN/devices" "$RUN/bare" >"$RUN/scan"
      scanning=${token%% *} most='' told=0 found=$(wc -l <"$RUN/scan")
      [ "$token" = "$scanning" ] || most=${token#* }
      tell_devices ;;
    'more '*) if [ "$token" = "$scanning" ]; then tell_devices; else say 'error unexpected'; fi ;;
    'usage '*) live_until=$((now + token)) usage_at=0 next=$now ;;
    'health '*) set_targets "$token" ;;
    'wake '*) wake "$token" ;;
    'move '*) say "$token" >"$RUN/move"; : >"$RUN/redial"; hang_up; exit 0 ;;
    redial) : >"$RUN/redial"; hang_up; exit 0 ;;
    'unlink '*) [ -n "$host" ] || rm -f "$RUN/dial.pid"; remove_everything; say unlinked; stop_service; exit 0 ;; # dropbear is to tell it
  esac
}
serve() { # the only one that changes anything, and the only one that writes to the server
  rung='' scanning=''
  look >/dev/null
  lan_mac=$(cat "/sys/class/net/$lan/address" 2>/dev/null || say "${router_id#mac-}" | sed 's/../&:/g; s/:$//')
  read_revision
  ! may_update || capabilities=$capabilities,update
  [ -r "$RUN/counting.how" ] || load_usage
  [ ! -r "$RUN/counting.how" ] || capabilities=$capabilities,usage
  ! can_wake || capabilities=$capabilities,wake
  [ -z "$host" ] || capabilities=$capabilities,redial,move
  say "hello $VERSION $revision $(state) $(cat "$RUN/limiter") $lan_mac ${capabilities:--} $(count_blocks)"
  glance_every=$((interval < 3 ? interval : 3)) again='' next=$now
  while :; do
    now
    switch_windows
    nap=$((next - now))
    shorten
    if [ "$now" -ge "$next" ]; then
      next=$((now + (now < ${live_until:-0} && glance_every > 2 ? 2 : glance_every)))
      rung=$again again=''
      look
      tell_router
      tell_usage
      tell_health
    elif read -r -t "$nap" input; then
      IFS= read -r input
      case $input in
        'server '*)
          prove
          settle
          answer "${input#server }"
          [ -z "${changed:-}${reshape:-}" ] || keep_rules ;;
        'document '*)
          input=${input#* }
          apply "${input% *}" "${input#* }"
          [ -z "${changed:-}${reshape:-}" ] || keep_rules ;;
        'time '*)
          input=${input#* }
          tell_time "${input% *}" "${input#* }"
          [ -z "${changed:-}" ] || keep_rules ;;
        'program '*)
          input=${input#* }
          update "${input% *}" "${input#* }" ;;
        'refused '* | 'kept '*) say "$input incomplete" ;;
        'error '*) say "$input" ;;
        waiting) ;;
        station | network | 'lease '*) hear "$input" ;;
        *) exit 0 ;;
      esac
    else
      waited_until=$((now + nap))
      now
      [ "$now" -ge "$waited_until" ] || exit 0 # nobody is left who could say anything
    fi
  done
}
# A bell: at most one look a second, and one more soon after, as a neighbour and its lease may come one after the other.
hear() {
  rung=${1%% *}
  [ "${again:-}" != network ] || rung=network
  again=$rung
  case $1/$present in
    'lease '*"
${1##* } dev "*) again='' ;; # it only says again that it is there
  esac
  if [ "$now" -gt "${heard_at:-0}" ]; then heard_at=$now; look; else again=$rung; fi
  [ -z "$again" ] || next=$((now + 1))
}
talk() { # with a server on standard input and output
  configured
  rm -f "$RUN/document" # of a conversation that has ended
  # `serve` may be the first to end: this side takes the bells down all the same, rather than end by the broken pipe.
  { doorbells & trap : PIPE; read_server; kill $! 2>/dev/null; } | serve
}
