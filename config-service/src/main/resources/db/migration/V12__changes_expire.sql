-- A change that is not published by its deadline is never published: it is taken back, and the
-- answer that refused it stays true whatever was away in between.

alter table outbox add column expires_at timestamptz not null default 'infinity';

-- revisions that were published too late or not at all, and replaced by the next one
create table taken_back (
    organization_uuid uuid        not null references organizations,
    revision          bigint      not null,
    at                timestamptz not null,
    primary key (organization_uuid, revision)
);
alter table taken_back enable row level security;
alter table taken_back force row level security;
create policy scope on taken_back using (
    organization_uuid::text = (select current_setting('webhooks.scope', true))
    or (select current_setting('webhooks.scope', true)) like 'every:%');

-- which change made the latest revision: for one whose commit was not answered
alter table organizations add column latest_change uuid;
