-- One row for each caller that did not rest for a minute: when its token bucket will be full again.
-- Not logged: after a crash of PostgreSQL every bucket is full, and nothing else is lost.
create unlogged table rate_limits (
    bucket  text primary key,
    full_at timestamptz not null,
    granted boolean     not null
);
create index on rate_limits (full_at);
