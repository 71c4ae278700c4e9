-- Attempts counted once more, by six hours: a year of five minutes takes longer to read than a
-- statement may.
create table attempt_statistics_spans (
    organization_uuid uuid        not null,
    webhook_uuid      uuid        not null,
    at                timestamptz not null,
    measure           smallint    not null,
    slot              smallint    not null,
    count             bigint      not null,
    primary key (organization_uuid, webhook_uuid, at, measure, slot)
);
create index on attempt_statistics_spans using brin (at) with (autosummarize = on);
alter table attempt_statistics_spans enable row level security;
alter table attempt_statistics_spans force row level security;
create policy scope on attempt_statistics_spans using (
    organization_uuid::text = (select current_setting('webhooks.scope', true))
    or (select current_setting('webhooks.scope', true)) like 'every:%');
set local webhooks.scope = 'every:migration';
insert into attempt_statistics_spans
    select organization_uuid, webhook_uuid, date_bin('6 hours', at, 'epoch'), measure, slot,
        sum(count)
    from attempt_statistics group by 1, 2, 3, 4, 5;
set local webhooks.scope = '';
