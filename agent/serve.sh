# The conversation with the server, and the looks at the networks beside it.

apply() { # the document in $RUN/document
  [ "$received" -eq "$expected" ] || { say "refused $applying incomplete"; return; }
  load "$RUN/document" || { say "refused $applying $why"; return; }
  if store_policy "$applying" "$RUN/document"; then
    rm -f "$RUN/drifted"
    revision=$applying
    say "applied $revision"
  else
    if [ -r "$ETC/policy" ]; then load "$ETC/policy"; else remove_rules; : >"$RUN/queues"; fi
    say "refused $applying storage"
  fi
}
answer() { # one line of the server
  token=${1#* }
  case $1 in
    'ping '* | 'status '* | 'scan '*) is_positive "$token" 9 ;;
    'apply '*) is_number "${token%% *}" 15 && is_positive "${token#* }" 5 && [ "${token#* }" -le 16384 ] ;;
    'unlink '*) [ "$token" = "$lan_mac" ] ;;
    'mode '* | 'limit '* | 'full '* | 'block '* | 'list '* | 'end '*) [ -n "$applying" ] || { say 'error unexpected'; return; } ;;
    *) say 'error unknown-verb'; return ;;
  esac || { say 'error bad-token'; return; }
  case $1 in
    'ping '*) say "pong $token" ;;
    'status '*) say "status $token $revision $(state) $(cat "$RUN/limiter")" ;;
    'scan '*)
      observe
      cat "$RUN/devices" "$RUN/bare" >"$RUN/scan"
      cat "$RUN/scan"
      say "scanned $token $(wc -l <"$RUN/scan")" ;;
    'apply '*)
      [ -z "$applying" ] || say "refused $applying incomplete"
      applying=${token%% *} expected=${token#* } received=0
      : >"$RUN/document" ;;
    'end '*)
      if [ "$token" = "$applying" ]; then apply; else say "refused $applying incomplete"; fi
      applying='' ;;
    'unlink '*) [ -n "$host" ] || rm -f "$RUN/dial.pid"; remove_everything; say unlinked; stop_service; exit 0 ;; # dropbear is to tell it
    *)
      received=$((received + 1))
      [ "$received" -gt "$expected" ] || [ "${#1}" -gt 64 ] || say "$1" >>"$RUN/document" ;;
  esac
}
# This, and the bells, write to the one that decides: `serve`. An empty line comes first, with the line itself in one write (both
# are shorter than a pipe takes at once): `read -t` that ends within a line loses what it has read, and so waits for that one only.
ring() { printf '\n%s\n' "$*"; }
read_server() { # frames the server's input: 512 bytes with its end, printable ASCII; a line without its end is not a line
  tr '\000-\011\013-\037\177-\377' '\001' | while IFS= read -r -n 512 line; do
    case $line in *[!\ -~]*) problem=not-printable ;; *) problem='' ;; esac
    while [ "${#line}" -eq 512 ] && problem=too-long && IFS= read -r -n 512 line; do :; done
    if [ -n "$problem" ]; then ring "error $problem"; else ring "server $line"; fi || exit
  done
  ring over
}
serve() { # the only one that changes anything, and the only one that writes to the server
  applying='' rung=''
  look >/dev/null
  lan_mac=$(cat "/sys/class/net/$lan/address" 2>/dev/null || say "${router_id#mac-}" | sed 's/../&:/g; s/:$//')
  read_revision
  say "hello $VERSION $revision $(state) $(cat "$RUN/limiter") $lan_mac ${capabilities:--}"
  glance_every=$((interval < 3 ? interval : 3)) again='' next=$now
  while :; do
    now
    if [ "$now" -ge "$next" ]; then
      next=$((now + glance_every))
      rung=$again again=''
      look
    elif read -r -t $((next - now)) input; then
      IFS= read -r input
      case $input in
        'server '*)
          answer "${input#server }"
          [ -z "${changed:-}${reshape:-}" ] || keep_rules ;;
        'error '*) say "$input" ;;
        station | network | 'lease '*) hear "$input" ;;
        *) exit 0 ;;
      esac
    else
      waited_until=$next
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
  { doorbells & read_server; kill $! 2>/dev/null; } | serve
}
