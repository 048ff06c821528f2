"""The lab of candidates: whole simulated streams, from the import to the worklist and its alarms.

truth        what was planted in a stream
verdicts     what each candidate is, and which events were found, with how many people
alarms       alarms week by week: none is raised twice
replay       what would have been proposed in each week, with only what was then known
lead_time    which events were raised before they ended, against counts alone
measure      all of this over several streams; `page` writes it down
"""
