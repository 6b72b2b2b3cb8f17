from tests.bot.house import House


async def test_the_days_post_comes_at_the_members_own_time(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", zones={"Bo": "America/New_York"})
    await house.travel("Monday 07:59")
    assert not house.posts(ana, "Monday · week 1")
    await house.travel("Monday 08:00")
    assert len(house.posts(ana, "Monday · week 1")) == 1
    assert not house.posts(bo, "Monday · week 1")
    await house.travel("Monday 08:00", "America/New_York")
    assert len(house.posts(bo, "Monday · week 1")) == 1
