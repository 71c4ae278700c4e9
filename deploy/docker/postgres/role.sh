#!/bin/sh
# The database and its role, which must be neither a superuser nor pass by row-level security.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$WEBHOOKS_PASSWORD" --username postgres <<'SQL'
create role webhooks login nosuperuser nobypassrls password :'password';
create database webhooks owner webhooks;
SQL
