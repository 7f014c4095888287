# Going to another server, one that has the host key which this router knows: the address is kept once that server has said something.

where() { # to dial next: where the server has sent us, tried once; else where we are linked
  read_config "$ETC/config" || return
  rm -f "$RUN/moving"
  home=$ETC
  [ -r "$RUN/move" ] || return 0
  mv "$RUN/move" "$RUN/moving"
  read -r host port <"$RUN/moving"
  mkdir -p "$RUN/.ssh" && { cat "$ETC/.ssh/known_hosts" && sed "s/^[^ ]* /$host /" "$ETC/.ssh/known_hosts"; } | sort -u >"$RUN/.ssh/known_hosts"
  home=$RUN
}
settle() { # the server that we were sent to has said something: from now on it is ours
  [ -r "$RUN/moving" ] || return 0
  read -r host port <"$RUN/moving"
  { grep -Ev '^(host|port) ' "$ETC/config"; say "host $host"; say "port $port"; } >"$RUN/config"
  put_on_flash .ssh/known_hosts && put_on_flash config && rm -f "$RUN/moving"
}
