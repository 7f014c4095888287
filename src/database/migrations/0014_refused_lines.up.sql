-- What the router does not do of the revision that it has confirmed: lines of its document, each with the reason, and the device if it is known.
alter table router_policies add column refused_lines jsonb not null default '[]';
