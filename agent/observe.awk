# Who is on the networks. Reads (the variable kind names which file) the policy, the devices as they were, the networks, leases,
# the bridges' tables, the stations and the kernel's neighbours; prints events; leaves in the folder run: facts.new (what rules are
# made of), devices (a scan), bare (devices whose address nobody knows), places (places.awk), and stale (who to ask whether
# it is still there). Exits with 16, and 1 more if the facts are new, and 2 more if the stations must be asked for again. It goes by the neighbour table, not by packets: a blocked device
# that forges the address of another must not get that one blocked.
function know(mac, ip, reach) {
  if (!((mac, ip) in state)) order[++count] = mac " " ip
  if (state[mac, ip] != "online") state[mac, ip] = reach
  taken[ip] = 1
  addressed[mac] = 1
}
function is_heard(table, mac,   p) { # by a bridge, within its ageing time; of a station only the access point knows whether it is there
  if (!((table, mac) in age)) return 0
  p = entered[table, mac]
  if (!(p in wifi) || !dumped || (mac in station)) return 1
  if (age[table, mac] >= (now - dumped) * 100) return 0
  outdated = 1 # it came since
  return 1
}
function named(mac) { return mac in name ? name[mac] : "-" }
function state_fact(text) { if (!(text in fact)) { fact[text] = 1; facts[++stated] = text } }

kind == "policy" && $1 == "block" { blocked[$2] = 1 }
kind == "facts" { earlier++; was[$0] = 1 }
(kind == "devices" || kind == "bare") && $4 == "online" { before[$2 " " $3] = $5 } # device MAC IP REACH NAME, as it was
kind == "devices" && ($2 in blocked) { known[$2 " " $3] = 1 } # whatever the kernel forgets
kind == "answered" { answers[$2] = 1 }
kind == "networks" {
  if ($1 ~ /^(lan|network|uplink|port|trunk|own|way|enters|untagged|tagged)$/) state_fact($0)
  if ($1 == "lan") lan[$2] = 1
  else if ($1 == "uplink") leads_out[$2] = 1
  else if ($1 == "own") own[$2] = 1
  else if ($1 == "network") network[$2] = $3
  else if ($1 == "bridge") { table_of[$2] = $4 + 0; if (($4 + 0) in used) shared[$4 + 0] = 1; used[$4 + 0] = $2 }
  else if ($1 == "number") port_name[$2 + 0, $3 + 0] = $4
  else if ($1 == "wifi") wifi[$2] = 1
  else if ($1 == "gateway") gateway[$2, $3] = 1
}
kind == "leases" && $1 == "#" && $4 == "ipv4" { # odhcpd: # INTERFACE MAC ipv4 NAME TIME HEX LENGTH IP/LENGTH
  gsub(/../, "&:", $3); sub(/:$/, "", $3); sub("/.*", "", $9)
  $0 = $6 " " $3 " " $9 " " ($5 ~ /^(-|broken.*)$/ ? "*" : $5)
}
kind == "leases" && is_mac($2 = tolower($2)) && is_ip4($3) { # TIME MAC IP NAME ID
  if ($4 != "*") name[$2] = called[$2, $3] = encode($4)
  known[$2 " " $3] = 1
  owner[$3] = $2
}
kind == "heard" && $2 ~ /^ff:ff:ff:ff:ff:/ { split($2, byte, ":"); table = place_of(byte[6]); next }
kind == "heard" && $4 == 0 && !is_group($2) { # heard MAC PORT OWN AGE PORT_HIGH
  if ((table, $2) in age && age[table, $2] <= $5 + 0) next
  age[table, $2] = $5 + 0
  entered[table, $2] = port_name[table, $3 + 256 * $6]
  if (!($2 in own)) heard[++hears] = $2 " " table
}
kind == "stations" && $1 == "Station" { station[$2] = 1 }
kind == "neighbours" && $2 == "dev" && ($3 in lan) && (is_ip4($1) || is_ip6($1)) {
  if ($4 != "lladdr" || !is_mac($5) || is_group($5)) next
  reached = ""
  for (i = 6; i <= NF; i++) if ($i ~ /^(REACHABLE|DELAY|PROBE|STALE|PERMANENT|NOARP)$/) reached = $i
  if (reached == "") next # FAILED, INCOMPLETE
  ears = $3 in table_of && (table_of[$3] in listens)
  hears_it = ears && is_heard(table_of[$3], $5)
  if ($3 in wifi && dumped) { ears = 1; hears_it = $5 in station }
  if (reached ~ /^(STALE|PERMANENT|NOARP)$/ && !(hears_it && age[table_of[$3], $5] < 20000)) print $1, $3 >stale
  if (reached ~ /^(PERMANENT|NOARP)$/) reach = hears_it || ($1 in answers) ? "online" : "offline"
  else reach = !ears || hears_it ? "online" : "offline"
  know($5, $1, reach)
  where[$5] = at_lan[$5, $1] = $3
  if (($1, $3) in gateway) state_fact("gateway " $5)
  # Somebody else answers for a leased address: a repeater, which puts its own MAC on the frames of all behind it.
  if (($1 in owner) && owner[$1] != $5) { know(owner[$1], $1, reach); where[owner[$1]] = at_lan[owner[$1], $1] = $3; state_fact("behind " owner[$1] " " $1 " " $3) }
}
function place_of(hex) { table = 16 * (index("0123456789abcdef", substr(hex, 1, 1)) - 1) + index("0123456789abcdef", substr(hex, 2)) - 1; listens[table] = 1; return table }

