-- Where a pack's objects went: settings may name another bucket later. Packs from before have no row.
create table pack_places (
    pack_id  varchar(40)   not null primary key references packs (id),
    endpoint varchar(1000) not null,
    bucket   varchar(255)  not null
);

-- The ledger of a sealed pack is read by nobody.
delete from parts where pack_id in (select id from packs where state in ('READY', 'PURGED'));
