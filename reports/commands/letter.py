"""`mediagap letter`: the weekly letter."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from crawlers.errors import DataError
from reports import mailing, work
from reports.commands import options
from reports.commands.options import ConfigOption, DbOption, JsonOption, NowOption
from reports.deliveries import Delivery
from reports.reply_record import Outcome
from reports.terminal import say, tell
from reports.weeks import Week

app = typer.Typer(no_args_is_help=True, help="The weekly letter to editors.")
ToOption = Annotated[str | None, typer.Option("--to", help="Only the letter to this address.")]
WeekOption = Annotated[
    str | None, typer.Option("--week", help="ISO week such as 2026-W47; the one that last ended by default.")
]


@app.command()
def preview(
    to: ToOption = None, week: WeekOption = None,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Write the letters to the outbox folder and show their text. Example: mediagap letter preview --to a@b.org"""
    settings = options.settings(config_file, db)
    database = work.open_for(settings, write=False)
    chosen = mailing.readers(settings, database, to)
    letters = mailing.preview(mailing.writer(settings, database, options.moment(now), _week(week)), chosen)
    if as_json:
        options.print_json([{"file": str(path), "subject": str(mail["Subject"])} for path, mail in letters])
        return
    for path, mail in letters:
        part = mail.get_body(("plain",))
        tell(f"{path}\nSubject: {mail['Subject']}\n")
        tell(part.get_content() if part else "")


@app.command()
def send(
    week: WeekOption = None, to: ToOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent; send and remember nothing.")] = False,
    config_file: ConfigOption = None, db: DbOption = None, now: NowOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Send the letters that were not sent yet. Example: mediagap letter send --week 2026-W47 --dry-run"""
    settings = options.settings(config_file, db)
    database = work.open_for(settings, write=not dry_run)
    chosen = mailing.readers(settings, database, to)
    if dry_run:
        would = mailing.would_send(mailing.writer(settings, database, options.moment(now), _week(week)), chosen)
        if as_json:
            options.print_json([{"address": address, "subject": subject} for address, subject in would])
        for address, subject in would if not as_json else ():
            tell(f"{address}: {subject}")
        return
    with work.all_matched(settings, database, say):
        writer = mailing.writer(settings, database, options.moment(now), _week(week))
    found = mailing.send_week(writer, chosen, say)
    _show(found, as_json)
    mailing.complain(found)


@app.command()
def resend(
    to: Annotated[str, typer.Option("--to", help="Address whose letter is to go out once more.")],
    week: WeekOption = None, config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Send a refused or uncertain letter once more. Example: mediagap letter resend --to a@b.org --week 2026-W47"""
    settings = options.settings(config_file, db)
    chosen = _week(week) or Week.before(datetime.now(UTC).date())
    found = mailing.resend(settings, work.open_for(settings), chosen, to, say)
    _show([found], as_json)
    mailing.complain([found])


@app.command()
def status(
    week: WeekOption = None, config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False
) -> None:
    """List what became of each letter. Example: mediagap letter status --week 2026-W47"""
    settings = options.settings(config_file, db)
    _show(mailing.standing(settings, work.open_for(settings, write=False), _week(week)), as_json)


@app.command("replies")
def replies_(config_file: ConfigOption = None, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Read what readers answered, as the schedule does, and record who takes which lead. Example: mediagap letter replies"""
    # here and not above: no other command should wait for what reads mail to be imported
    from reports import replies

    settings = options.settings(config_file, db)
    if not settings.imap.host:
        raise DataError("settings", "imap.host", "nothing", "the server of the mailbox to which readers answer")
    database = work.open_for(settings)
    found = replies.collect(settings, database, work.known(settings).entries, datetime.now(UTC))
    if as_json:
        options.print_json([
            {"uid": one.uid, "outcome": one.outcome.value, "detail": one.detail} for one in found
        ])  # fmt: skip
        return
    for one in found:
        if one.outcome is not Outcome.IGNORED:
            tell(f"{one.outcome}: {one.detail}")
    tell(replies.counted(found))


def _week(text: str | None) -> Week | None:
    return Week.parse(text) if text else None


def _show(found: list[Delivery], as_json: bool) -> None:
    if as_json:
        options.print_json([one.plain() for one in found])
        return
    if not found:
        tell("No letters.")
    for one in found:
        tell(f"{one.week}  {one.state:<10}{one.address or '(removed)'}  {one.answer}".rstrip())
