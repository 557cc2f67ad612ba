"""The emoji that the hub says, each with what it means and the picture that the house's own pages draw in its place.

An emoji stands for one thing wherever it stands, and so does its picture. Chat networks outside show the emoji itself.
The pictures are named as in the set that they come from (``make pictures``).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing by its name, and what it says in few words."""

    name: str
    means: str


SAID: Mapping[str, Picture] = {
    # ways
    "⬅️": Picture("arrow-left", "back, or what is before"),
    "➡️": Picture("arrow-right", "on, or what is after"),
    "⬇️": Picture("arrow-down", "older"),
    "⏫": Picture("chevrons-up", "newest"),
    "⏭️": Picture("skip-forward", "skip"),
    "📂": Picture("layout-grid", "everything else"),
    "🔊": Picture("volume-2", "read aloud"),
    "🔇": Picture("volume-x", "stop reading"),
    # answers and deeds
    "✅": Picture("circle-check", "do it; it is done"),
    "☑️": Picture("square-check-big", "chosen"),
    "▫️": Picture("square", "not chosen"),
    "🔘": Picture("list-checks", "choose all"),
    "❌": Picture("circle-x", "cancel; cancelled"),
    "✖️": Picture("x", "leave this"),
    "👍": Picture("thumbs-up", "yes"),
    "👎": Picture("thumbs-down", "no, thank you"),
    "🙏": Picture("heart-handshake", "not this time"),
    "🚫": Picture("ban", "none; refused"),
    "➕": Picture("plus", "one more"),
    "➖": Picture("minus", "one fewer"),
    "➗": Picture("divide", "shared out"),
    "↩️": Picture("undo-2", "take back"),
    "🔁": Picture("repeat", "again"),
    "🔀": Picture("shuffle", "move"),
    "⌫": Picture("delete", "erase"),
    "🗑️": Picture("trash", "delete"),
    "🧹": Picture("brush-cleaning", "tidy away"),
    "✏️": Picture("pencil", "change"),
    "✍️": Picture("pen-line", "write"),
    "📝": Picture("notepad-text", "a draft"),
    "🗒️": Picture("notepad-text-dashed", "not told of yet"),
    "👁️": Picture("eye", "look; read"),
    "🔍": Picture("search", "looked for"),
    "▶️": Picture("play", "begin, or go on"),
    "⏸️": Picture("pause", "a pause"),
    "⏹️": Picture("circle-stop", "stop"),
    "🎲": Picture("dices", "a draw"),
    # time
    "🕐": Picture("clock", "a time"),
    "⏰": Picture("alarm-clock", "time is up"),
    "⏳": Picture("hourglass", "wait"),
    "⚡": Picture("zap", "as soon as possible"),
    "☀️": Picture("sun", "today"),
    "🌙": Picture("moon", "the evening is over"),
    "📅": Picture("calendar-days", "days and weeks"),
    # what is told
    "❗": Picture("circle-alert", "urgent"),
    "⚠️": Picture("triangle-alert", "something may be wrong"),
    "ℹ️": Picture("info", "about this"),
    "🌐": Picture("languages", "choose a language"),
    "❓": Picture("circle-question-mark", "not known"),
    "💡": Picture("lightbulb", "a proposal"),
    "🔔": Picture("bell-ring", "news"),
    "📣": Picture("megaphone", "told to everybody"),
    "📤": Picture("send", "sent"),
    "📥": Picture("inbox", "received"),
    "▪️": Picture("dot", "one of a list"),
}
"""What the hub itself says: ways, deeds, time, and what is told."""

THINGS: Mapping[str, Picture] = {
    "✉️": Picture("mail", "a letter or message"),
    "📋": Picture("clipboard-list", "a slip; a list"),
    "📒": Picture("notebook-tabs", "who lives here"),
    "📄": Picture("file-text", "paper"),
    "🖨️": Picture("printer", "print"),
    "🗂️": Picture("folders", "the log"),
    "📊": Picture("chart-column", "how far it is"),
    "⚙️": Picture("settings", "settings"),
    "🔑": Picture("key-round", "a code"),
    "🔒": Picture("lock", "locked; finished"),
    "🔓": Picture("lock-open", "open"),
    "🖥️": Picture("monitor", "a screen"),
    "🎟️": Picture("ticket", "a theme night"),
    "🏷️": Picture("tag", "what it is about"),
    "🎤": Picture("mic-vocal", "who comes and speaks"),
    "🪑": Picture("armchair", "seats"),
    "🚪": Picture("door-open", "at the door"),
    "🛏️": Picture("bed-single", "the cell"),
    "🧭": Picture("compass", "who it belongs to"),
    "⚖️": Picture("scale", "law and rights"),
    "🗣️": Picture("speech", "tell; speak"),
    "👤": Picture("user-round", "one person"),
    "👥": Picture("users-round", "people"),
    "👮": Picture("user-shield", "an officer"),
    "🙋": Picture("hand", "wants a talk"),
    "✋": Picture("calendar-x", "cannot come"),
    "🚶": Picture("footprints", "on the way"),
    "🎭": Picture("drama", "a role"),
    "♀️": Picture("venus", "women"),
}
"""Things and people that the hub says, and that a hub may choose as icons of its own."""

