-- Creates NetPilot's two roles, a login for each, and the database. Run once, as PostgreSQL's superuser, with psql 14+:
--   sudo -u postgres OPERATOR_PASSWORD=... SERVICE_PASSWORD=... psql --file logins.sql
\set ON_ERROR_STOP on
\getenv operator_password OPERATOR_PASSWORD
\getenv service_password SERVICE_PASSWORD
set password_encryption = 'scram-sha-256';
-- The statements contain passwords: they are kept out of the log.
set log_statement = 'none';
set log_min_error_statement = 'panic';
set log_min_duration_statement = -1;

create role netpilot_owner nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
create role netpilot_service nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit;

-- Migrates, backs up, restores: can become either role.
create role netpilot_operator login password :'operator_password' noinherit in role netpilot_owner, netpilot_service;
-- Serves: can become only the role that sees one user's rows at a time.
create role netpilot_app login password :'service_password' noinherit in role netpilot_service;

create database netpilot owner netpilot_owner encoding 'UTF8' template template0;
revoke connect, temporary on database netpilot from public;
grant connect, temporary on database netpilot to netpilot_operator, netpilot_app, netpilot_owner, netpilot_service;

\connect netpilot
-- On PostgreSQL 15, a role that inherits nothing has no right to this schema from owning the database.
grant usage, create on schema public to netpilot_owner;
grant usage on schema public to netpilot_service;
