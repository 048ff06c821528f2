"""Addresses, in the orders and the spellings in which people write them."""

from __future__ import annotations

import pytest

from pipelines.redact import redact


def _addresses(text: str) -> list[str]:
    found = redact(text, b"key").redactions
    return [text[slice(*one.raw_span)] for one in found if one.kind == "address"]


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("我们村", "河南省周口市虚县柳树镇后杨庄村三组", "的路灯坏了半年"),
        ("我是", "陕西省商洛市虚县柳树镇柯家湾村二队", "的村民"),
        ("别写错,", "上海杨浦虚河四村南弄支弄12弄38号502", ",到付"),
        ("退货单写的是", "四川成都郫都区柳树镇虚设大学西校区梅苑7舍412", ",没收到"),
        ("我们在", "龙湖虚江郦城二期11幢2单元", ",漏水"),
        ("她在", "南苑新村甲4楼5门202", "等"),
        ("住", "杭州余杭柳树路栖溪里6-2-1101", "。"),
        ("改到", "北京朝阳区望澜西园四区405楼1203", "行吗"),
        ("地址/", "重庆市渝北区柳树街道红锦大道虚设小区B区4-7-2", "\n备注"),
        ("/", "新疆喀什市多来特虚设乡8村1组", "\n备注"),
        ("現居", "九龍深水埗福虛街218號恒樂樓7樓C室", ",於上月購入"),
        ("卖家:", "1203室，405号楼，枣营北里，朝阳区，北京", "\n买家"),
        ("发到", "西安 高新区 虚业路 12号 柳园中心 1801", ",别错"),
        ("放到", "武汉虚谷软件园F2栋7楼703", "。"),
        ("寄", "贵阳市云岩区柳园路9号之二303室", "。"),
    ],
)
def test_a_chinese_address_goes_from_the_region_to_the_door(
    before: str, address: str, after: str
) -> None:
    assert _addresses(before + address + after) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "第3楼楼主说得对,3楼说得好",
        "地铁3号线停了,我12号早上到的",
        "我在学校上第2单元的课,5号楼没电",
        "幸福小区12号晚上停电,村里15号修路",
        "赔了3栋楼2000元,幸福小区3栋业主都同意",
        "比分3-2-1,时间2019-4-25,型号a-12-3-4",
        "万达广场3楼买的衣服,付了800",
        "全国热线800-810-1234,郑州市12345热线,315晚会",
        "柳树镇的虚设小区没有修路,柳园路在修",
        "我们村的党支部一组织就是三组人",
    ],
)
def test_what_leads_to_no_door_stays(text: str) -> None:
    assert _addresses(text) == []


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("she lives at ", "Apartment 5, The Tannery, Null Street,\nDublin 8", ". Since then"),
        ("to ", "2/1, 99 Null Street, Glasgow", ", then nev"),
        ("to ", "Rural Route 9 Box 999\nNowhere Fork, TN 00000", "\nBill To"),
        ("address is ", "P.O. Box 999, Nowhere NSW", ", not mine"),
        ("not ", "House 99, Flat 9, Null Ter, Brighton", "."),
        ("home: ", "9999½ Null Ct, Unit B, Nowhere CA", "\nStatement"),
        (
            "Address: ",
            "H.No. 99/B, 2nd Cross, Null Nagar Extension, Near Water Tank, Mysuru 000000",
            "\nmail",
        ),
        ("from ", "#99, 2nd Main Road, 5th Cross, NUL Layout, Bengaluru - 000000", " it"),
        ("at ", "14 Null Road Upper, Dublin 6, D00 X0Y0", " all"),
        ("to ", "Flat 12, Larch House, 44 Null Rd, Bristol BS0 0ZZ", " please"),
        ("at ", "Unit 9/99 Null Rise, Nowhere Flats NSW 0000", " and"),
        ("to: ", "Null Cottage, Little Nowhere, Telford TF0 0ZZ", " now"),
        ("at ", "1550 N Null Ave\nApt 3B\nNowhere, CA 00000", "\nthanks"),
        ("at ", "Suite 400, 1200 17th Street NW, Washington, DC 00000", " it"),
    ],
)
def test_an_english_address_goes_from_the_flat_to_the_postcode(
    before: str, address: str, after: str
) -> None:
    assert _addresses(before + address + after) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "I waited 3 days on Main Street and paid 200 at Dollar Court",
        "Unit 3, Chapter Two, was missing from the course",
        "The Old Mill, Great Name, sold me a void voucher",
        "Route 66 and Box 3 of the form were blank",
        "No. 1, Best Bank, Ever",
    ],
)
def test_streets_houses_and_boxes_without_a_door_stay(text: str) -> None:
    assert _addresses(text) == []
