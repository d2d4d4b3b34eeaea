"""Make `matching/data/places.tsv`: places as they occur in company names.

Countries and the cities of time zones come from Unicode CLDR through Babel; Chinese provinces and
prefecture-level cities, demonyms and other additions were written for this project.
"""

import unicodedata
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from pypinyin import lazy_pinyin

from answerable.matching.rarity import measure_rarity

PATH = Path("src/answerable/matching/data/places.tsv")
LEXICON = PATH.with_name("lexicon_han.tsv")
TRANSLATIONS = PATH.with_name("translations.tsv")

AREAS = frozenset(
    "Xinjiang|Changji|Bortala|Bayingolin|Aksu|Kizilsu|Kashgar|Hotan|Ili, Tacheng, Altay".split("|")
)
"""Sections of the Chinese lexicon whose areas no brand is likely to be spelled like."""

AUTONOMOUS = ("自治州", "自治县")
"""Ends of the names of autonomous prefectures and counties."""

RARE = 11.0
"""Rarity from which a word of a place is no word of English names."""

LANGUAGES = "de fr es it nl pt pl cs sk hu ro sv da nb fi tr hr sl et lv lt sq ca".split()
"""Languages of Latin letters whose names of countries and cities are places, too."""

NO_COUNTRIES = {"CD", "CG", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
"""Codes of CLDR that are no country, or of two countries that share their short name."""

SPARSE = {"AQ", "AU", "BR", "CA", "KZ", "US", "ZZ"}
"""Territories whose time zones are named after small towns with everyday words for names."""

HEADER = """\
# Places as they occur in company names. words <TAB> country <TAB> level [<TAB> name]
# A fourth column gives the name that spellings of one place share.
# words: as in a normalised name; country: ISO 3166-1 alpha-2, lower case, or zz for several
# level: continent, country, region, prefecture, county or city
# Made by tools/make_places.py. Countries and time-zone cities: Unicode CLDR (Unicode License v3),
# through Babel. Chinese places, demonyms and additions: written for this project.
"""

COUNTRIES = """
gb uk|u k|united kingdom|great britain|britain|england|scotland|wales|northern ireland|british|gb
us usa|u s a|us|america|united states of america|united states|american
cn china|prc|peoples republic of china|chinese|zhongguo|中国|中國
hk hong kong|hongkong|hk|xianggang|香港
mo macau|macao|澳门|澳門
tw taiwan|taiwanese|台湾|台灣|臺灣
de germany|deutschland|german
fr france|french|francaise|francais
es spain|espana|spanish|espanola|espanol
it italy|italia|italian|italiana|italiano
nl netherlands|nederland|holland|dutch|nederlandse|nederlandsche
be belgium|belgie|belgique
ch switzerland|schweiz|suisse|swiss|svizzera|svizzero
at austria|osterreich
pl poland|polska|polish|polski|polskie
pt portugal|portuguese|portuguesa|portugues
ie ireland|eire|irish
dk denmark|danmark|danish
se sweden|sverige|swedish
no norway|norge|norwegian
fi finland|suomi|finnish
ru russia|russian|russian federation|rf|rossiya|россия|россии|российская
ua ukraine|ukraina|ukrainian|украина
uz uzbekistan|uzbek|republic of uzbekistan
kg kyrgyzstan|kyrgyz republic|kyrgyz|kirghizia
tj tajikistan|tajik|republic of tajikistan
tm turkmenistan|turkmen
az azerbaijan|azerbaijani|azerbaijan republic|republic of azerbaijan
am armenia|armenian|republic of armenia
ge georgian
md moldova|moldovan|republic of moldova
rs serbia|serbian|republic of serbia
bg bulgaria|bulgarian
mn mongolia|mongolian
by belarus|belarusian|byelorussian|republic of belarus|беларусь
kz kazakhstan|kazakh|kazakhstani|republic of kazakhstan|казахстан
ir iran|iranian|islamic republic of iran|ایران|إيران
iq iraq|iraqi|republic of iraq
sy syria|syrian|syrian arab republic
ye yemen|yemeni|republic of yemen
jo jordan|jordanian|hashemite kingdom of jordan
lb lebanon|lebanese
kw kuwait|kuwaiti|state of kuwait
qa qatar|qatari|state of qatar
bh bahrain|bahraini|kingdom of bahrain
om omani|sultanate of oman
ly libya|libyan
sd sudan|sudanese|republic of sudan
dz algeria|algerian
ma morocco|moroccan
tn tunisia|tunisian
af afghanistan|afghan|islamic republic of afghanistan
sa saudi arabia|saudi|saudi arabian|kingdom of saudi arabia|السعودية
ae uae|u a e|united arab emirates|emirates|الامارات
eg egypt|egyptian|misr|arab republic of egypt|مصر
tr turkey|turkiye|turkish|turk
in india|indian|bharat|hindustan
pk pakistan|pakistani|islamic republic of pakistan
bd bangladesh
lk sri lanka|lanka
jp japan|nippon|nihon|japanese|日本
kr korea|south korea|republic of korea|korean|한국
kp north korea|dprk|democratic peoples republic of korea
vn vietnam|viet nam|vietnamese
th thailand|thai
my malaysia|malaysian
sg singapore|singaporean
id indonesia|indonesian
ph philippines|philippine
au australia|australian|australasia
nz new zealand
ca canada|canadian
mx mexico
br brazil|brasil
ar argentina
za south africa|sa pty
ng nigeria
ke kenya
il israel|israeli
mm myanmar|burma|burmese
kh cambodia|cambodian
la laos
vg bvi|british virgin islands
ky cayman|cayman islands
"""

CONTINENTS = """
zz europe|european|asia|asian|africa|african|americas|latin america|north america|south america|middle east|emea|apac|asia pacific|pacific|eurasia|eurasian|euro|nordic|scandinavia|iberia|benelux|caribbean
"""

SAME = {
    "moskva": "moscow", "москва": "moscow", "московский": "moscow", "st petersburg": "saint petersburg",
    "munchen": "munich", "koln": "cologne", "bombay": "mumbai", "madras": "chennai", "new delhi": "delhi",
    "calcutta": "kolkata", "bangalore": "bengaluru", "esfahan": "isfahan", "東京": "tokyo", "大阪": "osaka",
    "서울": "seoul", "pusan": "busan", "inchon": "incheon", "taegu": "daegu", "kwangju": "gwangju",
    "taejon": "daejeon", "cheju": "jeju",
}  # fmt: skip
"""Spellings of cities, to the spelling whose name they share."""

ADJECTIVES = {
    "european": "europe",
    "asian": "asia",
    "african": "africa",
    "eurasian": "eurasia",
}
"""Adjectives of continents, to the continent."""

CHINA = """
region beijing 北京|tianjin 天津|hebei 河北|shanxi 山西|inner mongolia 内蒙古|liaoning 辽宁|jilin 吉林|heilongjiang 黑龙江
region shanghai 上海|jiangsu 江苏|zhejiang 浙江|anhui 安徽|fujian 福建|jiangxi 江西|shandong 山东|henan 河南|hubei 湖北
region hunan 湖南|guangdong 广东|guangxi 广西|hainan 海南|chongqing 重庆|sichuan 四川|guizhou 贵州|yunnan 云南|tibet 西藏|xizang 西藏
region shaanxi 陕西|gansu 甘肃|qinghai 青海|ningxia 宁夏|xinjiang 新疆
city shijiazhuang 石家庄|tangshan 唐山|qinhuangdao 秦皇岛|handan 邯郸|xingtai 邢台|baoding 保定|zhangjiakou 张家口|chengde 承德
city cangzhou 沧州|langfang 廊坊|hengshui 衡水|taiyuan 太原|datong 大同|changzhi 长治|jincheng 晋城|jinzhong 晋中|yuncheng 运城
city linfen 临汾|hohhot 呼和浩特|huhehaote 呼和浩特|baotou 包头|wuhai 乌海|chifeng 赤峰|tongliao 通辽|ordos 鄂尔多斯
city shenyang 沈阳|dalian 大连|anshan 鞍山|fushun 抚顺|benxi 本溪|dandong 丹东|jinzhou 锦州|yingkou 营口|fuxin 阜新|liaoyang 辽阳
city panjin 盘锦|tieling 铁岭|huludao 葫芦岛|changchun 长春|siping 四平|tonghua 通化|harbin 哈尔滨|qiqihar 齐齐哈尔|daqing 大庆
city mudanjiang 牡丹江|jiamusi 佳木斯|nanjing 南京|wuxi 无锡|xuzhou 徐州|changzhou 常州|suzhou 苏州|nantong 南通|lianyungang 连云港
city huaian 淮安|yancheng 盐城|yangzhou 扬州|zhenjiang 镇江|taizhou 泰州|suqian 宿迁|kunshan 昆山|jiangyin 江阴|changshu 常熟
city hangzhou 杭州|ningbo 宁波|wenzhou 温州|jiaxing 嘉兴|huzhou 湖州|shaoxing 绍兴|jinhua 金华|quzhou 衢州|zhoushan 舟山|lishui 丽水|yiwu 义乌
city hefei 合肥|wuhu 芜湖|bengbu 蚌埠|huainan 淮南|maanshan 马鞍山|huaibei 淮北|tongling 铜陵|anqing 安庆|huangshan 黄山|chuzhou 滁州|fuyang 阜阳|bozhou 亳州|xuancheng 宣城
city fuzhou 福州|xiamen 厦门|putian 莆田|sanming 三明|quanzhou 泉州|zhangzhou 漳州|nanping 南平|longyan 龙岩|ningde 宁德
city nanchang 南昌|jingdezhen 景德镇|pingxiang 萍乡|jiujiang 九江|xinyu 新余|yingtan 鹰潭|ganzhou 赣州|yichun 宜春|shangrao 上饶
city jinan 济南|qingdao 青岛|zibo 淄博|zaozhuang 枣庄|dongying 东营|yantai 烟台|weifang 潍坊|jining 济宁|taian 泰安|weihai 威海|rizhao 日照|linyi 临沂|dezhou 德州|liaocheng 聊城|binzhou 滨州|heze 菏泽
city zhengzhou 郑州|kaifeng 开封|luoyang 洛阳|pingdingshan 平顶山|anyang 安阳|xinxiang 新乡|jiaozuo 焦作|puyang 濮阳|xuchang 许昌|nanyang 南阳|shangqiu 商丘|xinyang 信阳|zhoukou 周口
city wuhan 武汉|huangshi 黄石|shiyan 十堰|yichang 宜昌|xiangyang 襄阳|ezhou 鄂州|jingmen 荆门|xiaogan 孝感|jingzhou 荆州|huanggang 黄冈
city changsha 长沙|zhuzhou 株洲|xiangtan 湘潭|hengyang 衡阳|shaoyang 邵阳|yueyang 岳阳|changde 常德|zhangjiajie 张家界|yiyang 益阳|chenzhou 郴州|huaihua 怀化
city guangzhou 广州|shenzhen 深圳|zhuhai 珠海|shantou 汕头|foshan 佛山|shaoguan 韶关|zhanjiang 湛江|maoming 茂名|zhaoqing 肇庆|huizhou 惠州|meizhou 梅州|shanwei 汕尾|heyuan 河源|yangjiang 阳江|qingyuan 清远|dongguan 东莞|zhongshan 中山|chaozhou 潮州|jieyang 揭阳
city nanning 南宁|liuzhou 柳州|guilin 桂林|wuzhou 梧州|beihai 北海|qinzhou 钦州|yulin 玉林|haikou 海口|sanya 三亚
city chengdu 成都|zigong 自贡|panzhihua 攀枝花|luzhou 泸州|deyang 德阳|mianyang 绵阳|suining 遂宁|leshan 乐山|nanchong 南充|yibin 宜宾|guangan 广安|meishan 眉山
city guiyang 贵阳|zunyi 遵义|anshun 安顺|kunming 昆明|qujing 曲靖|yuxi 玉溪|dali 大理|lhasa 拉萨
city xian 西安|baoji 宝鸡|xianyang 咸阳|weinan 渭南|hanzhong 汉中|yanan 延安|lanzhou 兰州|jiayuguan 嘉峪关|tianshui 天水|jiuquan 酒泉|xining 西宁|yinchuan 银川|shizuishan 石嘴山
city yangquan 阳泉|shuozhou 朔州|xinzhou 忻州|luliang 吕梁|lvliang 吕梁|hulunbuir 呼伦贝尔|bayannur 巴彦淖尔|ulanqab 乌兰察布|xilingol 锡林郭勒|alxa 阿拉善|chaoyang 朝阳
city liaoyuan 辽源|baishan 白山|songyuan 松原|baicheng 白城|jixi 鸡西|hegang 鹤岗|shuangyashan 双鸭山|qitaihe 七台河|heihe 黑河|suihua 绥化
city luan 六安|chizhou 池州|suzhou 宿州|fuzhou 抚州|laiwu 莱芜|hebi 鹤壁|sanmenxia 三门峡|zhumadian 驻马店|luohe 漯河|jiyuan 济源|xianning 咸宁|suizhou 随州|yongzhou 永州|loudi 娄底
city yunfu 云浮|jiangmen 江门|fangchenggang 防城港|guigang 贵港|baise 百色|hezhou 贺州|hechi 河池|laibin 来宾|chongzuo 崇左|danzhou 儋州|guangyuan 广元|neijiang 内江|dazhou 达州|yaan 雅安|bazhong 巴中|ziyang 资阳
city liupanshui 六盘水|bijie 毕节|tongren 铜仁|baoshan 保山|zhaotong 昭通|lijiang 丽江|puer 普洱|lincang 临沧|shigatse 日喀则|qamdo 昌都|nyingchi 林芝|shannan 山南|nagqu 那曲
city tongchuan 铜川|yulin 榆林|ankang 安康|shangluo 商洛|jinchang 金昌|baiyin 白银|wuwei 武威|zhangye 张掖|pingliang 平凉|qingyang 庆阳|dingxi 定西|longnan 陇南|haidong 海东|wuzhong 吴忠|guyuan 固原|zhongwei 中卫
city urumqi 乌鲁木齐|wulumuqi 乌鲁木齐|karamay 克拉玛依|kelamayi 克拉玛依|turpan 吐鲁番|tulufan 吐鲁番|hami 哈密|kumul 哈密|aksu 阿克苏|akesu 阿克苏|kashgar 喀什|kashi 喀什|hotan 和田|hetian 和田|khotan 和田|changji 昌吉|korla 库尔勒|kuerle 库尔勒|ili 伊犁|yili 伊犁|shihezi 石河子|shihotze 石河子|alar 阿拉尔|tumxuk 图木舒克|wujiaqu 五家渠|kuytun 奎屯|yining 伊宁|tacheng 塔城|altay 阿勒泰|bayingolin 巴音郭楞
"""

SPELLINGS = """
北京 peking|pekin|peiping|beiping
天津 tientsin|tianjing
上海 shang hai
重庆 chungking|chongching|zhongqing
河北 hopei|hopeh
山西 shansi
陕西 shensi|shaan xi
内蒙古 inner mongol|inner mongolian|neimenggu|nei menggu|nei mongol|inner mongolia autonomous region
辽宁 liaoning province
吉林 chilin
江苏 kiangsu|jiang su
浙江 chekiang|zhe jiang
安徽 anhwei|anhuei
福建 fukien|hokkien
江西 kiangsi
山东 shantung
河南 honan
湖北 hupeh|hupei
广东 kwangtung|kwang tung
广西 kwangsi|guangxi zhuang autonomous region|kwangsi chuang
四川 szechuan|szechwan|sze chuan
贵州 kweichow|kuei chou|kueichow
甘肃 kansu
青海 chinghai|tsinghai
宁夏 ninghsia|ningsia|ningxia hui autonomous region
西藏 thibet|tibet autonomous region|xizang autonomous region
新疆 sinkiang|hsinchiang|xin jiang|xinjiang uyghur autonomous region|xinjiang uygur autonomous region|xinjiang uighur autonomous region|xuar
广州 kwangchow|kuangchou
南京 nanking|nankin
杭州 hangchow|hangchou
苏州 soochow|suchow|sou zhou
扬州 yangchow
温州 wenchow
福州 foochow|fuchou
厦门 amoy|hsiamen
汕头 swatow
泉州 chuanchow|chinchew
漳州 changchow fukien|chiangchow
潮州 chaochow|teochew
青岛 tsingtao|tsingtau|chingtao
济南 tsinan|chinan
烟台 chefoo
徐州 hsuchow|suchow kiangsu
无锡 wusih|wuhsi
常州 changchow
镇江 chinkiang
郑州 chengchow|chengchou
开封 kaifeng fu
长沙 changsha hunan
武汉 wu han|hankow
西安 sian|hsian|si an
兰州 lanchow|lanchou
成都 chengtu
贵阳 kweiyang
桂林 kweilin
柳州 liuchow
沈阳 mukden|shenyang city
大连 dairen|talien|port arthur
丹东 antung
哈尔滨 haerbin|harbin city
齐齐哈尔 tsitsihar|qiqihaer
宁波 ningpo
珠海 chuhai
佛山 fatshan
肇庆 shiuhing
江门 kongmoon|jiangmen
中山 chungshan
东莞 tungkwan
呼和浩特 huhehot|huhhot
乌鲁木齐 urumchi|wulumqi|urumqi city
克拉玛依 qaramay|karamai
吐鲁番 turfan
哈密 qumul
阿克苏 aqsu
喀什 kashghar|kaxgar|kashgaer
和田 hoten|khoten
昌吉 sanji
库尔勒 kurla
伊犁 ili kazakh autonomous prefecture|yili kazakh autonomous prefecture
伊宁 ghulja|gulja|kulja
塔城 tarbagatay|tarbaghatay|qoqek
阿勒泰 aletai
巴音郭楞 bayingol|bayinguoleng|bayingolin mongol autonomous prefecture
阿拉尔 aral city|alaer
图木舒克 tumushuke|tumshuk
石河子 shihotzu
拉萨 lasa
"""
"""Other spellings of Chinese places: of the post office and of Wade and Giles, of Cantonese and Uyghur."""

CITIES = """
gb london|manchester|birmingham|leeds|glasgow|liverpool|bristol|sheffield|edinburgh|cardiff|belfast|leicester|nottingham|newcastle|southampton|portsmouth|oxford|cambridge|reading|coventry|bradford|essex|kent|surrey|sussex|yorkshire|lancashire|cheshire|midlands|cornwall|devon|norfolk|suffolk
us new york|los angeles|chicago|houston|dallas|boston|seattle|san francisco|california|texas|florida|ohio|michigan|virginia
ru moscow|moskva|saint petersburg|st petersburg|novosibirsk|yekaterinburg|kazan|samara|omsk|tomsk|tula|ural|siberia|москва|московский
ir tehran|isfahan|esfahan|shiraz|tabriz|mashhad
ae dubai|abu dhabi|sharjah|ajman|fujairah|ras al khaimah
in mumbai|bombay|delhi|new delhi|bangalore|bengaluru|chennai|madras|kolkata|calcutta|hyderabad|pune|ahmedabad|surat|gujarat|punjab
pk karachi|lahore|islamabad|rawalpindi|sialkot
de berlin|munchen|munich|hamburg|frankfurt|koln|cologne|stuttgart|dusseldorf
fr paris|lyon|marseille|toulouse
jp tokyo|osaka|kyoto|nagoya|yokohama|kobe|東京|大阪
kr seoul|busan|pusan|incheon|inchon|daegu|taegu|gwangju|kwangju|daejeon|taejon|jeju|cheju|ulsan|suwon|서울
tr istanbul|ankara|izmir
"""


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join("".join(c if c.isalnum() else " " for c in plain.replace("'", "")).split())


def _cldr() -> dict[str, tuple[str, str]]:
    places: dict[str, tuple[str, str]] = {}
    english = Locale("en")
    for code, name in english.territories.items():
        if len(code) == 2 and code.isalpha():
            places[_fold(name.split("(")[0].split(" SAR ")[0])] = (code.lower(), "country")
    zones = get_global("zone_territories")
    for zone, territory in sorted(zones.items()):
        city = english.time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1]
        folded = _fold(city.replace("_", " "))
        if len(folded) > 3 and territory not in SPARSE:
            places.setdefault(folded, (territory.lower(), "city"))
    return places


