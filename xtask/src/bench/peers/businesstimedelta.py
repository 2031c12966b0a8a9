# Reads calendar and inputs, prints the seconds it took and one due moment a line.
import datetime
import json
import sys
import time

import businesstimedelta
import pytz

with open(sys.argv[1]) as file:
    told = json.load(file)
zone = pytz.timezone("America/New_York")
days = businesstimedelta.WorkDayRule(
    start_time=datetime.time(9), end_time=datetime.time(17), working_days=[0, 1, 2, 3, 4], tz=zone
)
free = {datetime.date.fromisoformat(day): "holiday" for day in told["holidays"]}
rules = businesstimedelta.Rules([days, businesstimedelta.HolidayRule(free, tz=zone)])
begun = time.perf_counter()
due = []
for start, minutes in told["inputs"]:
    at = zone.fromutc(datetime.datetime.utcfromtimestamp(start))
    due.append(at + businesstimedelta.BusinessTimeDelta(rules, hours=minutes // 60, seconds=minutes % 60 * 60))
seconds = time.perf_counter() - begun
print(seconds)
for at in due:
    print(int(at.timestamp()))
