-- What admins are told, until it is on Kafka. A row goes out when it is committed and its revision,
-- if it has one, is published; with a change that is taken back it is deleted.
create table notices (
    id                bigint generated always as identity primary key,
    organization_uuid uuid        not null,
    uuid              uuid        not null,
    type              text        not null,
    subject           text        not null,
    data              json        not null,
    created           timestamptz not null,
    revision          bigint
);
create index on notices (organization_uuid, revision);
alter table notices enable row level security;
alter table notices force row level security;
create policy scope on notices using (
    organization_uuid::text = (select current_setting('webhooks.scope', true))
    or (select current_setting('webhooks.scope', true)) like 'every:%');

insert into publication_lease (name, expires_at) values ('webhook-notifications', '-infinity');
