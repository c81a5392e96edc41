"""The ids of the trade that code, rules and paper share, with their words on screen and paper.

Source of the words: product.md glossary; classes and businesses as on the official forms (附件3).
"""

CLASSES = {
    "lv_resident": "低压居民",
    "lv_nonresident": "低压非居民",
    "hv_single": "高压单电源",
    "hv_dual": "高压双电源",
}
BUSINESSES = {"new": "新装", "increase": "增容", "temporary": "临时用电", "batch": "低压批量"}
STAGES = {
    "acceptance": "业务受理",
    "survey": "勘查与方案",
    "design": "设计审查",
    "construction": "施工与检查",
    "completion": "竣工验收",
    "energization": "送电",
    "archive": "归档",
}
STATES = {
    "registered": "已登记,待正式受理",
    "open": "办理中",
    "suspended": "已暂停",
    "withdrawn": "已撤回",
    "terminated": "已终止",
    "archived": "已归档",
}
LIVE_STATES = frozenset({"registered", "open", "suspended"})


def business_title(klass: str, business: str) -> str:
    """How the trade names a case in one word, e.g. 低压居民新装; a batch is 低压批量新装."""
    if business == "batch":
        return "低压批量新装"
    return CLASSES.get(klass, "") + BUSINESSES.get(business, "")
