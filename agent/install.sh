#!/bin/sh
# Installs NetPilot's agent on this OpenWrt router, and links it to the user who created the code:
#   wget -qO- URL/install.sh | sh -s -- CODE
# The line that NetPilot shows runs it only if it is what its SHA-256 says.
# With `dialled` after the code, for a router that cannot dial out: the server then dials this router's own SSH server.
# With `--updates` after the code, the server may later replace the agent by a newer one that is signed with the release key.
# With `--clean-old` after the code, it removes what NetPilot's predecessor left here, which it names in any case.
# Run again with another code, it updates the agent and links the router again. Until the server has accepted the code,
# only /var/run/netpilot (in memory) is written.
set -euf
umask 077
export LC_ALL=C

# The server puts these in: its own address, the SSH host keys that routers find there, the SHA-256 of what is fetched.
url='@URL@'
server_keys='@HOST_KEYS@'
agent_sha256='@AGENT_SHA256@'
init_sha256='@INIT_SHA256@'
etc=/etc/netpilot
work=/var/run/netpilot/linking
keys=/etc/dropbear/authorized_keys
dropbear_keys='/etc/dropbear/dropbear_ed25519_host_key /etc/dropbear/dropbear_rsa_host_key'

fail() {
  echo "netpilot: $1" >&2
  exit 1
}

kept() { [ ! -r "$etc/config" ] || sed -n "s/^$1 //p" "$etc/config"; } # from an earlier linking, or written by hand
encoded() { hexdump -v -e '1/1 "%02X"' | sed 's/../%&/g'; }            # for a form

