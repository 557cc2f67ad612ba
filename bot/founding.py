"""Making a hub, and what has to be right before one starts."""

import logging
import shutil
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from bot import hubfile, rights
from bot.clock import Clock, MachineClock, MovableClock
from bot.config import Settings
from bot.delivery.turns import Turns
from bot.demo.files import OPENS
from bot.domain.codes import grouped
from bot.hubfile import Files, HubFile, HubFileFault, PeopleFile
from bot.store import facts, keys, pins
from bot.store.database import Database, Transaction
from bot.store.files import DatabaseFault
from bot.store.moments import from_text
from bot.usecases import opening, people
from bot.usecases.staff import devices
from bot.usecases.turn import Turn

log = logging.getLogger(__name__)


async def create(settings: Settings, hub_file: Path, people_file: Path | None) -> Files:
    """Make a new hub in its data folder: the key file, hub.yaml, and last the database, whole or not at all.

    Returns what stood in the two files: whoever opens the hub next need not read it again.
    """
    files = hubfile.read_files(hub_file, people_file)
    try:
        begun = _begin(settings, hub_file, files.content)
        _bring_along(files.hub, hub_file.parent, settings.data)
        secrets = keys.read(settings.key) if settings.key.exists() else keys.create(settings.key)
        async with await Database.create(begun) as database:
            await _fill(settings, database, secrets, files.hub, files.people)
        begun.replace(settings.database)
    except OSError as error:
        raise rights.refused(error, settings.data) from error
    return files


def _begin(settings: Settings, hub_file: Path, content: bytes) -> Path:
    """Make sure of the folder and put hub.yaml there; return where the database is made until it is whole."""
    if settings.database.exists():
        message = f"There is a hub in {settings.data} already; nothing was changed."
        raise DatabaseFault(message)
    rights.make_folder(settings.data)
    check_rights(settings)
    begun = settings.database.with_suffix(".new")
    for left_over in settings.data.glob(f"{begun.name}*"):
        left_over.unlink()
    if hub_file.resolve() != settings.hub.resolve():
        settings.hub.unlink(missing_ok=True)
        rights.write_new(settings.hub, content)
    return begun


def _bring_along(described: HubFile, of: Path, to: Path) -> None:
    """Copy the voices and recordings that hub.yaml names, as far as they stand beside it."""
    folder = described.spoken.recordings
    recorded = [path.relative_to(of) for path in (of / folder).glob("*/*.wav")] if folder else []
    voices = [Path(f"{each}{end}") for each in described.spoken.voices.values() for end in ("", ".json")]
    for path in (*voices, *recorded):
        if (of / path).is_file() and of.resolve() != to.resolve():
            _copy_for_us_alone(of / path, to, path)


def _copy_for_us_alone(file: Path, to: Path, path: Path) -> None:
    for parent in reversed(path.parents[:-1]):
        (to / parent).mkdir(exist_ok=True)
        (to / parent).chmod(rights.FOLDER)
    shutil.copyfile(file, to / path)
    (to / path).chmod(rights.FILE)


def check_rights(settings: Settings) -> None:
    """Refuse a data folder, or a file in it, that others may read (FolderFault says what mends it)."""
    rights.check(settings.data, [settings.database, settings.house], [settings.key, settings.hub])


async def _fill(
    settings: Settings, database: Database, secrets: keys.Keys, described: HubFile, newcomers: PeopleFile
) -> None:
    # In the demo everybody may know everybody's PIN, and keep it.
    first = await opening.hashed(secrets, [each.pin for each in newcomers.inmates], keep=settings.demo)
    clock = MovableClock(OPENS) if settings.demo else MachineClock()
    async with Turns(database, clock, described.hub, secrets, {}).begin() as turn:
        await take_over(turn.tx, settings, described, secrets)
        await opening.add_inmates(turn.tx, [each.inmate for each in newcomers.inmates], first, described.hub.pin_digits)
        for seeded in newcomers.slips:
            await opening.add_slip(turn, seeded.slip, seeded.booking)
        for theme_night in newcomers.nights:
            await opening.add_theme_night(turn, theme_night.night, theme_night.line)
        await opening.count_from(turn, [seeded.slip.code for seeded in newcomers.slips])


