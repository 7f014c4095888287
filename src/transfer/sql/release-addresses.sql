-- First every device gives up the addresses that it loses or leaves, so that two devices can swap theirs.
update router_devices d set holds_ip = false
where d.holds_ip and ((d.id, d.ip) in (select id, ip from lost_addresses)
  or d.id in (select known_id from planned_devices where claims and known_holds_ip and known_ip <> ip));
