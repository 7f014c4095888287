# Makes of the facts, the queues that are there and a document (the variable kind names which file is read) four files: structure, the
# table; elements, what its sets hold; change, what of them is not loaded yet; and whole, empty if the table is the loaded one. If it
# is not, or not wanted, nothing is written into change: elements are replaced alone when nothing else changed, so that what was
# counted against a rate stays counted. A line whose address is none, or one that nft refuses, is left out and put into the file
# refused; the rest holds. Exits with 3 if it is no document as in docs/protocol.md, and with 4 if it does not have the expected number
# of lines. What it writes is text of this program, an interface's name, or a token that a pattern took. Prints the queues to
# make, for shaper.sh: interface, queue, rate, index.
function family(t) { return is_mac(t) ? "" : t ~ /[.]/ ? "4" : "6" }
function put(name, key, value) { # into a set, once; says whether it is new there
  if ((name, key) in has || (key in odd)) return 0
  has[name, key] = 1
  element[name, ++size[name]] = key value
  return 1
}
function joined(name, from, to,   i, all) { # some of a set's elements, as nft reads them
  for (i = from; i <= to; i++) all = (i == from ? "" : all ", ") element[name, i]
  return all
}
function over(rate,   bytes) { # nftables lets pass what a second brings, and the burst: some of the largest packets
  bytes = rate + 0 < 8 ? 1 : rate / 8
  return sprintf("limit rate over %.0f bytes/second burst %.0f bytes", bytes, bytes < 655360 ? 65536 : bytes / 10)
}
function capped(rate) { return rate ~ /^[0-9]+$/ && length(rate) > 11 ? "99999999999" : rate } # the kernel refuses some 140 Gbit/s
function invalid() { wrong = 3; exit }
function refuse(reason) { # this line alone; so many that it must be something else are too many
  if (++refusals > 1000) invalid()
  print reason, encode($0) >refused
}

BEGIN { printf "" >refused }

kind == "facts" && $1 == "device" { device[++devices] = $2; address[devices] = $3; lan_of[devices] = $4 }
kind == "facts" && $1 == "behind" { hidden[++repeated] = $2; via[repeated] = $3; at_lan[repeated] = $4 }
kind == "facts" && $1 == "own" { own[$2] = 1; put("own" family($2), $2) }
kind == "facts" && $1 == "gateway" { gateway[$2] = 1 } # of an access point: without it nobody reaches anything
kind == "facts" && $1 ~ /^(lan|port|trunk|uplink)$/ { put($1 "s", "\"" $2 "\"") }
kind == "facts" && $1 == "lan" { home[$2] = 1 }
kind == "facts" && $1 == "network" { network[$2] = $3 }
kind == "facts" && $1 ~ /^(enters|untagged|tagged)$/ { # PORT LAN, or PORT VLAN LAN
  entry_kind[++entries] = $1 == "enters" ? "" : "_" ($1 == "tagged" ? "vlan" $3 : $1)
  entry_port[entries] = "\"" $2 "\""
  entry_lan[entries] = $NF
  if ($1 == "untagged") when["tags"] = 1
  if ($1 == "tagged" && !($3 in is_vlan)) { is_vlan[$3] = when["tags"] = 1; vlans[++vlan_count] = $3 }
}
kind == "facts" && $1 == "way" { way[$2] = $3 }
kind == "shaper" { there[$4, $2] = 1 }
kind == "loaded" { loaded[$0] = 1; if (/^add/) parts[$5]++ }
kind == "odd" { odd[$0] = 1 }
kind == "structure" { before[++befores] = $0 }
kind == "table" && !/^#/ { text[++texts] = $0 }
kind != "document" || $1 == "apply" || $1 == "end" { next } # these two frame a document on disk
++line <= 3 && $0 != $1 " " $2 { invalid() }
line == 1 { if ($1 != "mode" || $2 !~ /^(none|whitelist|blacklist)$/) invalid(); mode = $2; next }
line <= 3 { if ($1 != (line == 2 ? "limit" : "full") || !is_rate($2)) invalid(); given[$1] = capped($2); next }
$1 ~ /^(rate|when|window|once|net|new|known)$/ { if (!take_order()) invalid(); next }
($1 != "block" && $1 != "list") || ($1 == "list" && mode == "none") { invalid() }
$0 != $1 " " $2 || !is_mac($2) && !is_ip4($2) && !is_ip6($2) { refuse("address"); next }
$2 in odd { refuse("nft"); next }
!($2 in own) && !($2 in gateway) && !is_group($2) { put($1 "ed" family($2), $2) }

