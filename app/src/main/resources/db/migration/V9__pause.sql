-- A wish that a running job rests. SQLite and PostgreSQL.
alter table jobs add column pause_requested boolean not null default false;
