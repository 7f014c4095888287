# What NetPilot's predecessor left on this router. It controlled the router from elsewhere, so nobody takes these away: blocks that
# no page shows, and limits that do not end.

old_chains() { # nft, or iptables where it is the older kind: table, chain
  nft list chains 2>/dev/null | awk '
    $1 == "table" { table = $2 "/" $3 }
    $1 == "chain" && $2 ~ /^NETPILOT_[A-Z_]+$/ { print "nft", table, $2 }
    $1 == "chain" && $2 == "whitelist_devices" && table == "inet/netpilot" { print "nft", table, "-" }'
  for program in iptables ip6tables; do
    case $("$program" -V 2>/dev/null) in '' | *nf_tables*) continue ;; esac
    for table in filter mangle nat; do
      "$program" -t "$table" -S 2>/dev/null | sed -n "s|^-N \(NETPILOT_[A-Z_]*\)\$|$program $table \1|p"
    done
  done
}

# A line each: `+` if it is certainly the predecessor's, else `-`; kind, where, and what it is for a person.
list_old() {
  changing=$(uci -q changes firewall wireless 2>/dev/null) # which nobody but who made them may commit
  uci -q show firewall | sed -n "s/^firewall\.\([^ ]*\)\.name='\(Block-.*\)'\$/\1 \2/p" | while read -r section name; do
    # Its names end in a MAC or an address; others may be the owner's.
    mark=-
    [ -n "$changing" ] || ! echo "$name" | grep -Eiq '^Block-(([0-9a-f]{2}[:_-]?){5}[0-9a-f]{2}|[0-9]{1,3}([._-][0-9]{1,3}){3})$' || mark=+
    echo "$mark rule $section firewall rule $name"
  done
  uci -q show wireless | sed -n "s/^wireless\.\([^ ]*\)\.macfilter='\(allow\|deny\)'\$/\1 \2/p" | while read -r section filter; do
    macs=$(uci -q get "wireless.$section.maclist" | tr -d "'") || continue
    # Without a filter that only allows these, everybody who knows the password would get in.
    [ "$filter" = deny ] && [ -z "$changing" ] && mark=+ || mark=-
    echo "$mark wifi $section Wi-Fi filter of $section ($filter): $macs"
  done
  old_chains | while read -r program table chain; do
    if [ "$chain" = - ]; then echo "+ table $table nftables table $table"; else echo "+ chain $program,$table,$chain chain $chain in $program $table"; fi
  done
  # Traffic shapers of others have such a root, too.
  shaper=$(sed -n "s/^[[:space:]]*option[[:space:]]*enabled[[:space:]]*['\"]*1['\"]*[[:space:]]*\$/sqm/p" /etc/config/sqm 2>/dev/null | head -n 1)
  tc qdisc show 2>/dev/null | sed -n 's/^qdisc htb 1: dev \([^ ]*\) root .*/\1/p' | while read -r device; do
    [ -z "$shaper" ] && mark=+ || mark=-
    echo "$mark qdisc $device queues htb 1: on $device"
  done
  for file in /etc/init.d/netpilot_tunnel /root/netpilot_tunnel.sh; do
    [ ! -e "$file" ] || echo "+ file $file its tunnel, $file"
  done
  for file in /etc/rc.local /etc/crontabs/root; do
    ! grep -qs netpilot_tunnel "$file" || echo "- line $file a line in $file that starts its tunnel: delete it by hand"
  done
  for file in /etc/config/netpilot_state.json /etc/config/netpilot_groups_state.json; do
    [ ! -e "$file" ] || echo "- state $file its lists and rates, $file: import that file in NetPilot, then delete it"
  done
}

remove_chain() { # program, table, chain: the rules that lead there, then the chain
  if [ "$1" = nft ]; then
    family=${2%/*} table=${2#*/}
    nft -a list table "$family" "$table" 2>/dev/null | awk -v chain="$3" '
      $1 == "chain" { from = $2 }
      / handle [0-9]+$/ { for (i = 1; i < NF; i++) if (($i == "jump" || $i == "goto") && $(i + 1) == chain) print from, $NF }' |
      while read -r from handle; do nft delete rule "$family" "$table" "$from" handle "$handle"; done
    nft flush chain "$family" "$table" "$3" && nft delete chain "$family" "$table" "$3"
  else
    "$1" -t "$2" -S | sed -n "s/^-A \(.* -[jg] $3\)\$/\1/p" | while read -r rule; do
      # shellcheck disable=SC2086 # the words of a rule, in which nothing is expanded (set -f)
      "$1" -t "$2" -D $rule
    done
    "$1" -t "$2" -F "$3" && "$1" -t "$2" -X "$3"
  fi
}

end_tunnel() { # its processes, by the numbers that it wrote down
  [ ! -x /etc/init.d/netpilot_tunnel ] || { /etc/init.d/netpilot_tunnel disable; /etc/init.d/netpilot_tunnel stop; } >/dev/null 2>&1 || :
  # shellcheck disable=SC2010 # no globbing here (set -f)
  ls /var/run | grep '^netpilot_tunnel_[0-9]*\.pid$' | while read -r file; do
    pid=$(cat "/var/run/$file")
    case $(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null) in *autossh* | *netpilot_tunnel*) kill "$pid" ;; esac
    rm -f "/var/run/$file"
  done
}

remove_old() { # lines of list_old: what is certain. The last firewall rule first, as their numbers move up.
  sed '1!G;h;$!d' | while read -r mark kind where _; do
    [ "$mark" = + ] || continue
    case $kind in
      rule) uci -q delete "firewall.$where" ;;
      wifi) uci -q delete "wireless.$where.maclist" && uci -q delete "wireless.$where.macfilter" ;;
      table) nft delete table "${where%/*}" "${where#*/}" ;;
      chain) old=$where && remove_chain "${old%%,*}" "$(echo "$old" | cut -d, -f2)" "${old##*,}" ;;
      qdisc) tc qdisc del dev "$where" root ;;
      file) end_tunnel && rm -f "$where" ;;
    esac || echo "netpilot: could not remove $kind $where" >&2
  done
}

apply_old() { # lines of list_old: makes what was deleted from the configuration hold. Wi-Fi last: this may be pasted over it
  ! echo "$1" | grep -q '^+ rule ' || { uci commit firewall && /etc/init.d/firewall reload >/dev/null 2>&1; } || :
  ! echo "$1" | grep -q '^+ wifi ' || { uci commit wireless && wifi reload >/dev/null 2>&1; } || :
}
