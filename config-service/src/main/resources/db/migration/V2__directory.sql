-- The read model of the directory topics. No foreign keys: the topics are read in any order.

create table directory_organizations (
    organization_uuid uuid primary key,
    name              text not null,
    plan              text not null
);

create table directory_teams (
    organization_uuid uuid not null,
    team_uuid         uuid primary key,
    name              text not null
);
create index on directory_teams (organization_uuid);

create table directory_members (
    organization_uuid uuid   not null,
    user_uuid         uuid primary key,
    email             text,
    role              text   not null,
    team_uuids        uuid[] not null
);
create index on directory_members (organization_uuid);
