# Reads links, addresses, neighbours and leases (observe.sh names them all); prints events; leaves in the folder run: facts.new
# (what rules are made of), devices.new (a scan) and stale (who to ask whether it is still there). It goes by the neighbour table,
# not by packets: a blocked device that forges the address of another must not get that one blocked.
function know(mac, ip, reach) {
  if (!((mac, ip) in state)) order[++count] = mac " " ip
  if (state[mac, ip] != "online") state[mac, ip] = reach
  taken[ip] = 1
}
function leads_out(interface) { out = out == "" || out == interface ? interface : "*" } # the only one, or none
BEGIN { facts = "sort -u >" run "/facts.new"; devices = run "/devices.new"; printf "" >devices; printf "" >(run "/stale") }
$1 == "block" { blocked[$2] = 1 }
$1 == "device" && $4 == "online" { before[$2 " " $3] = $5 } # device MAC IP REACH NAME, as it was
$1 == "device" && ($2 in blocked) { known[$2 " " $3] = 1 } # whatever the kernel forgets
$1 == "answered" { answers[$2] = 1 }
$2 $8 == "0000000000000000" { leads_out($1) } # INTERFACE TO GATEWAY FLAGS REFERENCES USE METRIC MASK
$1 ~ /^0+$/ && $2 == "00" && $10 != "lo" { leads_out($10) } # TO LENGTH FROM LENGTH GATEWAY METRIC ... INTERFACE
$1 $2 == "lease#" && $5 == "ipv4" { # odhcpd: lease # INTERFACE MAC ipv4 NAME TIME HEX LENGTH IP/LENGTH
  gsub(/../, "&:", $4); sub(/:$/, "", $4); sub("/.*", "", $10)
  $0 = "lease " $7 " " $4 " " $10 " " ($6 ~ /^(-|broken.*)$/ ? "*" : $6)
}
$1 == "lease" && is_mac($3 = tolower($3)) && is_ip4($4) { # lease TIME MAC IP NAME ID
  if ($5 != "*") name[$3] = encode($5)
  known[$3 " " $4] = 1
  owner[$4] = $3
}
$1 == "heard" { bridged[$2] = 1; if ($5 == 0) heard[$2, $3] = 1 } # $5: its own
$1 == "lan" { lan[$2] = 1 }
$1 == "port" { port[$2] = 1 }
$1 == "lan" || $1 == "port" { print | facts }
$1 ~ /^[0-9]+:$/ && sub(/[:@].*/, "", $2) { interface = $2 }
$1 ~ /^[0-9]+:$/ && ((interface in lan) || interface == out) && is_name(interface) { print "way", interface, $1 + 0 | facts }
$1 ~ /^inet6?$/ { sub("/.*", "", $2); print "own", $2 | facts }
# The router's own on its LANs alone: a WAN port may have been given the MAC of a device.
$1 == "link/ether" && ((interface in lan) || (interface in port)) { print "own", $2 | facts }
$2 == "dev" && ($3 in lan) && (is_ip4($1) || is_ip6($1)) && $4 == "lladdr" && is_mac($5) && !is_group($5) {
  reached = ""
  for (i = 6; i <= NF; i++) if ($i ~ /^(REACHABLE|DELAY|PROBE|STALE|PERMANENT|NOARP)$/) reached = $i
  if (reached == "") next # FAILED, INCOMPLETE
  if (reached ~ /^(STALE|PERMANENT|NOARP)$/) print $1, $3 >(run "/stale")
  if (reached == "STALE") reach = ($3 in bridged) && !(($3, $5) in heard) ? "offline" : "online"
  else if (reached ~ /^(PERMANENT|NOARP)$/) reach = (($3, $5) in heard) || ($1 in answers) ? "online" : "offline"
  else reach = "online"
  know($5, $1, reach)
  # Somebody else answers for a leased address: a repeater, which puts its own MAC on the frames of all behind it.
  if (($1 in owner) && owner[$1] != $5) { know(owner[$1], $1, reach); print "behind", owner[$1], $1 | facts }
}
END {
  for (pair in known) {
    split(pair, p, " ")
    if (!(p[2] in taken) && (!(p[2] in owner) || owner[p[2]] == p[1])) know(p[1], p[2], "offline")
  }
  for (i = 1; i <= count; i++) {
    split(order[i], p, " ")
    label = name[p[1]] == "" ? "-" : name[p[1]]
    print "device", order[i] | facts
    print "device", order[i], state[p[1], p[2]], label >devices
    if (state[p[1], p[2]] != "online") continue
    if (!(order[i] in before)) print "event online", order[i], label
    delete before[order[i]]
  }
  for (pair in before) print "event offline", pair, before[pair]
}
