"""Values with awkward letters in them, for Hypothesis."""

from hypothesis import strategies as st

from answerable.model import Company, Identifier, Name, Supplier

LETTERS = {
    "Latin": "AZaz éøßİ＆.,-'&()",
    "Cyrillic": "АЯаяЁёЇй «»",
    "Han": "华為为公司有限（）\u3000・1",
    "Hangul": "삼성전자(주) 한",
    "Kana": "トヨタ株式会社 ヽー",
    "Arabic": "شركةىيـ\u200f، ء",
    "Odd": "\x00\u202e\u200b\ud800😀=@\t\n",
}

WORDS = [
    "zyxomatic",
    "quorbel",
    "mills",
    "services",
    "group",
    "ltd",
    "(uk)",
    "no 3",
    "新疆",
    "示例",
]

names = st.sampled_from(sorted(LETTERS)).flatmap(
    lambda script: st.text(LETTERS[script], min_size=1, max_size=24)
)
plausible_names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
countries = st.sampled_from([None, "gb", "cn", "ru"])
identifiers = st.lists(
    st.builds(
        Identifier,
        scheme=st.sampled_from(["LEI", "GB-COH"]),
        value=st.sampled_from(["549300XIVJCBIGMRUD48", "00445790", "SC123456"]),
    ),
    max_size=2,
).map(tuple)
suppliers = st.builds(
    Supplier,
    row=st.integers(2, 9),
    name=names | plausible_names,
    country=countries,
    identifiers=identifiers,
)
companies = st.builds(
    Company,
    id=st.uuids().map(lambda each: f"test:{each}"),
    schema=st.sampled_from(["Company", "Organization", "Person"]),
    names=st.lists(
        st.builds(Name, names | plausible_names, st.sampled_from(["name", "alias"])),
        min_size=1,
        max_size=3,
    ).map(tuple),
    countries=countries.map(lambda code: (code,) if code else ()),
    identifiers=identifiers,
)
