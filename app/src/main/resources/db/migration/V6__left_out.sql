-- How much of the download a pack does not hold. Nobody can say it any more when the download is gone.
alter table packs add column left_out_files bigint not null default 0;
alter table packs add column left_out_bytes bigint not null default 0;
