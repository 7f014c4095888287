#!/bin/sh
# What udhcpc runs on a client of the lab when it has an address.
# shellcheck disable=SC2154 # udhcpc sets these
case $1 in
  bound | renew)
    ip -4 address flush dev "$interface"
    ip address add "$ip/24" dev "$interface"
    ip route replace default via 192.168.77.1
    ;;
esac
