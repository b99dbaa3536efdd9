"""From one event to the deliveries of all who want to hear it: a few statements, however many chats.

``INSERT … SELECT`` from the subscriptions costs a third of inserting rows one
by one, and can't forget anybody.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from storage.database import Database
from storage.levels import (
    BACKLOG_AFTER,
    EDIT_PRIORITY,
    LIFETIME,
    OF_THE_COUNT,
    confirmed_level,
    makes_needless,
    priority,
)
from storage.text import to_text
from tally.event import Audience, Event, Level

_WHAT = "insert into deliveries (event, chat, action, target, channel, priority, expires_at, state)"
_INTO = f"""
{_WHAT}
select :id, c.id, :action, :target, c.channel, :priority, :expires, 'pending'
"""
# Urgent news comes through quiet hours; the rest is held for one digest, or dropped where that was chosen.
_STATE = """case when :priority = 0 or (c.quiet_from is null and c.digest = 'off') then 'pending'
  else hush(c.timezone, c.quiet_from, c.quiet_to, c.quiet_drop, c.digest, :now) end"""

_TO_OPERATORS = f"""{_INTO}
from chats c where c.active and c.operator
on conflict (event, chat, action) do nothing
"""

_TO_THESE = f"""{_INTO}
from chats c where c.active and c.id in (select value from json_each(:chats))
on conflict (event, chat, action) do nothing
"""  # noqa: S608 - our own words

# The subscription to the race itself goes before the one to every race. A correction reaches everybody who
# was told what it corrects, whatever they filter; but muted means muted, and unfollowed is gone.
_TO_FOLLOWERS = f"""
{_WHAT}
select :id, c.id, :action, :target, c.channel, :priority, :expires, {_STATE}
from subscriptions s join chats c on c.id = s.chat
where c.active and {_STATE} <> 'drop'
  and (s.race = :race or (s.race = '*' and not exists (
        select 1 from subscriptions o where o.chat = s.chat and o.race = :race)))
  and (s.muted_until is null or s.muted_until <= :now)
  and (:corrects is not null and exists (
        select 1 from deliveries t where t.event = :corrects and t.chat = s.chat and t.action = 'send'
        and t.state in ('sent', 'sending', 'uncertain'))
    or :corrects is not null and exists (
        select 1 from deliveries t where t.target = :corrects and t.chat = s.chat and t.action = 'send'
        and t.state in ('sent', 'sending', 'uncertain'))
    or ((:tier = 'confirmed' or s.tier = 'flash')
    and :priority <= s.level
    and (s.kinds is null or exists (select 1 from json_each(s.kinds) k where k.value = :kind))
    and (not :of_the_count or s.min_margin is null or :margin is null or :margin >= s.min_margin)
    and (not :of_the_count or s.min_counted is null or :counted is null or :counted >= s.min_counted)))
  {{only}}
order by c.id
on conflict (event, chat, action) do nothing
"""  # noqa: S608 - our own words
_TO_ALL_FOLLOWERS = _TO_FOLLOWERS.format(only="")
# Who waits for a second origin was not told the first time; nor was, where the second one makes it urgent,
# who only hears what is urgent, by choice or because it is night.
_TO_THE_CAREFUL = _TO_FOLLOWERS.format(
    only="""and (s.tier = 'confirmed' or :raised) and not exists (
        select 1 from deliveries t where t.event = :target and t.chat = s.chat and t.action = 'send'
        and t.state <> 'superseded')"""
)
_NO_LONGER_HELD = """
update deliveries set state = 'superseded', error = :key, changed_at = :now
where event = :target and action = 'send' and state = 'held' and :raised
"""

_EDITS = f"""{_INTO}
from deliveries t join chats c on c.id = t.chat
where t.event = :target and t.action = 'send' and t.state in ('pending', 'sending', 'sent') and c.active
on conflict (event, chat, action) do nothing
"""

# The message that told what is corrected keeps its words and is marked. Where the words had been confirmed
# by a second origin, some chats got them with that second event only.
_MARKS = f"""
{_WHAT}
select :id, c.id, 'mark', :corrects, c.channel, {EDIT_PRIORITY}, :expires, 'pending'
from deliveries t join chats c on c.id = t.chat
where (t.event = :corrects or t.target = :corrects) and t.action = 'send'
  and t.state in ('pending', 'sending', 'sent') and c.active
