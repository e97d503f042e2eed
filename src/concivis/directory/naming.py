"""Names of organisations made comparable: any script in Latin letters, without the words of the legal form. Pure."""

import re

from anyascii import anyascii

from concivis.places.names import fold

_FORMS = """
    ev e v ggmbh gug gmbh mbh ug ag kg ohg gbr eg e g stiftung verein eingetragener eingetragene gemeinnutziger
    gemeinnutzige genossenschaft
    aps a p s onlus o n l u s odv o d v ets e t s srl s r l spa s p a scarl coop cooperativa sociale societa
    associazione associazioni fondazione ente impresa
    asociatia asociatie fundatia fundatie ong sra s r a
    association associations asbl aisbl a s b l loi 1901 fondation sarl sa sas scic
    ngo cic ltd limited plc llc inc incorporated charity charitable trust foundation society org
    dernegi dernek vakfi vakif
    gromadska hromadska organizatsiia organizatsiya go bo blahodiinii blagodiinii fond
    stowarzyszenie fundacja zs z s spolek obcianske zdruzenie egyesulet alapitvany udruga udruzenje
    stichting vereniging vzw forening asociacion fundacion associacao fundacao jamiat jmyt
"""
LEGAL_FORMS = frozenset(_FORMS.split())
"""Words, folded and in Latin letters, that say what an organisation legally is and not which one it is."""

_JOINING = ("und and et e y i si de des du der die das den dem von fur for per pour of the la le il lo l "
                    "di della del dei delle da a al zu zur zum in im u ve")  # fmt: skip
JOINING = frozenset(_JOINING.split())
VOWELS = re.compile(r"[aeiouyhw]")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONGEST_KEY = 300


def key_of(name: str) -> str:
    """`name` as it is compared: folded, in Latin letters, without legal form and joining words.

    A name made of nothing else keeps all its words. Empty for a name without letters.
    """
    words = latin(name).split()
    telling = [word for word in words if word not in LEGAL_FORMS and word not in JOINING]
    return " ".join(telling or words)[:LONGEST_KEY].strip()


def latin(name: str) -> str:
    """`name` folded and in Latin letters: “Сдружение” becomes “sdruzhenie”, “中国协会” “zhong guo xie hui”."""
    return fold(CAMEL.sub(" ", anyascii(fold(name))).replace("`", "").replace("'", ""))


def skeleton(key: str) -> str:
    """The consonants of a key. Scripts that write no vowels cannot be compared otherwise."""
    bare = (VOWELS.sub("", word) for word in key.split())
    return " ".join(re.sub(r"(.)\1+", r"\1", word) for word in bare if word)


def writes_no_vowels(name: str) -> bool:
    """Whether a name is written in Arabic or Hebrew letters."""
    return any("\u0590" <= letter <= "\u08ff" for letter in name)


def legal_form_of(name: str) -> str:
    """The legal form at the end of a name, as it is written there: “e.V.”; "" where there is none we know."""
    last = name.split()[-1] if name.split() else ""
    return last if fold(last).replace(" ", "") in ABBREVIATED else ""


_ABBREVIATED = "ev ggmbh gug gmbh aps onlus odv ets asbl aisbl vzw srl sarl cic ltd"
ABBREVIATED = frozenset(_ABBREVIATED.split())
