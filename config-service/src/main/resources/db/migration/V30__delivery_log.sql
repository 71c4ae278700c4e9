-- The delivery log: what was decided, attempted and came of it, out of Kafka. A day is a partition,
-- by the event's time, which every record of a delivery carries: so records that come twice, late or
-- in any order meet in one row. Days are made ahead and dropped by webhooks.log.retention.

create table deliveries (
    organization_uuid uuid        not null,
    message_id        text        collate "C" not null,
    created           timestamptz not null,
    webhook_uuid      uuid        not null,
    event_id          text        not null,
    event_hash        bigint      not null,
    event_source      text        not null,
    event_type        text        not null,
    test              boolean     not null,
    decided_at        timestamptz,
    requested_at      timestamptz,
    manual_at         timestamptz,
    step_at           timestamptz,
    verdict           text,
    next_attempt_at   timestamptz,
    body_topic        text,
    body_partition    integer,
    body_offset       bigint,
    event_topic       text,
    event_partition   integer,
    event_offset      bigint,
    status            text        not null
        check (status in ('pending', 'delivered', 'dead_lettered', 'canceled')),
    -- when its next step is due; null: it has ended, or is a test
    expected_at       timestamptz,
    primary key (message_id, created)
) partition by range (created);
create index on deliveries (organization_uuid, created, message_id);
create index on deliveries (organization_uuid, status, created, message_id);
create index on deliveries (organization_uuid, event_type, created, message_id);
create index on deliveries (organization_uuid, event_hash);
create index on deliveries (organization_uuid, webhook_uuid, created, message_id);
create index on deliveries (organization_uuid, webhook_uuid, status, created, message_id);
create index on deliveries (expected_at) where expected_at is not null;

-- number 0: the delivery ended without an attempt
create table attempts (
    organization_uuid      uuid        not null,
    message_id             text        collate "C" not null,
    created                timestamptz not null,
    started_at             timestamptz not null,
    number                 integer     not null,
    webhook_uuid           uuid        not null,
    outcome                text,
    status_code            integer,
    failure                text,
    detail                 text,
    duration_ms            bigint      not null,
    dns_ms                 bigint,
    connect_ms             bigint,
    tls_ms                 bigint,
    first_byte_ms          bigint,
    response_excerpt       text,
    target_url             text,
    manual                 boolean     not null,
    test                   boolean     not null,
    certificate_expires_at timestamptz,
    verdict                text        not null,
    reason                 text,
    next_attempt_at        timestamptz,
    job_topic              text        not null,
    job_partition          integer     not null,
    job_offset             bigint      not null,
    primary key (message_id, created, started_at, number)
) partition by range (created);

-- one row for each record of an event: an event that was published twice was decided twice
create table decisions (
    organization_uuid uuid        not null,
    created           timestamptz not null,
    event_topic       text        not null,
    event_partition   integer     not null,
    event_offset      bigint      not null,
    event_id          text        not null,
    event_hash        bigint      not null,
    event_source      text        not null,
    event_type        text        not null,
    user_uuid         text        not null,
    decided_at        timestamptz not null,
    config_revision   bigint      not null,
    user_teams        uuid[]      not null,
    -- by webhook: matched and reason
    webhooks          json        not null,
    primary key (event_partition, event_offset, created, organization_uuid)
) partition by range (created);
create index on decisions (organization_uuid, event_hash);

-- the ledger: counts of (event, webhook) pairs by the day of the event, which outlive the rows
create table ledger_days (
    organization_uuid uuid   not null,
    webhook_uuid      uuid   not null,
    day               date   not null,
    accepted          bigint not null,
    filtered          bigint not null,
    delivered         bigint not null,
    dead_lettered     bigint not null,
    canceled          bigint not null,
    -- still pending when retention took the row
    expired           bigint not null default 0,
    -- attempted, with no decision or request seen
    unexpected        bigint not null,
    primary key (organization_uuid, webhook_uuid, day)
);

-- attempts by five minutes, as histograms of milliseconds
create table attempt_statistics (
    organization_uuid uuid        not null,
    webhook_uuid      uuid        not null,
    at                timestamptz not null,
    -- 0: took, delivered; 1: took, failed; 2: from the event to the first attempt
    measure           smallint    not null,
    slot              smallint    not null,
    count             bigint      not null,
    primary key (organization_uuid, webhook_uuid, at, measure, slot)
);

