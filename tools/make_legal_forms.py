"""Make `matching/data/legal_forms.tsv`: `python -m tools.make_legal_forms ELF.csv`.

From the list of entity legal forms that GLEIF publishes for ISO 20275 (CC0) come the long forms and
abbreviations of its countries that are known by their words to be companies; `legal_forms.txt`
beside this file adds what names write and the list does not, and goes before it.
"""

import argparse
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from answerable.matching.normal_form import normalise

PATH = Path("src/answerable/matching/data/legal_forms.tsv")
SOURCE = Path(__file__).with_name("legal_forms.txt")

HEADER = """\
# Legal forms of companies. form <TAB> kind <TAB> where <TAB> designation <TAB> countries
# form: as it stands in a normalised name (lower case, no accents, blanks between words)
# kind: a class that can be compared across countries (KINDS in matching/legal_forms.py)
# where: any = wherever it stands; end, start, ends (either end); with = at the start beside another
#   form of its country; kept = a noun that tells the kind and stays in the name
# designation: what spellings of one form share; countries: ISO 3166-1, or * for many
# Made by tools/make_legal_forms.py from the GLEIF list for ISO 20275 (CC0) and tools/legal_forms.txt.
"""

RULES = [
    ("", r"\b(bank|banca|banco|banque|fund|fonds?|fondo|fundo|church|credit union|caisse|pension|insurance"
         r"|administra|municip|commune|comune|canton|kanton|parish|condominium|government|foreign|overseas"
         r"|poistovn|fakult|csd|zeleznic|zahranic|zivnost|fyzick|rolnik|alberta|yukon|external|persona|district"
         r"|distretto|prokur|procur|undivided|indivis|stat[eo]|party|partai|power|school|international|afore"
         r"|savings|extraprovincial|religious|societe de (?:pret|fiducie)|trust|parti[eud]|units?)"),
    ("branch", r"\b(zweigniederlassung|succursale|sucursal|filial\w*|branch|oddzial|pobocka|fioktelep|kiintea toimipaikka)"),
    ("public_limited", r"kommanditgesellschaft auf aktien|comandit\w* per azioni|commandite par actions"
                       r"|comandita por ac|komandytowo akcyjna|komanditna delniska|komanditno drustvo so akcii"),
    ("limited_partnership", r"kommandit|kommandiit|komandit|comandit|commandit|accomandita|limited partnership"
                            r"|beteti|usaldusuhing|ετερορρυθμ|eterorithmi|командит|合資|合资|akkomandita"),
    ("llp", r"limited liab\w+ partnership|atebolrwydd"),
    ("cooperative", r"cooperat|kooperat|genossenschaft|spoldziel|zadrug|druzstv|osuuskun|szovetkezet|andels"
                    r"|uhistu|συνεταιρισμ|кооперат|samvirke|cooperativ|corporative|kooperativ"),
    ("public_limited", r"anonym|anonim|naamloze|aktieselskab|aktiengesellschaft|aktiebolag|aksjeselskap"
                       r"|reszvenytarsasag|akciov|akcyjna|akcionar|akciju|akcine|aktsiaselts|dionic|delniska"
                       r"|per azioni|pe actiuni|actiuni|αν\w*ωνυμη|акционер|акціонер|акцыян|hlutafelag"
                       r"|aksionar|sehmdar|public limited|public company|pubblika|berhad|terbuka|مساهم"
                       r"|stock company|joint stock|joint-stock|par actions$|julkinen osakeyhtio|株式|股份"),
    ("limited", r"beschrankter haftung|responsabilit\w* limit|responsabilita limit|responsabilidad lim"
                r"|raspundere limit|beperkte aansp|ogranic\w* odgovorn|omejeno odgovorn|ogranicz\w* odpow"
                r"|rucenim obmedz|rucenim omez|korlatolt|ierobezotu|ограничен|обмежен|абмежав|περιορισμεν"
                r"|osakeyhtio|anpartsselskab|einkahluta|private company|limited liability company|private limited"
                r"|limited company|company limited by shares|sendirian|limited sirket|limitada|osauhing|المسو?ولية|"
                r"المحدودة|uzdar|kufizuar|mesuliyyet|有限|besloten vennootschap|vba|privata"
                r"|simplifiee|perseroan terbatas|unternehmergesellschaft"),
    ("partnership", r"partnership|partnerschaft|offene|kollektiv|collectif|colectivo|nome collettivo|nume colectiv"
                    r"|handelsbolag|interessentskab|ansvarlig|jawna|onder firma|verejna obchod|verejnych|"
                    r"ομορρυθμ|комплементар|taisuhing|avoin yhtio|javno trg|pilnsabied|kozkereseti|societe civile"
                    r"|sociedad civil|spolka cywilna|maatschap|ortakeri|economic interest|interet economique"
                    r"|interes econom|ortacko|neomejeno odgov|合名|合夥|合伙|samlagsfelag|partnerselskab"),
    ("state_enterprise", r"statsforetak|public enterprise|empresa publica|entreprise publique|valstyb|"
                         r"унитарн|унітарн|javno predu|јавно пред|kommunalt foretak|regie autonoma|"
                         r"perusahaan umum|perusahaan perseroan|państwow|panstwow|entidad publica empresarial"),
    ("foundation", r"stiftung|stichting|fondation|fundaci|fundaca|fondazione|fundacja|stiftelse|saatio|nadac"
                   r"|foundation|vakf|sihtasutus|alapitvany"),
    ("association", r"verein|association|asociaci|associac|associazion|vereniging|forening|stowarzysz|sdruzen"
                    r"|zdruzenie|yhdistys|mittetulundus|dernek|society|asociatie|sans but lucratif|zonder winst"
                    r"|egyesulet|udruzen"),
    ("corporation", r"corporation$"),
]  # fmt: skip
"""Kind, and how the words of a long form tell it; the first that fits. No kind: not a company."""

