-- Keep a set of members; one that is kept already is left as it is.
insert or ignore into member_sets (members_hash, members)
values ($members_hash, $members)
