"""A page for machines that watch: whether the clock beats and Slack is connected. No data in it."""

from aiohttp import web

from bot.running import Bot
from bot.store import deliveries


class Health:
    """Answers GET /health with 200 while all is well, else with 503."""

    def __init__(self, bot: Bot, host: str, port: int) -> None:
        self._bot = bot
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Listen; the address is returned."""
        application = web.Application()
        application.router.add_get("/health", self._answer)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        port = self._runner.addresses[0][1]
        return f"http://{self._host}:{port}/health"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, _: web.Request) -> web.Response:
        async with self._bot.database.read() as session:
            counts = await deliveries.counts(session)
        connected, ticking = await self._bot.is_connected(), self._bot.schedule.is_alive()
        state = {"connected": connected, "clock": ticking, "deliveries": counts}
        return web.json_response(state, status=200 if connected and ticking else 503)
