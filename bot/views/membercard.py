"""A member's own week: the verdict, how it came about, what helps, then every number.

The order is what twenty seconds on a phone allow: verdict, picture, what to do, details.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import minimums
from bot.views.checkin import QUESTIONS
from bot.views.membership import SHOW_WEEK
from bot.views.message import Blocks, Message, actions, built, button, context, header, image, section
from bot.views.scorecard import BANDS, bar, share, table, week_name
from bot.views.words import METRICS, clip, escape, hours, plural, short_date, steadiness
from plans.areashares import AreaShare
from plans.membercard import MemberCard, PastWeek
from plans.model import Metric
from plans.ratings import SCALES, Dimension
from plans.scorecard import LP_COVERAGE, ItemScore, Scorecard, SectionScore, in_words
from plans.targets import LEADERSHIP_PRINCIPLES

HEAD = ("Area", "Goals", "Hours", "Share asked", "Share given")
STRENGTH = (
    "Strength is how steady you are: a day with something done closes an eighth of the gap to 100 %,"
    " a missed one takes an eighth away, days off, pauses and holidays change nothing."
)
NOTHING_TO_SCORE = "Nothing to score this week: it asks for no counts, and no ratings were given."


def member_post(facts: MemberCard, alt: str | None = None) -> Message:
    """The full card, with a table of the areas.

    With `alt` it is also made with a picture instead of the bars, which that text describes.
    """
    rows = _table(facts.areas)
    return Message(
        _summary(facts),
        built(list(_blocks(facts, rows))),
        plainer=built(list(_blocks(facts, _plain_rows(facts.areas)))),
        pictured=built(list(_blocks(facts, rows, image(alt)))) if alt else None,
    )


def member_reply(facts: MemberCard) -> Message:
    """The full card in older blocks only: an answer to a command or a click has no second try."""
    return Message(_summary(facts), built(list(_blocks(facts, _plain_rows(facts.areas)))))


def _summary(facts: MemberCard) -> str:
    card = facts.card
    week = f"Your week of {short_date(facts.monday)}"
    if not card.possible:
        return f"{week}: {_verdict(facts)}"
    sections = "; ".join(f"{each.title} {share(each.percent)}" for each in card.sections)
    points = f"{card.shown_points} of {card.possible} points"
    missing = f" Not counted: {card.missing}." if card.missing else ""
    return f"{week}: {_verdict(facts)} {points}. {sections}.{missing}"


def _blocks(
    facts: MemberCard, areas: Blocks, picture: dict[str, Any] | None = None
) -> Iterator[Block | dict[str, Any]]:
    yield header(_title(facts))
    yield section(f"*{_verdict(facts)}* {hours(facts.card.minutes)} studied.")
    if aside := _how(facts):
        yield context(aside)
    if picture:
        yield picture
    yield from _what_to_do(facts)
    yield from _details(facts, areas, pictured=picture is not None)
    yield context(
        "Final: this week is closed."
        if facts.closed
        else "What you finish until Sunday midnight still counts."
    )
    yield actions(button("Next week", f"{SHOW_WEEK}_next", f"{facts.membership_id}:1"))


def _title(facts: MemberCard) -> str:
    parts = [f"Your week {facts.number}" if facts.number else "Your week"]
    if facts.card.possible:
        parts.append(f"{facts.card.shown_points}/{facts.card.possible}")
    if facts.closed:
        parts.append("final")
    return " · ".join(parts)


def _verdict(facts: MemberCard) -> str:
    goals = facts.card.goals
    excused = f" {plural(goals.excused, 'goal')} excused." if goals.excused else ""
    if facts.begins and not goals.planned:
        return f"Your plan begins on {short_date(facts.begins)}; this week asks for nothing."
    if goals.percent is None:
        return f"{'Nothing counted' if excused else 'Nothing was planned'}: a rest week.{excused}"
    met = f"{goals.done} of {goals.planned} goals met, {goals.percent} %"
    return f"{met}: a {BANDS[facts.card.band]} week.{excused}"


def _how(facts: MemberCard) -> str:
    """What came late or was moved, and how steady the days are."""
    goals, parts = facts.card.goals, []
    if goals.late:
        parts.append(f"{goals.late} done a day or more late")
    if goals.carried:
        parts.append(f"{goals.carried} came over from earlier days, {goals.carried_done} of them done")
    if facts.consistency and (row := steadiness(*facts.consistency)):
        parts.append(row)
    return " · ".join(parts)


def _what_to_do(facts: MemberCard) -> Iterator[Block]:
    """What is still short, what helps, and where a suggestion waits."""
    said = [escape(sentence) for sentence in facts.advice]
    if facts.minimums and (short := minimums.for_card(facts.minimums, closed=facts.closed)):
        said.insert(0, short)
    if facts.suggestion_in_channel:
        said.append("There is a suggestion for your next week in the channel.")
    if said:
        yield section("\n".join(said))


def _details(facts: MemberCard, areas: Blocks, *, pictured: bool) -> Iterator[Block | dict[str, Any]]:
    card = facts.card
    if card.possible:
        for each in card.sections:
            yield section(_section(each, bars=not pictured))
    else:
        yield section(NOTHING_TO_SCORE)
    if missing := _not_counted(card):
        yield context(f"Not counted: {missing}.")
    yield from areas
    if len(facts.trend) > 1:
        yield context(_by_week(facts.trend)) if pictured else section(_trends(facts.trend))
    yield from _insights(facts.insights)
    if facts.consistency and facts.consistency.streak > 1:
        yield context(STRENGTH)


# Sections


def _section(score: SectionScore, *, bars: bool) -> str:
    """A section's target and items, with a bar of letters where no picture shows it."""
    if score.percent is None:
        return f"*{score.title}*: nothing to count this week"
    sign = " ✓" if score.reached else ""
    points = f"{int(score.points)}/{score.possible}"
    head = f"*{score.title}* {points}, {score.percent} % (target {score.target} %){sign}"
    items = ", ".join(_item(item) for item in score.items if item.points is not None)
    lines = [head, f"`{bar(score.percent)}`" if bars else "", items]
    return "\n".join(filter(None, lines))


