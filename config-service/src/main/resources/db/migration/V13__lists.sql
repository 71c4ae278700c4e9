-- Lists are read in parts, in these orders.
create index on webhooks (organization_uuid, created, uuid);
create index on directory_teams (organization_uuid, (lower(name) collate "C"), team_uuid);
