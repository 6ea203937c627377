-- What a purge has taken away, a row each, noted as it goes: however much it is, each thing is written once.
create table purged (
    purge_id varchar(40)   not null references purges (id),
    n        int           not null,
    kind     varchar(12)   not null,
    what     varchar(4096) not null,
    bytes    bigint        not null,
    at       bigint        not null,
    primary key (purge_id, n)
);

-- Where the bucket keeps versions, the one of the manifest that seals the pack.
alter table packs add column manifest_version varchar(200);
