# Wakes a device: six bytes of ones and sixteen times its MAC, anywhere in a broadcast frame on its network. Stock OpenWrt has no program
# for that, but its DHCP client broadcasts what it is told to: here as what a vendor may add (option 43), in a frame that asks for an
# address which nobody takes. No shell reads the answer, and nothing is set.

wake() { # MAC
  digits=''
  IFS=:
  for byte in $1; do digits=$digits$byte; done
  unset IFS
  magic=ffffffffffff
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do magic=$magic$digits; done
  for name in $lans; do
    if command -v etherwake >/dev/null; then etherwake -i "$name" "$1"; else
      udhcpc -f -n -q -t 1 -T 1 -i "$name" -s /bin/true -x "0x2b:$magic"
    fi >/dev/null 2>&1 &
  done
}
can_wake() { command -v etherwake >/dev/null || command -v udhcpc >/dev/null; }
