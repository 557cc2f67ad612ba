"""The words of docs/benchmarks.md; the figures are put in by the run that measured them."""

PAGE = """\
# Benchmarks

Written by `make bench`. Machines differ and are noisy, so the ratio is what counts: both sides in one run, by turns,
the median of the runs. In the column *runs* stand the lowest and the highest ratio, and how many there were. Where a
goal is ≤, less is better; where it is ≥, more.

{table}

Measured with: {circumstances}.

## What was measured

**P0 and P1** have two processes. One is a *local Bot API server*: the house network over HTTP, on a fresh file on the
disk in each run, the same for both sides. The other is the *hub* as `samtalelapp demo` starts it, with a demo prison of
50 kiosks; or, in its place, the *rival*: a bare python-telegram-bot echo bot as it comes, in an environment that holds
what it asks for by itself and no more. The rival stores nothing, answers no press, and makes one call a tap, which
edits the pressed message.

The load is 50 kiosks, pressed by code inside the server's process, so that pressing costs little, and the same for both
sides. At each of the hub's kiosks somebody with one waiting slip has signed in, and goes to and fro between *home* and
*My talks*. A kiosk is pressed again only when its last tap has been answered whole: for the hub when the screen has
been edited **and** the press answered, for the rival when the message has been edited. An edit counts only when it
shows the page that was asked for. So ten taps that become one edit are never counted as ten.

- **P0** is the time from the moment at which the server has accepted a press until the edit is on the server's disk.
  50 kiosks press every two seconds, each at a moment of its own, for 20 seconds a side and run: 500 taps.
- **P1** is how many taps are answered whole in 5 seconds, after one second to warm up, with all 50 kiosks pressing as
  fast as they are answered.

**P2** confirms 1,000 waiting slips, one after the other, each in one durable transaction: `bookings.confirm` in a turn,
as the handler calls it, with its rules, reads and constraints. Beside it, plain `sqlite3` writes the same rows, worked
out beforehand, into a copy of the same file: no rule, no read, no check of its own; WAL, `synchronous=FULL`, one
transaction for each booking. After each run the two files are compared, row by row.

**P3 and P4** have the same two processes, with 1,000 more chats of staff, and the server takes what Telegram takes:
30 messages and edits a second, one a second to a chat after three at once; more is answered with 429. One 429 makes the
run fail. The hub announces something to all 1,000, as a coordinator's press does.

- **P4** is the time from asking the hub until the last of the 1,000 has been shown it, with nobody pressing.
- **P3** is P0's load for 20 seconds, once while the 1,000 are told and once while nobody is, by turns. 50 kiosks that
  press every two seconds need 25 of the 30 edits a second: the announcement leaves them, and goes on in the
  quieter moments until they are done.

**V1** is `samtalelapp voices` for the demo's hub, from an empty folder, with its start, its reading of the catalogues
and every file written: 640 sentences, 42 MiB. Beside it, the program espeak-ng is started for each of the same
sentences, two at once and as politely, and what it says is dropped. The memory is that of the largest process.

## Where the time goes

- **P0**: a tap waits for the disk three times, one after the other: what was pressed is kept before it is confirmed,
  the turn is durable before anything of it is shown, and the server writes down what it shows. The rival waits for the
  last one alone. A crash between any two of them loses nothing and does nothing twice; that is what the time buys.
- **P1**: by a profiler, a tap costs the hub's processor about twice what it costs the server's. A quarter of that is
  the way to the database's thread and back, four times a tap; a fifth is HTTP, for an edit and an answer; a fourteenth
  is reading the update. Three times the rival's taps would leave both cores together about twice as long for a tap as
  the server alone needs for it: the hub, with all that it decides and makes durable, would have to be as cheap as a
  server that only writes a message down.
- **P2**: half of a booking's time is the disk's, as for the plain rows; the rest is reading, deciding, and the way to
  the database's thread.

## What this does not say

- P1 is a load that no prison has: 50 people pressing without a pause. The echo bot handles one press after the other,
  which is how its library comes; with `concurrent_updates` it would be faster, and would lose the order of the taps.
- Both sides share the machine's cores with the server, and the server's work counts for both. The hub makes two calls
  a tap, the rival one.
- Signing in is not in it: a PIN's hash is meant to be slow.
"""
