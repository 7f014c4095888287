# Which devices are on the LAN.

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

lease_files() { # as UCI names them for dnsmasq and odhcpd; no file's name has a space
  [ -z "$leases" ] || { say "$leases"; return; }
  say /tmp/dhcp.leases
  while read -r word option file; do
    file=${file#[\'\"]}
    case "$word $option $file" in 'option leasefile '/*) say "${file%[\'\"]}" ;; esac
  done </etc/config/dhcp
}
observe() { # prints events; leaves the scan in $RUN/devices
  {
    cat "$ETC/policy" "$RUN/devices" "$RUN/answered" /proc/net/route /proc/net/ipv6_route
    # shellcheck disable=SC2046 # the words are files
    sed 's/^/lease /' $(lease_files)
    links
    ip addr show; ip neigh show
  } 2>/dev/null | awk -v run="$RUN" "$patterns_awk$observe_awk"
  mv "$RUN/devices.new" "$RUN/devices"
}

# Makes the kernel find out whether quiet neighbours are still there; leaves in $RUN/answered the addresses that answered.
ask_stale() {
  while read -r address interface; do
    ! ping -c 1 -W 1 -I "$interface" "$address" >/dev/null || say "answered $address"
  done <"$RUN/stale" >"$RUN/answered.new"
  mv "$RUN/answered.new" "$RUN/answered"
} 2>/dev/null
