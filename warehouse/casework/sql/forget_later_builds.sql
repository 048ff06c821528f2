-- Builds after a day, to be forgotten in a copy.
delete from builds
where date(minted_at) > $day
