#!/bin/sh
# A root folder as a stock OpenWrt image has it, at the same paths: busybox's commands, the few programs besides, and in
# place of OpenWrt's own init, which can't run here, what is in lab/openwrt. The libraries are this machine's.
set -eu
root=$1
lab=$2

cd "$root" 2>/dev/null || { mkdir -p "$root" && cd "$root"; }
mkdir -p bin usr/bin usr/sbin etc/init.d etc/rc.d etc/dropbear tmp/run root dev proc sys
ln -s bin sbin
ln -s tmp var
cp "$(command -v busybox)" bin/busybox
for applet in $(busybox --list); do [ "$applet" = busybox ] || ln -s busybox "bin/$applet"; done
for program in nft dbclient dropbear dropbearkey; do cp "$(command -v "$program")" usr/sbin/; done
if [ -L /lib ]; then # a folder of the image's own, as /lib/upgrade is written to
  mkdir lib
  for entry in /lib/*; do ln -s "../usr$entry" "lib/${entry##*/}"; done
fi
for folder in lib lib64 usr/lib usr/lib64; do
  if [ -e "$folder" ]; then :; elif [ -L "/$folder" ]; then cp -P "/$folder" "$folder"; elif [ -d "/$folder" ]; then
    mkdir -p "$folder"
    mount --bind "/$folder" "$folder"
    mount -o remount,bind,ro "$folder"
  fi
done
# Each by itself: what is mounted nobody here can delete, and the devices are the machine's own.
for device in null zero random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mount --bind /proc proc
echo 'root:x:0:0:root:/root:/bin/ash' >etc/passwd
echo /bin/ash >etc/shells
ln -s ../etc/dropbear root/.ssh # OpenWrt's dropbear looks there for root's authorized_keys
cp "$lab/openwrt/rc.common" etc/rc.common
cp "$lab/openwrt/ubus" usr/bin/ubus
chmod 755 etc/rc.common usr/bin/ubus
