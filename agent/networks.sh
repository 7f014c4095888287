# Which networks there are: asked of netifd, UCI, iw and the kernel when something about them has changed.

# $signs, without starting a process: which interfaces there are, and what is in which bridge; and, when a look is due, which number
# each has, whether its cable is plugged in, and where the default routes lead.
read_signs() {
  set +f # the only patterns that name files
  set -- /sys/class/net/* /sys/class/net/*/brif/*
  set -f
  signs=$*
  [ "$now" -ge "${look_at:-0}" ] || { signs="$signs$details"; return; }
  details=''
  for path in "$@"; do
    number='' carrier=''
    case $path in */brif/*) continue ;; esac
    read -r number <"$path/ifindex"
    read -r carrier <"$path/carrier"
    details="$details $number $carrier"
  done 2>/dev/null
  read_ways
  details="$details$ways"
  signs="$signs$details"
}
read_ways() { # a byte is a system call: of the table only what stands first
  ways=''
  while read -r interface to gateway _; do
    case $to in Destination) ;; 00000000) ways="$ways $interface $gateway" ;; *) break ;; esac
  done </proc/net/route
} 2>/dev/null
links() { # what sysfs has: bridges, their ports, and what is built upon what
  set +f
  for path in /sys/class/net/*; do [ ! -d "$path/brif" ] || say "bridge ${path##*/}"; done
  for path in /sys/class/net/*/brif/*; do
    [ -e "$path" ] && bridge=${path%/brif/*} number=0 && read -r number <"$path/port_no"
    is_interface "${path##*/}" && say "member ${bridge##*/} ${path##*/} $((number))"
  done
  for path in /sys/class/net/*/upper_*; do
    lower=${path%/upper_*}
    [ ! -e "$path" ] || say "upper ${lower##*/} ${path##*/upper_}"
  done
  set -f
} 2>/dev/null

survey() { # leaves $RUN/networks (networks.awk says what is in it), and sets $lans, $lan (the first), $uplinks, $tables, $radios,
# $about and $counting
  links >"$RUN/links"
  { ip addr show; ip route show; ip -6 route show; } >"$RUN/kernel" 2>/dev/null
  { ! command -v ubus >/dev/null || ubus call network.interface dump; } >"$RUN/netifd" 2>/dev/null
  { ! command -v iw >/dev/null || iw dev; } >"$RUN/iw" 2>/dev/null
  { [ -z "${radios:-}" ] || ! command -v ubus >/dev/null || ubus call network.wireless status; } >"$RUN/wireless" 2>/dev/null
  nft list flowtables >"$RUN/flowtables" 2>/dev/null
  set -- kind=owner "$ETC/config" kind=netifd "$RUN/netifd"
  for file in network firewall; do [ ! -r "/etc/config/$file" ] || set -- "$@" "kind=$file" "/etc/config/$file"; done
  [ ! -r /tmp/sysinfo/model ] || set -- "$@" kind=model /tmp/sysinfo/model
  [ ! -r /etc/openwrt_release ] || set -- "$@" kind=release /etc/openwrt_release
  [ ! -r "$RUN/counting.loaded" ] || set -- "$@" kind=counting "$RUN/counting.loaded"
  set -- "$@" kind=flowtables "$RUN/flowtables" kind=usage "$RUN/usage.template"
  awk -v run="$RUN" "$patterns_awk$networks_awk$radios_awk$about_awk$counting_awk" "$@" kind=iw "$RUN/iw" kind=wireless "$RUN/wireless" kind=links "$RUN/links" kind=kernel "$RUN/kernel" >"$RUN/networks"
  lans='' lan='' uplinks=0 tables='' radios='' bridges='' about='' counting=''
  while read -r word name bridge index; do
    case $word in
      lan) lans="$lans $name" lan=${lan:-$name} ;;
      uplink) uplinks=$((uplinks + 1)) ;;
      wifi) radios="$radios $name" ;;
      about) about="$name $bridge $index" ;;
      counting) counting="$name $bridge $index" ;;
      bridge)
        case "$bridges " in *" $bridge "*) continue ;; esac
        bridges="$bridges $bridge"
        # hexdump joins what it reads: this stands before a bridge's table, and says whose it is
        # shellcheck disable=SC2059 # the digits of a byte
        printf "\377\377\377\377\377\\$((index / 64))$((index / 8 % 8))$((index % 8))\0\0\0\0\0\0\0\0\0\0" >"$RUN/bridge.$index"
        tables="$tables $RUN/bridge.$index /sys/class/net/$bridge/brforward" ;;
    esac
  done <"$RUN/networks"
}