async def invite(settings: Settings, person: str) -> str:
    """Make a one-time code for somebody of the staff, while the hub is stopped."""
    described = described_in(settings)
    _check_known(person, described.hub.names)
    async with _stopped(settings, described) as turn:
        return await people.invite(turn, person)


async def device(settings: Settings, owner: str, *, instead: bool) -> str:
    """Make a device code for a kiosk or somebody of the staff, while the hub is stopped; return it in groups.

    With ``instead``, the devices they had are ended first.
    """
    described = described_in(settings)
    places = {place.id for place in described.kiosks}
    _check_known(owner, {*described.hub.names, *places})
    person, kiosk = (None, owner) if owner in places else (owner, None)
    async with _stopped(settings, described) as turn:
        if instead:
            await devices.end_all_of(turn, person=person, kiosk=kiosk)
        code = await (devices.invite_kiosk(turn, owner) if kiosk else devices.invite_person(turn, owner))
    return grouped(code)


def described_in(settings: Settings) -> HubFile:
    """Read hub.yaml of a data folder; HubFileFault says as well that no hub was made there yet.

    FolderFault says that others may read what is there.
    """
    if not (settings.hub.exists() or settings.database.exists()):
        message = (
            f"There is no hub in {settings.data} yet. Make one of your own hub.yaml first:\n"
            f"  samtalelapp init --data {settings.data} --hub hub.yaml"
        )
        raise HubFileFault([message])
    check_rights(settings)
    return hubfile.read_hub(settings.hub)


def _check_known(name: str, known: Collection[str]) -> None:
    if name not in known:
        message = f"hub.yaml knows no {name}; it knows {', '.join(sorted(known))}."
        raise HubFileFault([message])


@asynccontextmanager
async def _stopped(settings: Settings, described: HubFile) -> AsyncIterator[Turn]:
    """Open a turn in a hub that does not run, brought up to date with hub.yaml."""
    secrets = keys.read(settings.key)
    async with await Database.open(settings.database) as database:
        clock = await clock_of(settings, database)
        async with Turns(database, clock, described.hub, secrets, {}).begin() as turn:
            await take_over(turn.tx, settings, described, secrets)
            yield turn


async def clock_of(settings: Settings, database: Database) -> Clock:
    """Return the machine's clock, or a demo's, which goes on where it was."""
    if not settings.demo:
        return MachineClock()
    async with database.reading() as tx:
        kept = await facts.get(tx, facts.CLOCK)
    return MovableClock(from_text(kept) if kept else OPENS)


async def take_over(tx: Transaction, settings: Settings, described: HubFile, secrets: keys.Keys) -> None:
    """Refuse a key or a hub.yaml that does not belong to this database; then let it follow hub.yaml."""
    places = [(place.id, place.unit, place.language) for place in described.kiosks]
    await opening.belong_together(tx, secrets)
    if missing := await opening.missing_in(tx, described.hub):
        message = (
            f"hub.yaml has no {', no '.join(missing)}, but people, slips, talks or theme nights in the database speak"
            " of them. Keep them in the file; a service that has ended is kept with bookable: false."
        )
        raise HubFileFault([message])
    await opening.take_over(tx, described.staff, places)
    if left_out := [each for each in described.asked if each not in described.hub.languages]:
        log.warning(
            "No screen speaks %s: its words are not whole here; samtalelapp check says more", ", ".join(left_out)
        )
    if others := await pins.with_other_pin(tx, described.hub.pin_digits):
        log.warning(
            "hub.yaml asks for PINs of %d digits, and %d people have one of another length: each needs a one-time code",
            described.hub.pin_digits,
            others,
        )
    # A demo without an SMTP server has no e-mail at all; a real hub's letters wait for one.
    await opening.keep_mailboxes(tx, described.mailboxes if settings.smtp or not settings.demo else {})