def _item(item: ItemScore) -> str:
    if item.rated:
        return f"{_rating(item.name)} {float(item.value or 0):.1f}".removesuffix(".0") + " of 5"
    if item.name == LP_COVERAGE:
        return f"principles covered {int(item.value or 0)} of {LEADERSHIP_PRINCIPLES}"
    return f"{METRICS[Metric(item.name)][1]} {int(item.value or Fraction(0))} of {item.target}"


def _rating(name: str) -> str:
    return SCALES[Dimension(name)].label.lower()


def _not_counted(card: Scorecard) -> str:
    """What left the total, by name: "2 ratings missing (keeping time, staying calm), no target for concepts"."""
    parts = []
    if missing := card.missing_ratings:
        names = ", ".join(map(_rating, missing)) if len(missing) < len(Dimension) else "all of them"
        parts.append(f"{plural(len(missing), 'rating')} missing ({names})")
    if card.without_target and card.possible:
        parts.append("no target for " + ", ".join(map(in_words, card.without_target)))
    return ", ".join(parts)


# Areas


def _table(areas: Sequence[AreaShare]) -> Blocks:
    """Goals and hours by area, the hours beside the shares of the track."""
    with_shares = any(area.asked for area in areas)
    width = len(HEAD) if with_shares else 3  # a week that an older Cadence opened knows no shares
    return table(HEAD[:width], [_cells(area)[:width] for area in areas], words=1)


def _cells(area: AreaShare) -> list[str]:
    return [
        area.area.words.capitalize(),
        f"{area.done} of {area.planned}" if area.planned else "-",
        hours(area.minutes),
        share(area.asked),
        share(area.given),
    ]


def _plain_rows(areas: Sequence[AreaShare]) -> Blocks:
    """The same as lines, for where a table cannot be."""
    lines = [f"{area.area.words.capitalize()}: {', '.join(_in_words(area))}" for area in areas]
    return built([section("\n".join(["*By area*", *lines]))]) if lines else []


def _in_words(area: AreaShare) -> Iterable[str]:
    if area.planned:
        yield f"{area.done} of {plural(area.planned, 'goal')}"
    yield hours(area.minutes)
    if area.given is not None:
        yield f"{area.given} % of the hours ({area.asked} % asked)"
    elif area.asked is not None:
        yield f"{area.asked} % of the hours asked"


# Weeks


def _by_week(trend: Sequence[PastWeek]) -> str:
    """What the picture of the sections leaves out."""
    goals = ", ".join(f"{week_name(week.monday)} {share(week.percent)}" for week in trend)
    points = ", ".join(f"{week_name(week.monday)} {_points(week)}" for week in trend)
    return f"Goals met by week: {goals}.\nPoints by week: {points}."


def _trends(trend: Sequence[PastWeek]) -> str:
    return "\n".join(["*Your weeks*", *map(_trend, trend)])


def _trend(week: PastWeek) -> str:
    percent = week.points * 100 // week.possible if week.possible else None
    return f"`{week_name(week.monday)} {bar(percent)} {_points(week):>7}` goals {share(week.percent)}"


def _points(week: PastWeek) -> str:
    return f"{week.points}/{week.possible}" if week.possible else "-"


def _insights(insights: Mapping[str, str]) -> Iterator[Block]:
    said = [f"{label}: {escape(clip(insights[key], 400))}" for key, label in QUESTIONS if insights.get(key)]
    if said:
        yield context("\n".join(said))
