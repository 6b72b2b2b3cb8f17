"""The workspace's state: who is here, which rooms there are, what the app shows to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from bot.workspace.api.rates import PostingRate
from bot.workspace.app.socket_mode import Socket
from bot.workspace.clock import Clock
from bot.workspace.faults import Faults
from bot.workspace.profile import BOT_USER_ID, SLACKBOT_ID, AppProfile
from bot.workspace.state.accepted import Refused, Write
from bot.workspace.state.choices import Choices
from bot.workspace.state.feed import Feed
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.store import Store
from bot.workspace.state.tokens import ResponseUrls, Triggers


class Team:
    """Everything that the doors and the Web API share; the modules beside it say what may be done with it."""

    def __init__(self, name: str, profile: AppProfile, clock: Clock, store: Store) -> None:
        self.name = name
        self.profile = profile
        self.clock = clock
        self.store = store
        self.faults = Faults()
        self.feed = Feed()
        self.app = Socket(self.faults)
        self.base_url = ""
        self.people: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, Json] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.files: dict[str, Json] = {}
        self.choices = Choices(self._keep_choices)
        self.triggers = Triggers()
        self.rate = PostingRate(clock)
        self.response_urls = ResponseUrls(clock)
        self.accepted: list[Write] = []
        self.refused: list[Refused] = []
        self.travelling = False
        self._numbers: dict[str, int] = {}
        self._direct: dict[frozenset[str], str] = {}
        self._events = count(1)
        self._restore()
        self.settle_bots()

    # --- ids and time ---

    def next_id(self, letter: str) -> str:
        """Return the next id of a kind: `U001`, `C001`, `V001` ..."""
        number = self._numbers.get(letter, 0) + 1
        self._numbers[letter] = number
        self.store.put("number", letter, {"last": number})
        return f"{letter}{number:03}"

    def next_ts(self, channel: Channel) -> str:
        """Return a timestamp for something new in a channel, later than every one before."""
        ts = stamp(self.clock.microseconds())
        if ts <= channel.last_ts:
            ts = stamp(int(channel.last_ts.replace(".", "")) + 1)
        channel.last_ts = ts
        return ts

    def now_ts(self) -> str:
        """Return the present moment in the form of a timestamp."""
        return stamp(self.clock.microseconds())

    def next_event_id(self) -> str:
        """Return an id for an event that no other event has had, not even in an earlier run."""
        return f"Ev{self.clock.microseconds():X}{next(self._events):X}"

    # --- who and where ---

    @property
    def bot(self) -> Member:
        """Return the app's bot user."""
        return self.people[BOT_USER_ID]

    def direct(self, users: Iterable[str]) -> Channel | None:
        """Return the conversation of exactly these members, if they have one."""
        return self.channels.get(self._direct.get(frozenset(users), ""))

    def open_direct(self, users: Iterable[str]) -> tuple[Channel, bool]:
        """Return the conversation of exactly these members, and whether it was there already."""
        members = list(dict.fromkeys(users))
        channel = self.direct(members)
        if channel is not None:
            return channel, True
        kind, letter = ("im", "D") if len(members) <= 2 else ("mpim", "G")
        handles = "--".join(sorted(self.people[user].handle for user in members))
        channel = Channel(
            id=self.next_id(letter),
            name="" if kind == "im" else f"mpdm-{handles}-1",
            kind="im" if kind == "im" else "mpim",
            members=members,
            created=int(self.clock.seconds()),
            creator=members[0],
        )
        self.add_channel(channel)
        return channel, False

    # --- keeping ---

    def add_channel(self, channel: Channel) -> None:
        """Add a room."""
        self._place(channel)
        self.save_channel(channel)
        self.tell_channels(channel.members)

    def _place(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        if channel.is_direct:
            self._direct[frozenset(channel.members)] = channel.id

    def save_channel(self, channel: Channel) -> None:
        """Store a room as it is now."""
        self.store.put("channel", channel.id, channel.document())

    def save_member(self, member: Member) -> None:
        """Store a person as they are now."""
        self.people[member.id] = member
        self.store.put("member", member.id, member.document())

    def save_message(self, channel: Channel, message: Json) -> None:
        """Store a message as it is now."""
        channel.keep(message)
        self.store.put("message", f"{channel.id}/{message['ts']}", message)

    def save_home(self, user: str, view: Json) -> None:
        """Store what the app shows on this person's Home tab."""
        self.views[view["id"]] = view
        self.homes[user] = view["id"]
        self.store.put("home", user, view)

    def save_file(self, file: Json) -> None:
        """Store an uploaded file."""
        self.files[file["id"]] = file
        self.store.put("file", file["id"], file)

    def drop_file(self, file_id: str) -> None:
        """Forget an uploaded file."""
        del self.files[file_id]
        self.store.remove("file", file_id)

    def save_clock(self) -> None:
        """Store how far the clock was moved."""
        self.store.put("clock", "offset", {"seconds": self.clock.offset.total_seconds()})

    def tell_channels(self, users: Iterable[str] | None = None) -> None:
        """Let the pages know that their list of rooms has changed."""
        self.feed.push(self.feed.watching() if users is None else users, "channels", lambda _: {})

    def _keep_choices(self, holder: str) -> None:
        document = self.choices.document(holder)
        if document is None:
            self.store.remove("choices", holder)
        else:
            self.store.put("choices", holder, document)

    def settle_bots(self) -> None:
        """See to it that the app's bot user and Slackbot are here, under the names they have now."""
        name = self.profile.name
        self.save_member(Member(BOT_USER_ID, name, name, "UTC", is_bot=True))
        # Slack says that Slackbot is no bot.
        self.save_member(Member(SLACKBOT_ID, "Slackbot", "Slackbot", "UTC"))

    def _restore(self) -> None:
        for key, document in self.store.all("number"):
            self._numbers[key] = document["last"]
        for key, document in self.store.all("member"):
            self.people[key] = Member(**document)
        for _, document in self.store.all("channel"):
            self._place(Channel(**document))
        for key, document in self.store.all("message"):
            self.channels[key.partition("/")[0]].keep(document)
        for user, view in self.store.all("home"):
            self.views[view["id"]] = view
            self.homes[user] = view["id"]
        for key, document in self.store.all("file"):
            self.files[key] = document
        for key, document in self.store.all("choices"):
            self._restore_choices(key, document)
        for _, document in self.store.all("clock"):
            self.clock.resume(timedelta(seconds=document["seconds"]))

    def _restore_choices(self, holder: str, document: Json) -> None:
        # Choices in modals outlive a restart no more than the modals do.
        if "/" in holder or holder in self.views:
            self.choices.restore(holder, document)


def stamp(microseconds: int) -> str:
    """Return a moment in the form of Slack's `ts`."""
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06}"
