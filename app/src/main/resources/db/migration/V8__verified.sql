-- What a pack's manifest was when it sealed the pack; packs from before do not know.
alter table packs add column manifest_sha256 varchar(64);

-- The last verification that ended: when, FULL or QUICK, who asked for it, and what it found wrong.
alter table packs add column verified_at bigint;
alter table packs add column verified_how varchar(20);
alter table packs add column verified_by varchar(100);
alter table packs add column damage text;
