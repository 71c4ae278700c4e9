-- The answers to POSTs that came with an Idempotency-Key, sealed: some of them have a secret.
-- revision: the change that the answer is of holds once this one is published; 0: at once
create table idempotency_keys (
    organization_uuid uuid        not null references organizations,
    actor             text        not null,
    key               text        not null,
    fingerprint       bytea       not null,
    status            integer     not null,
    etag              text,
    ciphertext        text        not null,
    revision          bigint      not null,
    created           timestamptz not null,
    primary key (organization_uuid, actor, key)
);
create index on idempotency_keys (created);
