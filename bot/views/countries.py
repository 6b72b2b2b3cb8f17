"""The countries whose public holidays a member can be asked about, as their settings offer them."""

from collections.abc import Iterator
from itertools import groupby

from slack_sdk.models.blocks import Block

from bot.views import form
from bot.views.form import Choice
from plans import public_holidays

COUNTRY = "country"  # the field of the settings
GUESS, NONE = "guess", "none"
LETTERS = ("A to C", "D to H", "I to M", "N to R", "S to Z")


def field(country: str | None, zone: str) -> Block:
    """The choice, with what is kept: a code, "" for none, None for a guess by the zone."""
    guessed = public_holidays.of_zone(zone)
    guess = f"By my time zone ({public_holidays.name_of(guessed)})" if guessed else "By my time zone"
    general = ("In general", [(guess, GUESS), ("No public holidays", NONE)])
    kept = GUESS if country is None else country or NONE
    return form.grouped(
        COUNTRY,
        "Public holidays",
        [general, *_by_letter()],
        value=kept,
        hint="A week ahead I ask whether a week with a holiday shall be lighter.",
    )


def read(choice: str, before: str | None) -> str | None:
    """What a choice keeps; what was kept before if it is none that is offered."""
    if choice == GUESS:
        return None
    if choice == NONE:
        return ""
    return choice if choice in public_holidays.countries() else before


def in_words(country: str | None) -> str:
    """Whose holidays count: "Germany", "none", "by your time zone"."""
    if country is None:
        return "by your time zone"
    return public_holidays.name_of(country) if country else "none"


def _by_letter() -> Iterator[tuple[str, list[Choice]]]:
    """All countries under the letters with which their names begin."""

    def letters(item: tuple[str, str]) -> str:
        initial = item[1][0]
        return next((span for span in LETTERS if span[0] <= initial <= span[-1]), LETTERS[0])  # Åland: A

    named = sorted(public_holidays.countries().items(), key=lambda item: (letters(item), item[1]))
    for span, items in groupby(named, letters):
        yield span, [(name, code) for code, name in items]
