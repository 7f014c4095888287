# The conversation with the server, and the scan of the LAN beside it.

# Scans the LAN, reports changes, and keeps the rules in step with them. A changed table is restored;
# the state stays `drifted` until the server has sent the document again, so that the server notes it.
tick() {
  observe
  ticks=$((${ticks:-0} + 1))
  cmp -s "$RUN/facts.new" "$RUN/facts" || { mv "$RUN/facts.new" "$RUN/facts" && changed=1; }
  cmp -s "$RUN/queues" "$RUN/queues.loaded" || { shape; changed=1; }
  [ $((ticks * interval % probe)) -ge "$interval" ] || (ask_stale &)
  [ -r "$ETC/policy" ] || return 0
  if [ $((ticks % 5)) -eq 0 ] && ! is_intact; then touch "$RUN/drifted" && shape && load "$ETC/policy" whole; fi
  [ -z "${changed:-}" ] || { changed='' && load "$ETC/policy"; }
}

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
    'scan '*) observe; cat "$RUN/devices"; say "scanned $token $(wc -l <"$RUN/devices")" ;;
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
# This, and what keeps time, write whole lines, each shorter than a pipe's atomic write, to the one that decides: `serve`.
read_server() { # frames the server's input: 512 bytes with its end, printable ASCII; a line without its end is not a line
  tr '\000-\011\013-\037\177-\377' '\001' | while IFS= read -r -n 512 line; do
    case $line in *[!\ -~]*) problem=not-printable ;; *) problem='' ;; esac
    while [ "${#line}" -eq 512 ] && problem=too-long && IFS= read -r -n 512 line; do :; done
    if [ -n "$problem" ]; then say "error $problem"; else say "server $line"; fi || exit
  done
  say over
}
serve() { # the only one that changes anything, and the only one that writes to the server
  applying='' ticks=4 first=${lans# } # its MAC stands for the router
  lan_mac=$(cat "/sys/class/net/${first%% *}/address" 2>/dev/null || say "${router_id#mac-}" | sed 's/../&:/g; s/:$//')
  read_revision
  tick >/dev/null
  say "hello $VERSION $revision $(state) $(cat "$RUN/limiter") $lan_mac"
  while IFS= read -r input; do
    case $input in
      tick) tick ;;
      'error '*) say "$input" ;;
      'server '*) answer "${input#server }" ;;
      *) exit 0 ;;
    esac
  done
}
talk() { # with a server on standard input and output
  configured
  { while say tick; do sleep "$interval"; done </dev/null 2>/dev/null & read_server; kill $! 2>/dev/null; } | serve
}
