-- What the router's agent can do besides protocol 1, as its last `hello` said; null: it has not connected since this is stored.
alter table user_routers add column agent_features varchar(16)[];
