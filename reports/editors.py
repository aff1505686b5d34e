"""Who works on the desk: names, roles, passwords as argon2id hashes."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlite_utils import Database

from crawlers import codes
from crawlers.errors import DataError
from crawlers.store import query, writing
from reports.tidy import one_line

_HASHER = PasswordHasher()
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
_LONGEST_NAME = 40


class Role(StrEnum):
    READER = "reader"
    """Reads all pages."""
    EDITOR = "editor"
    """Decides as well."""


@dataclass(frozen=True)
class Editor:
    name: str
    """As it stands beside decisions; may be a pseudonym."""
    role: Role
    regions: tuple[str, ...]
    disabled: bool


def add(db: Database, name: str, role: str, regions: list[str], password: str) -> Editor:
    """Raises DataError for a name that is taken or odd, an unknown role or region, a short password."""
    shown = one_line(name)
    if shown != name or not 0 < len(name) <= _LONGEST_NAME:
        raise DataError(
            "editors add", "name", name, f"a name of at most {_LONGEST_NAME} characters on one line"
        )
    if role not in list(Role):
        raise DataError("editors add", "--role", role, " or ".join(Role))
    mine = tuple(dict.fromkeys(codes.region(one, "editors add", "--region") for one in regions))
    kept = hashed(password, "editors add")
    with writing(db) as connection:
        if any(one.name.casefold() == name.casefold() for one in everybody(db)):
            raise DataError(
                "editors add", "name", name, "a name that nobody has", "see `mediagap editors list`"
            )
        connection.execute("INSERT INTO editors VALUES (?,?,?,?,0)", (name, role, " ".join(mine), kept))
    return find(db, name)


def reset(db: Database, name: str, password: str) -> Editor:
    """Sets a new password, lets a disabled editor in again and ends all sessions under the old one."""
    one, kept = find(db, name), hashed(password, "editors reset")
    with writing(db) as connection:
        connection.execute("UPDATE editors SET password = ?, disabled = 0 WHERE name = ?", (kept, one.name))
        connection.execute("DELETE FROM sessions WHERE editor = ?", (one.name,))
        connection.execute("DELETE FROM sign_in_failures WHERE who = ?", (f"name {one.name.casefold()}",))
    return find(db, name)


def disable(db: Database, name: str) -> Editor:
    """Keeps the name, since decisions carry it, and ends all sessions and tokens."""
    one = find(db, name)
    with writing(db) as connection:
        connection.execute("UPDATE editors SET disabled = 1 WHERE name = ?", (one.name,))
        connection.execute("DELETE FROM sessions WHERE editor = ?", (one.name,))
        connection.execute("DELETE FROM tokens WHERE editor = ?", (one.name,))
    return find(db, name)


def everybody(db: Database) -> list[Editor]:
    return [_editor(row) for row in query(db, "SELECT * FROM editors ORDER BY name")]


def find(db: Database, name: str) -> Editor:
    rows = query(db, "SELECT * FROM editors WHERE name = ?", (name,))
    if not rows:
        raise DataError("editors", "name", name, "the name of an editor", "see `mediagap editors list`")
    return _editor(rows[0])


def with_password(db: Database, name: str, password: str) -> Editor | None:
    """The editor, if the password is right and nobody has disabled them."""
    rows = query(db, "SELECT * FROM editors WHERE name = ?", (name,))
    try:
        _HASHER.verify(rows[0]["password"] if rows else _of_nobody(), password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return None
    return _editor(rows[0]) if rows and not rows[0]["disabled"] else None


def made_up_password() -> str:
    """One that can be read out on the telephone: 100 bits in groups of letters without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


@cache
def _of_nobody() -> str:
    """What is compared where there is no such editor: a wrong name takes as long as a wrong password."""
    return _HASHER.hash(secrets.token_hex(16))


def hashed(password: str, where: str) -> str:
    """Raises DataError for a password that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        allowed = f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        raise DataError(where, "password", f"{len(password)} characters", allowed)
    return _HASHER.hash(password)


def _editor(row: dict[str, Any]) -> Editor:
    return Editor(row["name"], Role(row["role"]), tuple(row["regions"].split()), bool(row["disabled"]))
