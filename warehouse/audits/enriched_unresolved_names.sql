-- Names met in complaints that were never looked up. severity: error
select distinct parties.raw
from enriched.parties
anti join enriched.merchant_names using (raw)
