-- The password of a pack that is on its way, sealed with the instance key and forgotten when the pack is sealed; the
-- seed, which is no secret, makes the salts of every run the same.
create table pack_secrets (
    pack_id  varchar(40) not null primary key references packs (id),
    password text,
    seed     varchar(64) not null
);

-- Files that are stored as they are bear their path as name. SQLite looks at no length.
${widen_volume_names};
