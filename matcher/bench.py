"""Figures of the matcher: `python -m matcher.bench frequencies|stream --corpora FOLDER`.

The folder holds collections of articles as `*/*.jsonl.gz`, a record a line with `title`, `text`, `language`.
"""

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crawlers import text
from matcher import catalogue, frequencies
from matcher.match import Matcher
from matcher.records import Grade, Text
from matcher.stems import stem

_FEWEST = 10  # texts: rarer stems are left out of the table


def articles(corpora: Path) -> Iterator[Text]:
    """Articles of all collections; collections of sentences are no articles and are left out."""
    for path in sorted(corpora.glob("*/*.jsonl.gz")):
        if "sentences" in path.name:
            continue
        with gzip.open(path) as lines:
            for number, line in enumerate(lines, start=1):
                record = json.loads(line)
                yield Text(
                    f"{path.parent.name}:{number}", record.get("title") or "", record.get("text") or "",
                    record.get("language"),
                )  # fmt: skip


def count_frequencies(corpora: Path, table: Path) -> int:
    """Writes in how many texts each stem stands; returns the number of stems."""
    counts: Counter[str] = Counter()
    total = 0
    for article in articles(corpora):
        folded = text.fold(text.clean(f"{article.title}\n{article.text}"))
        counts.update({stem(part) for word in text.words(folded) for part in (word, *word.split("-"))})
        total += 1
    kept = {
        word: count
        for word, count in sorted(counts.items())
        if count > _FEWEST and len(word) > 3 and not any(map(str.isdigit, word))
    }
    lines = "".join(f"{word}\t{count}\n" for word, count in kept.items())
    table.write_text(f"{total}\n{lines}", encoding="utf-8")
    return len(kept)


def stream(corpora: Path) -> None:
    """Matches every article once on one core; prints the time, the counts and every `about`."""
    started = time.perf_counter()
    matcher = Matcher(catalogue.load())
    print(f"ready in {time.perf_counter() - started:.1f} s")
    listed = list(articles(corpora))
    counts: Counter[str] = Counter()
    about = []
    started = time.perf_counter()
    for article in listed:
        result = matcher.match(article)
        counts.update(match.grade.value for match in (*result.matches, *result.near_misses))
        about += [(article, match) for match in result.matches if match.grade is Grade.ABOUT]
    passed = time.perf_counter() - started
    print(
        f"{len(listed)} articles in {passed:.1f} s, {passed / len(listed) * 1000:.2f} ms each: {dict(counts)}"
    )
    for article, match in about:
        print(f"{match.entry} {match.score} {article.id} {article.title}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["frequencies", "stream"])
    parser.add_argument("--corpora", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.what == "stream":
        stream(arguments.corpora)
    else:
        stems = count_frequencies(arguments.corpora, frequencies.TABLE)
        print(f"{stems} stems in {frequencies.TABLE}")


if __name__ == "__main__":
    main()