-- the certificate that the last handshake with a webhook's receiver showed
create table receiver_certificates (
    organization_uuid uuid        not null,
    webhook_uuid      uuid        not null,
    expires_at        timestamptz not null,
    seen_at           timestamptz not null,
    -- the expiry that its admins were told of
    told              timestamptz,
    primary key (organization_uuid, webhook_uuid)
);

do $$
declare
    name text;
begin
    foreach name in array array['deliveries', 'attempts', 'decisions', 'ledger_days',
            'attempt_statistics', 'receiver_certificates']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy scope on %I using (
                organization_uuid::text = (select current_setting(''webhooks.scope'', true))
                or (select current_setting(''webhooks.scope'', true)) like ''every:%%'')',
            name);
    end loop;
end
$$;

-- which days are gone; a record of one is not logged any more, or it would be counted again
create table log_retention (
    id            integer primary key default 1 check (id = 1),
    closed_before date not null
);
insert into log_retention (closed_before) values ('-infinity');

-- Makes the partition of a day, with what there is of it in the default partition: events whose
-- producers are ahead of their time.
create function make_log_day(day date) returns boolean language plpgsql as $$
declare
    parent text;
    part text;
    lower_bound timestamptz := day::timestamp at time zone 'UTC';
    upper_bound timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
    if to_regclass('decisions_' || to_char(day, 'YYYYMMDD')) is not null then
        return false;
    end if;
    foreach parent in array array['deliveries', 'attempts', 'decisions'] loop
        part := parent || '_' || to_char(day, 'YYYYMMDD');
        execute format('create table %I (like %I including all)', part, parent);
        execute format(
            'with moved as (delete from %I where created >= %L and created < %L returning *)
            insert into %I select * from moved',
            parent || '_default', lower_bound, upper_bound, part);
        execute format('alter table %I enable row level security', part);
        execute format('alter table %I force row level security', part);
        execute format(
            'create policy scope on %I using (
                organization_uuid::text = (select current_setting(''webhooks.scope'', true))
                or (select current_setting(''webhooks.scope'', true)) like ''every:%%'')',
            part);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)',
            parent, part, lower_bound, upper_bound);
    end loop;
    return true;
end
$$;

-- Closes the days before one and drops them. What was still pending is counted as expired.
create function drop_log_days(before date) returns integer language plpgsql as $$
declare
    part record;
    dropped integer := 0;
begin
    update log_retention set closed_before = before where closed_before < before;
    insert into ledger_days (organization_uuid, webhook_uuid, day, accepted, filtered, delivered,
            dead_lettered, canceled, expired, unexpected)
        select organization_uuid, webhook_uuid, (created at time zone 'UTC')::date,
            0, 0, 0, 0, 0, count(*), 0
        from deliveries
        where created < before::timestamp at time zone 'UTC' and status = 'pending' and not test
            and (decided_at is not null or requested_at is not null)
        group by 1, 2, 3
        on conflict (organization_uuid, webhook_uuid, day)
        do update set expired = ledger_days.expired + excluded.expired;
    for part in
        select c.relname as name
        from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
        join pg_class p on p.oid = i.inhparent
        where p.relname in ('deliveries', 'attempts', 'decisions')
            and p.relnamespace = current_schema()::regnamespace
            and c.relname ~ '_[0-9]{8}$'
            and to_date(right(c.relname, 8), 'YYYYMMDD') < before
    loop
        execute format('drop table %I', part.name);
        dropped := dropped + 1;
    end loop;
    delete from deliveries where created < before::timestamp at time zone 'UTC';
    delete from attempts where created < before::timestamp at time zone 'UTC';
    delete from decisions where created < before::timestamp at time zone 'UTC';
    return dropped;
end
$$;

-- what lies outside the days that there are
do $$
declare
    parent text;
    part text;
begin
    foreach parent in array array['deliveries', 'attempts', 'decisions'] loop
        part := parent || '_default';
        execute format('create table %I partition of %I default', part, parent);
        execute format('alter table %I enable row level security', part);
        execute format('alter table %I force row level security', part);
        execute format(
            'create policy scope on %I using (
                organization_uuid::text = (select current_setting(''webhooks.scope'', true))
                or (select current_setting(''webhooks.scope'', true)) like ''every:%%'')',
            part);
    end loop;
end
$$;
