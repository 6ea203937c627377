-- The Transmission that a node asks, as the nodes may compare it; null of a node of an earlier version.
alter table nodes add column daemon varchar(500);
