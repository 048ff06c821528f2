-- What people decided after a day, to be forgotten in a copy.
delete from events
where date(at) > $day
