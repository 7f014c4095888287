# Where each device is, beside observe.awk, which has found out who is there. Prints for each one that is somewhere else now, and
# leaves in the file places for all:
#   place MAC NETWORK PORT BAND SSID SIGNAL DOWN UP    - what is not known, or not so with a cable
# SIGNAL in dBm, DOWN and UP in bit/s, as the access point saw them when it was last asked: they change all the time, and are
# no reason to say it again.
function bits(text) { return text ~ /^[0-9]+([.][0-9]+)?$/ && text < 1000000 ? sprintf("%.0f", text * 1000000) : "-" }
function site(m, network, port) { return m " " network " " port " " ((port in band) ? band[port] : "-") " " ((port in ssid) ? ssid[port] : "-") }

kind == "networks" && $1 == "radio" { band[$2] = $3; ssid[$2] = $4 }
kind == "places" { was_at[$2] = $2 " " $3 " " $4 " " $5 " " $6 }
kind == "stations" && $1 == "Station" { heard_by = $4; sub(/[)].*/, "", heard_by); asleep = 0; caller = $2 }
kind == "stations" && $1 == "inactive" { asleep = $3 + 0 }
kind == "stations" && $1 == "signal:" && (!(caller in signal) || asleep < idle[caller]) { # of several radios the one that heard it last
  idle[caller] = asleep; signal[caller] = $2 ~ /^-[0-9]+$/ && length($2) <= 4 ? $2 : "-"
  by_radio[caller] = heard_by; slower[caller] = faster[caller] = "-"
}
kind == "stations" && $2 == "bitrate:" && by_radio[caller] == heard_by { if ($1 == "tx") faster[caller] = bits($3); else slower[caller] = bits($3) }

# The access point sends what the device receives. A LAN without a bridge is its own port.
function say_place(m, at, port,   here, line) {
  if (!(m in own) && !is_group(m) && !(m in said_place)) {
    said_place[m] = 1
    sub(/[.]sta[0-9]+$/, "", port) # a repeater in a mode of four addresses has an interface of its own
    if (port == "" && (m in by_radio)) port = by_radio[m]
    here = site(m, (at in network) && is_name(network[at]) ? network[at] : is_name(at) ? at : "-", is_name(port) ? port : "-")
    line = "place " here " " ((m in by_radio) && by_radio[m] == port ? signal[m] " " faster[m] " " slower[m] : "- - -")
    print line >(run "/places")
    if (was_at[m] != here) print line
  }
}