def _abroad() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Return countries and cities as other languages name them, and the cities' English names.

    *Wien* is Vienna. What is a usual word of English names is left out.
    """
    places: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    english = Locale("en")
    zones = get_global("zone_territories")
    for locale in map(Locale, LANGUAGES):
        for code, name in locale.territories.items():
            folded = _fold(name.split("(")[0])
            if len(code) == 2 and code not in NO_COUNTRIES and _is_foreign(folded):
                places.setdefault(folded, (code.lower(), "country"))
        for zone, told in locale.time_zones.items():
            city = english.time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1]
            usual, folded = _fold(city.replace("_", " ")), _fold(told.get("city", ""))
            territory = zones.get(zone, "ZZ")
            if folded != usual and territory not in SPARSE and _is_foreign(folded):
                places.setdefault(folded, (territory.lower(), "city"))
                names.setdefault(folded, usual)
    return places, names


def _is_foreign(folded: str) -> bool:
    """Tell whether a place's name is written in Latin letters and is no usual English word."""
    words = folded.split(" ")
    named = folded.isascii() and len(folded) > 3 and folded not in _adjectives()
    return named and any(measure_rarity(word) >= RARE for word in words)


@cache
def _adjectives() -> frozenset[str]:
    """Return words that mean something else, or that are adjectives of a country."""
    rows = TRANSLATIONS.read_text(encoding="utf-8").splitlines()
    cells = (cell.partition("=")[2] for row in rows if row[:1] != "#" for cell in row.split("\t"))
    stems = {word for cell in cells for word in cell.split(",")}
    return frozenset(stem.removesuffix("~") + end for stem in stems for end in ("", "a", "e", "o"))


