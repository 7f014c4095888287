#!/bin/sh
# A home and an internet on one machine, for as long as standard input stays open. `lab/lab.ts` starts it as the first process
# of namespaces of its own (mounts, processes, network): when it ends, or its starter is killed, the kernel ends
# every process in them and nothing is left: no namespace has a name outside, no file is outside /mnt, which is in memory.
#
#   internet ── wan ─ router ─ br-lan ─┬─ lan1 ── client1     IPv4: 203.0.113.0/24 outside, 192.168.77.0/24 inside, NAT
#   203.0.113.1      the agent         └─ lan2 ── client2 …   IPv6: 2001:db8:1::/64 outside, 2001:db8:2::/64 inside
set -eu
clients=$1
lab=$2 # this folder

mount -t tmpfs tmpfs /mnt
mkdir -p /run/netns
mount -t tmpfs tmpfs /run/netns

namespace() {
  ip netns add "$1"
  inside "$1" sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.accept_ra=0 net.ipv6.conf.all.disable_ipv6=0
  ip -n "$1" link set lo up
}
inside() { name=$1; shift; ip netns exec "$name" "$@"; }

namespace internet
namespace router
ip -n router link add wan type veth peer name eth0 netns internet
ip -n internet address add 203.0.113.1/24 dev eth0
ip -n internet address add 2001:db8:1::1/64 dev eth0 nodad
ip -n internet link set eth0 up
ip -n internet route add 2001:db8:2::/64 via 2001:db8:1::2 || :
ip -n router address add 203.0.113.2/24 dev wan
ip -n router address add 2001:db8:1::2/64 dev wan nodad
ip -n router link set wan up
ip -n internet route replace 2001:db8:2::/64 via 2001:db8:1::2
ip -n router route add default via 203.0.113.1
ip -n router route add default via 2001:db8:1::1

inside router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip -n router link add br-lan address 02:77:00:00:00:01 type bridge forward_delay 0
# As OpenWrt has it: frames that are only bridged do not pass the firewall's hooks. Absent if the kernel has no br_netfilter.
inside router sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0 2>/dev/null || :
ip -n router address add 192.168.77.1/24 dev br-lan
ip -n router address add 2001:db8:2::1/64 dev br-lan nodad
ip -n router link set br-lan up
# What OpenWrt's own firewall does, in short: established connections in, masquerading out.
inside router nft -f - <<'RULES'
table inet fw4 {
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    iifname "br-lan" accept
    meta l4proto ipv6-icmp accept
  }
  chain srcnat {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "wan" meta nfproto ipv4 masquerade
  }
}
RULES

sh "$lab/image.sh" /mnt/router "$lab"

inside router dnsmasq --conf-file=/dev/null --port=0 --interface=br-lan --bind-interfaces --except-interface=lo --user=root --pid-file= \
  --dhcp-range=192.168.77.100,192.168.77.199,1h --dhcp-leasefile=/mnt/router/tmp/dhcp.leases --dhcp-authoritative --no-ping --log-facility=/mnt/dnsmasq.log \
  --dhcp-script="$lab/openwrt/dhcp-event"

i=1
while [ "$i" -le "$clients" ]; do
  namespace "client$i"
  ip -n router link add "lan$i" type veth peer name eth0 address "02:00:00:00:00:0$i" netns "client$i"
  ip -n router link set "lan$i" master br-lan up
  ip -n "client$i" link set eth0 up
  ip -n "client$i" address add "2001:db8:2::1$i/64" dev eth0 nodad
  ip -n "client$i" route add default via 2001:db8:2::1
  inside "client$i" busybox udhcpc -q -n -f -i eth0 -t 8 -T 1 -x "hostname:client$i" -s "$lab/lease.sh" >/dev/null 2>&1
  i=$((i + 1))
done
inside internet iperf3 -s -D
inside internet busybox nc -ll -p 9000 -e cat /dev/zero 2>/dev/null &
echo ready
exec cat
