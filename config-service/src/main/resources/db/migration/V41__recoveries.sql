-- What admins ask to be sent again, how far each is, and which instance is at it.

create table recoveries (
    organization_uuid uuid        not null,
    id                uuid        not null,
    webhook_uuid      uuid        not null,
    since             timestamptz not null,
    until             timestamptz not null,
    only_what         text        not null check (only_what in ('FAILED', 'ALL')),
    dry_run           boolean     not null,
    status            text        not null default 'RUNNING'
        check (status in ('RUNNING', 'COMPLETED', 'CANCELED')),
    -- first everything is counted, then it is sent
    phase             text        not null default 'COUNTING'
        check (phase in ('COUNTING', 'SENDING')),
    matched           bigint      not null default 0,
    sent              bigint      not null default 0,
    -- deliveries of the log that were found again on Kafka, and those that were not
    found             bigint      not null default 0,
    expired           bigint      not null default 0,
    -- by partition: the next offset, and where to end; null: this phase has not begun
    places            json,
    created           timestamptz not null,
    finished          timestamptz,
    worker            uuid,
    worker_until      timestamptz not null default '-infinity',
    worked            timestamptz not null default '-infinity',
    primary key (organization_uuid, id)
);
create index on recoveries (organization_uuid, webhook_uuid, created);
create index on recoveries (worked) where status = 'RUNNING';
-- one at a time: its rate is what a receiver can be promised
create unique index recoveries_one_a_webhook on recoveries (webhook_uuid)
    where status = 'RUNNING' and not dry_run;

alter table recoveries enable row level security;
alter table recoveries force row level security;
create policy scope on recoveries using (
    organization_uuid::text = (select current_setting('webhooks.scope', true))
    or (select current_setting('webhooks.scope', true)) like 'every:%');