STARTS = frozenset(("start", "with"))
"""Places of forms that stand at the start of names only."""

NOUNS = frozenset(("foundation", "association", "trust", "cooperative"))
"""Kinds whose long forms are words of a name, and stay in it."""

KEPT = frozenset(("partnership", "partnerships", "chartered"))
"""Single words of other kinds that stay as well."""

LEAST = 4
"""Letters of an abbreviation of the public list: shorter ones are words or initials in other lands."""

SCHEMES = [
    {"й": soft, "ю": f"{glide}u", "я": f"{glide}a", "щ": hissed, "е": e}
    for soft in "yij"
    for glide in "yij"
    for hissed in ("shch", "sch", "sh")
    for e in ("e", "ye")
]
"""Ways to write Russian in Latin letters: what each writes otherwise than `LETTERS`."""

LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya i yi ye g u".split(),
        strict=True,
    )
)
UKRAINIAN = {"г": "h", "и": "y", "є": "ie"}
"""What Ukrainian writes otherwise."""


@dataclass(frozen=True, slots=True)
class Row:
    """A spelling of a legal form, and what the data file says of it."""

    form: str
    kind: str
    where: str
    designation: str
    countries: str

    def line(self) -> str:
        """Return the row as a line of the data file."""
        return "\t".join((self.form, self.kind, self.where, self.designation, self.countries))


