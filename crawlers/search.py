"""Full-text search over headlines and texts. Index and query are folded alike, by crawlers.text.fold.

The index holds no texts (FTS5 "contentless"): the texts are in the archive, compressed. So what is taken out of
the index has to be given as it was put in, and both happen in the transaction that changes the article. A change
of the folding therefore needs a migration that makes the index anew.
"""

import re
import zlib
from sqlite3 import Connection

from crawlers import text
from crawlers.errors import DataError

_TABLE = """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        title, body, content='', tokenize="unicode61 remove_diacritics 0"
    )"""

_QUERY = re.compile(r'"([^"]*)"|(\S+)')
_LEAST = 4  # letters that stay of a word whose ending is cut

# Case endings of Russian, Belarusian and Ukrainian nouns and adjectives; the longest that fits is cut.
_ENDING = re.compile(
    r"(?:иями|иях|ями|ами|ого|его|ому|ему|ыми|ими|ага|яга|аму|яму|ими|ьою|ою|ею|ией|иям|ов|ев|ей|ой|ий|ый|ія|ии|іі"
    r"|ий|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ую|юю|ам|ям|ах|ях|ом|ем|ию|ия|ие|ью|ай|ць|ня|не|ню|ні"
    r"|[аяоеуюыиійьўєї])$"
)

_OF_SHORT = ("", *"аяыиіуюеоьй", "ой", "ей", "ою", "ом", "ем", "ам", "ям", "ах", "ях", "ами", "ями")


def create(connection: Connection) -> None:
    """Makes the index and fills it from the articles that are there already."""
    connection.execute(_TABLE)
    rows = connection.execute("SELECT a.id, a.title, t.body FROM articles a JOIN texts t ON t.article = a.id")
    for article, title, body in rows:
        add(connection, article, title, zlib.decompress(body).decode())


def add(connection: Connection, article: int, title: str, body: str) -> None:
    """Indexes an article inside the caller's transaction."""
    connection.execute(
        "INSERT INTO articles_fts (rowid, title, body) VALUES (?, ?, ?)",
        (article, text.fold(title), text.fold(body)),
    )


def remove(connection: Connection, article: int, title: str, body: str) -> None:
    """Takes an article out; title and body are those that `add` got."""
    connection.execute(
        "INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        (article, text.fold(title), text.fold(body)),
    )


def expression(query: str) -> str:
    """What a user typed as a query of FTS5: all words, each in any inflection; "in quotes" as it stands.

    `word*` finds all that begins so. Raises DataError for a query without a word.
    """
    terms = []
    for phrase, word in _QUERY.findall(text.fold(query)):
        parts = text.words(phrase or word)
        if not parts:
            continue
        if phrase:
            terms.append('"' + " ".join(parts) + '"')
        elif word.endswith("*"):
            terms += [f'"{part}"' for part in parts[:-1]] + [f'"{parts[-1]}"*']
        else:
            terms += [_inflected(part) for part in parts]
    if not terms:
        raise DataError("search", "", query, "at least one word")
    return " AND ".join(terms)


def stem(word: str) -> str:
    """The beginning that a folded word has in all its inflections, as far as endings tell."""
    ending = _ENDING.search(word)
    if ending and ending.start() >= _LEAST:
        return word[: ending.start()]
    return word[:-1] if ending and len(word) >= _LEAST else word


def _inflected(word: str) -> str:
    beginning = stem(word)
    if len(beginning) >= _LEAST or beginning == word:
        return f'"{beginning}"*'
    # so short a beginning has too many words: Lida is not to find every leader
    return "(" + " OR ".join(f'"{beginning}{ending}"' for ending in _OF_SHORT) + ")"


def found_at(folded: str, query: str) -> int:
    """Where in a folded text the first term of a query stands; 0 where none does."""
    parts = [stem(word) for word in text.words(text.fold(query))]
    hits = [hit.start() for part in parts if (hit := re.search(rf"(?<!\w){re.escape(part)}", folded))]
    return min(hits, default=0)