def _listed(block: str, level: str) -> dict[str, tuple[str, str]]:
    places = {}
    for line in block.strip().splitlines():
        country, words = line.split(" ", 1)
        places.update({_fold(word): (country, level) for word in words.split("|")})
    return places


def _china() -> dict[str, tuple[str, str]]:
    places = {}
    for line in CHINA.strip().splitlines():
        level, words = line.split(" ", 1)
        for pair in words.split("|"):
            pinyin, han = pair.rsplit(" ", 1)
            places.update({_fold(pinyin): ("cn", level), han: ("cn", level)})
    for han, spelled in _spelled():
        level = _level_of(han, spelled)
        usual = places.get(han, ("cn", level)) if level == "city" else ("cn", level)
        places.setdefault(_fold(spelled), usual)
        places.setdefault(han, ("cn", _level_of(han, han)))
    return places


def _level_of(han: str, spelled: str) -> str:
    """Return the level of a place that is spelled like this: an autonomous one is told by it."""
    if spelled != han and "autonomous" not in spelled:
        return "city"
    ends = {
        "自治州": "prefecture",
        "自治县": "county",
        "prefecture": "prefecture",
        "county": "county",
    }
    return next((level for end, level in ends.items() if spelled.endswith(end)), "city")


def _spelled() -> list[tuple[str, str]]:
    """Return Chinese places and the ways in which they are spelled, beside the usual one."""
    rows = [line.split(" ", 1) for line in SPELLINGS.strip().splitlines()]
    spelled = [(han, word) for han, words in rows for word in words.split("|")]
    known = [
        pair.rsplit(" ", 1)[1] for line in CHINA.strip().splitlines() for pair in line.split("|")
    ]
    spelled += [(han, "".join(lazy_pinyin(han))) for han in known]
    return spelled + _of_lexicon()


