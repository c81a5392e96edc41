"""Sheets of stage 7, of cases whose files the people of the practice county closed."""

from datetime import date

from tests.domain.filed import at_the_shelf
from tests.domain.trade import Trade
from tests.domain.walk import walk
from tests.paper.samples import HIGH_VOLTAGE, sheet, sheet_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.office.practice.archive import answers

DAY = date(2026, 3, 21)


def closed(klass: str = "lv_resident", rules: str = "supply_rules_2024") -> Trade:
    """A file that went to its shelf after it had come back once."""
    return walk(at_the_shelf(klass, rules), answers(klass, DAY), "archive.reviewed", 2)


def longest() -> Trade:
    """The longest list there is: dual supply under the seed's seven stages, a long name."""
    named = {key: value for key, value in HIGH_VOLTAGE.items() if key != "klass"}
    trade = at_the_shelf("hv_dual", "seed", **named)
    return walk(trade, answers("hv_dual", DAY), "archive.reviewed", 2)


CONTENTS = {
    "county": "示例县供电公司",
    "customer_name": "张秀英",
    "account_no": "4101220001",
    "business_title": "低压居民新装",
    "catalogue": [
        {
            "stage_name": "业务受理",
            "name": name,
            "sheet_number": f"YK4101-HK01-260310-0001-{at}",
            "first_page": str(at * 2 + 1),
        }
        for at, name in enumerate(("低压居民生活用电登记表", "用电申请受理回执", "业扩报装工单"), start=1)
    ],
}
_CLOSED = closed()
SAMPLES: dict[str, Snapshot] = {
    **{form: sheet_of(form, _CLOSED) for form in ("archive_list", "archive_catalogue", "archive_cover")},
    "dossier_contents": sheet("dossier_contents", CONTENTS),
}