fetch() { # path, SHA-256: a program, into $work
  file=$work/${1##*/}
  wget -q -O "$file" "$url$1" || fail "could not download $url$1"
  [ "$(sha256sum <"$file")" = "$2  -" ] || fail "$url$1 is not what this script was made for: get a new line, and nothing was changed"
  chmod 755 "$file"
}

find_id() { # $router_id: its LAN's MAC, so that it stays the same even if the flash is erased. $lan: whose MAC that is
  lan=$(ubus call network.interface.lan status 2>/dev/null | jsonfilter -e '@.l3_device' 2>/dev/null) || lan=$(kept lan | head -n 1)
  lan=${lan:-br-lan}
  router_id=$(kept router_id | tail -n 1)
  [ -n "$router_id" ] || router_id=mac-$(tr -d ':\n' <"/sys/class/net/$lan/address") ||
    fail "interface $lan does not exist: name the LAN in $etc/config, for example: lan br-lan"
}

find_owner() { # $owner: the MAC of who runs this over SSH, whom no policy may keep from the router; known here alone
  owner=$(kept owner)
  [ -n "$owner" ] || [ -z "${SSH_CLIENT:-}" ] ||
    owner=$(ip neigh show "${SSH_CLIENT%% *}" | sed -n 's/.* lladdr \([0-9a-f:]*\) .*/\1/p' | head -n 1)
}

make_key() { # code: a new key; the same code finds the same key again, because the server's answer may have been lost
  [ "$(cat "$work/code" 2>/dev/null)" = "$1" ] || rm -f "$work/key"
  echo "$1" >"$work/code"
  [ -r "$work/key" ] || dropbearkey -t ed25519 -f "$work/key" >/dev/null 2>&1 || {
    echo 'netpilot: this image has no ed25519, so an RSA key is made: on a slow router that takes a minute' >&2
    dropbearkey -t rsa -s 2048 -f "$work/key" >/dev/null 2>&1 || fail 'dropbearkey could not make a key'
  }
}

taken() { # name, pattern: that value of the server's answer, if it matches
  sed -n "s|^$1 \($2\)\$|\1|p" "$work/registration" | grep . || fail "the server's answer is not understood"
}

public_part() { # private key: as an OpenSSH line, or nothing if this dropbear cannot read it
  dropbearkey -y -f "$1" 2>/dev/null | sed -n 's/^\(ssh-[a-z0-9]* [^ ]*\).*/\1/p'
}

form_part() { printf '%s' "$1" | encoded; }

find_host_key() { # $host_key: by which who dials this router knows it
  host_key=''
  for file in $dropbear_keys; do
    [ -n "$host_key" ] || host_key=$(public_part "$file")
  done
}

register() { # code, form: leaves the server's answer in $work/registration
  # That this is the router which was linked before: another one may have its MAC. Its key may be of a kind that is gone since then.
  previous=$(public_part "$etc/key")
  [ -n "$previous" ] || previous=$(cat "$etc/key.pub" 2>/dev/null) || { find_host_key && previous=$host_key; }
  form="code=$1&router_id=$router_id&name=$(tr -d '\n' </proc/sys/kernel/hostname | encoded)${previous:+&previous_key=$(form_part "$previous")}&$2"
  wget -q -O "$work/registration" --post-data="$form" "$url/agent/register" ||
    fail "the server did not accept the code: get a new one. If another router is connected as $router_id, unlink it or give this one an id of its own, then link it: mkdir -p $etc; echo 'router_id NAME' >>$etc/config"
  {
    printf '%s\n' "router_id $router_id" "url $url"
    [ -z "$owner" ] || echo "owner $owner"
    [ -z "$updates" ] || echo 'updates on'
    [ ! -r "$etc/config" ] || grep -Ev "^(owner|router_id|url|host|port${updates:+|updates}) |^lan $lan\$" "$etc/config" || :
  } >"$work/config"
  [ ! -r "$keys" ] || grep -v '^command="exec /usr/sbin/netpilot-agent called"' "$keys" || :
} >"$work/authorized_keys"

link() { # code: this router dials the server
  make_key "$1"
  public_key=$(public_part "$work/key")
  register "$1" "public_key=$(form_part "$public_key")"
  host=$(taken host '[A-Za-z0-9][A-Za-z0-9.:-]*')
  port=$(taken port '[1-9][0-9]\{0,4\}')
  host_keys=$(taken host_key 'ssh-[a-z0-9]* [A-Za-z0-9+/]*=*')
  [ "$host_keys" = "$server_keys" ] || fail "another server has answered: its host keys are not those that this script was made for"
  printf '%s\n' "host $host" "port $port" >>"$work/config"
  echo "$host_keys" | sed "s/^/$host /" >"$work/known_hosts"
  echo "$public_key" >"$work/key.pub"
}

link_dialled() { # code: the server dials this router, with a key that can start the agent and nothing else
  find_host_key
  [ -n "$host_key" ] || fail "there is none of $dropbear_keys: the server would not know this router by it"
  register "$1" "host_key=$(form_part "$host_key")"
  client_key=$(taken client_key 'ssh-[a-z0-9]* [A-Za-z0-9+/]*=*')
  options='no-port-forwarding,no-agent-forwarding,no-X11-forwarding,no-pty'
  echo "command=\"exec /usr/sbin/netpilot-agent called\",$options $client_key netpilot" >>"$work/authorized_keys"
}

put() { # file in $work, its destination: completely or not at all
  cp -p "$work/$1" "$2.new" && mv "$2.new" "$2"
}

keep() { # files that an upgrade of OpenWrt would otherwise delete, even if it keeps settings
  echo /lib/upgrade/keep.d/netpilot
  echo /usr/sbin/netpilot-agent
  echo /etc/init.d/netpilot
  echo "$etc"
  echo /etc/rc.d/S18netpilot
  echo /etc/rc.d/K90netpilot
} >"$work/keep"

include old.sh

# Called on the last line, so that nothing runs before the whole script has arrived.
main() {
  case ${1:-} in
    '') fail 'give the pairing code: sh -s -- CODE' ;;
    *[!A-Za-z0-9-]* | -*) fail 'the code consists of letters, digits and dashes' ;;
  esac
  code=$1 dialled='' clean='' updates=''
  shift
  for word; do
    case $word in
      dialled) dialled=yes ;;
      --clean-old) clean=yes ;;
      --updates) updates=yes ;;
      *) fail "after the code there may be: dialled, --updates, --clean-old. What is $word?" ;;
    esac
  done
  [ "$(id -u)" -eq 0 ] || fail 'run this as root'
  for tool in awk dbclient dropbearkey hexdump ip nft sha256sum wget; do
    command -v "$tool" >/dev/null || fail "$tool is missing: OpenWrt 22.03 or newer is needed"
  done
  find_id
  find_owner
  mkdir -p "$work"
  fetch /agent/netpilot-agent "$agent_sha256"
  fetch /agent/netpilot.init "$init_sha256"
  old=$(list_old)
  [ -z "$old" ] || echo "$old" | sed 's/^. [^ ]* [^ ]* /netpilot: left here by the old NetPilot: /' >&2
  "link${dialled:+_dialled}" "$code"
  mkdir -p "$etc/.ssh"
  put netpilot-agent /usr/sbin/netpilot-agent
  rm -f "$etc/trial" /usr/sbin/netpilot-agent.old
  put netpilot.init /etc/init.d/netpilot
  keep
  { mkdir -p /lib/upgrade/keep.d && put keep /lib/upgrade/keep.d/netpilot; } 2>/dev/null ||
    echo 'netpilot: /lib/upgrade/keep.d is not writable: link this router again after an upgrade of OpenWrt' >&2
  if [ -z "$dialled" ]; then
    put known_hosts "$etc/.ssh/known_hosts"
    put key.pub "$etc/key.pub"
    put key "$etc/key"
  else
    rm -f "$etc/.ssh/known_hosts" "$etc/key" "$etc/key.pub"
  fi
  cmp -s "$work/authorized_keys" "$keys" || [ ! -s "$work/authorized_keys" ] || put authorized_keys "$keys"
  put config "$etc/config"
  rm -r "$work"
  [ -z "$clean" ] || echo "$old" | remove_old
  sync
  /etc/init.d/netpilot enable
  /etc/init.d/netpilot restart
  echo "This router is linked to $url as $router_id."
  if [ -n "$clean" ]; then
    apply_old "$old"
  elif [ -n "$old" ]; then
    echo 'netpilot: to remove what the old NetPilot left, paste a new line with --clean-old at its end' >&2
  fi
}

main "$@"
