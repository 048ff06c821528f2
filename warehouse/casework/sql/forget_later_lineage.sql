-- What builds after a day made of candidates, to be forgotten in a copy.
delete from lineage
where build_no in (select build_no from builds where date(minted_at) > $day)
