"""Figures of the matcher: `python -m matcher.bench cases [--baselines]`, `... frequencies|stream|speed --corpora FOLDER`.

The folder holds collections of articles as `*/*.jsonl.gz`, a record a line with `title`, `text`, `language`.
"""

import argparse
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz

from crawlers import text
from matcher import bench_speed, catalogue, concepts, frequencies, labelled
from matcher.match import Matcher
from matcher.recorded import articles
from matcher.records import Grade
from matcher.stems import stem
from matcher.vocabulary import Vocabulary

_THRESHOLDS = (60, 70, 80, 85, 90, 95)
_FEWEST = 10  # texts: rarer stems are left out of the table


def count_frequencies(corpora: Path, table: Path) -> int:
    """Writes in how many texts each stem stands; returns the number of stems."""
    counts: Counter[str] = Counter()
    vocabulary = Vocabulary(
        (name, word) for name, listed in concepts.load().items() for words in listed.values() for word in words
    )
    total = 0
    for article in articles(corpora):
        folded = text.fold(text.clean(f"{article.title}\n{article.text}"))
        counts.update({stem(part) for word in text.words(folded) for part in (word, *word.split("-"))})
        counts.update({f"concept:{found.name}" for found in vocabulary.find(folded)})
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


def compare_cases(folder: Path, show: bool, baselines: bool) -> None:
    """Agreement with labelled cases, by language; `baselines`: beside plain rapidfuzz on the entries' titles."""
    known = catalogue.load()
    matcher = Matcher(known)
    cases = labelled.load(folder)
    every = [one for each in cases.values() for one in each]
    print(f"{'language':10} {'cases':>5}   entries: P     R     F1      pairs: P     R     F1")
    for language, listed in [*cases.items(), ("all", every)]:
        found = labelled.entries(listed, known, matcher.match), labelled.pairs(listed, matcher.match)
        figures = "   ".join(f"    {one.precision:.3f} {one.recall:.3f} {one.f1:.3f}" for one in found)
        print(f"{language:10} {len(listed):>5}   {figures}")
        if show and language != "all":
            print("\n".join(found[0].mistakes))
    if baselines:
        print(f"{'entries, all languages':40} {'P':>5} {'R':>5} {'F1':>5}  threshold")
        print(f"{'this matcher':40} {_figures(labelled.entries(every, known, matcher.match))}")
        for scorer in (fuzz.token_set_ratio, fuzz.partial_ratio, fuzz.WRatio):
            scored = labelled.title_scores(every, known, scorer, _THRESHOLDS[0])
            scores = [(_plain(scored, threshold), threshold) for threshold in _THRESHOLDS]
            best, threshold = max(scores, key=lambda one: one[0].f1)
            print(f"{f'rapidfuzz {scorer.__name__} of the titles':40} {_figures(best)}  {threshold}")


def _figures(score: labelled.Score) -> str:
    return f"{score.precision:.3f} {score.recall:.3f} {score.f1:.3f}"


def _plain(scored: list[tuple[labelled.Case, dict[str, float]]], threshold: float) -> labelled.Score:
    score = labelled.Score()
    for case, likeness in scored:
        found = {entry for entry, value in likeness.items() if value >= threshold}
        score.right += len(found & case.about)
        score.wrong += len(found - case.about)
        score.missed += len(case.about - found)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["cases", "frequencies", "stream", "speed"])
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--articles", type=int, help="only the first so many of the collections")
    parser.add_argument("--cases", type=Path, default=labelled.CASES)
    parser.add_argument("--show", action="store_true", help="list every case that was missed or wrong")
    parser.add_argument("--baselines", action="store_true", help="also plain rapidfuzz on the entries' titles")
    arguments = parser.parse_args()
    if arguments.what == "cases":
        compare_cases(arguments.cases, arguments.show, arguments.baselines)
    elif arguments.corpora is None:
        parser.error("--corpora names the folder of the collections")
    elif arguments.what == "speed":
        bench_speed.run(list(islice(articles(arguments.corpora), arguments.articles)), arguments.corpora)
    elif arguments.what == "stream":
        stream(arguments.corpora)
    else:
        stems = count_frequencies(arguments.corpora, frequencies.TABLE)
        print(f"{stems} stems in {frequencies.TABLE}")


if __name__ == "__main__":
    main()
