-- Deliveries that the ledger does not explain: it names them until they are.

create table unaccounted_deliveries (
    organization_uuid uuid        not null,
    message_id        text        collate "C" not null,
    created           timestamptz not null,
    webhook_uuid      uuid        not null,
    event_id          text        not null,
    event_type        text        not null,
    -- when its next step was due, or its last one was
    expected_at       timestamptz not null,
    why               text        not null check (why in ('no_job', 'no_decision')),
    since             timestamptz not null,
    primary key (message_id, created)
);
create index on unaccounted_deliveries (organization_uuid, created);
alter table unaccounted_deliveries enable row level security;
alter table unaccounted_deliveries force row level security;
create policy scope on unaccounted_deliveries using (
    organization_uuid::text = (select current_setting('webhooks.scope', true))
    or (select current_setting('webhooks.scope', true)) like 'every:%');

-- attempted, with no decision or request seen
create index on deliveries (step_at)
    where decided_at is null and requested_at is null and not test;

-- whose turn it is to look, and when somebody last looked at everything
create table ledger_check (
    id         integer primary key default 1 check (id = 1),
    next_at    timestamptz not null default '-infinity',
    checked_at timestamptz
);
insert into ledger_check default values;
