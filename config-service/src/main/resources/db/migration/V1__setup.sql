-- The configuration of each organization: the row to lock, what it has set up, and the way to Kafka.

create table organizations (
    organization_uuid  uuid primary key,
    revision           bigint not null default 0,
    published_revision bigint not null default 0,
    check (published_revision <= revision)
);

create table webhooks (
    organization_uuid uuid        not null references organizations,
    uuid              uuid        not null unique,
    version           bigint      not null,
    name              text        not null,
    event_type        text        not null,
    target_url        text        not null,
    target_type       integer     not null,
    is_active         boolean     not null,
    inactive_reason   text check (inactive_reason in ('ADMIN', 'FAILING', 'GONE', 'PLAN')),
    team_uuids        uuid[]      not null,
    headers           jsonb       not null,
    created           timestamptz not null,
    modified          timestamptz not null,
    primary key (organization_uuid, uuid),
    check (is_active = (inactive_reason is null))
);

-- position 0 is the newest, which alone makes X-Avoma-Signature
create table signing_secrets (
    organization_uuid uuid    not null references organizations,
    position          integer not null,
    ciphertext        text    not null,
    until             timestamptz,
    primary key (organization_uuid, position)
);

-- before_image: the setup without the change, for taking it back when it cannot be published
create table outbox (
    id                bigint generated always as identity primary key,
    organization_uuid uuid        not null references organizations,
    revision          bigint      not null,
    snapshot          bytea       not null,
    before_image      jsonb       not null,
    created           timestamptz not null,
    unique (organization_uuid, revision)
);

-- who may publish; a row for the installation, not for an organization
create table publication_lease (
    name       text primary key,
    holder     uuid,
    expires_at timestamptz not null
);
insert into publication_lease (name, expires_at) values ('webhook-config', '-infinity');

create table api_keys (
    organization_uuid uuid        not null references organizations,
    client_key        text        not null,
    secret_hash       bytea       not null,
    name              text        not null,
    created           timestamptz not null,
    last_used_at      timestamptz,
    primary key (client_key)
);
create index on api_keys (organization_uuid);
