# What is stored on the router: the configuration that linking wrote, and the policy.

is_number() { case $1 in '' | 0?* | *[!0-9]*) return 1 ;; esac; [ "${#1}" -le "$2" ]; } # text, the most digits
is_positive() { [ "$1" != 0 ] && is_number "$1" "$2"; }
is_host() { case $1 in '' | -* | *[!A-Za-z0-9.:-]*) return 1 ;; esac; }
is_mac() { case $1 in *[!0-9a-f:]*) return 1 ;; ??:??:??:??:??:??) ;; *) return 1 ;; esac; }
is_interface() { case $1 in '' | .* | -* | *[!A-Za-z0-9._-]* | ????????????????*) return 1 ;; esac; }

read_config() { # file: lines of a key and a value; nothing is executed; networks.awk reads `lan` and `outside`
  router_id='' host='' port='' url='' owner='' leases='' interval=14 probe=60 trial=120
  mkdir -p "$RUN" && [ -r "$1" ] || return 1
  while read -r key value; do
    case $key in
      router_id) router_id=$value ;;
      url) url=$value ;;
      leases) leases=$value ;;
      host) ! is_host "$value" || host=$value ;;
      port) ! is_positive "$value" 5 || port=$value ;;
      owner) owner=$value ;; # compile.awk takes it only if it is a MAC
      interval) ! is_positive "$value" 4 || interval=$value ;;
      probe) ! is_positive "$value" 4 || probe=$value ;;
      trial) ! is_positive "$value" 4 || trial=$value ;;
    esac
  done <"$1"
}
configured() {
  { read_config "$ETC/config" && say "$table_nft" >"$RUN/template" && say "$usage_nft" >"$RUN/usage.template" && : >>"$RUN/queues" && : >>"$RUN/shaper"; } || fail 'this router is not linked'
  known=''
  { read -r known <"$RUN/version"; } 2>/dev/null
  [ "$known" = "$VERSION" ] || { rm -f "$RUN/listing.loaded" && say "$VERSION" >"$RUN/version"; } # another program's table is not ours
  read_clock
}
read_revision() { { read -r _ revision _ <"$ETC/policy"; } 2>/dev/null && is_number "$revision" 15 || revision=0; }
store_policy() { # revision, document: whole or not at all, and written only when it differs (flash wears)
  { say "apply $1 $(wc -l <"$2")" && cat "$2" && say "end $1"; } >"$RUN/policy" || return 1
  cmp -s "$RUN/policy" "$ETC/policy" && return 0
  put_on_flash policy
}
put_on_flash() { # a file of $RUN: whole, or nothing, and nothing is left that takes room
  cp "$RUN/$1" "$ETC/$1.new" && cmp -s "$RUN/$1" "$ETC/$1.new" && sync && mv "$ETC/$1.new" "$ETC/$1" && sync && return 0
  rm -f "$ETC/$1.new"
  return 1
} 2>/dev/null
