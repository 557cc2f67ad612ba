"""Every module of the edge that ends in tables, of all rooms, in one order."""

from handlers.chat import handed_over, sheets, start
from handlers.day import answers, days, explaining, theme_night_answers, today, undelivered
from handlers.inmates import arrivals, inmates, pins
from handlers.movements import duty_leaders_hours, officers_day
from handlers.notices import at_screens, notices
from handlers.notices import news as notice_news
from handlers.notices import plans as notice_plans
from handlers.office import audit, put_back, retention, settings, voices
from handlers.papers import posters
from handlers.screen import asides, closings, home, idle, kiosks, own_pins, own_slips, services, trails, wrong_codes
from handlers.slips import (
    advisers_day,
    behalf,
    cards,
    drafts,
    offers,
    own_slip,
    owners,
    paper_slips,
    promises,
    reminders,
    replies,
    talks,
    triage,
    unsent,
)
from handlers.staff import accounts, devices, hiring, joining_the_hub, revoking, scopes, staff
from handlers.telling import broadcasts
from handlers.theme_nights import cancelling as theme_night_cancelling
from handlers.theme_nights import coming, door, edits, joining, lists, preview, sign_ups, theme_nights
from handlers.theme_nights import news as theme_night_news
from handlers.theme_nights import plans as theme_night_plans
from handlers.timetable import cancelling as session_cancelling
from handlers.timetable import plans as session_plans
from handlers.timetable import week

MODULES = (
    kiosks,
    asides,
    idle,
    trails,
    home,
    services,
    at_screens,
    cards,
    promises,
    drafts,
    unsent,
    own_slips,
    own_slip,
    sign_ups,
    offers,
    owners,
    replies,
    talks,
    today,
    undelivered,
    officers_day,
    answers,
    coming,
    theme_night_answers,
    theme_night_news,
    lists,
    joining,
    door,
    behalf,
    paper_slips,
    pins,
    own_pins,
    wrong_codes,
    closings,
    duty_leaders_hours,
    triage,
    week,
    session_cancelling,
    session_plans,
    notices,
    notice_plans,
    notice_news,
    posters,
    theme_nights,
    theme_night_cancelling,
    edits,
    theme_night_plans,
    preview,
    broadcasts,
    inmates,
    arrivals,
    staff,
    scopes,
    revoking,
    hiring,
    devices,
    settings,
    voices,
    audit,
    start,
    handed_over,
    accounts,
    retention,
    sheets,
    put_back,
    days,
    advisers_day,
    reminders,
    joining_the_hub,
    explaining,
)
"""Every module of the edge that ends in tables; the buttons of the start pages stand in this order."""
