# Who tells at once that something has happened. What has happened is read from the tables all the same: a bell that is missing or
# dies costs seconds, never the truth. Rings `station`, `network` or `lease MAC IP` for `serve`.

doorbells() {
  pipe=$RUN/bells listening='' leasing=''
  rm -f "$pipe" && mkfifo "$pipe" || return
  exec 3<>"$pipe"
  trap 'kill $listening $leasing; exit' TERM
  ! command -v iw >/dev/null || { iw event >&3 & listening="$listening $!"; }
  if command -v ubus >/dev/null; then
    ubus listen network.interface ubus.object.add >&3 &
    listening="$listening $!"
    hear_leases
  fi
  [ -n "$listening" ] || return 0
  while IFS= read -r line <&3; do
    case $line in
      *': new station '* | *': del station '*) ring station ;;
      '{ "network.interface": '*) ring network ;;
      '{ "ubus.object.add": '*'"dnsmasq'*) hear_leases ;; # it has started again, and knows nothing of who listened
      '{ "ubus.object.add": '*'"hostapd.'*) ring network ;;
      '{ "dhcp.ack": '* | '{ "dhcp.release": '*)
        mac=${line#*\"mac\":\"} ip=${line#*\"ip\":\"}
        mac=${mac%%\"*} ip=${ip%%\"*}
        case $mac$ip in *[!0-9a-f.:]*) ;; *) ring "lease $mac $ip" ;; esac ;;
    esac || exit
  done
} </dev/null 2>/dev/null
hear_leases() {
  [ -z "$leasing" ] || kill "$leasing"
  objects=$(ubus list 'dnsmasq*')
  # shellcheck disable=SC2086 # the words are objects; dnsmasq.dns tells nothing of leases, and takes part all the same
  [ -z "$objects" ] || { ubus subscribe $objects >&3 & leasing=$!; }
}
