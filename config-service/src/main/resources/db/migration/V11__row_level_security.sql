-- Behind the organization that every statement names: a connection sees the rows of its scope only.
-- The scope is an organization's uuid, or 'every:' and the reason for work on all of them; where it
-- is not set there are no rows. Forced, because the service owns its tables. A later migration that
-- reads or writes rows begins with: set local webhooks.scope = 'every:migration'

do $$
declare
    name text;
begin
    for name in
        select c.table_name
        from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = current_schema()
          and c.column_name = 'organization_uuid'
          and t.table_type = 'BASE TABLE'
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
