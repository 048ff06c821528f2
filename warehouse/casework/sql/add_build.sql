-- Note that the candidates of one input are minted.
insert into builds (input_fingerprint, minted_at)
values ($input_fingerprint, $minted_at)
