"""A theme night as tests need it: published, on the demo's second day, with every text in nb, en and ar."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.theme_nights.theme_nights import State, ThemeNight
from bot.store import theme_nights
from tests.hub.whole_hub import WholeHub

HOUSING = ThemeNight(
    id=0,
    prison="FJ",
    state=State.PUBLISHED,
    revision=1,
    service="bolig",
    topic={"nb": "Bolig – veien ut", "en": "Housing – the way out", "ar": "السكن بعد الإفراج"},
    about={
        "nb": "Hvordan finner du et sted å bo når du kommer ut? Vi går gjennom søknad, depositum og hvem som kan "
        "hjelpe deg. Det blir kaffe og god tid til spørsmål.",
        "en": "How do you find a place to live when you get out? We look at applications, deposits and who can help. "
        "There is coffee, and time for questions.",
        "ar": "كيف تجد مكانا للسكن عند خروجك؟ نتحدث عن الطلب والضمان المالي ومن يمكنه مساعدتك. هناك قهوة ووقت للأسئلة.",
    },
    host="Boligkontoret i kommunen",
    room="R6",
    starts=datetime(2027, 1, 14, 16, 0, tzinfo=UTC),
    ends=datetime(2027, 1, 14, 18, 0, tzinfo=UTC),
    seats=20,
    units=("A", "B"),
    closes=datetime(2027, 1, 13, 14, 0, tzinfo=UTC),
    made_by="TK1",
    made_at=datetime(2027, 1, 8, 12, 0, tzinfo=UTC),
    caps={},
    interpreter="ar",
)


async def planned(hub: WholeHub, **changes: Any) -> int:
    """Write a theme night into a hub that runs; return its number."""
    async with hub.running.database.transaction() as tx:
        return await theme_nights.add(tx, replace(HOUSING, **changes))
