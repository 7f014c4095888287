# What a token must look like before any of it is used, and how a name is written on the wire (docs/protocol.md).
function is_mac(t) { return length(t) == 17 && t ~ /^[0-9a-f][0-9a-f](:[0-9a-f][0-9a-f])*$/ }
function is_ip4(t,   p, i) {
  if (t !~ /^[0-9.]*$/ || split(t, p, ".") != 4) return 0
  for (i in p) if (p[i] !~ /^(0|[1-9][0-9]?[0-9]?)$/ || p[i] > 255) return 0
  return 1
}
function is_ip6(t,   p, i, n) { # as RFC 5952 writes it
  if (t !~ /^[0-9a-f:]+$/ || t ~ /:::|::.*::|^:[^:]|[^:]:$/) return 0
  split(t, p, ":")
  for (i in p) if (p[i] != "" && ++n && p[i] !~ /^(0|[1-9a-f][0-9a-f]?[0-9a-f]?[0-9a-f]?)$/) return 0
  return t ~ /::/ ? n <= 6 : n == 8
}
function is_group(t) { # multicast, broadcast, nobody: no device has it
  return is_mac(t) && t ~ /^.[13579bdf]/ || t ~ /^[0:]*$|^(0|22[4-9]|23[0-9]|24[0-9]|25[0-5])[.]|^ff..:/
}
function is_name(t) { return t ~ /^[A-Za-z0-9_][A-Za-z0-9._-]*$/ } # of an interface
function is_rate(t) { return t == "-" || t == "0" || (t ~ /^[1-9][0-9]*$/ && length(t) <= 12) }
function encode(text,   i, c, out, whole) { # RFC 3986, cut at 255 bytes, never inside a letter of UTF-8
  if (!("A" in code)) for (i = 1; i < 256; i++) code[sprintf("%c", i)] = sprintf("%%%02X", i)
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (c !~ /[A-Za-z0-9._-]/) c = code[c]
    if (c !~ /^%[89AB]/) whole = out # a letter begins here
    if (length(out c) > 255) return whole
    out = out c
  }
  return out
}
