-- Organizations that are erased: which, and how far it is.

-- settles: until then records of theirs may still come from Kafka, and are left out of the log
-- tombstone: the revision that ends what consumers hold of them
create table erasures (
    organization_uuid uuid primary key,
    requested         timestamptz not null,
    erased            timestamptz,
    settles           timestamptz not null,
    tombstone         bigint,
    finished          timestamptz
);
alter table erasures enable row level security;
alter table erasures force row level security;
create policy scope on erasures using (
    organization_uuid::text = (select current_setting('webhooks.scope', true))
    or (select current_setting('webhooks.scope', true)) like 'every:%');

-- Those that are not finished; of one that is back in the directory nothing is erased or left out.
create function erasures_under_way() returns setof erasures language sql stable as $$
    select * from erasures e
    where finished is null and not exists (
        select from directory_organizations d where d.organization_uuid = e.organization_uuid)
$$;

-- The audit log is append-only, and ends with its organization.
drop trigger audit_log_append_only on audit_log;
create trigger audit_log_append_only
    before update or truncate on audit_log
    for each statement execute function refuse_change();

create function refuse_unless_erased() returns trigger language plpgsql as
$$
begin
    if not exists (
        select from erasures_under_way() e where e.organization_uuid = old.organization_uuid)
    then
        raise exception '% is append-only', tg_table_name;
    end if;
    return old;
end
$$;
create trigger audit_log_ends_with_its_organization
    before delete on audit_log
    for each row execute function refuse_unless_erased();

-- Deletes rows of an organization from every table that has any, some at a time, so that no
-- statement takes long. What its setup is made of goes by an edit, which is published, and the rest
-- of these tables with the organization's own row at the end.
create function erase_organization_rows(organization uuid, most integer)
returns bigint language plpgsql as $$
declare
    part record;
    erased bigint;
    total bigint := 0;
begin
    for part in
        select c.relname as name from pg_class c
            join pg_attribute a on a.attrelid = c.oid
                and a.attname = 'organization_uuid' and not a.attisdropped
        where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
            and c.relname not in ('organizations', 'webhooks', 'signing_secrets', 'outbox',
                'taken_back', 'erasures')
    loop
        execute format(
                'delete from %I where ctid = any(array(
                    select ctid from %I where organization_uuid = $1 limit $2))',
                part.name, part.name)
            using organization, most;
        get diagnostics erased = row_count;
        total := total + erased;
        exit when total >= most;
    end loop;
    return total;
end
$$;
