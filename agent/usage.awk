# What each device has received and sent since the last sample. Reads (the variable kind names which file) the counts of then, who has
# which address, and the tables; prints `use` lines and `used` (docs/protocol.md); leaves the counts of now in the file counts.
# A counter that fell began anew. What an address got whose device nobody knows yet waits for it. Exits with 3 if the sets are
# full of MACs that somebody made up: then it is time to begin anew.
function add(key, direction, value,   mac, more) {
  mac = key
  if (!is_mac(key) && (mac = holder[key]) == "") { # nobody's
    left[key, direction] = (key, direction) in before ? before[key, direction] : 0
    return
  }
  left[key, direction] = value
  more = value - before[key, direction]
  if (more < 0) more = value
  if (!more) return
  if (!(mac in used)) order[++count] = mac
  used[mac] = 1
  if (direction == "up") up[mac] += more; else down[mac] += more
}
kind == "counts" && $1 == "at" { since = $2; next }
kind == "counts" { before[$1, $2] = $3; next }
kind == "devices" { holder[$3] = $2; next }
$1 == "set" { set = $2; next }
/ counter packets / { # an interface counts the frame's header, too, which is not there yet or no more, but as it leaves a port
  sub(/^.*elements = [{]/, "")
  n = split($0, piece, ",")
  for (i = 1; i <= n; i++) {
    if (split(piece[i], word, " ") < 6 || word[2] != "counter" || !(is_mac(word[1]) || is_ip4(word[1]) || is_ip6(word[1]))) continue
    add(word[1], set == "np_up" ? "up" : "down", word[6] + (set == "np_down" ? 0 : 14 * word[4]))
    elements++
  }
}
END {
  print "at", now >counts
  for (key in left) { split(key, p, SUBSEP); print p[1], p[2], sprintf("%.0f", left[key]) >counts }
  for (i = 1; i <= count; i++) { # eight of them are shorter than a line may be
    line = line " " order[i] sprintf(" %.0f %.0f", down[order[i]], up[order[i]])
    if (i % 8 && i < count) continue
    print "use" line
    line = ""
  }
  lasted = now - (sampled ? sampled : since)
  print "used", (lasted < 1 ? 1 : lasted), count + 0, how
  if (elements > 4096) exit 3
}
