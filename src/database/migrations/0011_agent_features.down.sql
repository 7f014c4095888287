alter table user_routers drop column agent_features;
