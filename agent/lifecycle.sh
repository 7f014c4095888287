# Coming and going: boot, status, and removal without a trace.

remove_rules() { unshape; ! nft list table inet netpilot >/dev/null 2>&1 || nft delete table inet netpilot; }
remove_everything() { # the network is as it was before
  remove_rules
  remove_usage
  [ ! -x "$INIT" ] || "$INIT" disable >/dev/null 2>&1
  rm -rf "$ETC" "$INIT" "$PROGRAM" "$PROGRAM.old" "$PROGRAM.new" "$KEEP" # first, as what is edited needs room
  [ ! -w "$KEYS" ] || sed -i '\|^command="exec /usr/sbin/netpilot-agent called"|d' "$KEYS"
  [ -s "$KEYS" ] || rm -f "$KEYS"
}
stop_service() {
  ! command -v ubus >/dev/null 2>&1 || ubus call service delete '{"name":"netpilot"}' >/dev/null 2>&1
  hang_up
  rm -rf "$RUN"
}
uninstall() {
  stop_service
  remove_everything
  say 'NetPilot is removed. The network is as it was before.'
}
boot() { configured; changed=1; look >/dev/null; } # before the network is up; ports that come later are found by `run`
status() { # for people
  configured
  read_revision
  say "Linked to $url as $router_id, ${host:+by $host port }${port:-which dials this router}."
  say "Policy: revision $revision, $(state), $(grep -c '^block ' "$ETC/policy" 2>/dev/null) blocks."
  tell_clock
  if may_update; then say "Updates: on, if they are signed. This is $VERSION."; else say "Updates: off. This is $VERSION."; fi
}
