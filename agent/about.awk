# What this router is and whether it reaches the internet, of what networks.awk has read, and of two files more. Prints
#   about MODEL RELEASE WAN IP4 IP6 OFFLOADING    WAN is up, down, or none (an access point); OFFLOADING off, software or hardware
kind == "model" && FNR == 1 { model = encode($0) }
kind == "release" && /^DISTRIB_DESCRIPTION=/ { sub(/^[^=]*=/, ""); gsub(/["\047]/, ""); release = encode($0) }
kind == "flowtables" && $1 == "flowtable" && offloading == "" { offloading = "software" }
kind == "flowtables" && $1 == "flags" && /offload/ { offloading = "hardware" }
kind == "kernel" && $1 ~ /^inet6?$/ && $2 !~ /^(fe[89ab].:|f[cd]..:|127[.]|169[.]254[.]|::1$)/ && !((device, $1) in public) { public[device, $1] = $2 }
kind == "kernel" && $1 == "default" { exits[++routes_out] = at }
function or_dash(text) { return text == "" ? "-" : text }
END {
  for (i = 1; i <= routes_out && outlet == ""; i++) if (!(exits[i] in looked_after)) outlet = exits[i]
  state = outlet != "" ? "up" : routes ? "none" : "down"
  print "about", or_dash(model), or_dash(release), state, or_dash(public[outlet, "inet"]), or_dash(public[outlet, "inet6"]), offloading == "" ? "off" : offloading
}
