-- Work on every organization, once over: how far it is, and which instance does it.

create table maintenance (
    task               text primary key check (task in ('RESEAL', 'REPUBLICATION')),
    requested          timestamptz not null,
    finished           timestamptz,
    after_organization uuid,
    organizations      bigint      not null default 0,
    changed            bigint      not null default 0,
    unreadable         bigint      not null default 0,
    worker             uuid,
    worker_until       timestamptz not null default '-infinity'
);