END {
  if (!wrong && expected != "" && line != expected) wrong = 4
  if (wrong || line < 3) exit wrong ? wrong : 3
  open_windows()
  obey()
  rule_networks()
  choose_rates()
  rate_devices()
  rate_networks()
  deny_listed()
  for (i = 1; i <= repeated; i++) reach(i)
  for (i = 4; i <= 6; i += 2) { add_all("blocked" i, "to_blocked" i); add_all("listed" i, "to_listed" i) }
  for (i = 1; i <= devices; i++) sort_in(device[i], address[i], lan_of[i])
  rate_addresses()
  for (i = 1; i <= queues; i++) print wanted[queue_at[i]]
  when["shuttags"] = when["net"] && when["tags"]
  when["trunktags"] = when["shuttags"] && when["trunk"]
  when["newtags"] = when["new"] && when["tags"]
  when["shaped"] = when["rates"] && when["queue"]
  write_structure()
  if (wrote != befores) other = 1
  write_elements()
  printf "%s", (other ? "1" : "") >whole
}

function choose_rates(   class, key, n, f, part) {
  rate["listed"] = mode == "none" ? "-" : given[mode == "whitelist" ? "full" : "limit"]
  rate["others"] = mode == "none" ? "-" : given[mode == "whitelist" ? "limit" : "full"]
  for (class in rate) { when[class] = rate[class] ~ /^[1-9]/; set[class "_rate"] = over(rate[class]) }
  when["deny"] = rate["others"] == "0"
  when["strict"] = rate["others"] != "-" # then the addresses of the listed ones are learnt at once, from their packets
  for (key in has) if (split(key, part, SUBSEP) && part[1] == "lans" && !(("uplinks", part[2]) in has)) put("inners", part[2])
  if (!size["lans"]) put("lans", "\"np_none\"") # no interface has that name
  if (!size["inners"]) put("inners", "\"np_none\"")
  when["port"] = size["ports"] > 0
  when["trunk"] = size["trunks"] > 0
  when["uplink"] = when["deny"] && size["uplinks"]
  if (when["deny"]) for (key in gateway) put("listed", key)
  when["peer"] = when["deny"] && when["port"]
  when["owner"] = is_mac(owner) # the one device that no policy keeps from the router's own pages and SSH
  when["door"] = when["owner"] && when["port"]
  set["owner"] = owner
  split("ports trunks lans inners uplinks", part, " ")
  for (n in part) set[part[n]] = joined(part[n], 1, size[part[n]])
}
function deny_listed(   f) { # nothing at all is what a block gives
  if (rate["listed"] == "0") for (f = 2; f <= 6; f += 2) add_all("listed" (f > 2 ? f : ""), "blocked" (f > 2 ? f : ""), 1)
}
function reach(n) { # behind a repeater only its address tells a device apart
  if ((via[n] in own) || is_group(via[n])) return
  reach_behind(hidden[n], via[n], at_lan[n])
  if (("blocked", hidden[n]) in has) put("blocked" family(via[n]), via[n])
  else if (hidden[n] in rated) behind[via[n]] = hidden[n]
  else if (mode == "blacklist" && ("listed", hidden[n]) in has) put("listed" family(via[n]), via[n])
}
function add_all(from, to, unrated,   i) { for (i = 1; i <= size[from]; i++) if (!unrated || !(element[from, i] in rated)) put(to, element[from, i]) }
function sort_in(mac, ip, lan,   f, class) { # a device with an address: blocked, with a rate of its own, listed or another one
  f = family(ip)
  if (mac == owner) put("to_owner" f, ip)
  if ((mac in own) || (mac in gateway) || (ip in own) || is_group(ip)) return
  sort_networks(mac, ip, f, lan)
  if ((mac in timed) || (ip in timed)) make_ready(mac, ip, f)
  if (("blocked" f, ip) in has) return
  if (("blocked", mac) in has) { put("to_blocked" f, ip); return }
  if (ip in behind) { rate_address(ip, behind[ip]); return }
  if (mac in rated) { rate_device(mac, ip, f); return }
  if (ip in rated) return
  class = ("listed", mac) in has || ("listed" f, ip) in has ? "listed" : "others"
  if (class == "listed" && !(("listed" f, ip) in has)) put("to_listed" f, ip)
  if (!when[class]) return
  put("down" f, ip, " : \"" class_bucket(class, mac) "\"")
  if (!(("listed" f, ip) in has)) queue_up(mac, ip, f, rate[class], rate[class], 1)
}
function class_bucket(class, mac) { # one for all addresses of a device
  gsub(/:/, "", mac)
  return make_bucket("np_" class "_" mac, rate[class])
}
# The device's own queue on each way that a packet of its takes; it is only made, and not used, if the device has no rate now.
function queue_up(mac, ip, f, down, up, used,   queue, name, value, key) {
  queue = substr(mac, 13) # its last four digits, so that it stays the same one
  gsub(/^[0:]+|:/, "", queue)
  if (!(queue in whose)) whose[queue] = mac
  if (queue ~ /^(ffff|4e50)?$/ || whose[queue] != mac) return
  for (name in way) {
    value = ("lans", "\"" name "\"") in has ? down : up
    if (value !~ /^[1-9]/ || down != up && ("uplinks", "\"" name "\"") in has) continue
    key = way[name] " " queue
    if (!(key in wanted)) queue_at[++queues] = key
    if (used || !(key in wanted)) wanted[key] = name " " queue " " value " " way[name]
    if (!((way[name], queue) in there)) continue
    when["queue"] = 1
    if (!used) continue
    put("in_queue", way[name] " . " mac, " : 4e50:" queue)
    put("in_queue" f, way[name] " . " ip, " : 4e50:" queue)
  }
}
function write_structure(   i, word, part, f, n, line, lines, written) {
  for (i = 1; i <= texts; i++) {
    if (text[i] ~ /^[?]/) {
      split(substr(text[i], 2), word, " ")
      if (!when[word[1]]) continue
      sub(/^[?][a-z]* /, "", text[i])
    }
    if (text[i] ~ /<[a-z_]+>/) for (part in set) gsub("<" part ">", set[part], text[i])
    for (f = 4; f <= 6; f += 2) {
      line = text[i]
      gsub(/%ip/, f == 4 ? "ip" : "ip6", line)
      if (!gsub(/~/, f, line) && f == 6) continue
      lines = split(line, written, "\n")
      for (n = 1; n <= lines; n++) {
        if (written[n] == "") continue
        print written[n] >structure
        if (written[n] != before[++wrote]) other = 1
      }
    }
  }
}
function write_elements(   names, name, i, n, first, empty, full) { # in parts: 1.0.2 writes one command into one message
  names = "own blocked listed blocked4 blocked6 listed4 listed6 to_blocked4 to_blocked6 to_listed4 to_listed6 down4 down6"
  if (when["queue"]) names = names " in_queue in_queue4 in_queue6"
  if (when["rates"]) names = names " rated rated4 rated6 to_rated4 to_rated6 up_rate up_rate4 up_rate6"
  if (when["net"]) names = names " shut shut_to spared spared4 spared6 to_spared4 to_spared6 net_up net_down"
  if (when["new"]) names = names " new_up new_down strange strange_to known to_known4 to_known6 to_new4 to_new6"
  if (when["shuttags"]) names = names " shut_untagged"
  if (when["newtags"]) names = names " strange_untagged"
  for (i = 1; i <= vlan_count; i++) names = names (when["net"] ? " shut_vlan" vlans[i] : "") (when["new"] ? " strange_vlan" vlans[i] : "")
  if (when["owner"]) names = names " own4 own6 to_owner4 to_owner6"
  split(names, name, " ")
  printf "" >change
  for (i = 1; i in name; i++) {
    empty = "flush " (name[i] ~ /^down|^in_queue|^up_rate|^ne[tw]_(up|down)/ ? "map" : "set") " inet netpilot np_" name[i]
    print empty >elements
    same = parts["np_" name[i]] + 0
    for (n = 0; n * 128 < size[name[i]]; n++) {
      first = n * 128 + 1
      full[n] = "add element inet netpilot np_" name[i] " { " joined(name[i], first, first + 127 < size[name[i]] ? first + 127 : size[name[i]]) " }"
      print full[n] >elements
      same -= full[n] in loaded ? 1 : 1e9
    }
    if (same == 0 || other || renew) continue
    print empty >change
    for (first = 0; first < n; first++) print full[first] >change
  }
}
