# What a document says of everybody on a network, or of who is new there: `net`, `new` and `known`. What is dropped is dropped by where
# a frame comes from or goes to, not by device, so that it holds for a device that nobody has ever seen. Rates hold the same way until
# the device is seen, and then as rates of its own do. Windows change elements alone.
function take_network(n, i) { # a line of a document whose field i is `net` or `new`; says whether it is one
  if ($(i + 1) != "*" && ($(i + 1) !~ /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/ || length($(i + 1)) > 64)) return 0
  if ($(i + 2) == "block" ? NF != i + 2 : $(i + 2) != "rate" || NF != i + 4 || !is_rate($(i + 3)) || !is_rate($(i + 4))) return 0
  rule_word[++rules] = $i
  rule_of[rules] = $(i + 1)
  rule_window[rules] = n
  rule_down[rules] = $(i + 2) == "block" ? "0" : capped($(i + 3))
  rule_up[rules] = $(i + 2) == "block" ? "0" : capped($(i + 4))
  return 1
}
function is_dropped(down, up) { return down == "0" && up == "0" }
function has_rate(r) { return !is_dropped(rule_down[r], rule_up[r]) && rule_down[r] rule_up[r] != "--" }
# What each LAN gives, of what holds now, and the chains for all rates that windows may bring. On a LAN that leads to the internet, the
# addresses of who is there are dropped, not all to which a packet leaves by it.
function rule_networks(   r, times, name, word, d) {
  if (!rules) return
  set["ways"] = set["vlans"] = set["vlan_rules"] = ""
  for (r = 1; r <= rules; r++) {
    when["net"] = 1
    if (rule_word[r] == "new") when["new"] = 1
    if (has_rate(r)) make_way(rule_down[r], rule_up[r])
    if (rule_window[r] != "" && !(rule_window[r] in is_open)) continue
    times = rule_window[r] == "" ? "always" : "now"
    said[rule_word[r], times, rule_of[r], "down"] = lower(said[rule_word[r], times, rule_of[r], "down"], rule_down[r])
    said[rule_word[r], times, rule_of[r], "up"] = lower(said[rule_word[r], times, rule_of[r], "up"], rule_up[r])
  }
  for (r = 1; r <= vlan_count; r++) for (d = when["new"] ? 2 : 1; d; d--) { # nft 1.0.2 cannot ask for a VLAN's number in this family: bytes then
    name = "np_" (d == 1 ? "shut" : "strange") "_vlan" vlans[r]
    set["vlans"] = set["vlans"] "set " name " { type ifname; }\n"
    set["vlan_rules"] = set["vlan_rules"] "iifname @" name " @ll,96,16 0x8100 @ll,116,12 " vlans[r] " jump np_" (d == 1 ? "shut" : "strange") "_here\n"
  }
  for (d in home) {
    name = d in network ? network[d] : d
    if (find_rule("net", name)) give(d, "net")
    else if (find_rule("new", name)) give(d, "new")
  }
}
function find_rule(word, name) { return found(word, "now", name) || found(word, "always", name) || found(word, "now", "*") || found(word, "always", "*") }
function found(word, times, name) {
  if (!((word, times, name, "up") in said)) return 0
  found_down = said[word, times, name, "down"]
  found_up = said[word, times, name, "up"]
  return 1
}
function give(d, word,   i, drops) { # to everybody on a LAN, or to who is new there
  given_by[d] = word
  net_down[d] = found_down
  net_up[d] = found_up
  drops = word == "net" ? "shut" : "strange"
  if (is_dropped(found_down, found_up)) {
    put(drops, "\"" d "\"")
    if (!(("uplinks", "\"" d "\"") in has)) put(drops "_to", "\"" d "\"")
    for (i = 1; i <= entries; i++) if (entry_lan[i] == d) put(drops entry_kind[i], entry_port[i])
  } else if (found_down found_up != "--") {
    put(word "_up", "\"" d "\"", " : goto np_" ways[found_down, found_up] "_up")
    put(word "_down", "\"" d "\"", " : goto np_" ways[found_down, found_up] "_down")
  }
}
# For who has not been seen yet, by the MAC that sends, and by the address that receives.
function make_way(down, up,   name, f) {
  if ((down, up) in ways) return
  name = ways[down, up] = "way" ++way_count
  set["ways"] = set["ways"] "set np_" name "_up { type ether_addr; flags dynamic,timeout; timeout 1m; size 8192; }\n"
  for (f = 4; f <= 6; f += 2) set["ways"] = set["ways"] "set np_" name "_down" f " { type ipv" f "_addr; flags dynamic,timeout; timeout 1m; size 8192; }\n"
  set["ways"] = set["ways"] "chain np_" name "_up {\n" (up == "-" ? "" : up == "0" ? "drop\n" : "update @np_" name "_up { ether saddr " over(up) " } drop\n") "}\nchain np_" name "_down {\n"
  for (f = 4; f <= 6; f += 2) if (down != "-") set["ways"] = set["ways"] (down == "0" ? f == 4 ? "drop\n" : "" : "update @np_" name "_down" f " { ip" (f == 6 ? 6 : "") " daddr " over(down) " } drop\n")
  set["ways"] = set["ways"] "}\n"
}
function is_meant(d, mac) { return (d in given_by) && !(mac in spared) && (given_by[d] == "net" || !(mac in familiar)) }
# Devices that no network's rule means, and what seen devices get by theirs. The rates that windows may bring have their buckets before.
function rate_networks(   i, r, mac, d, name) {
  if (!rules) return
  for (mac in own) if (is_mac(mac)) spared[mac] = 1
  for (mac in gateway) spared[mac] = 1
  for (mac in rated) if (is_mac(mac)) spared[mac] = 1
  for (mac in spared) { put("spared", mac); put("known", mac) }
  for (i = 1; i <= devices; i++) {
    mac = device[i]
    d = lan_of[i]
    name = d in network ? network[d] : d
    if (d == "" || (mac in own) || (mac in gateway) || is_group(mac)) continue
    for (r = 1; r <= rules; r++) {
      if (rule_of[r] != "*" && rule_of[r] != name || rule_word[r] == "new" && (mac in familiar)) continue
      if (rule_window[r] != "") timed[mac] = 1
      if (is_dropped(rule_down[r], rule_up[r])) continue
      bucket_of(mac, "down", rule_down[r])
      bucket_of(mac, "up", rule_up[r])
      if (rule_window[r] == "") continue
      if (rule_down[r] != "0") ready[mac, "down"] = lower(ready[mac, "down"], rule_down[r])
      if (rule_up[r] != "0") ready[mac, "up"] = lower(ready[mac, "up"], rule_up[r])
    }
    if (!is_meant(d, mac) || is_dropped(net_down[d], net_up[d]) || (mac in rated)) continue
    rated[mac] = 1
    down_rate[mac] = net_down[d]
    up_rate[mac] = net_up[d]
    rate_mac(mac)
  }
}
function sort_networks(mac, ip, f, d) { # an address of a device
  if (!rules) return
  if (mac in spared) put("to_spared" f, ip)
  if (when["new"]) put(((mac in familiar) || (mac in spared) ? "to_known" : "to_new") f, ip)
  if (is_meant(d, mac) && is_dropped(net_down[d], net_up[d]) && (("uplinks", "\"" d "\"") in has)) put("to_blocked" f, ip)
}
function reach_behind(mac, ip, d,   f) { # a device behind a repeater is told apart by its address
  f = family(ip)
  if (is_meant(d, mac) && is_dropped(net_down[d], net_up[d])) put("blocked" f, ip)
  else if (rules && (mac in spared)) { put("spared" f, ip); put("to_spared" f, ip) }
}