def read_own(text: str) -> Iterator[Row]:
    """Yield the rows of our own table, phrases in Cyrillic letters in Latin letters as well."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, where, designation, countries, spellings = line.split(" ", 4)
            for spelling in spellings.split("|"):
                for form in (normalise(spelling), *spell_in_latin(spelling, countries)):
                    yield Row(form, kind, where, designation, countries)


def spell_in_latin(phrase: str, countries: str) -> set[str]:
    """Return the Latin spellings of a phrase in Cyrillic letters; none of other phrases.

    Abbreviations are left out: in Latin letters they are too short to be told from words.
    """
    if " " not in phrase or not re.search("[а-яіїєў]", phrase):
        return set()
    own = UKRAINIAN if countries == "ua" else {}
    return {_romanise(phrase, scheme | own) for scheme in SCHEMES}


def _romanise(phrase: str, scheme: dict[str, str]) -> str:
    if scheme["е"] == "ye":
        phrase = re.sub(r"(?<=[аеиоуыэюяьъ])е|\bе", "ye", phrase)
    letters = LETTERS | scheme | {"е": "e"}
    return normalise("".join(letters.get(each, each) for each in phrase).replace(".", ""))


def read_elf(path: Path) -> Iterator[Row]:
    """Yield the forms of the public list that are known to be of companies, one per spelling."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ELF Status ACTV/INAC"] == "ACTV"]
    for row in rows:
        long = normalise(row["Entity Legal Form name Local name"])
        kind = classify(long)
        country = row["Country Code (ISO 3166-1)"].lower()
        if kind and country:
            latin = normalise(row["Entity Legal Form name Transliterated name (per ISO 01-140-10)"])
            short = list(_split(row["Abbreviations Local language"]))
            short += _split(row["Abbreviations transliterated"])
            if row["Language Code (ISO 639-1)"] == "en":
                short = []  # a mix of words and remarks; the usual ones are in our own table
                if kind == "corporation":
                    continue  # development corporation, educational corporation: words of trades
            yield from _spell(long, latin, short, kind, country)


def _spell(long: str, latin: str, short: list[str], kind: str, country: str) -> Iterator[Row]:
    designation = (short[0] if short else long).replace(" ", "_")
    for form in dict.fromkeys((long, latin)):
        if len(form) > 7 and len(form.split()) < 8:
            where = "kept" if kind in NOUNS or form in KEPT else _place(form)
            yield Row(form, kind, where, designation, country)
    for form in short:
        if len(form.replace(" ", "")) >= LEAST:
            yield Row(form, kind, _place(form, "end"), designation, country)


def _place(form: str, otherwise: str = "any") -> str:
    """Forms that are written without blanks stand at an end of a word, others as told."""
    return "ends" if re.search("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", form) else otherwise


def _split(abbreviations: str) -> Iterator[str]:
    for each in re.split("[;,]", abbreviations):
        form = normalise(each)
        if form:
            yield form


def classify(long: str) -> str:
    """Return the kind of a long form by its words, or nothing if it is no form of companies."""
    return next((kind for kind, words in RULES if re.search(words, long)), "")


def merge(own: Iterable[Row], public: Iterable[Row]) -> list[Row]:
    """Return one row per spelling and side of a name: our own, else what the public list says.

    A spelling may be one form at the start of names and another at their end.
    """
    merged: dict[tuple[str, bool], Row] = {}
    for row in own:
        first = merged.setdefault((row.form, row.where in STARTS), row)
        if first.kind == row.kind and "*" not in (first.countries, row.countries):
            both = sorted({*first.countries.split(","), *row.countries.split(",")})
            merged[row.form, row.where in STARTS] = replace(first, countries=",".join(both))
    spelled: dict[str, list[Row]] = defaultdict(list)
    for row in public:
        if (row.form, False) not in merged:
            spelled[row.form].append(row)
    known = {row.designation: row.designation for row in merged.values()}
    known |= {row.form.replace(" ", "_"): row.designation for row in merged.values()}
    for form, rows in spelled.items():
        merged[form, False] = _agree(form, rows, known)
    return [merged[each] for each in sorted(merged)]


def _agree(form: str, rows: list[Row], known: dict[str, str]) -> Row:
    kind = Counter(row.kind for row in rows).most_common(1)[0][0]
    alike = [row for row in rows if row.kind == kind]
    designation = Counter(row.designation for row in alike).most_common(1)[0][0]
    countries = sorted({row.countries for row in alike})
    shown = ",".join(countries) if len(countries) < 12 else "*"
    return Row(form, kind, alike[0].where, known.get(designation, designation), shown)


def make_legal_forms(elf: Path) -> str:
    """Return the text of the data file."""
    rows = merge(read_own(SOURCE.read_text(encoding="utf-8")), read_elf(elf))
    return HEADER + "".join(f"{row.line()}\n" for row in rows if row.form)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("elf", type=Path, help="the list of entity legal forms as published, CSV")
    PATH.write_text(make_legal_forms(parser.parse_args().elf), encoding="utf-8")
