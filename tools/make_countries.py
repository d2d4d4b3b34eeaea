"""Make `model/data/countries.tsv`: countries, as they are written in many languages.

Names come from Unicode CLDR through Babel. The spellings that CLDR lacks (short forms, former
names, those of OFAC, BIS and the United Nations) were written for this project.
"""

from pathlib import Path

from babel import Locale
from babel.core import get_global

from answerable.model.countries import fold_country

PATH = Path("src/answerable/model/data/countries.tsv")

HEADER = """\
# Countries as they are written: ISO 3166-1 alpha-2 <TAB> English short name <TAB> spellings, folded
# Made by tools/make_countries.py. Names in 62 languages: Unicode CLDR, Unicode License v3,
# Copyright (c) Unicode, Inc., through Babel. Other spellings: written for this project.
# A spelling that two countries share in different languages is left out: it would be a guess.
"""

LANGUAGES = (
    "en fr de es it pt nl pl sv da nb nn fi cs sk sl hr sr sr_Latn bg mk ro hu el tr ru uk "
    "be kk uz ky az ka hy ar fa ur he hi bn ta te th vi id ms ja ko zh zh_Hant ug mn et lv "
    "lt sq bs ca eu gl is ga sw af my km lo"
)

NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Codes of CLDR that stand for no country or territory of ISO 3166-1."""

SHORT_NAMES = {
    "BA": "Bosnia and Herzegovina", "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo", "CI": "Côte d'Ivoire", "HK": "Hong Kong", "MO": "Macao",
    "MM": "Myanmar", "PS": "Palestine", "TR": "Turkey", "KN": "Saint Kitts and Nevis",
    "LC": "Saint Lucia", "VC": "Saint Vincent and the Grenadines", "TT": "Trinidad and Tobago",
    "AG": "Antigua and Barbuda", "ST": "São Tomé and Príncipe",
}  # fmt: skip
"""English short names that read better than CLDR's."""

AMBIGUOUS = {"congo", "kongo", "конго", "korea", "corea", "coree", "virgin islands"}
"""Spellings that may be two countries: a language that uses one of them for one does not decide."""

