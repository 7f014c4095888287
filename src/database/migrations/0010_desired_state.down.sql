drop table server_keys;
drop function end_lost_connections(varchar);
drop policy named on user_sessions;
drop trigger router_keys_notify_revoked on router_keys;
drop trigger user_routers_notify_deleted on user_routers;
drop trigger user_routers_notify_unlinked on user_routers;
drop trigger user_routers_notify_replaced on user_routers;
drop trigger router_policies_notify on router_policies;
drop function notify_router();
alter table router_policies drop column refused_revision, drop column refused_reason;
alter table user_routers
  drop column is_connected, drop column connected_at, drop column connected_node, drop column connection_id,
  drop column agent_version, drop column limiter, drop column lan_mac;
