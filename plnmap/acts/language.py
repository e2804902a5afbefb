"""The language of an author, where the platform does not state that of the post.

Short texts one by one are unreliable, an author's posts together are not: the share of the
commonest function words tells languages of one script apart, and the script tells the rest.
No library: the ones that are kept up bring a model of megabytes or a compiled wheel for
what a page of words does at this level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

SAMPLE_CHARACTERS: Final = 20_000
"""How much of an author is read: enough that more does not change the answer."""

AT_LEAST_WORDS: Final = 20
"""Below this many words the language stays unknown."""

_WORDS: Final = """
    en: the of and to in is that it for you was with on this have are not be at but from they we
        what all so just my your if
    de: der die das und ist nicht ich es ein eine zu den mit auf für von im auch sich dem wie aber
        noch nur wir sie bei oder wird sind
    fr: le la les des est et un une du pas que je qui pour dans ce il sur plus au avec ne sont on
        nous vous mais c'est cette aux
    es: el la los las de que y en un una es por con para no se del al lo como más pero muy su está
        son este también hay mi
    pt: o a os as de que e em um uma é por com para não se do da no na mais como mas muito são isso
        você também ao está
    it: il la gli le di che e un una è per con non si del della nel sono anche come più ma questo ho
        ci dei alla lo da cosa
    nl: de het een van en is niet ik dat op te zijn voor met die er maar ook wat je aan bij naar nog
        dit wel geen om heb worden
    sv: och att det är som en på för av med inte den till jag har ett om men så vi kan från de var
        när också man eller mig nu
    da: og at det er som en på for af med ikke den til jeg har et om men så vi kan fra de var når
        også man eller mig nu hvad
    no: og å det er som en på for av med ikke den til jeg har et om men så vi kan fra de var når
        også man eller meg nå hva
    fi: ja on ei että se oli en hän mutta kun niin ole myös kuin joka tai jos mitä nyt vain minä
        ovat sen tämä sitten kanssa vielä mun olen voi
    pl: i w nie na się z do jest to że o jak ale po co tak za od jego czy już tylko dla przez tym
        przy być są mnie bardzo
    cs: a se na je v že to s z do o i jak za ale si tak jsem by ve jako pro po co už jen když není
        jsou byl
    hu: a az és hogy nem is egy van de meg csak ez volt már ha mint el még vagy ezt nagyon kell azt
        lesz mert én ki ami most után
    ro: și de la în a cu nu pe un o că este din să mai pentru ce sunt care am dar fi au sau te ca
        dacă foarte lui când
    tr: ve bir bu da de için çok ne ama ben var daha gibi mi o kadar yok olarak değil her sen en ile
        diye sonra şey benim mı iyi olan
    id: yang di dan itu dengan untuk tidak ini dari ke ada akan pada aku juga saya sudah bisa kamu
        kita mau lagi banget tapi aja nya atau orang karena buat
    ca: el la els les de que i en un una és per amb no es del al més com però molt són aquest també
        hi ha ho què si jo
    eu: eta da ez du bat dira hau baina ere zen egin dut izan dute oso den horrek gure nire bai hori
        izango zer dugu gabe batean beste orain hemen
    gl: o a os as de que e en un unha é por con para non se do da no na máis como pero moi son isto
        tamén ao está
    cy: y yr a i o yn ar mae ac am wedi yw ei eu gan fod ond oedd hyn nid chi ni fel gyda roedd bydd
        sydd dim iawn hynny
    ga: agus an na ar is ag go le do sé sí tá bhí mé níl seo sin faoi atá mar ach den leis aon raibh
        chun óna anois againn dom
    sq: dhe të në një që për me nga është se ka si nuk e i u do më ky kjo por janë ishte edhe vetëm
        mund këtë duke nëse tani
    vi: và của là không có cho được một trong các này người đã với những để khi tôi đó thì cũng như
        nhưng mà rất gì bạn anh ở ra
    tl: ang ng sa na ay mga at ko hindi ka ako si mo lang naman pa ba po siya kung yung para niya
        nga din kasi may nang ito
"""

FUNCTION_WORDS: Final[dict[str, frozenset[str]]] = {
    lang: frozenset(words.split())
    for lang, words in re.findall(r"(\w\w): ([^:]+)(?=\n    \w\w:|\n$)", _WORDS)
}
"""The commonest function words per language; about thirty each, so that shares compare."""

_SCRIPTS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("uk", re.compile(r"[іїєґ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
"""Scripts that settle the question; the first with a share of the letters wins."""

_NOISE: Final = re.compile(r"https?://\S+|[@#]\w+|\bRT\b")
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=256)
def base_language(lang: str | None) -> str | None:
    """The language of a tag, without region or script; None where the tag says nothing.

    >>> base_language("en-GB"), base_language("und"), base_language("")
    ('en', None, None)
    """
    base = (lang or "").replace("_", "-").partition("-")[0].lower()
    return None if base in ("", "und", "mul", "zxx", "qme", "qst", "qht", "qam", "qct") else base


def author_language(texts: Iterable[str]) -> str | None:
    """The language in which somebody mostly writes.

    The share of each language's commonest function words among the words of a sample; the
    best must hold a seventh of all words and lead the next by a tenth of itself.

    Parameters
    ----------
    texts
        Texts of one author, in any order; about the first 20,000 characters are read.

    Returns
    -------
    str or None
        Two letters; None where there is too little text or no language stands out.

    Examples
    --------
    >>> author_language(["What do you think of the new bridge?"] * 5)
    'en'
    >>> author_language(["ok"]) is None
    True
    """
    sample = _sample(texts)
    letters = sum(1 for letter in sample if letter.isalpha())
    for lang, script in _SCRIPTS:
        if letters >= AT_LEAST_WORDS and len(script.findall(sample)) > letters * (
            0.02 if lang == "uk" else 0.3
        ):
            return lang
    counts = Counter(_TOKEN.findall(sample.replace("’", "'").lower()))
    words = counts.total()
    if words < AT_LEAST_WORDS:
        return None
    shares = sorted(
        ((sum(counts[word] for word in known) / words, lang) for lang, known in FUNCTION_WORDS.items()),
        reverse=True,
    )
    (best, lang), (second, _) = shares[:2]
    return lang if best >= 1 / 7 and best - second >= best / 10 else None


def _sample(texts: Iterable[str]) -> str:
    kept: list[str] = []
    length = 0
    for text in texts:
        kept.append(_NOISE.sub(" ", text[: SAMPLE_CHARACTERS - length]))
        length += len(text)
        if length >= SAMPLE_CHARACTERS:
            break
    return "\n".join(kept)
