"""Networks that are a Bot API server over HTTP: Telegram, or a house network in another process."""

from dataclasses import replace

from telegram.ext import ExtBot

from bot.config import TELEGRAM_URL, Settings
from bot.delivery import limits
from bot.delivery.networks import Network

TELEGRAM = "telegram"
TELEGRAM_INVITES = "https://t.me/{username}?start={code}"
CONNECTIONS = 40
POLL_CONNECTIONS = 2


def telegram(settings: Settings) -> Network:
    """Return Telegram, or what stands in its place, behind the proxy if there is one."""
    url, token = settings.telegram_api_url, settings.telegram_token
    network = over_http(TELEGRAM, url or TELEGRAM_URL, token, settings.telegram_proxy)
    return replace(network, leaves_house=True, limits=limits.telegram(), invites=TELEGRAM_INVITES)


def over_http(name: str, url: str, token: str | None, proxy: str | None = None) -> Network:
    """Return a network whose server is at this address."""
    from bot.delivery.wire.http import HttpRequest  # noqa: PLC0415 - only such a network loads aiohttp

    poller = HttpRequest(POLL_CONNECTIONS, proxy)
    base = f"{url.rstrip('/')}/bot"
    bot = ExtBot(str(token), base_url=base, request=HttpRequest(CONNECTIONS, proxy), get_updates_request=poller)
    return Network(name, bot, poller, leaves_house=False)
