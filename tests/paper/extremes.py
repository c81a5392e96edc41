"""Words that try a layout: names at their longest, thirty rows, characters few fonts have, nothing at all."""

from typing import Any

NAME = "示例县河口镇柳湾村第三村民小组农民用水与粮油加工专业合作社联合社有限责任公司𬱖𬭊"  # forty characters
ADDRESS = "柳湾村三组村委会东侧第二条巷子北数第七户，" * 3 + "门前有一棵老槐树"
SENTENCE = "进线柜二次回路端子排标识与图纸不一致，请按审查同意的图纸逐一核对并更换标识；"


def rows(count: int, **columns: str) -> list[dict[str, str]]:
    """So many rows, each text ending in its number so that none can be lost unseen."""
    return [{key: f"{text}{at}" for key, text in columns.items()} for at in range(1, count + 1)]


def emptied(values: dict[str, Any], *kept: str) -> dict[str, Any]:
    """The same sheet with everything blank but what is kept."""
    blank = {key: [] if isinstance(value, list) else "" for key, value in values.items()}
    return blank | {key: values[key] for key in kept}
