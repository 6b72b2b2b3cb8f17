"""The file with all of a person's data, written when it is sent: nothing private waits in a delivery."""

import json
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Attachment, Letter
from bot.store import export, memberships
from bot.store.tables import Delivery
from bot.views import personal_data as view
from bot.views.message import Message
from plans.library import Library
from plans.questions import Bank


async def compose(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library, bank: Bank
) -> Letter | None:
    """Everything that is kept of the person whose membership this is, also if they have left."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    if membership.status == "forgotten":
        return None
    found = await export.of_person(session, library, bank, membership.workspace_id, membership.user_id, now)
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    day = memberships.today(membership, now)
    file = Attachment(view.file_name(day), content, view.file_title(day))
    return Letter(membership.user_id, Message(view.file_comment()), file=file)