OTHERS = """
ae uae|u a e|emirates|emirats arabes unis|vae|eau
ag antigua
ba bosnia|bosnia herzegovina|bosnia hercegovina
bn brunei darussalam
bo plurinational state of bolivia
bs bahamas|the bahamas
cd dr congo|drc|dr of congo|congo kinshasa|congo dr|congo drc|democratic republic of congo
cd democratic republic of the congo|democratic republic congo|zaire
cd the democratic republic of the congo
cg congo brazzaville|republic of the congo|republic of congo
ci ivory coast|cote divoire|cote d ivoire
cn prc|pr china|p r china|prchina|pr of china|p r c|peoples republic of china
cn people s republic of china|the peoples republic of china|mainland china|china mainland
cn chine populaire|rpc|vr china|volksrepublik china|republica popular china|cina popolare
cn 中华人民共和国|中華人民共和國|中国大陆|中國大陸|kitay|кнр|китайская народная республика
cn جمهورية الصين الشعبية|جۇڭگو
cv cape verde
cz czech republic|the czech republic
de federal republic of germany|brd
do dominican republic|dominican rep
fm federated states of micronesia|micronesia federated states of
fk falkland islands|falklands|falkland islands malvinas
fo faeroe islands
gb uk|u k|great britain|britain|england|scotland|wales|northern ireland
gb united kingdom of great britain and northern ireland|the united kingdom|uk england|england uk
gb england and wales|uk scotland|uk wales|gb eng|gb sct|gb wls|gb nir|gb gbn
gb england united kingdom|scotland united kingdom|wales united kingdom
gb northern ireland united kingdom|royaume uni|grande bretagne|angleterre|grossbritannien
gb vereinigtes konigreich|inglaterra|gran bretana|inghilterra|gran bretagna|gra bretanha
gb engeland|groot brittannie|英格兰|英格蘭|великобритания|англия
gm the gambia|gambia
gr el|hellas|hellenic republic
hk hong kong|hongkong|hong kong sar|hong kong s a r|hong kong china
hk hong kong special administrative region china|china hong kong|hong kong prc
hk hong kong sar china|hong kong special administrative region|xianggang|香港|中国香港|中國香港
hk 香港特别行政区|香港特別行政區|гонконг
ie republic of ireland|eire|irish republic|southern ireland
ir islamic republic of iran|iran islamic republic of|persia
kg kyrgyz republic|kirghizia
kn st kitts and nevis|saint kitts|st kitts
kp north korea|dprk|d p r k|democratic peoples republic of korea
kp democratic people s republic of korea|korea north|dpr korea|朝鲜|朝鮮|кндр
kr южная корея|南韓|南韩|한국
kp северная корея|北韓|北韩|북한|corea del norte|coree du nord|nordkorea
kr corea del sur|coree du sud|sudkorea|zuid korea
kr south korea|republic of korea|korea south|korea republic of|rok|r o k|s korea
kr the republic of korea|korea rep|大韩民国|大韓民國|대한민국
la lao peoples democratic republic|lao people s democratic republic|lao pdr|lao
lc st lucia
ly libyan arab jamahiriya
md republic of moldova|moldova republic of
mk macedonia|north macedonia|fyrom|fyr macedonia|republic of north macedonia
mk the former yugoslav republic of macedonia
mm burma|myanmar|union of myanmar|birmanie|birmania|myanmar burma|burma myanmar
mo macau|macao|macao sar|macau sar|macau china|macao china|china macau|china macao
mo macao special administrative region|澳门|澳門|中国澳门|中國澳門
nl holland|the netherlands|netherlands
pg papua new guinea
ph the philippines|philippines
ps west bank|gaza|gaza strip|region gaza|palestine|state of palestine|palestinian
ps palestinian territory|palestinian authority|west bank and gaza|occupied palestinian territory
ru russia|russian federation|the russian federation|rf|рф|российская федерация
sa ksa|kingdom of saudi arabia|saudi
sh saint helena|st helena|saint helena ascension and tristan da cunha
st sao tome and principe|sao tome
sy syrian arab republic
sz swaziland|eswatini|kingdom of eswatini
tl east timor
tr turkiye|turkey|republic of turkey|republic of turkiye
tt trinidad
tw taiwan|taiwan province of china|taiwan roc|taiwan r o c|republic of china|roc|taiwan china
tw china taiwan|chinese taipei|formosa|中华民国|中華民國|台灣|台湾|臺灣|中国台湾|中國台灣
tz united republic of tanzania|tanzania united republic of
us usa|u s a|u s|united states of america|the united states|the united states of america|america
us estados unidos|estados unidos de america|etats unis|etats unis d amerique|eeuu|ee uu|eua
us stati uniti|stati uniti d america|vereinigte staaten|vereinigte staaten von amerika|vsa
us verenigde staten|сша|美国|美國|الولايات المتحدة|الولايات المتحدة الامريكية|米国|미국
va holy see|vatican|holy see vatican city state|vatican city
vc st vincent and the grenadines|saint vincent|st vincent
ve bolivarian republic of venezuela
vg british virgin islands|bvi|b v i|virgin islands british|british virgin is
vi us virgin islands|u s virgin islands|virgin islands us|united states virgin islands
sk slovak republic
vn viet nam|socialist republic of vietnam
xk kosovo|republic of kosovo
"""


def make_countries() -> str:
    """Return the text of `countries.tsv`."""
    names, spellings = _from_cldr()
    for line in OTHERS.strip().splitlines():
        code, _, others = line.partition(" ")
        for spelling in others.split("|"):
            spellings[fold_country(spelling)] = {code}
    known: dict[str, list[str]] = {code: [] for code in names}
    for spelling, codes in spellings.items():
        if len(codes) == 1 and spelling not in AMBIGUOUS:
            known[next(iter(codes))].append(spelling)
    rows = [f"{code}\t{names[code]}\t{'|'.join(sorted(known[code]))}\n" for code in sorted(names)]
    return HEADER + "".join(rows)


def _from_cldr() -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return code to English name, and folded spelling to the codes that it may stand for."""
    english = {
        code: name
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code not in NO_COUNTRIES
    }
    spellings: dict[str, set[str]] = {}
    for language in LANGUAGES.split():
        for code, name in Locale.parse(language).territories.items():
            if code in english:
                spellings.setdefault(fold_country(name), set()).add(code.lower())
    for code, name in english.items():
        for each in (name, SHORT_NAMES.get(code, name)):
            spellings[fold_country(each)] = {code.lower()}
    for alias, [code, *others] in sorted(get_global("territory_aliases").items()):
        if len(alias) == 3 and alias.isalpha() and not others and code in english:
            spellings[alias.casefold()] = {code.lower()}
    for code in english:
        spellings[code.casefold()] = {code.lower()}
    names = {code.lower(): SHORT_NAMES.get(code, name) for code, name in english.items()}
    return names, spellings