FOR_HUBS: Mapping[str, Picture] = {
    "💼": Picture("briefcase-business", "work"),
    "🔨": Picture("hammer", "work with the hands"),
    "🔧": Picture("wrench", "a trade"),
    "💰": Picture("hand-coins", "money and debt"),
    "💵": Picture("banknote", "money"),
    "🧾": Picture("receipt-text", "a bill"),
    "✂️": Picture("scissors", "cut off"),
    "🧮": Picture("calculator", "reckon"),
    "💳": Picture("credit-card", "a bank card"),
    "🐖": Picture("piggy-bank", "savings"),
    "🪪": Picture("id-card", "papers of identity"),
    "📱": Picture("smartphone", "a phone"),
    "📞": Picture("phone", "call"),
    "💻": Picture("laptop", "a computer"),
    "🏠": Picture("house", "a home"),
    "🏡": Picture("house-heart", "one's own home"),
    "🏘️": Picture("houses", "a place to live"),
    "🏢": Picture("building", "an office"),
    "🏥": Picture("hospital", "a hospital"),
    "📍": Picture("map-pin", "a place"),
    "🗺️": Picture("map", "a map"),
    "🧳": Picture("luggage", "going home"),
    "🚌": Picture("bus", "a bus"),
    "🚗": Picture("car", "a car"),
    "🤝": Picture("handshake", "companionship"),
    "💬": Picture("message-circle", "a talk"),
    "💭": Picture("message-circle-more", "something else"),
    "☕": Picture("coffee", "a visit"),
    "❤️": Picture("heart", "love"),
    "👪": Picture("users", "family"),
    "👶": Picture("baby", "children"),
    "🎁": Picture("gift", "a gift"),
    "🩺": Picture("stethoscope", "health"),
    "💊": Picture("pill", "medicine"),
    "👓": Picture("glasses", "eyesight"),
    "👂": Picture("ear", "hearing; listening"),
    "🧠": Picture("brain", "mind"),
    "🌱": Picture("sprout", "a new beginning"),
    "🌳": Picture("trees", "out of doors"),
    "🌸": Picture("flower-2", "flowers"),
    "💧": Picture("droplet", "water"),
    "🔥": Picture("flame", "fire"),
    "🕯️": Picture("flame-kindling", "faith"),
    "⛪": Picture("church", "a church"),
    "🕌": Picture("mosque", "a mosque"),
    "🎓": Picture("graduation-cap", "school"),
    "📖": Picture("book-open", "a book"),
    "📚": Picture("library", "many books"),
    "🌍": Picture("globe", "the world; languages"),
    "🔤": Picture("a-large-small", "reading and writing"),
    "🎨": Picture("palette", "art"),
    "🎵": Picture("eighth-notes", "music"),
    "🎸": Picture("guitar", "playing music"),
    "🎬": Picture("clapperboard", "films"),
    "📺": Picture("tv", "television"),
    "📰": Picture("newspaper", "news in print"),
    "🎮": Picture("gamepad-2", "games"),
    "♟️": Picture("chess-pawn", "board games"),
    "⚽": Picture("volleyball", "ball games"),
    "🏋️": Picture("dumbbell", "training"),
    "🚲": Picture("bike", "cycling"),
    "🎣": Picture("fishing-rod", "fishing"),
    "🍳": Picture("chef-hat", "cooking"),
    "🍽️": Picture("utensils", "food"),
    "🛒": Picture("shopping-cart", "shopping"),
    "👕": Picture("shirt", "clothes"),
    "🧺": Picture("washing-machine", "laundry"),
    "🚿": Picture("shower-head", "washing oneself"),
    "🚬": Picture("cigarette", "smoking"),
    "🍺": Picture("beer", "alcohol"),
    "🛟": Picture("life-buoy", "help"),
    "🛡️": Picture("shield", "protection"),
    "🏆": Picture("trophy", "a prize"),
    "⭐": Picture("star", "the best"),
    "📦": Picture("package", "a parcel"),
    "🐕": Picture("dog", "a dog"),
}
"""What a hub may choose for its services and topics beside those."""

ICONS = (*FOR_HUBS, *THINGS)
"""What a service or a topic may have. Arrows, ticks and deeds are none: they would say that something is done."""

PICTURES: Mapping[str, Picture] = {**SAID, **THINGS, **FOR_HUBS}

TURNED = frozenset({"⬅️", "➡️"})
"""What points along the line that is read: in a script that runs from the right it points the other way."""

SIGNS = frozenset("●○")
"""What counts digits on a pad: no pictures, but drawn in letters, with words beside them for who listens."""
