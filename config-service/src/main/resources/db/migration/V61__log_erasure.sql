-- What of the log goes before its days do, and after.

-- which days' excerpts are not kept any more, and of which they are gone
alter table log_retention
    add column excerpts_closed date not null default '-infinity',
    add column excerpts_erased date not null default '-infinity';

-- Erases the excerpts of the days that are closed and not erased yet.
create function erase_log_excerpts() returns bigint language plpgsql as $$
declare
    first date;
    closed date;
    erased bigint;
begin
    select excerpts_erased, excerpts_closed into first, closed from log_retention;
    if first >= closed then
        return 0;
    end if;
    update attempts set response_excerpt = null
        where created >= first::timestamp at time zone 'UTC'
            and created < closed::timestamp at time zone 'UTC' and response_excerpt is not null;
    get diagnostics erased = row_count;
    update log_retention set excerpts_erased = closed;
    return erased;
end
$$;

-- steps of five minutes come in their order, so the oldest lie together
create index on attempt_statistics using brin (at) with (autosummarize = on);

-- where the certificate was shown: the webhook may have moved since
alter table receiver_certificates add column target_url text;

-- a webhook's deliveries of a trigger event that it had before
create index on deliveries (organization_uuid, webhook_uuid, event_type, created, message_id);
