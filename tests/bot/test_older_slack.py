"""The daily loop on a server that speaks the protocol and nothing beyond it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.running import Bot, Connection
from plans import library, question_files
from tests.bot.older_slack import Json, OlderSlack

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)


async def test_the_daily_loop_works_without_metadata_history_ephemeral_messages_or_response_urls(
    tmp_path: Path,
) -> None:
    ahead = WEDNESDAY - datetime.now(UTC)

    async with OlderSlack() as slack:
        connection = Connection(slack.api_url + "/", "xoxb-older", "xapp-older")
        database = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
        bot = Bot(
            connection,
            database=database,
            library=library.read(),
            bank=question_files.read(),
            now=lambda: datetime.now(UTC) + ahead,
        )
        async with bot:
            await slack.command("start")
            await slack.submit({})
            await slack.said("Nobody is in yet")
            await slack.command("join")
            refused = await slack.submit({"hours": {"type": "number_input", "value": "200"}})
            assert refused["response_action"] == "errors"
            assert "hours" in refused["errors"]
            assert (await slack.submit({}))["response_action"] == "update"
            await slack.submit({"start": _choice("today"), "sharing": _choice("full")})
            welcome = await slack.said("Welcome to")
            assert welcome["channel"] == "D1"
            day = await slack.said("week 1 of 12")

            block = next(block for block in day["blocks"] if block.get("accessory"))
            goal = block["accessory"]["options"][0]["value"]
            assert await slack.tick(day, block, [goal]) == {}
            await slack.said("1 of 4 done")
            assert await slack.tick(day, block, []) == {}
            await slack.said("0 of 4 done")

            receipt = await slack.command("log coding 3")
            assert "coding problems 3" in receipt["text"]
            receipt = await slack.command("log coding 2")
            assert "coding problems 5" in receipt["text"]
            assert "Undone" in (await slack.command("undo"))["text"]

            for _ in range(5):  # to Sunday evening, a day at a time
                ahead += timedelta(days=1)
                await bot.schedule.arrive()
            posts = [
                message["text"] for message in slack.messages if "week 1 of 12" in str(message["blocks"])
            ]
            assert len(posts) == len(set(posts)) == 5, posts  # Wednesday to Sunday, each once
            scorecard = await slack.said('"my_card"')  # the button below the group's card
            assert scorecard["channel"] == "C1"
            assert "of goals met" in scorecard["text"]
            assert (await slack.said("For you as the lead"))["channel"] == "D1"
            assert (await slack.said("A recovery week for ann?"))["channel"] == "C1"


def _choice(value: str) -> Json:
    return {"type": "radio_buttons", "selected_option": {"value": value}}
