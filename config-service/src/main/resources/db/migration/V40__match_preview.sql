-- the latest events of an organization, for match previews
create index on decisions (organization_uuid, created);
