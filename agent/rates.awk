# What a document says of one device: its rates, and what holds while a window is open. A device has one bucket for all of its
# addresses and each direction. Buckets and queues that a window will need are there before it opens: it changes elements alone.
function take_order(   n, i) { # a line of a document; says whether it is one
  if ($0 ~ /^ |  | $/) return 0
  if ($1 == "window") return NF == 4 && add_window($2, $3, $4)
  if ($1 == "once") return NF == 2 && is_window($2) && (once[$2] = 1)
  if ($1 == "known") {
    if (NF != 2) return 0
    if (!is_mac($2)) refuse("address")
    else if (put("known", $2)) familiar[$2] = 1
    return 1
  }
  if ($1 == "when" && !is_window(n = $2)) return 0
  i = n == "" ? 1 : 3
  if ($i ~ /^(net|new)$/) return take_network(n, i)
  if ($i !~ /^(rate|block|list)$/ || $i == "list" && mode == "none") return 0
  if (!is_mac($(i + 1)) && !is_ip4($(i + 1)) && !is_ip6($(i + 1))) { refuse("address"); return 1 }
  if ($(i + 1) in odd) { refuse("nft"); return 1 }
  if ($i == "rate" ? NF != i + 3 || !is_rate($(i + 2)) || !is_rate($(i + 3)) : NF != i + 1) return 0
  if (!($(i + 1) in own) && !($(i + 1) in gateway) && !is_group($(i + 1))) keep_order(n, $i, $(i + 1), capped($(i + 2)), capped($(i + 3)))
  return 1
}
function keep_order(n, word, who, down, up) {
  if (n == "" && word != "rate") { put(word "ed" family(who), who); return }
  order[++orders] = word
  window[orders] = n
  named[orders] = who
  downs[orders] = down
  ups[orders] = up
}
function lower(a, b) { return a == "" || a == "-" ? b : b == "-" || a + 0 < b + 0 ? a : b }
# Of several rates the lowest counts, each direction by itself; while a window is open, those that it has count alone.
function obey(   i, who, times) {
  set["buckets"] = ""
  for (i = 1; i <= rules; i++) if (!is_dropped(rule_down[i], rule_up[i])) when["rates"] = 1
  for (i = 1; i <= orders; i++) {
    who = named[i]
    if (order[i] == "rate") when["rates"] = 1
    if (window[i] != "") timed[who] = 1
    if (order[i] == "rate") {
      bucket_of(who, "down", downs[i])
      bucket_of(who, "up", ups[i])
      if (downs[i] != "0") ready[who, "down"] = lower(ready[who, "down"], downs[i])
      if (ups[i] != "0") ready[who, "up"] = lower(ready[who, "up"], ups[i])
    }
    if (window[i] != "" && !(window[i] in is_open)) continue
    if (order[i] != "rate") { put(order[i] "ed" family(who), who); continue }
    times = window[i] == "" ? "always" : "now"
    given_rate[times, who, "down"] = lower(given_rate[times, who, "down"], downs[i])
    given_rate[times, who, "up"] = lower(given_rate[times, who, "up"], ups[i])
  }
  for (i = 1; i <= orders; i++) {
    who = named[i]
    if (("now", who, "up") in given_rate) times = "now"
    else if (("always", who, "up") in given_rate) times = "always"
    else continue
    down_rate[who] = given_rate[times, who, "down"]
    up_rate[who] = given_rate[times, who, "up"]
    if (down_rate[who] == "0" && up_rate[who] == "0") put("blocked" family(who), who)
    else rated[who] = 1
  }
}
function make_bucket(name, rate) {
  if (rate != "-" && put("made", name)) set["buckets"] = set["buckets"] "limit " name " { " (rate == 0 ? "rate over 1 bytes/second" : substr(over(rate), 7)) " }\n"
  return name
}
function bucket_of(who, direction, rate) { # a rate of 0 is one byte a second, and no burst: no packet is so small
  gsub(/[:.]/, "_", who)
  return make_bucket("np_" direction "_" who "_" rate, rate)
}
function rate_devices(   i, who) { # by MAC, wherever it is
  for (i = 1; i <= orders; i++) {
    who = named[i]
    if ((who in rated) && is_mac(who)) rate_mac(who)
  }
}
function rate_mac(mac) {
  put("rated", mac)
  if (when["deny"]) put("listed", mac)
  if (up_rate[mac] != "-") put("up_rate", mac, " : \"" bucket_of(mac, "up", up_rate[mac]) "\"")
}
function rate_device(mac, ip, f) { # an address of such a device
  put("to_rated" f, ip)
  if (when["deny"]) put("to_listed" f, ip)
  if (down_rate[mac] != "-") put("down" f, ip, " : \"" bucket_of(mac, "down", down_rate[mac]) "\"")
  queue_up(mac, ip, f, down_rate[mac], up_rate[mac], 1)
}
function rate_address(ip, who,   f) { # who has a rate by address, or is behind a repeater
  f = family(ip)
  if (("to_rated" f, ip) in has || ("blocked" f, ip) in has || ("to_blocked" f, ip) in has) return
  put("rated" f, ip)
  put("to_rated" f, ip)
  if (when["deny"] && put("listed" f, ip)) put("to_listed" f, ip)
  if (down_rate[who] != "-") put("down" f, ip, " : \"" bucket_of(who, "down", down_rate[who]) "\"")
  if (up_rate[who] != "-") put("up_rate" f, ip, " : \"" bucket_of(who, "up", up_rate[who]) "\"")
}
function rate_addresses(   i) { for (i = 1; i <= orders; i++) if ((named[i] in rated) && !is_mac(named[i])) rate_address(named[i], named[i]) }
function make_ready(mac, ip, f,   class) { # a device that windows are about
  for (class in rate) {
    if (!when[class]) continue
    class_bucket(class, mac)
    queue_up(mac, ip, f, rate[class], rate[class], 0)
  }
  if ((mac, "up") in ready || (mac, "down") in ready) queue_up(mac, ip, f, ready[mac, "down"], ready[mac, "up"], 0)
}