BEGIN { stale = run "/stale"; printf "" >stale }
END {
  for (i = 1; i <= hears; i++) { split(heard[i], p, " "); if (is_heard(p[2], p[1])) there[p[1]] = p[2] }
  for (pair in known) {
    split(pair, p, " ")
    if ((p[2] in taken) || ((p[2] in owner) && owner[p[2]] != p[1])) continue
    leased[++leases] = p[1] " " p[2]
  }
  for (i = 1; i <= leases; i++) { # a bridge hears it, and the kernel has not had to ask for its address yet
    split(leased[i], p, " ")
    know(p[1], p[2], (p[1] in there) && !(p[1] in where) && owner[p[2]] == p[1] ? "online" : "offline")
  }
  write_devices()
  for (i = 1; i <= stated; i++) { print facts[i] >(run "/facts.new"); if (!(facts[i] in was)) changed = 1 }
  exit 16 + (changed || stated != earlier) + 2 * outdated
}
function site_of(m, ip) { # on which LAN that is, as far as anybody knows
  if ((m, ip) in at_lan) return at_lan[m, ip]
  if (where[m] != "") return where[m]
  return (m in there) && !(there[m] in shared) ? used[there[m]] : ""
}
function write_devices(   i, p, at, label, devices, bare) {
  devices = run "/devices"; bare = run "/bare"
  printf "" >devices; printf "" >bare; printf "" >(run "/places"); printf "" >(run "/facts.new")
  for (i = 1; i <= count; i++) {
    split(order[i], p, " ")
    label = (p[1], p[2]) in called ? called[p[1], p[2]] : named(p[1])
    state_fact("device " order[i] (site_of(p[1], p[2]) == "" ? "" : " " site_of(p[1], p[2])))
    print "device", order[i], state[p[1], p[2]], label >devices
    if (state[p[1], p[2]] != "online") continue
    if (!(order[i] in before)) print "event online", order[i], label
    delete before[order[i]]
  }
  for (i = 1; i <= hears; i++) {
    split(heard[i], p, " ")
    if (!(p[1] in there) || (p[1] in placed)) continue
    placed[p[1]] = 1
    at = where[p[1]] == "" ? used[p[2]] : where[p[1]]
    say_place(p[1], where[p[1]] == "" && (p[2] in shared) ? "" : at, entered[there[p[1]], p[1]]) # a bridge does not tell which VLAN
    if (p[1] in addressed) continue
    label = named(p[1])
    print "device", p[1], "-", "online", label >bare
    if (!(at in leads_out)) continue # a router soon knows the address; an access point may never
    if (!((p[1] " -") in before)) print "event online", p[1], "-", label
    delete before[p[1] " -"]
  }
  for (i = 1; i <= count; i++) { # who is there, and no bridge hears: on a LAN without one
    split(order[i], p, " ")
    if (state[p[1], p[2]] == "online" && (p[1] in where) && !(where[p[1]] in table_of)) say_place(p[1], where[p[1]], where[p[1]])
  }
  for (i in before) {
    split(i, p, " ")
    if (p[2] != "-" || !(p[1] in addressed) && !(p[1] in placed)) print "event offline", i, before[i]
  }
}
