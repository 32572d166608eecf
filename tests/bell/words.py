"""What the page says around its tables."""

from __future__ import annotations

ABOUT = """# The bell

At half past eight whole schools click at once. `make bell` simulates those ten minutes, pupil by
pupil: the start, the trip to the hub, the response, and the looks of Numo's app, through the
gateway's throttles, Lambda's instances and their cold starts, SSM and DynamoDB, with the retries
of our own code. `RECORD=1` writes this page.

No pupil has logged in on AWS yet. The service times are measured here, AWS's limits are those of
its documentation ({seen}), and what is neither is assumed: [the last
table](#where-each-figure-is-from) tells which. The **wait** is what Numo adds: from the click to
the answer of the first `GET /v1/session`, without the time at the hub. A pupil who is refused
reads a bare error, and clicks again; that counts as waiting."""
ADVICE = """For {house:,} pupils in ten minutes, a fifth of eighty schools of two thousand:

- **Memory {megabytes:,} MB**: its p95 is within 17 ms, a frame of a screen, of the best size's,
  also where what is assumed is wrong ([below](#if-it-is-otherwise)); and of such sizes it is the
  most that costs less than a hundredth more. The wait's p99 is {p99:.0f} ms.
- **Throttles**: `LoginsPerSecond={logins.rate:.0f}`, `LoginsBurst={logins.burst:.0f}`,
  `RequestsPerSecond={requests.rate:.0f}`, `RequestsBurst={requests.burst:.0f}`: the template's
  defaults. Below a mapped domain a login takes two of `LoginsPerSecond`, as starts and responses
  arrive at the same route there. With the 100 that stood there before, {lost:.0%} of the pupils
  gave up.
- **Provisioned concurrency: {kept}** kept ready, see [below](#instances-kept-ready).
- **Quotas**: Lambda's concurrency {concurrency:,} suffices; a new account has less, so look. Turn
  SSM's higher throughput on where the table asks for more than 40 readings a second ({ssm:.0f}
  here).

For other sizes, each figure being what the hardest of the mornings below asks for, half as much
again, and never less than what the template and an account have:
"""
LIMITS = """*As deployed* is the template as it stands, in an account that asked AWS for nothing,
on the first morning of new tables. On a second morning a table takes twice what it took on the
first, so write units are a matter of the first morning alone: `WarmThroughput` in
`infra/storage.yaml`, or a rehearsal. Above 40,000 a table's own quota has to be raised first."""
MEMORY = """Nobody is refused here, and no instance is kept ready. A login's work is little, so
memory from {least} MB on changes the wait by less than the hub's own moods do, and the bill
hardly: Lambda's time is a small part of it."""
KEPT = """Schedule them, if ever, from 08:15 to 09:00 on school days (Application Auto Scaling, on
the alias `live`). An instance that starts in time serves hundreds of pupils, and a bell begins
gently: so few meet a cold start that the 99th percentile is not one, which is where they would
begin to pay. These are the login's; who is left meets one of the session's function."""
OTHERWISE = """{house:,} pupils with the memory that is recommended, no limit in the way, and one
thing changed; then what the rule for memory would say of that row alone, and whom the throttles
and quotas that are recommended would refuse. What is recommended satisfies all rows."""
CHECK = """The same simulation, told what the local stack is, beside real logins on it: one
interpreter, so one queue, whose service times are those of single logins on that very stack, just
before and after. Each load was run several times, and the run counts that others on this machine
disturbed least. It shows that queues, waits and percentiles are reckoned rightly. It cannot show
what AWS does. Towards what one interpreter can serve a few per cent of service time are a queue,
and its threads take turns where the simulation has a line: so there it is off the most."""
SHAPE = """Here: {name}. Classes of thirty, whose lessons begin around 08:30 and whose pupils click
around their lesson's beginning: both as measured elsewhere, since nobody publishes the logins of a
school by the second.

- *Within a class*: 158 people in fifteen rooms, at computers with a page open whose one button they
  were told to press ([replication package](https://github.com/Misaka-19090/Honolulu-Sydney-Fish-Auction)
  of an experiment by Hafalir, Kesten, Sherstyuk and Tao, 2022). In eleven rooms three quarters and
  more clicked within the same ten seconds, some a minute ahead; in four each went on alone, over a
  minute or two. Classes here are of either kind, eleven to four.
- *Between classes*: nine of those sessions were booked for a full hour, and their middle clicks
  scatter with a standard deviation of 115 s.
- *At home*, a row in the table [above](#if-it-is-otherwise): three lectures by Teams and Zoom,
  whose 114 people knew the link and joined by themselves; a fifth came in the busiest minute.

They were students and not pupils, few, and nobody of them had to open a Chromebook: a class of
twelve-year-olds comes more spread, which is kinder to us. So another row has it harder: every class
of the first kind, and all lessons within a minute. For scale: SWITCH tells of a peak of 45 logins a
second for 1.1 million accounts
([2025](https://identityblog.switch.ch/2025/09/24/load-testing-the-edu-id-idp/)), and Clever of more
than 1,000 a second for schools across the United States
([2018](https://engineering.clever.com/2018/10/12/clever-sso-resiliency-october-update/)).

Once there are mornings, take one of them: run the saved query *When do pupils click?* over 08:25
to 08:35, export it as CSV, and

    make bell ARRIVALS=logs-insights-results.csv

draws every size from it. The file has two columns, a second and a count."""
FACTS = """*Measured*: on this machine, by `make bench`. *Ours*: code and template. *Documented*:
by AWS, read on {read}. *Reported*: by others. *Assumed*: by us; a deployment's own log tells
better.

Left out: the way from the browser to the gateway, which no setting shortens; that each instance
reads its parameters anew every five minutes; that Lambda ends idle instances, and DynamoDB splits
busy partitions, while this goes on; and the indexes by school, whose one key takes a thousand
writes a second: a school of tens of thousands ([costs.md](costs.md#three-sizes))."""
