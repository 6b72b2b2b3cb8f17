"""What the rooms are lent: one value, made at the start, passed to every listener by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.home_pages import HomePages
from bot.outbox import Outbox
from bot.store.database import Database
from plans.library import Library
from plans.questions import Bank


@dataclass(frozen=True)
class House:
    """The database, the plans, the questions, the clock, the outbox, a Slack client for reading and
    forms, the App Homes.
    """

    database: Database
    library: Library
    bank: Bank
    now: Callable[[], datetime]
    outbox: Outbox
    slack: AsyncWebClient
    homes: HomePages
