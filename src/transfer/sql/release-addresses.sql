-- First everybody lets go of what they lose or leave, so that two devices can swap addresses.
update user_devices d set holds_ip = false
where d.router_id = (select current_setting('netpilot.router_id')) and d.holds_ip
  and ((d.id, d.ip) in (select id, ip from lost_addresses)
    or d.id in (select known_id from planned_devices where claims and known_holds_ip and known_ip <> ip));
