-- Teams are listed by the beginning of their names: an index has no room for whole ones of any length.
drop index directory_teams_organization_uuid_lower_team_uuid_idx;
create index on directory_teams (organization_uuid, (left(lower(name), 100) collate "C"), team_uuid);
