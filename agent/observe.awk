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
$2 $8 == "0000000000000000" { leads_out($1) } # INTERFACE TO GATEWAY FLAGS REFERENCES USE METRIC MASK
$1 ~ /^0+$/ && $2 == "00" && $10 != "lo" { leads_out($10) } # TO LENGTH FROM LENGTH GATEWAY METRIC ... INTERFACE
$1 == "lease" && is_mac($3 = tolower($3)) && is_ip4($4) { # lease TIME MAC IP NAME ID
  if ($5 != "*") name[$3] = encode($5)
  known[$3 " " $4] = 1
}
$1 == "heard" { bridged[$2] = 1; if ($5 == 0) heard[$2, $3] = 1 } # $5: its own
$1 == "lan" { lan[$2] = 1 }
$1 == "lan" || $1 == "port" { print | facts }
$1 ~ /^[0-9]+:$/ && sub(/[:@].*/, "", $2) && (($2 in lan) || $2 == out) && is_name($2) { print "way", $2, $1 + 0 | facts }
$1 ~ /^(link.ether|inet6?)$/ { sub("/.*", "", $2); print "own", $2 | facts }
$2 == "dev" && ($3 in lan) && (is_ip4($1) || is_ip6($1)) && $4 == "lladdr" && is_mac($5) && !is_group($5) {
  if ($NF == "FAILED" || $NF == "INCOMPLETE") next
  if ($NF == "STALE") print $1, $3 >(run "/stale")
  know($5, $1, $NF == "STALE" && ($3 in bridged) && !(($3, $5) in heard) ? "offline" : "online")
}
END {
  for (pair in known) { split(pair, p, " "); if (!(p[2] in taken)) know(p[1], p[2], "offline") }
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
