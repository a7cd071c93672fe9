"""The peer: vkbottle's plain echo bot as its documentation writes it. It stores nothing and retries nothing.

Usage: python -m benchmarks.plain_vkbottle TOKEN API_URL
"""

import sys

from vkbottle.bot import Bot, Message


def main(token: str, api_url: str) -> None:
    """Echo until killed."""
    bot = Bot(token)
    bot.api.API_URL = api_url

    @bot.on.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text)

    bot.run_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
