-- What will not arrive everywhere as it is called here; the first of many.
create table pack_warnings (
    pack_id varchar(40) not null references packs (id),
    n       integer not null,
    name    text not null,
    problem text not null,
    primary key (pack_id, n)
);
alter table packs add column warnings bigint not null default 0;
