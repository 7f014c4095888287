# Makes of the networks and of usage.nft what counts each device's bytes: counting.egress for a kernel that shows packets as they leave a
# port, and counting.address. Prints
#   counting NEW HOW ELSE FAMILY ...    NEW if it is not what was loaded; HOW and ELSE what it counts, with the one and the other:
#                                       counted or partly; and which tables the first one has
# What goes from one network of the home to another, or to the router itself, is not the internet's: its other address tells it.
kind == "kernel" && $1 ~ /^[0-9a-f.:]+(\/[0-9]+)?$/ { for (i = 2; i < NF; i++) if ($i == "dev") { prefix[++prefixes] = $1; lies_at[prefixes] = $(i + 1) } }
kind == "kernel" && $1 ~ /^inet6?$/ && $2 !~ /^fe[89ab].:/ { ours[$1] = ours[$1] (ours[$1] == "" ? "" : ", ") $2 }
kind == "usage" && !/^#/ { form[++forms] = $0 }
kind == "counting" { standing = standing $0 "\n" }
function is_prefix(t,   p) { split(t, p, "/"); return is_ip4(p[1]) && p[2] + 0 <= 32 || is_ip6(p[1]) && p[2] + 0 <= 128 }
function add_name(text, name) { return (text == "" ? "" : text ", ") "\"" name "\"" } # busybox 1.30 takes a name before a bracket for a call
function is_stacked(port,   i) { for (i = 1; i <= hooks; i++) if ((hook[i], port) in upper) return 1; return 0 } # it is counted below
function local_rules(side,   i, rules) {
  rules = "ip " side " { 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/3 } return\nip6 " side " { ::/127, fe80::/10, ff00::/8 } return"
  if (ours["inet"] != "") rules = rules "\nip " side " { " ours["inet"] " } return"
  if (ours["inet6"] != "") rules = rules "\nip6 " side " { " ours["inet6"] " } return"
  for (i = 1; i <= prefixes; i++)
    if (is_prefix(prefix[i]) && (lies_at[i] in looked_after) && prefix[i] !~ /^f[ef]..:/)
      rules = rules "\nip" (prefix[i] ~ /:/ ? "6 " : " ") side " " prefix[i] " return"
  return rules
}
function write_counting(file,   i, word, line, part) {
  for (i = 1; i <= forms; i++) {
    line = form[i]
    if (line ~ /^[?]/) {
      split(substr(line, 2), word, " ")
      if (!counts[word[1]]) continue
      sub(/^[?][a-z]* /, "", line)
    }
    for (part in fills) gsub("<" part ">", fills[part], line)
    print line >file
    made = made line "\n"
  }
}
END {
  for (i = 1; i <= lans; i++) {
    fills["lans"] = add_name(fills["lans"], lan[i])
    if (lan[i] in routed) bridged = 1; else fills["inners"] = add_name(fills["inners"], lan[i])
    for (n = 1; n <= prefixes; n++) if (lies_at[n] == lan[i] && prefix[n] !~ /:/) addressable[lan[i]] = addressable[base(lan[i])] = 1
  }
  for (i = 1; i <= hooks; i++) { # where nobody knows which addresses are the network's own, its traffic is not told from the internet's
    if (!((hook[i] in belongs ? belongs[hook[i]] : hook[i]) in addressable)) missed = 1
    else if (!is_stacked(hook[i])) fills["hooks"] = add_name(fills["hooks"], hook[i])
  }
  if (fills["lans"] == "") fills["lans"] = "\"np_none\""
  if (fills["inners"] == "") fills["inners"] = "\"np_none\""
  fills["local_saddr"] = local_rules("saddr"); fills["local_daddr"] = local_rules("daddr")
  passes_by = bridged || offloading != "" # packets that the forward hook does not see
  counts["egress"] = fills["hooks"] != ""
  counts["ingress"] = counts["egress"] && passes_by
  counts["routed"] = !counts["ingress"]; counts["address"] = !counts["egress"]
  write_counting(run "/counting.egress")
  families = (counts["egress"] ? " netdev" : "") (counts["routed"] ? " inet" : "")
  how = offloading == "hardware" || missed || passes_by && !counts["egress"] ? "partly" : "counted"
  counts["egress"] = counts["ingress"] = 0; counts["routed"] = counts["address"] = 1
  write_counting(run "/counting.address")
  print "counting", made == standing ? "same" : "new", how, (passes_by ? "partly" : "counted") families
}