def _of_lexicon() -> list[tuple[str, str]]:
    """Return places of the Chinese lexicon that are areas, in spellings that are no English word."""
    found, section = [], ""
    for line in LEXICON.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            section = line[2:].split(": ")[0] if "Corps" not in line else ""
        elif (section in AREAS or AUTONOMOUS[0] in line) and line.endswith("\tplace"):
            han, english, _ = line.split("\t")
            spelled = english.split("|")
            if han.endswith(AUTONOMOUS):
                found += [(han, word) for word in reversed(spelled) if _is_area(word)]
            found += [(han, word) for word in spelled if all(map(_is_telling, (word, spelled[0])))]
    return found


def _is_area(word: str) -> bool:
    return "autonomous" in word or _is_telling(word)


def _is_telling(word: str) -> bool:
    return len(word) > 5 and all(measure_rarity(each) >= RARE for each in word.split(" "))


def _chinese_names() -> dict[str, str]:
    """Return the Han name of each Chinese place by every way in which it is written.

    Places that are spelled alike in Latin letters share one name: which is meant is not told.
    """
    names: dict[str, str] = {}
    for line in CHINA.strip().splitlines():
        for pair in line.split(" ", 1)[1].split("|"):
            pinyin, han = pair.rsplit(" ", 1)
            names[han] = names.setdefault(_fold(pinyin), han)
    for han, spelled in _spelled():
        name = names.setdefault(_fold(spelled), names.get(han, han))
        names.setdefault(han, name)
    return names


def make_places() -> str:
    """Return the text of `places.tsv`."""
    abroad, abroad_names = _abroad()
    places = abroad | _cldr() | _listed(CITIES, "city") | _china() | _listed(COUNTRIES, "country")
    places |= _listed(CONTINENTS, "continent")
    same = ADJECTIVES | SAME
    own = abroad_names | _chinese_names() | same | {name: name for name in same.values()}
    lines = [
        "\t".join((words, *place, *([own[words]] if words in own else [])))
        for words, place in sorted(places.items())
    ]
    return HEADER + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(make_places(), encoding="utf-8")
