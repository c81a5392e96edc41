"""The calendars of the tree, the usual office hours, and a limit to count with."""

from pathlib import Path

from yekuo_desktop.domain.deadlines.limits import Limit
from yekuo_desktop.domain.deadlines.workdays import Calendar, OfficeHours

CALENDARS = Path(__file__).parents[2] / "resources" / "calendars"
CALENDAR = Calendar.parse(path.read_text("utf-8") for path in CALENDARS.glob("*.toml"))
HOURS = OfficeHours()
PLAN = Limit(
    id="plan_reply",
    label="供电方案答复",
    amount=3,
    unit="workday",
    stage="survey",
    starts_on="accepted",
    stops_on="plan_replied",
    excludes=("customer_side",),
    citation="供电营业规则（2024）",
    confidence="V2",
)
