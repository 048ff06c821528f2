-- Candidates that were born after a day, to be forgotten in a copy.
delete from candidates
where born_in in (select build_no from builds where date(minted_at) > $day)
