#!/bin/sh
# Loads a table of every shape that a document and a router's facts can give it, by the agent's own functions, in the lab's router:
# each is loaded, changed as a change of the policy is, and loaded again from its own listing. Says what goes wrong, and how many there were.
#   shapes.sh FUNCTIONS 'FACTS…'
# The functions are the program up to where it decides what to do; its words are set there.
# shellcheck disable=SC1090,SC2034 # the file is given, and its functions read these variables
set -f
. "$1"
ETC=/tmp/shapes/etc
RUN=/tmp/shapes/run
rm -rf /tmp/shapes
mkdir -p "$ETC" "$RUN"
owner='' changed='' reshape=''
# shellcheck disable=SC2154 # the program has it
echo "$table_nft" >"$RUN/template"
: >"$RUN/limiter"

plain='own 02:77:00:00:00:01
own 192.168.77.1
own fe80::1
lan br-lan
device 02:00:00:00:00:01 192.168.77.5
device 02:00:00:00:00:01 2001:db8:2::11
device 02:00:00:00:00:02 192.168.77.6
device 02:00:00:00:00:03 192.168.77.7
behind 02:00:00:00:00:04 192.168.77.8'
whole="$plain
port lan1
trunk lan2
uplink wan
gateway 02:00:00:00:00:99
way br-lan 3
way wan 4"
shaped='br-lan 1 1000000 3
br-lan 2 1000000 3
wan 1 1000000 4'
rates='rate 02:00:00:00:00:01 3000000 0
rate 192.168.77.6 - 9000
window 1 1 2000000000
when 1 rate 02:00:00:00:00:02 9000000 1000000'
networks='network br-lan lan
enters lan1 br-lan
untagged lan2 br-lan
tagged lan2 20 br-guest
lan br-guest
network br-guest guest
device 02:00:00:00:00:05 192.168.78.5 br-guest'
nets='new * block
new guest rate 5000000 0
net lan rate - -
known 02:00:00:00:00:01
when 1 net guest block
when 1 new lan rate - 6000000
once 1'
nets_later='when 1 net lan rate 0 0
known 02:00:00:00:00:05'
later='when 1 block 02:00:00:00:00:01
rate 02:00:00:00:00:04 99999999999 8'

bad() { echo "$1: $mode, limit $limit, full $full, $facts: $(head -n 1 "$RUN/refusal" 2>/dev/null)"; }
document() { # how many of the four are blocked
  printf '%s\n' "mode $mode" "limit $limit" "full $full" 'block 02:00:00:00:00:03' 'block 192.168.77.9' 'block 2001:db8::9'
  [ "$1" -lt 2 ] || printf '%s\n' 'block 02:00:00:00:00:04' 'block 192.168.77.10'
  case $facts in *rates*) printf '%s\n' "$rates" ;; esac
  [ "$1" -lt 2 ] || case $facts in *rates*) echo "$later" ;; esac
  case $facts in *nets*) echo "$nets" ;; esac
  [ "$1" -lt 2 ] || case $facts in *nets*) echo "$nets_later" ;; esac
  [ "$mode" = none ] || printf '%s\n' 'list 02:00:00:00:00:01' 'list 192.168.77.6' 'list 2001:db8::8'
}
try() {
  shapes=$((shapes + 1))
  {
    case $facts in plain*) echo "$plain" ;; *) echo "$whole" ;; esac
    case $facts in *nets*) echo "$networks" ;; esac
  } >"$RUN/facts"
  case $facts in *owner*) owner=02:00:00:00:00:02 ;; *) owner='' ;; esac
  case $facts in *queues*) echo "$shaped" ;; esac >"$RUN/shaper"
  document 1 >"$RUN/document"
  document 2 >"$RUN/more"
  load "$RUN/document" whole || { bad "not loaded"; return; }
  is_intact || bad 'not as it was loaded'
  load "$RUN/more" || bad 'not changed'
  is_intact || bad 'not as it was changed'
  {
    nft -s list table inet netpilot >"$RUN/first" && nft delete table inet netpilot && nft -f "$RUN/first" &&
      nft -s list table inet netpilot >"$RUN/second" && cmp -s "$RUN/first" "$RUN/second"
  } 2>"$RUN/refusal" || bad 'listed, but not loaded alike'
}

shapes=0
# shellcheck disable=SC2086 # a word each
for facts in $2; do
  mode=none limit=- full=- limits='- 0 3000000' fulls='- 0 999999999999'
  case $facts in *rates*) limits=0 fulls=- ;; esac
  try
  for mode in whitelist blacklist; do
    for limit in $limits; do
      for full in $fulls; do try; done
    done
  done
done
nft delete table inet netpilot 2>/dev/null
rm -rf /tmp/shapes
echo "$shapes shapes"
