-- Who changed what, when and from where. json, not jsonb, keeps the fields in their order.
create table audit_log (
    id                bigint generated always as identity primary key,
    organization_uuid uuid        not null,
    at                timestamptz not null,
    actor             text        not null,
    address           text,
    action            text        not null,
    resource          text        not null,
    changes           json        not null,
    revision          bigint
);
create index on audit_log (organization_uuid, id);

-- Append-only: what was written stays, whoever asks.
create function refuse_change() returns trigger language plpgsql as
$$
begin
    raise exception '% is append-only', tg_table_name;
end
$$;

create trigger audit_log_append_only
    before update or delete or truncate on audit_log
    for each statement execute function refuse_change();
