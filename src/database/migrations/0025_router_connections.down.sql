alter table user_routers
  drop constraint user_routers_rival, drop column rival_seen_at, drop column rival_lan_mac, drop column connections_since,
  drop column connections, drop column clock;
