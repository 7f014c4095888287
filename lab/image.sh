#!/bin/sh
# A root folder as a stock OpenWrt image has it, at the same paths: the commands and options that OpenWrt's busybox has, the
# few programs besides, and in place of what can't run here what is in lab/openwrt (each file says what of it is real); the
# configuration is lab/config, as OpenWrt makes it at its first start.
# Real are nft, dropbear, dbclient, dropbearkey and busybox's code, in this machine's versions; the libraries are this machine's.
set -eu
root=$1
lab=$2

# ntpd and netmsg are left out if this machine's busybox lacks them.
applets=$(grep -v '^#' "$lab/applets")

cd "$root" 2>/dev/null || { mkdir -p "$root" && cd "$root"; }
mkdir -p bin usr/bin usr/sbin usr/libexec/lab etc/init.d etc/rc.d etc/dropbear etc/config lib tmp/run root dev proc sys
ln -s bin sbin
ln -s tmp var
cp "$(command -v busybox)" usr/libexec/lab/busybox # whole: not in PATH, for the stand-ins alone
have=" $(busybox --list | tr '\n' ' ') "
for applet in $applets; do
  case $have in *" $applet "*) ln -s ../usr/libexec/lab/busybox "bin/$applet" ;; esac
done
for file in limited hear ring; do cp "$lab/openwrt/$file" usr/libexec/lab/; done
for applet in date find nc ps sleep sort tr xargs; do ln -sf ../usr/libexec/lab/limited "bin/$applet"; done
for program in nft dbclient dropbear dropbearkey; do cp "$(command -v "$program")" usr/sbin/; done
if [ -L /lib ]; then # a folder of the image's own, as /lib/upgrade is written to
  for entry in /lib/*; do ln -s "../usr$entry" "lib/${entry##*/}"; done
fi
for folder in lib lib64 usr/lib usr/lib64; do
  if [ "$folder" = lib ] && [ -L /lib ]; then :; elif [ -L "/$folder" ]; then cp -P "/$folder" "$folder"; elif [ -d "/$folder" ]; then
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
for program in ubus uci jsonfilter iw wget; do cp "$lab/openwrt/$program" "usr/bin/$program"; done
cp "$lab"/config/* etc/config/
cp "$(command -v signify-openbsd)" usr/bin/usign # the program that usign was made after: the same files and options
chmod 755 etc/rc.common usr/bin/* usr/libexec/lab/*
