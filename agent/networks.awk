# Which interfaces are networks of the home. Reads (the variable kind names which file) what netifd, UCI, the kernel and iw say of
# them, and the owner; prints lines of a word and its values, for observe.awk and observe.sh:
#   lan NAME                      to be looked after; the first one's MAC stands for the router
#   uplink NAME                   a LAN that leads to the internet too: this router is an access point there
#   network NAME WORD             what OpenWrt calls that LAN
#   bridge NAME BRIDGE INDEX      whose table has the LAN's devices
#   port NAME | trunk NAME        where frames of a LAN come in; a trunk carries frames of a way out, too
#   number INDEX NUMBER NAME      a port of a bridge
#   enters PORT LAN               all frames that come in there are of that LAN
#   untagged PORT LAN             those without a VLAN's tag are
#   tagged PORT VLAN LAN          those with it
#   wifi NAME                     an access point
#   way NAME INDEX                a LAN, or the only way out
#   own MAC | own IP              the router's own: MACs on its LANs alone, as a WAN port may have been given one of a device
#   gateway IP NAME               on an uplink
# A network is a way out if its zone is called wan, if a default route leads there or it gets its address from somebody
# (unless its zone is one of the home's: the LAN of an access point), or if Wi-Fi is a client there.
function inside_zone(i) { return i == "lan" || zone[i] ~ /^lan/ || zone[i] != "" && !masquerades[zone[i]] && zone[i] !~ /wan/ }
function is_container(d) { return d ~ /^(docker|podman|cni|virbr|lxc|veth)/ || d ~ /^br-[0-9a-f]*$/ && length(d) == 15 }
function leads_out(d,   i, n, part, home, given, known) {
  if (d in wanted) return 0
  if (d in unwanted || d in under) return 1
  n = split(names[d], part, " ")
  for (i = 1; i <= n; i++) {
    if (zone[part[i]] ~ /^w*wan/) return 1
    if (inside_zone(part[i])) home = 1
    if (proto[part[i]] !~ /^(static|none|unmanaged|)$/) given = 1
  }
  known = n > 0
  if (is_container(d) && (!known || d !~ /^veth/)) return 1 # dockerd gives its bridge a zone of its own
  if (zone_of[d] ~ /^w*wan/) return 1
  if ((d in client) && !(d in bridge)) return 1
  if (d in routed) return !home && (zones || candidates > 1)
  if (given) return !home
  return !known && !zones && !routes && !(d in bridge) # nothing says which one leads out
}
function is_candidate(d) {
  if (d in wanted) return 1
  if (!(d in mac)) return (d in names) && !(d in number) && planned(d) # it is not there yet
  if (d in master) return 0
  return (d in addressed) || (d in bridge) && !(d in stacked) && (d in names || d in peopled)
}
function planned(d,   i, n, part) { # by the configuration, before the network is up
  n = split(names[d], part, " ")
  for (i = 1; i <= n; i++) if (inside_zone(part[i])) return 1
  return 0
}
function clean(t) { gsub(/["\047,\t]/, "", t); gsub(/^ +| +$/, "", t); return t }
function base(d,   b) { # the bridge below a LAN, or nothing
  if (d in bridge) return d
  for (b in bridge) if ((b, d) in upper) return b
  return ""
}

kind == "owner" && $1 == "lan" && is_name($2) { wanted[$2] = ++owners; owned[owners] = $2 }
kind == "owner" && $1 == "outside" && is_name($2) { unwanted[$2] = 1 }

kind == "netifd" { # JSON: a piece for each pair
  gsub(/[][{},]/, "\n&\n")
  pieces = split($0, piece, "\n")
  for (p = 1; p <= pieces; p++) {
    colon = index(piece[p], ":")
    if (!colon) continue
    key = clean(substr(piece[p], 1, colon - 1)); value = clean(substr(piece[p], colon + 1))
    if (key == "interface" && value != "") { inactive = 0; said[name = value] = 1; order[++interfaces] = name }
    else if (key == "inactive") inactive = 1
    else if (key ~ /^(l3_device|device)$/ && is_name(value)) { if (key == "device") below[name] = value; else top[name] = value }
    else if (key == "proto") proto[name] = value
    else if (key == "target") { target = value; to_all = 0 }
    else if (key == "mask" && value == "0" && !inactive && target ~ /^(0[.]0[.]0[.]0|::)$/) to_all = defaulted[name] = 1
    else if (key == "nexthop" && to_all) hop[name] = value
  }
}

kind ~ /^(network|firewall)$/ && $1 == "config" { section = clean($2); name = clean($3); alias[++aliases] = "new"; if (section == "zone") zones++ }
kind ~ /^(network|firewall)$/ && $1 ~ /^(option|list)$/ {
  key = clean($2); value = $0; sub(/^[ \t]*[a-z]+[ \t]+[^ \t]+[ \t]+/, "", value); value = clean(value)
  if (section == "interface" && !(name in said) && name != "") {
    if (!(name in planned_at)) { planned_at[name] = 1; order[++interfaces] = name }
    if (key ~ /^(device|ifname)$/ && below[name] == "") below[name] = value
    if (key == "type" && value == "bridge") below[name] = "br-" name
    if (key == "proto") proto[name] = value
    if (key ~ /^(disabled|auto)$/ && (key == "disabled") == value) off[name] = 1
  }
  if (section == "device" && key ~ /^(name|ifname|vid)$/) alias[++aliases] = key " " value
  if (section == "bridge-vlan" && key == "device") vlan_bridge = value
  if (section == "bridge-vlan" && key == "vlan") vlan = value
  if (section == "bridge-vlan" && key == "ports") {
    words = split(value, word, " ")
    for (i = 1; i <= words; i++) {
      bare = word[i] !~ /:.*t/ # without a tag
      sub(/:.*/, "", word[i])
      tagged[word[i]] = tagged[word[i]] " " vlan_bridge "." vlan
      if (bare) untagged[word[i]] = vlan_bridge "." vlan
    }
  }
  if (section == "zone" && key == "name") zone_name[zones] = value
  if (section == "zone" && key ~ /^masq6?$/ && value == 1) zone_masq[zones] = 1
  if (section == "zone" && key ~ /^(network|device)$/) zone_list[zones, key] = zone_list[zones, key] " " value
}

kind == "iw" && $1 == "Interface" { radio = $2 } # NAME.sta1 is a repeater in a mode of four addresses: who is behind it is no station
kind == "iw" && $1 == "type" { if ($2 ~ /^AP/ && radio !~ /[.]sta[0-9]+$/) wifi[radio] = 1; else if ($2 == "managed") client[radio] = 1 }

kind == "wireless" { # JSON: of each access point its interface, then its networks
  gsub(/[][{},]/, "\n&\n")
  pieces = split($0, piece, "\n")
  for (p = 1; p <= pieces; p++) {
    colon = index(piece[p], ":")
    value = clean(substr(piece[p], colon + 1))
    if (colon) key = clean(substr(piece[p], 1, colon - 1))
    if (key == "ifname" && value != "") radio = value
    if (key == "network" && is_name(value)) serves[radio] = value
  }
}

kind == "links" && $1 == "bridge" { bridge[$2] = 1 }
kind == "links" && $1 == "member" { member[++members] = $3; belongs[$3] = $2; master[$3] = 1; peopled[$2] = 1; port_number[$3] = $4 }
kind == "links" && $1 == "upper" { upper[$2, $3] = 1; uppers[$3] = uppers[$3] " " $2; above[$2] = above[$2] " " $3; stacked[$2] = 1 }

kind == "kernel" && $1 ~ /^[0-9]+:$/ {
  device = $2; sub(/[:@].*/, "", device)
  number[device] = $1 + 0
  if (is_name(device)) found[++devices] = device
  for (i = 4; i < NF; i++) if ($i == "master") master[device] = 1
}
kind == "kernel" && $1 == "link/ether" { mac[device] = $2 }
kind == "kernel" && $1 ~ /^inet6?$/ {
  sub("/.*", "", $2)
  print "own", $2
  if ($2 !~ /^(fe[89ab].:|127[.]|169[.]254[.])/) addressed[device] = 1
}
kind == "kernel" && $1 == "default" {
  for (i = 2; i < NF; i++) if ($i == "dev") at = $(i + 1)
  if (!(at in routed)) { routes++; only = at }
  routed[at] = 1
  for (i = 2; i < NF; i++) if ($i == "via") via[++hops] = $(i + 1) " " at
}

END {
  for (z = 1; z <= zones; z++) {
    if (zone_masq[z]) masquerades[zone_name[z]] = 1
    n = split(zone_list[z, "network"], part, " "); for (i = 1; i <= n; i++) zone[part[i]] = zone_name[z]
    n = split(zone_list[z, "device"], part, " "); for (i = 1; i <= n; i++) zone_of[part[i]] = zone_name[z]
  }
  for (i = 1; i <= interfaces; i++) {
    name = order[i]
    d = top[name] == "" ? below[name] : top[name]
    if (off[name] || !is_name(d)) continue
    names[d] = names[d] " " name
    if (below[name] != d && !(d in mac)) under[below[name]] = 1 # a PPP session, a tunnel
    if (defaulted[name] && !(d in routed)) { routed[d] = 1; routes++; only = d; if (hop[name] != "") via[++hops] = hop[name] " " d }
    if (!(d in number)) absent[++missing] = d
    if (name == "lan") first = d
  }
  for (i = 1; i <= missing; i++) found[++devices] = absent[i]
  for (i = 1; i <= owners; i++) if (!(owned[i] in number)) found[++devices] = owned[i]
  for (i = 1; i <= devices; i++) if (is_candidate(found[i])) candidates++
  if (first != "") judge(first)
  for (i = 1; i <= owners; i++) judge(owned[i])
  for (i = 1; i <= devices; i++) judge(found[i])
  for (i = 1; i <= lans; i++) if (base(lan[i]) != "") inside[base(lan[i])] = 1
  read_aliases()
  for (i = 1; i <= lans; i++) describe(lan[i])
  for (i = 1; i <= members; i++) if (belongs[member[i]] in inside) say_port(member[i])
  if (routes == 1 && (only in number) && !(only in looked_after) && is_name(only)) print "way", only, number[only]
  for (d in wifi) print "wifi", d
  for (i = 1; i <= hops; i++) { split(via[i], part, " "); if (part[2] in looked_after) print "gateway", via[i] }
}
function judge(d) {
  if (d in judged) return
  judged[d] = 1
  if (is_candidate(d) && !leads_out(d)) { lan[++lans] = d; looked_after[d] = 1 }
}
function describe(d,   n, part, b) {
  print "lan", d
  if (d in routed) print "uplink", d
  n = split(names[d], part, " ")
  if (n) print "network", d, part[1]
  if (d in mac) print "own", mac[d]
  if (d in number) print "way", d, number[d]
  b = base(d)
  if (b == "") {
    if (d in mac) { say_hook(carries_out(d) ? "trunk" : "port", d); say_untagged(d, d) }
    return
  }
  if (!(b in numbered)) numbered[b] = ++bridges
  print "bridge", d, b, numbered[b]
}
function carries_out(port,   d) { # a VLAN of it is no network of the home
  for (d in number) {
    if (!((port, d) in upper) || (d in bridge) || (d in looked_after)) continue
    if (!(d in master) || !(belongs[d] in inside)) return 1
  }
  return 0
}
function read_aliases(   i, part, device, lower, vid) { # a VLAN may have any name
  for (i = 1; i <= aliases; i++) {
    split(alias[i], part, " ")
    if (part[1] == "new") device = lower = vid = ""
    if (part[1] == "name") device = part[2]
    if (part[1] == "ifname") lower = part[2]
    if (part[1] == "vid") vid = part[2]
    if (device != "" && lower != "" && vid != "") called[lower "." vid] = device
  }
}
function say_port(port,   n, part, i, b, in_lan, out) {
  b = belongs[port]
  if (port in mac) print "own", mac[port]
  print "number", numbered[b], port_number[port], port
  n = split(tagged[port], part, " ")
  for (i = 1; i <= n; i++) {
    if (part[i] in called) part[i] = called[part[i]]
    if (part[i] in looked_after) in_lan = 1
    else if (part[i] in number) out = 1
  }
  if (!n && !vlan && carries_out(b) || carries_out(port)) in_lan = out = 1
  if (!out || in_lan) { say_hook(out ? "trunk" : "port", port); say_lans(port, b, n > 0) }
}
# Of which LAN the frames are that come in at a port of a bridge: of the bridge itself, or of one of its VLANs.
function say_lans(port, b, listed,   i, d, n, part, wants, own_lan) {
  own_lan = (port in untagged) ? named_vlan(untagged[port]) : lan_of_radio(port)
  if (own_lan == "" && !listed && (b in looked_after)) own_lan = b
  n = split(tagged[port], part, " ")
  for (i = 1; i <= n; i++) if (part[i] != untagged[port]) wants[named_vlan(part[i])] = 1
  for (i = 1; i <= lans; i++) {
    d = lan[i]
    if (d == b || base(d) != b || listed && !(d in wants) || vlan_number(b, d) == "") continue
    print "tagged", port, vlan_number(b, d), d
    shares[port] = 1
  }
  if (own_lan in looked_after) say_untagged(port, own_lan)
}
function say_untagged(port, d,   n, part, i) {
  n = split(above[port], part, " ")
  for (i = 1; i <= n; i++) if (!(part[i] in bridge)) shares[port] = 1 # a VLAN of that port, which is a port itself
  print (port in shares ? "untagged" : "enters"), port, d
}
function named_vlan(t) { return t in called ? called[t] : t }
function vlan_number(b, d,   t) { # of a VLAN of a bridge
  if (index(d, b ".") == 1) return substr(d, length(b) + 2) ~ /^[0-9]+$/ ? substr(d, length(b) + 2) : ""
  for (t in called) if (called[t] == d && index(t, b ".") == 1) return substr(t, length(b) + 2)
  return ""
}
function lan_of_radio(port,   i, d, part, n, name) { # by what netifd says of the access point
  sub(/[.]sta[0-9]+$/, "", port)
  if (!(port in serves)) return ""
  for (d in names) {
    n = split(names[d], part, " ")
    for (i = 1; i <= n; i++) if (part[i] == serves[port]) return d
  }
  return ""
}
function say_hook(word, port) { print word, port; hook[++hooks] = port }
