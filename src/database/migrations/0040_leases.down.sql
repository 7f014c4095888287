drop table commands_servers;
