# What time it is: windows open and close by it. The system's clock is never set, and not believed as long as nothing says that it is
# right: after a boot it may say 1970, or last week. The time is the kernel's uptime ($ticks) and $offset, both in hundredths of a
# second. $offset is empty until the server has said the time, or NTP; until then the windows are as they were at the instant
# in $ETC/time, so that pulling the plug opens none. It is written after a window has opened or closed, and so not often (flash wears).

offset='' switch=- windows=none due=''
now() { read -r now _ </proc/uptime && ticks=$((${now%.*} * 100 + 1${now#*.} - 100)) now=${now%.*}; } # seconds
read_clock() { # what another process of this agent knows
  [ ! -r "$RUN/clock" ] || read -r offset <"$RUN/clock"
  [ ! -r "$RUN/windows" ] || read -r switch since windows <"$RUN/windows"
  plan_switch
}
read_held() { { read -r held <"$ETC/time"; } 2>/dev/null && is_number "$held" 11 || held=0; }
plan_switch() { # $due: at how many ticks the next window opens or closes; half a second early, as waits have whole seconds
  due=''
  [ -z "$offset" ] || [ "$switch" = - ] || due=$((switch * 100 - offset - 50))
}
tell_time() { # epoch, ticks at which it was said: from now on it is known
  known=$offset offset=$(($1 * 100 - $2))
  say "$offset" >"$RUN/clock"
  plan_switch
  [ "$windows" = none ] || { [ -n "$known" ] && [ $((offset - known)) -le 100 ] && [ $((known - offset)) -le 100 ]; } || changed=1
}
# When ntpd has set the clock, dnsmasq's package leaves this file, in memory. A clock that is behind what was known is wrong all the same.
ask_ntp() {
  [ -z "$offset" ] && [ "$windows" != none ] && [ -e /var/state/dnsmasqsec ] && [ "$now" -ge "${ntp_at:-0}" ] || return 0
  ntp_at=$((now + 60))
  epoch=$(date +%s)
  read_held
  [ "$epoch" -lt "$held" ] || { now && tell_time "$epoch" "$ticks"; }
}
read_epoch() { # $epoch: by which the windows are open or not
  now
  read_held
  epoch=$held
  [ -z "$offset" ] || epoch=$(((ticks + offset + 50) / 100))
}
keep_windows() { # as the document that has just been loaded has them at $epoch
  read -r switch since windows <"$RUN/windows.new"
  say "$switch $since $windows" >"$RUN/windows"
  plan_switch
  store_time
}
store_time() { # if a window has opened or closed since the instant that is stored; again later, if the disk does not take it
  [ -n "$offset" ] && [ "$windows" != none ] || return 0
  read_epoch
  { [ "$held" -lt "${since:-0}" ] || [ "$held" -gt "$epoch" ]; } || return 0
  say "$epoch" >"$RUN/time" && put_on_flash time & # nothing waits for a disk
}
switch_windows() { # if it is time to
  if [ -n "$due" ] && [ "$ticks" -ge "$due" ]; then
    due=$((ticks + 1500)) # again, if it fails
    changed=1
    keep_rules
  fi
}
shorten() { # $nap, the seconds to wait: at most until the next window opens or closes
  [ -z "$due" ] || [ $(((due - ticks + 99) / 100)) -ge "$nap" ] || nap=$(((due - ticks + 99) / 100))
  [ "$nap" -gt 0 ] || nap=1
}
tell_clock() { # to people
  case $(clock_state) in
    held) say 'Clock: not trusted. Neither the server nor NTP has said the time since the start; of windows, what held before holds.' ;;
    repeated) say 'Clock: trusted. The windows of the policy are over; the last week repeats until the server sends others.' ;;
    *) say 'Clock: trusted.' ;;
  esac
  now
  [ -z "$due" ] || [ "$due" -lt "$ticks" ] || say "The next window opens or closes in $(((due + 50 - ticks) / 6000)) minutes."
}
clock_token() { if [ -n "$offset" ] || [ "$windows" != none ]; then say " $(clock_state)"; fi; } # nothing to say to who does not ask for windows
clock_state() { if [ -z "$offset" ]; then say held; elif [ "$windows" = repeated ]; then say repeated; else say trusted; fi; }
