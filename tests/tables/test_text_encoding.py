"""Encodings told from the bytes: short texts in the usual encodings come out as they went in."""

import hashlib

import pytest

from answerable.engine.text_encoding import decode
from answerable.errors import TableUnreadable, UsageError
from answerable.lists.tables import read_table

SAMPLES = {
    "gb18030": ["供应商,国家\n示例纺织有限公司,中国\n", "名称\n新疆示例棉业\n", "公司\n大连海天\n"],
    "big5": ["供應商,國家\n示例紡織有限公司,台灣\n", "名稱\n台北電子\n"],
    "shift_jis": ["取引先,国\n株式会社サンプル,日本\n", "サプライヤー\nテスト商事\n"],
    "euc_jp": ["会社名\n虚構工業株式会社\n"],
    "euc-kr": [
        "공급업체,국가\n주식회사 가상,한국\n",
        "업체명\n(주)가상전자\n",
        "거래처\n서울산업\n",
    ],
    "cp1251": ["поставщик;страна\nООО Выдумка;Россия\n", "Контрагент\nЗАВОД ПРИМЕР\n"],
    "koi8-r": ["Наименование организации\nАО Пример завод\n"],
    "cp866": ["поставщик;страна\nООО Выдумка;Россия\n"],
    "cp1256": ["المورد,البلد\nشركة المثال للتجارة,مصر\n", "اسم الشركة\nمؤسسة النور\n"],
    "cp1252": [
        "Fournisseur;Pays\nSociété Exemple;Suède\n",
        "Supplier\nO’Invented – Mill\n",
        "Supplier\nCafé\n",
        "Fornecedor\nCriação e Ação Lda\n",
        "Lieferant\nWEIßE STRASSE ÖL\n",
        "Supplier\nPrice £100 Ltd\n",
        "Leverandør\nØvrebø Sjømat\n",
    ],
    "cp1250": [
        "Dostawca;Kraj\nZmyślona Spółka Łódź;Polska\n",
        "Dodavatel\nVymyšlená společnost Plzeň\n",
        "Szállító\nKitalált Gyár Győr Zrt\n",
    ],
    "cp1254": ["Tedarikçi;Ülke\nÖrnek Şirketi İstanbul;Türkiye\n", "Satıcı\nHayali Işık A.Ş.\n"],
    "cp1253": ["Προμηθευτής\nΦανταστική Εταιρεία ΑΕ\n"],
    "cp1255": ["ספק\nחברה לדוגמה בעמ\n"],
    "cp874": ["ผู้ขาย\nบริษัท ตัวอย่าง จำกัด\n"],
    "utf-8": ["供应商\n示例\n", "Fournisseur\nÉ\n"],
    "utf-8-sig": ["供应商,国家\n示例,中国\n"],
    "utf-16": ["Supplier,Country\nInvented Mill,GB\n", "供应商\n示例\n"],
    "utf-16-le": [
        "供应商,国家\n示例,中国\n",
        "Supplier,Country\nInvented,GB\n",
        "取引先\nテスト\n",
    ],
    "utf-16-be": ["Supplier,Country\nInvented Mill,GB\n", "поставщик\nООО Выдумка\n"],
    "utf-32": ["Supplier\nInvented Mill\n"],
}
CASES = [(encoding, text) for encoding, texts in SAMPLES.items() for text in texts]


@pytest.mark.parametrize(("encoding", "text"), CASES)
def test_a_short_text_comes_out_as_it_went_in(encoding: str, text: str) -> None:
    found, taken = decode(text.encode(encoding))
    assert found == text
    assert taken


def test_the_encoding_taken_is_told_and_can_be_given() -> None:
    data = "Furnizor\nSocietate Inventată\n".encode("cp1250")  # too short to tell from cp1252
    assert decode(data)[1] in ("cp1250", "cp1252")
    table = read_table(data, encoding="cp1250")
    assert table.encoding == "cp1250"
    assert table.rows[0].cells == ("Societate Inventată",)


def test_an_unknown_encoding_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="cp9999"):
        read_table(b"a,b\n", encoding="cp9999")


def test_binary_data_is_no_text() -> None:
    noise = b"".join(hashlib.sha256(bytes([each])).digest() for each in range(200))
    with pytest.raises(TableUnreadable, match="binary"):
        decode(noise, file_name="noise.csv")


def test_a_stray_byte_in_utf8_is_read_and_told() -> None:
    data = "Fournisseur\nSociété Inventée\nThéâtre Exemple\n".encode() + b"Caf\xe9 Exemple\n"
    table = read_table(data)
    assert table.encoding == "utf-8"
    assert [row.cells[0] for row in table.rows][-1] == "Café Exemple"
    assert [(each.row, "Windows-1252" in each.sentence) for each in table.problems] == [(4, True)]


def test_broken_letters_and_nul_bytes_are_told_by_row() -> None:
    table = read_table("name,country\nCaf\ufffd,FR\nMi\x00ll,GB\n".encode())
    assert [row.cells[0] for row in table.rows] == ["Caf\ufffd", "Mill"]
    assert [each.row for each in table.problems] == [2, 3]


def test_marks_of_direction_stay_in_the_cells() -> None:
    table = read_table("المورد\n\u200fشركة المثال\u200e\n".encode())
    assert table.rows[0].cells == ("\u200fشركة المثال\u200e",)
