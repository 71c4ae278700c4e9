-- The failed attempts of each webhook since its last success.

-- attempts that started by then do not count as failures: made, activated, or sent to otherwise
alter table webhooks add column failures_since timestamptz not null default 'epoch';

-- recent: the last failures one by one, so that one that is heard of twice is counted once
create table webhook_streaks (
    organization_uuid uuid   not null,
    webhook_uuid      uuid   not null primary key,
    cleared_at        timestamptz,
    failures          bigint not null default 0,
    first_failure     timestamptz,
    gone_at           timestamptz,
    recent            json   not null default '[]',
    told              text   not null default 'NOTHING'
        check (told in ('NOTHING', 'FAILING', 'STILL_FAILING')),
    check ((failures = 0) = (first_failure is null)),
    foreign key (organization_uuid, webhook_uuid)
        references webhooks (organization_uuid, uuid) on delete cascade
) with (fillfactor = 70);
create index on webhook_streaks (first_failure) where first_failure is not null;
alter table webhook_streaks enable row level security;
alter table webhook_streaks force row level security;
create policy scope on webhook_streaks using (
    organization_uuid::text = (select current_setting('webhooks.scope', true))
    or (select current_setting('webhooks.scope', true)) like 'every:%');

insert into publication_lease (name, expires_at) values ('deactivation', '-infinity');
