#!/bin/sh
# A machine as docs/deploy.md expects one: Debian with systemd, and nothing of NetPilot. `lab/server.ts` starts this in the lab's
# internet. Programs are this machine's, read-only; /etc is a copy; /var, /opt and the rest are ROOT, empty at first.
#   server.sh ROOT CGROUP      CGROUP is a folder of a cgroup2 that nothing else uses
set -eu
root=$1
cgroup=$2

if [ "${3:-}" = '' ]; then
  # Mounted here, because `ip netns exec` has put another /sys over this machine's.
  mkdir -p /mnt/cgroup
  mount -t cgroup2 cgroup2 /mnt/cgroup
  mkdir "/mnt/cgroup/$cgroup"
  echo 0 >"/mnt/cgroup/$cgroup/cgroup.procs"
  exec unshare --cgroup --mount --pid --uts --ipc --fork --kill-child --propagation private sh "$0" "$root" "$cgroup" inside
fi

hostname server
mount --bind "$root" "$root"
cd "$root"
mkdir -p dev etc home mnt opt proc root run sys tmp usr var/cache var/lib/dpkg var/log var/tmp
chmod 755 .
chmod 1777 tmp var/tmp
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then
    cp -P "/$name" "$name"
  elif [ -d "/$name" ]; then
    mkdir "$name"
    mount --rbind "/$name" "$name"
    mount -o remount,bind,ro "$name"
  fi
done
mount --rbind /usr usr
mount -o remount,bind,ro usr
cp -a /etc/. etc/
# What apt-get is asked to install is there already.
cp /var/lib/dpkg/status var/lib/dpkg/
install -d -o caddy -g caddy var/lib/caddy
# Nothing that this machine itself starts, serves or was configured for.
rm -rf etc/machine-id etc/systemd/system etc/systemd/network etc/postgresql/* etc/caddy/Caddyfile etc/netpilot etc/resolv.conf
mkdir etc/systemd/system
: >etc/machine-id
: >etc/resolv.conf
ln -s /lib/systemd/system/multi-user.target etc/systemd/system/default.target
# The kernel is this machine's, and nobody logs in.
for unit in systemd-sysctl.service systemd-modules-load.service systemd-journald-audit.socket systemd-binfmt.service systemd-random-seed.service \
  systemd-udevd.service systemd-udevd-kernel.socket systemd-udevd-control.socket proc-sys-fs-binfmt_misc.automount sys-kernel-debug.mount \
  sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount dev-hugepages.mount systemd-logind.service getty.target; do
  ln -s /dev/null "etc/systemd/system/$unit"
done
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/shm dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=1777 tmpfs dev/shm
for device in null zero full random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mount -t tmpfs -o mode=755 tmpfs run
pivot_root . mnt
cd /
umount -l /mnt
exec env -i container=lab PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --show-status=no
