"""The schema, as steps that only go forward.

A step that has been released is never edited; what it got wrong is mended by
a later one. Each runs in a transaction of its own, together with the note that
it ran. Hours are text in UTC with a fixed width (``storage.hours``), so that
their order is the order of the text and a person can read them.
"""

from storage.sqlite import Database, Migrations

SCHEMA = Migrations("tallywire")


@SCHEMA(name="0001_what_was_read")
def what_was_read(db: Database) -> None:
    """Sources, captures with their bodies, readings and claims with what proves them."""
    db.executescript("""
        create table sources (
            race text not null,
            source text not null,
            health text,
            etag text,
            last_modified text,
            body_hash text,
            fingerprint text,
            outcome text,
            last_good text,
            seen_at text,
            primary key (race, source)
        ) without rowid;
        create table bodies (
            hash text primary key,
            size integer not null,
            deflated blob not null
        );
        create table captures (
            id integer primary key,
            race text not null,
            source text not null,
            url text not null,
            final_url text not null,
            fetched_at text not null,
            status integer not null,
            outcome text not null,
            reason text,
            headers text not null,
            body_hash text not null
        );
        create index captures_by_source on captures (race, source, id);
        create table readings (
            id integer primary key,
            capture integer references captures (id) on delete set null,
            race text not null,
            origin text not null,
            source text,
            as_of text not null,
            taken_at text not null,
            counted real,
            quote text not null,
            body text not null,
            digest blob not null
        );
        create unique index readings_once on readings (race, digest);
        create index readings_by_race on readings (race, as_of);
        create table claims (
            id integer primary key,
            capture integer references captures (id) on delete set null,
            race text not null,
            kind text not null,
            origin text not null,
            source text,
            as_of text not null,
            taken_at text not null,
            quote text not null,
            body text not null,
            digest blob not null
        );
        create unique index claims_once on claims (race, digest);
        create index claims_by_race on claims (race, as_of);
    """)


@SCHEMA(name="0002_what_is_believed")
def what_is_believed(db: Database) -> None:
    """The standing of each race, and the news that came of it."""
    db.executescript("""
        create table standings (
            race text primary key,
            version integer not null,
            at text not null,
            body text not null
        ) without rowid;
        create table events (
            id integer primary key,
            key text not null unique,
            race text not null,
            kind text not null,
            at text not null,
            level text not null,
            tier text not null,
            stored_at text not null,
            body text not null
        );
        create index events_by_race on events (race, at);
        create index events_by_hour on events (at);
    """)


@SCHEMA(name="0003_who_is_told")
def who_is_told(db: Database) -> None:
    """Chats, what they follow, and every alert on its way to one of them.

    No index of ``deliveries`` begins with the chat but those of a few rows: a
    fan-out appends to each index at one place, and would else touch as many
    pages as there are chats (28 ms of CPU a poll instead of 5, for a thousand).
    Hence a trigger, and no foreign key, where a chat is deleted.
    """
    db.executescript("""
        create table chats (
            id integer primary key,
            channel text not null,
            address text not null,
            thread integer not null default 0,
            kind text not null default 'private',
            language text not null default 'en',
            timezone text not null default 'UTC',
            title text,
            active integer not null default 1,
            operator integer not null default 0,
            why text,
            created_at text not null
        );
        create unique index chats_by_address on chats (channel, address, thread);
        create table subscriptions (
            chat integer not null references chats (id) on delete cascade,
            race text not null,
            kinds text,
            level integer not null default 2,
            tier text not null default 'flash',
            min_margin real,
            min_counted real,
            muted_until text,
            options text not null default '{}',
            created_at text not null,
            primary key (chat, race)
        ) without rowid;
        create index subscriptions_by_race on subscriptions (race, chat);
        create table deliveries (
            id integer primary key,
            event integer not null references events (id),
            chat integer not null,
            action text not null,
            target integer references events (id),
            channel text not null,
            priority integer not null,
            state text not null default 'pending',
            due_at text,
            expires_at text not null,
            lease_until text,
            attempts integer not null default 0,
            doubts integer not null default 0,
            message_id text,
            error text,
            changed_at text
        );
        create unique index deliveries_once on deliveries (event, chat, action);
        create index deliveries_waiting on deliveries (channel, priority, id) where state = 'pending';
        create index deliveries_unsent on deliveries (event) where state = 'pending';
        create index deliveries_again on deliveries (chat) where state = 'pending' and due_at is not null;
        create index deliveries_due on deliveries (channel, due_at)
            where state = 'pending' and due_at is not null;
        create index deliveries_under_way on deliveries (chat) where state = 'sending';
        create index deliveries_of_target on deliveries (target, state) where target is not null;
        create index deliveries_in_trouble on deliveries (changed_at) where state in ('failed', 'uncertain');
        create trigger chats_take_their_deliveries after delete on chats begin
            delete from deliveries where chat = old.id and event in (select id from events);
        end;
    """)


@SCHEMA(name="0004_when_and_what_else")
def when_and_what_else(db: Database) -> None:
    """Quiet hours and digests, and what is sent besides alerts: boards, digests, an operator's words.

    ``quiet_from`` and ``quiet_to`` are minutes of the reader's day. A notice is
    due while ``wanted`` is more than ``shown``: a change during a call is not lost.
    """
    db.executescript("""
        alter table chats add column quiet_from integer;
        alter table chats add column quiet_to integer;
        alter table chats add column quiet_drop integer not null default 0;
        alter table chats add column digest text not null default 'off';
        create index deliveries_held on deliveries (chat) where state = 'held';
        create index deliveries_to_target on deliveries (target, chat) where target is not null;
        create table notices (
            id integer primary key,
            chat integer not null references chats (id) on delete cascade,
            kind text not null,
            subject text not null default '',
            body text,
            wanted integer not null default 1,
            shown integer not null default 0,
            due_at text not null,
            not_before text not null default '',
            sending integer not null default 0,
            attempts integer not null default 0,
            message_id text,
            pinned integer not null default 1,
            error text,
            changed_at text,
            unique (chat, kind, subject)
        );
        create index notices_due on notices (due_at) where wanted > shown or not pinned;
        create index notices_of_subject on notices (kind, subject);
        create table facts (name text primary key, value text not null) without rowid;
    """)


@SCHEMA(name="0005_pages_by_age")
def pages_by_age(db: Database) -> None:
    """When a page was last seen, to let go of the oldest without reading every capture for each."""
    db.executescript("create index captures_by_body on captures (body_hash, fetched_at);")
