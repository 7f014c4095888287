# A newer program from the server: only where the owner has said yes, only if it is signed with the release key, which no server has. It runs
# on trial, below the old one, until a server has spoken to it; otherwise the old one comes back (netpilot.init: after a reboot, too).

is_version() { # three numbers
  case $1 in *[!0-9.]* | *.*.*.*) return 1 ;; *.*.*) ;; *) return 1 ;; esac
  rest=${1#*.}
  is_number "${1%%.*}" 5 && is_number "${rest%.*}" 5 && is_number "${rest#*.}" 5
}
is_later() { # a version, another one
  left=$1. right=$2.
  while [ -n "$left" ]; do
    [ "${left%%.*}" -eq "${right%%.*}" ] || { [ "${left%%.*}" -gt "${right%%.*}" ]; return; }
    left=${left#*.} right=${right#*.}
  done
  return 1
}
is_signature() { case $1 in '' | *[!A-Za-z0-9+/=]*) return 1 ;; esac; [ "${#1}" -eq 100 ]; }
may_update() { # the owner's word, the key, and what checks a signature
  grep -q '^updates on$' "$ETC/config" && command -v usign >/dev/null 2>&1 || return 1
  case $release_pub in *'
RW'*) ;; *) return 1 ;; esac
}
updates() { # on or off
  configured
  case $1 in
    on) command -v usign >/dev/null 2>&1 || fail 'usign is missing: without it no signature can be checked' ;;
    off) ;;
    *) fail 'say: netpilot-agent updates on, or: netpilot-agent updates off' ;;
  esac
  { grep -v '^updates ' "$ETC/config"; [ "$1" = off ] || say 'updates on'; } >"$RUN/config"
  put_on_flash config || fail 'no space is left on the flash: nothing has changed'
  hang_up # the next hello says so
  say "Updates are $1."
}

begin_program() { # $token: version, bytes, signature
  # shellcheck disable=SC2086 # words; none of them names files (set -f)
  set -- $token
  if [ $# -ne 3 ] || ! is_version "$1" || ! is_positive "$2" 6 || ! is_signature "$3"; then ring 'error bad-token'; return; fi
  [ -z "$applying" ] || abandon
  applying=$1 expected=$3 room=$2
  [ "$room" -le 262144 ] || room=-1
  exec 4>"$RUN/program"
}
update() { # version, signature: the program in $RUN/program, or what is there by now: what is checked is a copy that nobody else writes to
  cp "$RUN/program" "$RUN/offered"
  if check_program "$1" "$2" && put_program; then
    say "trying $1"
    : >"$RUN/restart" # `run` sees it
    sleep 1 # the line is on its way
    hang_up
    exit 0
  fi
  rm -f "$RUN/offered"
  say "kept $1 $why"
}
check_program() { # what is said of it counts for nothing, what is signed does
  why=not-allowed
  may_update && [ ! -e "$ETC/trial" ] || return 1
  why=signature
  say "$release_pub" >"$RUN/release.pub"
  printf 'untrusted comment: netpilot-agent\n%s\n' "$2" >"$RUN/offered.sig"
  usign -V -q -m "$RUN/offered" -x "$RUN/offered.sig" -p "$RUN/release.pub" >/dev/null 2>&1 || return 1
  why=version
  [ "$(sed -n 's/^VERSION=\([0-9.]*\)$/\1/p' "$RUN/offered" | head -n 1)" = "$1" ] && is_later "$1" "$VERSION" || return 1
  why=broken
  sh -n "$RUN/offered" 2>/dev/null
}
put_program() { # beside the old one: both, and a part to spare, must fit
  why=storage
  free=$(df -k "$PROGRAM" 2>/dev/null | awk 'NR > 1 { free = $(NF - 2) } END { print free }') # nothing if it cannot say
  [ "${free:-9999}" -gt $((3 * $(wc -c <"$RUN/offered") / 1024 + 64)) ] &&
    cp -p "$PROGRAM" "$PROGRAM.old" && cp "$RUN/offered" "$PROGRAM.new" && chmod 755 "$PROGRAM.new" &&
    cmp -s "$RUN/offered" "$PROGRAM.new" && : >"$ETC/trial" && sync && mv "$PROGRAM.new" "$PROGRAM" && sync && return 0
  rm -f "$PROGRAM.new" "$PROGRAM.old" "$ETC/trial"
  return 1
}

try_update() { # in `run`: the new program below this one, which is the old one, until the trial is over
  [ -e "$RUN/restart" ] || return 0
  rm -f "$RUN/restart" "$RUN/program" "$RUN/offered"
  trap 'stop_trial; exit 0' TERM INT
  now
  over=$((now + trial)) tried=''
  while [ -e "$ETC/trial" ] && now && [ "$now" -lt "$over" ]; do
    { [ -n "$tried" ] && kill -0 "$tried" 2>/dev/null; } || { NETPILOT_TRIAL=1 "$PROGRAM" run </dev/null & tried=$!; }
    sleep 1 & wait $!
  done
  [ -e "$ETC/trial" ] || { sleep 5 & wait $!; } # it is answering
  stop_trial
  [ ! -e "$ETC/trial" ] || put_back
  exec "$PROGRAM" run
}
stop_trial() {
  [ -z "$tried" ] || { kill "$tried"; sleep 1; kill -9 "$tried"; wait "$tried"; } 2>/dev/null
  hang_up
}
put_back() {
  [ ! -x "$PROGRAM.old" ] || mv "$PROGRAM.old" "$PROGRAM"
  rm -f "$ETC/trial" "$PROGRAM.new"
  sync
}
prove() { # a server has spoken to this program: it stays
  [ -e "$ETC/trial" ] || return 0
  rm -f "$ETC/trial" "$PROGRAM.old"
  sync
}
