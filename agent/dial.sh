# Connections: the one that this router dials, or the one that the server dials.

is_connected() { # $pid: of the SSH process, ours or the one that the server has started here
  [ -r "$RUN/dial.pid" ] && read -r pid <"$RUN/dial.pid" && is_positive "$pid" 7 || return 1
  command=''
  IFS= read -r command 2>/dev/null <"/proc/$pid/cmdline" # without what separates its words
  case $command in dbclient*"$ETC/key"* | *dropbear*) ;; *) return 1 ;; esac
}
hang_up() { # what the next one writes into dial.pid stays
  if is_connected; then rm -f "$RUN/dial.pid" && kill "$pid" 2>/dev/null; else rm -f "$RUN/dial.pid"; fi
  return 0
}
dial() { # until the connection ends, from either side
  rm -f "$RUN/up" "$RUN/down" && mkfifo "$RUN/up" "$RUN/down" || return
  HOME=$home dbclient -i "$ETC/key" -K 15 -p "$port" "netpilot@$host" 'netpilot 2' <"$RUN/up" >"$RUN/down" &
  say $! >"$RUN/dial.pid"
  talk >"$RUN/up" <"$RUN/down" &
  wait $!
  hang_up && wait
}
called() { # by the server; the newest call counts, and `run` pauses
  configured
  hang_up
  say "$PPID" >"$RUN/dial.pid"
  while [ -s "$RUN/busy" ]; do sleep 1; done
  talk
}
look_after() { # while no server is connected; the last one may have said the time
  read_clock
  look
  switch_windows
  now
  shorten
} >/dev/null
run() {
  configured
  [ ! -e "$ETC/trial" ] || [ -n "${NETPILOT_TRIAL:-}" ] || { put_back; exec "$PROGRAM" run; } # nobody watches over this trial any more
  hang_up && rm -f "$RUN/busy" # what a killed predecessor left
  trap 'hang_up; rm -f "$RUN/busy"; exit 0' TERM INT && delay=1 lost=0
  while began=$(date +%s) && [ -r "$ETC/config" ]; do
    rm -f "$RUN/redial"
    where
    [ -z "$host" ] || dial
    try_update
    ended=$(date +%s)
    [ $((ended - began)) -lt 30 ] || delay=1 lost=$ended
    # The server wants us elsewhere: at once, but not again and again.
    [ ! -e "$RUN/redial" ] || [ $((ended - began)) -lt 5 ] || continue
    pause=$(($(hexdump -n 2 -e '1/2 "%u"' /dev/urandom) % (3 * delay + 1))) # all of it by chance: many may have lost the same server
    while [ "$pause" -gt 0 ] && [ -r "$ETC/config" ]; do # the LAN is still looked after
      nap=$((pause < interval ? pause : interval))
      say "$$" >"$RUN/busy"
      is_connected || look_after
      : >"$RUN/busy"
      sleep "$nap" & wait $! # which a signal ends
      pause=$((pause - nap))
      try_update
    done
    [ $((began - lost)) -lt 30 ] || delay=$((delay < 10 ? delay * 2 : 20)) # a server that restarts is back soon
  done
}
