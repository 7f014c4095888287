# If tc works, htb on the LANs and on the only way out has a queue for each limited device, and the table says whose packet
# is in which, of those that are there; what is in none it limits itself. So limits hold even if tc fails or
# something else shapes an interface (which then has a root qdisc already, and is left alone), and no document waits for tc.
shaper() { # those of the queues wanted last that are there
  tc qdisc show | awk '$7 ~ /^4e50:/ { leaf[$5, substr($7, 6)] = 1 } ($1, $2) in leaf' - "$RUN/queues.loaded"
} 2>/dev/null
unshape() { tc qdisc show | sed -n 's/^qdisc htb 4e50: dev \([^ ]*\) .*/qdisc del dev \1 root handle 4e50:/p' | tc -force -batch -; } 2>/dev/null
shape() { # as $RUN/queues says: interface, queue, rate, index. Queue ffff is unused: it shows whether tc works
  { cat "$RUN/queues"; sed -n 's/^way \([^ ]*\)/\1 ffff 1000000/p' "$RUN/facts"; } | while read -r way queue rate _; do
    burst=$((rate / 800 + 1600)) # 10 ms and a packet
    say "qdisc add dev $way root handle 4e50: htb"
    say "class replace dev $way parent 4e50: classid 4e50:$queue htb rate ${rate}bit burst $burst cburst $burst quantum 1514"
    # Each with a handle: one without would take the place of what is there.
    say "qdisc add dev $way parent 4e50:$queue handle $queue: fq_codel flows 64"
    say "qdisc add dev $way parent 4e50:$queue handle $queue: bfifo limit $((burst * 10 + 65536))" # if the kernel has no fq_codel
  done | tc -force -batch - >/dev/null 2>&1 # existing ones are refused, and so unchanged
  if tc qdisc show 2>/dev/null | grep -q ' parent 4e50:'; then say tc; else say nft; fi >"$RUN/limiter"
  [ -s "$RUN/queues" ] || unshape
  ! grep -q '^way ' "$RUN/facts" || cp "$RUN/queues" "$RUN/queues.loaded"
  shaper >"$RUN/shaper"
}
