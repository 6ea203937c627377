-- Whether a pack is served from its own source files: then nothing of it lies in a bucket.
alter table packs add column on_box boolean not null default false;

-- What such a pack is served with, beside its files: the checksums that its headers hold, and its manifest.
create table box_packs (
    pack_id   varchar(40) not null primary key references packs (id),
    checksums ${blob}     not null,
    manifest  ${blob}     not null
);
