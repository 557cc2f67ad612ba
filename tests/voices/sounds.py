"""What a test can say of sound without ears: how loud it is, how long, and how fast somebody speaks."""

import math
from array import array

from bot.voices.wavs import samples_of

QUIET = -40.0
"""dBFS under which nobody hears anything."""


def loudness(wav: bytes) -> float:
    """Return the RMS in dBFS."""
    samples = array("h", samples_of(wav).data)
    mean = sum(each * each for each in samples) / len(samples)
    return 20 * math.log10(math.sqrt(mean) / 32768) if mean else -math.inf


def seconds(wav: bytes) -> float:
    return samples_of(wav).seconds


NOBODY_SPEAKS = (
    "espeak-ng is missing: nothing can be read aloud. Install the tools of the tests (make .venv/.dev brings the"
    " package espeakng-loader), or the machine's own program (apt-get install espeak-ng)."
)

PAGES = {
    "nb": "Her kan du be om en samtale. Torsdag 14. januar kl. 10.00 møter du NAV. Lappen er FJ-116. Du kan si nei.",
    "nn": "Her kan du be om ein samtale. Torsdag 14. januar kl. 10.00 møter du NAV. Lappen er FJ-116. Du kan seie nei.",
    "en": "Here you can ask for a talk. On Thursday 14 January at 10:00 you meet NAV. Your slip is FJ-116.",
    "pl": "Tutaj możesz poprosić o rozmowę. W czwartek 14 stycznia o 10.00 spotkasz NAV. Twoja kartka to FJ-116.",
    "lt": "Čia galite paprašyti pokalbio. Ketvirtadienį, sausio 14 dieną, 10.00 susitiksite su NAV. Galite atsisakyti.",
    "ro": "Aici poți cere o discuție. Joi 14 ianuarie la ora 10.00 te întâlnești cu NAV. Biletul tău este FJ-116.",
    "ar": "هنا يمكنك أن تطلب محادثة. يوم الخميس \u206814 يناير\u2069 الساعة \u206810.00\u2069 تقابل المستشار. نعم.",
}
"""A page of the kiosk in each language that has a voice."""
