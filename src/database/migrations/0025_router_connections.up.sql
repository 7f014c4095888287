-- How a router's connections come: whether its agent knows the time; how often it has connected since when (an hour at most); and the
-- LAN's MAC of a second box that answered with the same key, when it last did.
alter table user_routers
  add column clock varchar(8) check (clock in ('trusted', 'held', 'repeated')),
  add column connections integer not null default 0 check (connections >= 0),
  add column connections_since timestamptz,
  add column rival_lan_mac macaddr,
  add column rival_seen_at timestamptz,
  add constraint user_routers_rival check ((rival_lan_mac is null) = (rival_seen_at is null));
