#!/bin/sh
# Installs NetPilot's agent on this OpenWrt router, and links it to whoever asked for the code:
#   wget -qO- URL/install.sh | sh -s -- CODE
# Run again with another code, it brings the agent up to date and links the router anew.
set -eu

url='@URL@' # the server puts its own address here

fail() {
  echo "netpilot: $1" >&2
  exit 1
}

# fetch PATH FILE: whole or not at all
fetch() {
  if ! wget -q -O "$2.new" "$url$1" || [ ! -s "$2.new" ]; then
    rm -f "$2.new"
    fail "$url$1 cannot be fetched"
  fi
  chmod 755 "$2.new"
  mv "$2.new" "$2"
}

# In a function, so that nothing runs before all of it is here.
main() {
  [ $# -eq 1 ] || fail 'give the pairing code: sh -s -- CODE'
  [ "$(id -u)" -eq 0 ] || fail 'this has to be run as root'
  for tool in awk dbclient dropbearkey ip nft wget; do
    command -v "$tool" >/dev/null || fail "$tool is missing: OpenWrt 22.03 and newer has it"
  done
  fetch /agent/netpilot-agent /usr/sbin/netpilot-agent
  fetch /agent/netpilot.init /etc/init.d/netpilot
  /usr/sbin/netpilot-agent link "$url" "$1"
}

main "$@"