on conflict (event, chat, action) do nothing
"""  # noqa: S608 - our own words

_DIGESTS = """
insert into notices (chat, kind, due_at)
select c.id, 'digest', digest_due(c.timezone, c.quiet_from, c.quiet_to, c.digest, :now)
from deliveries d join chats c on c.id = d.chat
where d.event = :id and d.state = 'held'
on conflict (chat, kind, subject) do update set wanted = 1, due_at = excluded.due_at where wanted = shown
"""

_SUPERSEDE_EDITS = """
update deliveries set state = 'superseded', error = :key, changed_at = :now
where target = :target and state = 'pending' and action = 'edit' and event <> :id
"""

_SUPERSEDE = """
update deliveries set state = 'superseded', error = :key, changed_at = :now
where state = 'pending' and action = 'send' and priority >= :priority
  and event in (select id from events where race = :race and id < :id and stored_at <= :backlog
                and kind in (select value from json_each(:kinds)))
  and exists (select 1 from deliveries n
              where n.event = :id and n.chat = deliveries.chat and n.action = 'send')
"""


def fan_out(db: Database, event: Event, now: datetime) -> int:
    """Make the deliveries of one stored event, inside the caller's transaction; how many there are.

    An event that ``updates`` another makes no second message: it edits the
    first one where there is one, and is the first word to those who wait for
    a second origin.
    """
    values = _values(db, event, now)
    if event.kind.audience is Audience.OPERATORS:
        return db.run(_TO_OPERATORS, values).rowcount
    if event.updates is not None:
        return _fan_out_update(db, event, now)
    made = db.run(_TO_ALL_FOLLOWERS, values).rowcount
    if made and values["kinds"] != "[]":
        db.run(_SUPERSEDE, values)
    if made and values["priority"]:
        db.run(_DIGESTS, values)
    if values["corrects"] is not None:
        made += db.run(_MARKS, values).rowcount
    return made


def _fan_out_update(db: Database, event: Event, now: datetime) -> int:
    first = db.row("select id, level from events where key = ?", (event.updates,))
    target = {"target": first["id"] if first else None}
    values = _values(db, event, now) | target
    made = db.run(_EDITS, values | {"action": "edit", "priority": EDIT_PRIORITY}).rowcount
    db.run(_SUPERSEDE_EDITS, values)
    # To those who hear of it only now it is worth what the first word was worth, not what an edit is.
    level = confirmed_level(event, Level(first["level"])) if first else event.level
    raised = first is not None and level is Level.URGENT and first["level"] != level
    values = _values(db, replace(event, level=level), now) | target | {"raised": raised}
    db.run(_NO_LONGER_HELD, values)
    made += db.run(_TO_THE_CAREFUL, values).rowcount
    if values["priority"]:
        db.run(_DIGESTS, values)
    return made


def hand_to(db: Database, event: Event, chats: Sequence[int], now: datetime) -> int:
    """Make the deliveries of one stored event for these chats, whatever they follow; how many are new."""
    return db.run(_TO_THESE, _values(db, event, now) | {"chats": json.dumps(list(chats))}).rowcount


def _values(db: Database, event: Event, now: datetime) -> dict[str, object]:
    headline = event.headline
    return {
        "id": _id(db, event.key),
        "key": event.key,
        "action": "send",
        "target": None,
        "race": event.race,
        "kind": event.kind.value,
        "tier": event.tier.value,
        "priority": priority(event.level),
        "now": to_text(now),
        "expires": to_text(now + LIFETIME[event.level]),
        "backlog": to_text(now - BACKLOG_AFTER),
        "kinds": json.dumps(sorted(makes_needless(event))),
        "of_the_count": event.kind in OF_THE_COUNT,
        "margin": headline.margin_points if headline else None,
        "counted": headline.counted.pct if headline and headline.counted else None,
        "corrects": _id(db, event.corrects),
    }


def _id(db: Database, key: str | None) -> int | None:
    row = db.row("select id from events where key = ?", (key,)) if key else None
    return row[0] if row else None
