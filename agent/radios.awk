# What iw says of the access points, for places.awk. Prints, after what networks.awk prints:
#   radio NAME BAND SSID          BAND in GHz; SSID as a name is written on the wire
function spoken(text,   n, part, i, out) { # iw writes a byte that is not printable as \xNN
  n = split(text, part, /\\x/)
  out = encode(part[1])
  for (i = 2; i <= n; i++) {
    if (part[i] !~ /^[0-9A-Fa-f][0-9A-Fa-f]/) return "-"
    out = out "%" toupper(substr(part[i], 1, 2)) encode(substr(part[i], 3))
  }
  return length(out) > 255 || out == "" ? "-" : out
}
function band_of(mhz) { return mhz < 3000 ? "2.4" : mhz < 5925 ? "5" : mhz < 7200 ? "6" : mhz > 50000 ? "60" : "-" }
kind == "iw" && $1 == "Interface" { band[radio] = ssid[radio] = "-" }
kind == "iw" && $1 == "ssid" { sub(/^[ \t]*ssid /, ""); ssid[radio] = spoken($0) }
kind == "iw" && $1 == "channel" && $3 ~ /^\([0-9.]+$/ { band[radio] = band_of(substr($3, 2) + 0) }
END { for (d in wifi) print "radio", d, band[d], ssid[d] }
