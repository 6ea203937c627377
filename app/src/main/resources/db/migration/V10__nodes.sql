-- The processes that share this database, as each says of itself every few seconds.
create table nodes (
    id                 varchar(40)  not null primary key,
    name               varchar(255) not null,
    host               varchar(255) not null,
    pid                bigint       not null,
    process_started_at bigint       not null,
    version            varchar(60)  not null,
    serves             boolean      not null,
    works              boolean      not null,
    started_at         bigint       not null,
    seen_at            bigint       not null,
    stopped_at         bigint
);

-- The download folders a node knows of, and whether it finds files there now.
create table node_roots (
    node_id varchar(40)  not null references nodes (id),
    root    varchar(400) not null,
    seen    boolean      not null,
    primary key (node_id, root)
);

-- The download folder a pack is made from, as nodes call it, and where it lay for the node that was asked. Packs from
-- before have none, and are worked on anywhere.
alter table packs add column root varchar(400);
alter table packs add column root_folder varchar(4096);

-- The download folder whose files a job needs; null when it needs none.
alter table jobs add column root varchar(400);
alter table jobs add column priority varchar(10) not null default 'NORMAL';
create index jobs_state on jobs (state);

-- PostgreSQL would take rows without a priority first.
update scheduled_tasks set priority = 0 where priority is null;
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time);
