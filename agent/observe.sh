# Who is on the LAN.

links() { # the LANs, their ports, and which MACs were heard on a bridge within its ageing time
  set +f # the only patterns that name files
  for lan in $lans; do
    say "lan $lan"
    bridge=''
    for path in "/sys/class/net/$lan" "/sys/class/net/$lan"/lower_*; do [ ! -d "$path/brif" ] || bridge=$path; done
    for path in ${bridge:-"/sys/class/net/$lan"}${bridge:+/brif/*}; do
      [ ! -e "$path" ] || ! is_interface "${path##*/}" || say "port ${path##*/}"
    done
    [ -z "$bridge" ] || hexdump -v -e '"heard '"$lan"' " 5/1 "%02x:" 1/1 "%02x" 10/1 " %u" "\n"' "$bridge/brforward"
  done
  set -f
}

observe() { # prints events; leaves the scan in $RUN/devices
  {
    cat "$ETC/policy" "$RUN/devices" /proc/net/route /proc/net/ipv6_route
    sed 's/^/lease /' "$leases"
    links
    ip addr show; ip neigh show
  } 2>/dev/null | awk -v run="$RUN" "$patterns_awk$observe_awk"
  mv "$RUN/devices.new" "$RUN/devices"
}

# Makes the kernel find out whether quiet neighbours are still there.
ask_stale() { while read -r address interface; do ping -c 1 -W 1 -I "$interface" "$address"; done <"$RUN/stale"; } >/dev/null 2>&1
