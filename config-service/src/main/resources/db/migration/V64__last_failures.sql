-- When a webhook failed last, to the moment: the statistics know the quarter of an hour.
create index on attempts (organization_uuid, webhook_uuid, started_at)
    where outcome in ('refused', 'unreachable') and not test;
