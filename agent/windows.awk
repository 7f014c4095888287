# Which windows of a document are open at an instant (the variable epoch), and when the next one opens or closes.
function is_epoch(t) { return t ~ /^(0|[1-9][0-9]*)$/ && length(t) <= 11 }
function is_window(t) { return t ~ /^[1-9][0-9]*$/ && length(t) <= 5 }
function add_window(n, from, to) {
  if (!is_window(n) || !is_epoch(from) || !is_epoch(to) || from + 0 >= to + 0) return 0
  number[++windows] = n
  begins[windows] = from + 0
  return ends[windows] = to + 0
}
# After the end of the last window the week before it repeats, unless `once` says that a window does not.
function open_windows(   i, last, back, at) {
  for (i = 1; i <= windows; i++) if (!(number[i] in once) && ends[i] > last) last = ends[i]
  if (last && epoch >= last) back = (int((epoch - last) / 604800) + 1) * 604800
  if (back) note_switch(last - 604800 + back)
  for (i = 1; i <= windows; i++) {
    at = epoch - (number[i] in once ? 0 : back)
    if (begins[i] <= at && at < ends[i]) is_open[number[i]] = 1
    note_switch(begins[i] + epoch - at)
    note_switch(ends[i] + epoch - at)
  }
  printf "%s %.0f %s\n", following ? sprintf("%.0f", following) : "-", since, windows ? back ? "repeated" : "kept" : "none" >switches
}
function note_switch(at) {
  if (at <= epoch && at > since) since = at
  if (at > epoch && (!following || at < following)) following = at
}
