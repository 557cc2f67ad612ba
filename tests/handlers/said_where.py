"""Where each sentence is said: at screens, in chats, on paper, rarely, inside others, or outside the house alone."""

from handlers import tables

FOR_SCREENS = {
    "chat/heads",
    "screen/asides",
    "screen/home",
    "screen/covers",
    "slips/drafts",
    "screen/kiosks",
    "said/theme_nights",
    "notices/at_screens",
    "slips/offers",
    "screen/own_pins",
    "screen/pads",
    "said/inmates",
    "screen/services",
    "theme_nights/sign_ups",
    "said/roads",
    "said/slips",
    "screen/own_slips",
    "screen/slip_lines",
    "slips/own_slip",
    "said/closed_screens",
    "screen/posted",
    "screen/idle",
    "screen/trails",
    "screen/wrong_codes",
    "slips/unsent",
}
"""Modules that write for inmates at a screen, and for nobody else."""

SPELLED = {"chat/words", "chat/foreign", "chat/sheets"}
"""The modules that spell days, times, other languages and the number of a sheet, within what others say."""

ELSEWHERE = {
    "slips/letters",
    "office/put_back",
    "office/voices",
    "said/put_back",
    "said/voices",
    "chat/refusals/at_screens",
    "chat/refusals/of_staff",
    "chat/refusals/telling",
    "day/undelivered",
}
"""Modules with tests of their own: letters below, refusals below and in test_refusals.py; what is said of files that
were put back, of messages that did not arrive and of voices, below and in tests/handlers/office and
tests/delivery/sending/test_set_aside.py."""

IN_MENUS = {line.menu for line in tables.HANDLERS if line.menu}
"""Said in no message: these describe commands, whoever reads them."""

SAID_AT_SCREENS = {
    "❗ It is urgent",
    "🔒 Finish",
}
"""Said to inmates alone, by modules that write for the staff as well."""

SAID_TO_NOBODY = {"Something else then"}
"""Why an inmate cannot come is noted, and told to nobody."""

MAILED = ("N1", "N2", "N3", "G1", "H1", "SK1")
"""Providers, who alone can be written to by letter, and the social adviser."""

PRINTED = {
    "Also came",
    "Attendance list",
    "Place: {room}.",
    "Wait list",
    "Choose a code of your own, with {n} digits.",
    "Does it not work? An officer helps you.",
    "Invitation",
    "Invitation to the hub",
    "It is for you alone. Nobody else needs it.",
    "It is for you alone. Tear it up when it is used.",
    "It works once, until {time}.",
    "One-time code",
    "Or open this address:",
    "Or write this to the bot:",
    "PIN letter {number}",
    "Press the one-time code.",
    "Press the two digits of your number: {digits}.",
    "Press your unit on the screen: {unit}.",
    "Scan the square with the camera of your device.",
    "The code that you have still works. Use it, and this letter ends.",
    "The one-time code works once, until {time}.",
    "With it you get your own chat with the hub.",
    "You can write a paper slip as well. It counts just as much.",
    "Your code for the screen",
    "Your number",
}
"""Said on paper, which never leaves by a chat: see tests/handlers/chat/test_handed_over.py."""

RARE = {
    "signed a language off",
    "📋 The list",
    "Finished. Nothing more was heard for two weeks.",
    "/menu brings your start page, /help explains.",
    "Poster",
    "🖨️ Poster",
    "{n} slip is with them alone. Please call.",
    "This message is of no use any more.",
    "This page is further down.",
    "The start page is further down.",
    "Today's page is further down.",
    "📋 {code}: see below.",
    "The hub has no room for one more. Please tell the administrator.",
    "There is no room for more staff. Please take somebody's access away first.",
    "The paper could not be made.",
    "⚠️ Missing in: {languages}.",
    "There people see another language, and which one.",
    "Please try once more. If it happens again, please tell the administrator: the log says where.",
}
"""Said in a hub that is full (tests/handlers/test_largest_prison.py), of a quiet slip
(tests/handlers/office/test_retention.py), where a screen speaks a language that nobody wrote
(tests/journeys/notices/test_at_the_desk.py), to whoever joins (tests/handlers/staff/test_staff.py), of a paper that
cannot be drawn (tests/handlers/chat/test_handed_over.py), and of a chat that is gone: numbers alone, which name
nobody. The name of a file and the way to it name nobody either. What stands where a message was is said only of one
that is too old to be deleted (tests/delivery/sender/test_chats.py)."""

NOT_SAID_BY_CHAT = IN_MENUS | SAID_AT_SCREENS | SAID_TO_NOBODY | PRINTED | RARE
WITHIN_OTHERS = {
    "All",
    "the room “{name}”",
    "the service “{name}”",
    "the topic “{topic}”",
    "the words of posters",
    "what the theme night is about",
    "An announcement",
    "Outside the house too",
    "Cancelled",
    "Coming",
    "Draw the seats",
    "Drafts",
    "For women",
    "Not this time",
    "Proposals",
    "The last weeks",
    "{n} in the draw",
    "{n} inmate",
    "{n} of the staff",
    "{n} screen",
    "{n} waits",
    "{taken} of {seats}",
    "A time is offered.",
    "Fetched",
    "Has a time.",
    "Has an answer.",
    "Locked down",
    "Duty leaders",
    "Not found",
    "Not now",
    "Officers",
    "Providers",
    "Social advisers",
    "Waits for an answer by {date}.",
    "escort {n}",
    "in the house",
    "no contact officer",
    "a seat is free soon, or at the door",
    "all seats are given",
    "has something else at that time.",
    "nobody here has this number. Please look again.",
    "something else then",
    "the unit is full ({n} of {most})",
    "this evening is for another group.",
    "today",
    "waits for an escort",
    "{service} is here {day}, {opens}–{closes}.",
}
"""Said as a part of another sentence; so is every word of the log."""

ONLY_OUTSIDE = {
    "The paper is handed over only on the house network.",
    "There is news. Read it inside the house.",
    "❌ A theme night is cancelled.",
    "📣 Notice {n}: read it in the house.",
    "📣 There is a new notice in the house.",
    "{language}: a text is missing.",
    "This is done at a screen inside the house.",
    "You see this page only on the house network.",
    "{fetch} · {code} · unit {unit} · {room} · talk {time}",
    "▪️ {code}, unit {unit}",
    "▪️ Theme night {when}, unit {unit}: read it inside the house.",
    "{time} · unit {unit} · theme night · {room}",
}
"""Said where it leaves the house, in place of what stays inside."""
